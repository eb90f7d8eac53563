# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installing needs an administrator's rights, which the person does not have.

Says so before the download, asks once for a batch where somebody can give them, and changes nothing where
not; what IT needs is written into one text.

The question is asked by a stand-in for pkexec here; tests/system/test_polkit.py asks the real one.
"""

import hashlib
import os
import re
import threading
from pathlib import Path

import pytest

from connection_client.domain.errors import NeedsRights, NotInstallable
from connection_client.domain.recommendations import Blocker
from tests.world.catalogues import only, package_json, product_json, release_json
from tests.world.delivered import installed
from tests.world.delivery import Delivery


@pytest.mark.parametrize("answer", ["there is nobody to ask", "refused"])
def test_without_rights_all_stays_as_it_was(
    updatable: Delivery, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    workspace = updatable.workspace()
    stand_in = 'echo asked >>"${0%/*}/asked"; exit 126' if answer == "refused" else ""
    programs = person(updatable, monkeypatch, stand_in)
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


def person(world: Delivery, monkeypatch: pytest.MonkeyPatch, pkexec: str = "") -> Path:
    """Be somebody without rights, for whom `pkexec` stands in with a script; where it writes."""
    programs = world.folder / "bin"
    programs.mkdir()
    (programs / "apt-get").symlink_to("/usr/bin/apt-get")
    if pkexec:
        (programs / "pkexec").write_text(f"#!/bin/sh\n{pkexec}\n")
        (programs / "pkexec").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return programs


def test_a_batch_is_announced_and_asks_once(world: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    base = package_json(world.deb("3.0", "survey-base-ses"))
    needed = product_json("survey-base", release_json("3.0", base))
    file = package_json(world.deb("10.2.0.7"), requires=[{"id": "survey-base", "min": "3.0"}])
    viewer = product_json("survey-viewer", release_json("10.2.0.7", file))
    world.publish(needed, viewer)
    programs = person(world, monkeypatch, 'echo asked >>"${0%/*}/asked"; shift; exec "$@"')
    workspace = world.workspace()
    view = workspace.refresh()
    offer = next(row.recommendation for row in view.rows if row.product_id == "survey-viewer")
    assert offer is not None
    assert (offer.needs_rights, offer.blockers, len(offer.chain)) == (True, (), 2)  # known before a byte came
    world.install(workspace)
    assert (programs / "asked").read_text() == "asked\n"
    versions = [world.computer.version(name) for name in ("survey-base-ses", "survey-viewer-ses")]
    assert versions == ["3.0", "10.2.0.7"]


def test_the_letter_is_all_that_it_needs(updatable: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    person(updatable, monkeypatch)
    workspace = updatable.workspace()
    workspace.refresh()
    letter = workspace.letter_for_it("survey-viewer", updatable.server.address)
    monkeypatch.undo()

    (address,) = re.findall(r"http://\S+", letter)  # from here on somebody of IT, with rights
    (sha256,) = re.findall(r"[0-9a-f]{64}", letter)
    file = updatable.folder / address.rpartition("/")[2]
    file.write_bytes(updatable.client.get(address).content)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256
    assert f"connection-client install {file.name}" in letter
    of_it = updatable.workspace()
    of_it.refresh()
    of_it.install_file(file, updatable.told.append, threading.Event())
    assert installed(updatable) == "10.2.0.7"
