# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A short campaign with every run of the tests; the long one is `./run chaos-install`."""

from pathlib import Path

from tests.chaos.campaign import Campaign
from tests.world.delivery import delivery
from tests.world.root import needs_root


@needs_root
def test_killed_at_random_moments_the_state_is_right_and_it_ends_well(tmp_path: Path) -> None:
    with delivery(tmp_path) as world:
        campaign = Campaign(world, number=7)

        campaign.run(8)

    assert len(campaign.kills) == 8
    assert any(not kill.was_over for kill in campaign.kills)
