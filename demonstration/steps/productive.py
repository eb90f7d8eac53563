# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Step 6: be productive; help is a click away."""

from demonstration.people import expect_text
from demonstration.stage import Stage
from demonstration.steps.application import NEW_VERSION, raise_window
from demonstration.steps.installation import PRODUCT


def forum(stage: Stage) -> None:
    """Help leads to the communities forum."""
    raise_window(stage, "CONNECTION Client")
    stage.screen.click("Help")
    stage.screen.click("Open the forum")
    page = stage.browser.page_at(f"{stage.center.address}community/")
    page.bring_to_front()
    expect_text(page, "Communities")


def service_request(stage: Stage) -> None:
    """A service request has product and version filled in."""
    raise_window(stage, "CONNECTION Client")
    stage.screen.click("Request service")
    page = stage.browser.page_at(f"{stage.center.address}support/new/")
    page.bring_to_front()
    if PRODUCT.split()[0] not in page.content() or NEW_VERSION not in page.content():
        raise RuntimeError("product and version are not filled in")
