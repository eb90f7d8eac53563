# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installing needs an administrator's rights, which the person does not have.

Says so before the download where nobody can give them, asks once where somebody can, and changes nothing.
"""

import os
import shutil

import pytest

from connection_client.domain.errors import NeedsRights, NotInstallable
from connection_client.domain.recommendations import Blocker
from tests.faults.conftest import installed
from tests.world.catalogues import only
from tests.world.delivery import Delivery


@pytest.mark.skipif(shutil.which("pkexec") is not None, reason="this computer asks in its own way")
@pytest.mark.parametrize("answer", ["there is nobody to ask", "refused"])
def test_without_rights_all_stays_as_it_was(
    updatable: Delivery, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    programs = updatable.folder / "bin"
    programs.mkdir()
    if answer == "refused":
        asking = programs / "pkexec"
        asking.write_text(f"#!/bin/sh\necho asked >>{programs}/asked\nexit 126\n")
        asking.chmod(0o755)
    workspace = updatable.workspace()
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin:/usr/sbin:/sbin")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    workspace.refresh()
    blockers = only(workspace.view.rows).recommendation.blockers
    assert (Blocker.NEEDS_RIGHTS in blockers) is (answer != "refused")
    with pytest.raises((NeedsRights, NotInstallable)):
        updatable.install(workspace)
    monkeypatch.undo()
    assert installed(updatable) == "10.1.0.12"
    fetched = updatable.server.requests("/delivery/files/files/survey-viewer-ses_10.2.0.7_all.deb")
    if answer == "refused":
        assert (programs / "asked").read_text() == "asked\n"
    else:
        assert fetched == []
