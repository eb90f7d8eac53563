# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Pictures of every page of the Center: on a desk by day and by night, on a telephone, in four languages."""

import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize

from tests.world.center import running_center
from tests.world.center_pages import chromium, pages

OTHER_LANGUAGES = ("de", "ar", "ja")
DESK, TELEPHONE = ViewportSize(width=1100, height=760), ViewportSize(width=390, height=780)


def take_center_pictures(folder: Path) -> list[Path]:
    """Write `[LANGUAGE/]center-NAME[-dark|-telephone].png` for each page into `folder`; the files made."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    with tempfile.TemporaryDirectory() as state, running_center(Path(state)) as center, chromium() as browser:
        for language, ending, size, scheme in (
            ("en", "", DESK, "light"),
            ("en", "-dark", DESK, "dark"),
            ("en", "-telephone", TELEPHONE, "light"),
            *((language, "", DESK, "light") for language in OTHER_LANGUAGES),
        ):
            place = folder if language == "en" else folder / language
            context = browser.new_context(viewport=size, locale=language)
            for name, page in pages(center, context):
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                made.append(place / f"center-{name}{ending}.png")
                page.screenshot(path=made[-1], full_page=True)
            context.close()
    return made
