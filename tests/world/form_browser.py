# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A browser for `$BROWSER` that fills in the Center's sign-in form, for clients that are processes."""

import sys
from pathlib import Path

from tests.world.center import PROJECT


def form_browser(path: Path, email: str, password: str) -> Path:
    """Write the program to `path`; the last page that it saw is kept beside it, as `NAME.page`."""
    path.write_text(
        f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(PROJECT)!r})
from tests.world.providers.person import sign_in_with_form
page = sign_in_with_form(sys.argv[1], {email!r}, {password!r})
open(__file__ + ".page", "w").write(page.text)
"""
    )
    path.chmod(0o755)
    return path
