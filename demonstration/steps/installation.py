# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Step 2: install an application; it brings the client along."""

from demonstration import machine
from demonstration.people import ANA, BEA, expect_text, sign_in_with_code, sign_out, visit
from demonstration.stage import Stage

PRODUCT = "Survey Viewer SES"
PACKAGE = "survey-viewer-ses"
FIRST_VERSION = "10.1.0.12"


def refused_without_the_role(stage: Stage) -> None:
    """Whoever has not got the role is told so, and whom to ask."""
    page = visit(stage, "/downloads/")
    expect_text(page, "you do not have the role")
    expect_text(page, ANA.name)
    package = f"/delivery/files/{PACKAGE.removesuffix('-ses')}"
    if page.get_by_role("link", name=f"Download {PRODUCT}").count():
        raise RuntimeError(f"{package} is offered to somebody without the role")


def download(stage: Stage) -> None:
    """With the role, the application and what it needs are downloaded in the browser."""
    sign_out(visit(stage, "/"))
    sign_in_with_code(stage, BEA)
    page = visit(stage, "/downloads/")
    stage.downloads.append(stage.browser.download(page, f"Download {PRODUCT}"))
    stage.downloads.append(stage.browser.download(page, "Download CONNECTION Client"))
    if not stage.downloads[0].name.startswith(f"{PACKAGE}_{FIRST_VERSION}"):
        raise RuntimeError(f"Not what was expected: {stage.downloads[0].name}")


def install(stage: Stage) -> None:
    """The system's own installer; dpkg will not have the application without the client."""
    machine.install(stage.downloads)
    if machine.installed_version(PACKAGE) != FIRST_VERSION:
        raise RuntimeError(f"{PACKAGE} is not installed")
    if not machine.installed_version(machine.CLIENT):
        raise RuntimeError("the client did not come along")
