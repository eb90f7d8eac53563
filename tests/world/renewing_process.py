# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A process that renews the session of FOLDER at CENTER for ROUNDS times and says how each went."""

import sys
from pathlib import Path

from connection_client.domain.errors import ClientError
from tests.world.identity import Rooms


def main(folder: str, center: str, rounds: str) -> int:
    """Print one line a renewal: `ok`, or the code of the error."""
    rooms = Rooms(Path(folder), center)
    rooms.session.restore()
    for _ in range(int(rounds)):
        rooms.session.forget_access_token()
        try:
            rooms.session.access_token()
            print("ok", flush=True)
        except ClientError as error:
            print(error, flush=True)
    rooms.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
