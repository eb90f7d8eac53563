# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run chaos-install [--kills N]`: random kills during download and installation; 1 at a wrong state."""

import argparse
import os
import random
import sys
import tempfile
import traceback
from pathlib import Path

from tests.chaos.campaign import Campaign, Kill
from tests.world.delivery import delivery


def main() -> int:
    """Run the campaign in a folder of its own; nothing of this computer is touched."""
    parser = argparse.ArgumentParser(prog="./run chaos-install", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))  # noqa: S311  # no secret
    chosen = parser.parse_args()
    if os.geteuid() != 0:
        parser.error("only root may install, even into a folder of its own")
    print(f"seed {chosen.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, delivery(Path(folder)) as world:
        campaign = Campaign(world, chosen.seed)

        def say(_: Kill) -> None:
            if len(campaign.kills) % 50 == 0:
                print(f"{len(campaign.kills)} kills", flush=True)

        try:
            campaign.run(chosen.kills, say)
        except AssertionError:
            print(f"A wrong state after {len(campaign.kills)} kills, the last of them {campaign.kills[-1:]}:")
            traceback.print_exc()
            return 1
    whole = sum(kill.whole for kill in campaign.kills)
    late = sum(kill.was_over for kill in campaign.kills)
    print(
        f"{len(campaign.kills)} kills ({whole} with all that had been started, {late} after the end):"
        " never a wrong state, every release was installed in the end."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
