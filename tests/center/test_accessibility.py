# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""axe-core looks at every page in Chromium, by day and by night: nothing serious stands in anybody's way."""

import pytest

from tests.world.center import Center
from tests.world.center_pages import AFTER_AN_ACT, FOR_AN_ADMINISTRATOR, FOR_EVERYBODY, chromium, pages
from tests.world.providers import NODE_FOLDER

AXE = NODE_FOLDER / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1100), ("dark", 390)])
def test_nothing_serious_stands_in_the_way(center: Center, scheme: str, width: int) -> None:
    source, seen = AXE.read_text(), 0
    found: list[tuple[str, str, str]] = []
    with chromium() as browser:
        context = browser.new_context(viewport={"width": width, "height": 780}, bypass_csp=True)
        for name, page in pages(center, context):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.evaluate(source)
            result = page.evaluate("axe.run()")
            seen += 1
            found.extend(
                (name, rule["id"], rule["nodes"][0]["html"][:200])
                for rule in result["violations"]
                if rule["impact"] in GRAVE
            )
            too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            if page.evaluate(too_wide) > 0:
                found.append((name, "wider than the window", str(width)))
    assert found == []
    assert seen == len(FOR_EVERYBODY) + len(FOR_AN_ADMINISTRATOR) + len(AFTER_AN_ACT)


def test_axe_itself_sees_what_is_wrong(center: Center) -> None:
    with chromium() as browser:
        page = browser.new_context(bypass_csp=True).new_page()
        page.set_content("<html lang='en'><title>x</title><main><h1>x</h1><input><img src='x'></main></html>")
        page.evaluate(AXE.read_text())
        rules = {rule["id"] for rule in page.evaluate("axe.run()")["violations"]}
    assert {"label", "image-alt"} <= rules
