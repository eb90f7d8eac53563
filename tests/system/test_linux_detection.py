# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Detection reads a real package database, filled by the real dpkg in a folder of its own."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.products.inventory import Inventory
from connection_client.system.dpkg_database import DpkgDatabase
from connection_client.system.linux_detection import DpkgDetector, OwnDetector
from connection_client.version import VERSION
from tests.world.catalogues import catalogue, only, product_json
from tests.world.computer import ScratchComputer
from tests.world.packages import make_deb

CATALOGUE = catalogue(product_json("survey-viewer"), product_json("mesh-viewer"))
PROGRAM = {"/usr/bin/survey-viewer-ses": "#!/bin/sh\n"}


@pytest.fixture
def computer(tmp_path: Path) -> ScratchComputer:
    return ScratchComputer(tmp_path / "root")


def test_an_installed_package_is_found_with_its_start_and_evidence(
    computer: ScratchComputer, tmp_path: Path
) -> None:
    computer.install(
        make_deb(tmp_path, "survey-viewer-ses", "10.1.0.12", files=PROGRAM, title="Survey Viewer SES")
    )

    found = only(computer.inventory.scan(CATALOGUE))

    assert (found.product_id, found.version_text) == ("survey-viewer", "10.1.0.12")
    assert found.launch.command == ("/usr/bin/survey-viewer-ses",)
    assert found.launch.desktop_entry == Path("/usr/share/applications/survey-viewer-ses.desktop")
    evidence = only(found.evidence)
    assert (evidence.source, evidence.where) == ("dpkg", "survey-viewer-ses:all")


def test_a_package_without_desktop_entry_starts_by_its_program(
    computer: ScratchComputer, tmp_path: Path
) -> None:
    computer.install(make_deb(tmp_path, "survey-viewer-ses", "10.1.0.12", files=PROGRAM))

    assert only(computer.inventory.scan(CATALOGUE)).launch.command == ("/usr/bin/survey-viewer-ses",)


def test_epoch_and_debian_revision_are_not_the_publishers_version(
    computer: ScratchComputer, tmp_path: Path
) -> None:
    computer.install(make_deb(tmp_path, "mesh-viewer-ses", "2:10.2.0.7-1"))

    found = only(computer.inventory.scan(CATALOGUE))

    assert found.version_text == "10.2.0.7"
    assert only(found.evidence).version_text == "2:10.2.0.7-1"


def test_a_removed_package_is_not_found(computer: ScratchComputer, tmp_path: Path) -> None:
    computer.install(make_deb(tmp_path, "survey-viewer-ses", "10.1.0.12", files=PROGRAM))
    computer.remove("survey-viewer-ses")

    assert computer.inventory.scan(CATALOGUE) == ()


def test_a_half_installed_package_is_not_found(computer: ScratchComputer) -> None:
    computer.database.status_file.write_text(
        "Package: survey-viewer-ses\nStatus: install reinstreq half-installed\nVersion: 1.0\n\n"
        "Package: mesh-viewer-ses\nStatus: deinstall ok config-files\nVersion: 1.0\n"
    )

    assert computer.inventory.scan(CATALOGUE) == ()


def test_nothing_of_the_catalogue_installed_finds_nothing(computer: ScratchComputer, tmp_path: Path) -> None:
    computer.install(make_deb(tmp_path, "other", "1.0"))

    assert computer.inventory.scan(CATALOGUE) == ()


def test_a_computer_without_dpkg_finds_nothing(tmp_path: Path) -> None:
    assert Inventory([DpkgDetector(DpkgDatabase(tmp_path))]).scan(CATALOGUE) == ()


@given(st.binary(max_size=400))
def test_no_database_makes_it_fall_over(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    root = tmp_path_factory.mktemp("root")
    database = DpkgDatabase(root)
    database.status_file.parent.mkdir(parents=True)
    database.status_file.write_bytes(b"Package: survey-viewer-ses\n" + content)

    found = Inventory([DpkgDetector(database)]).scan(CATALOGUE)

    assert len(found) <= 1


def test_the_client_finds_itself_as_it_lies_on_the_disk(tmp_path: Path) -> None:
    product = product_json("connection-client", detect=[{"type": "self", "value": "connection-client"}])
    own = catalogue(product)

    assert only(Inventory([OwnDetector()]).scan(own)).version_text == VERSION

    source = tmp_path / "version.py"
    source.write_text('"""Newer than what runs."""\n\nVERSION = "9.9.9"\n')
    assert only(Inventory([OwnDetector(source=source)]).scan(own)).version_text == "9.9.9"
    assert Inventory([OwnDetector()]).scan(CATALOGUE) == ()
