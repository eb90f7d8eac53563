# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Pictures of every page of the Center: on a desk by day and by night, and on a telephone."""

import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize

from tests.world.center import running_center
from tests.world.center_pages import chromium, pages

DESK, TELEPHONE = ViewportSize(width=1100, height=760), ViewportSize(width=390, height=780)


def take_center_pictures(folder: Path) -> list[Path]:
    """Write `center-NAME[-dark|-telephone].png` for each page into `folder`; the files made."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    with tempfile.TemporaryDirectory() as state, running_center(Path(state)) as center, chromium() as browser:
        for ending, size, scheme in (
            ("", DESK, "light"),
            ("-dark", DESK, "dark"),
            ("-telephone", TELEPHONE, "light"),
        ):
            context = browser.new_context(viewport=size)
            for name, page in pages(center, context):
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                made.append(folder / f"center-{name}{ending}.png")
                page.screenshot(path=made[-1], full_page=True)
            context.close()
    return made
