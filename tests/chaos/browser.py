# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`python -m tests.chaos.browser FILE ADDRESS`: a browser that signs in as whom FILE names."""

import sys
from contextlib import suppress
from pathlib import Path

import httpx

from tests.world.providers.person import sign_in_with_form


def browser_of(user: str, password: str, login: Path) -> str:
    """The variable BROWSER for somebody whose name and password are kept in `login`."""
    login.write_text(f"{user} {password}")
    return f"{sys.executable} -m tests.chaos.browser {login} %s"


def main() -> int:
    """Whatever the line does to the pages, the program ends by itself."""
    user, password = Path(sys.argv[1]).read_text().split()
    with suppress(httpx.HTTPError, AssertionError, ValueError):
        sign_in_with_form(sys.argv[2], user, password)
    return 0


if __name__ == "__main__":
    sys.exit(main())
