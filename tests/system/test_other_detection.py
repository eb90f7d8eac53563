# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Detection beside dpkg: real rpm and flatpak, AppStream files and desktop entries as they are written."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.products.inventory import Inventory
from connection_client.system.desktop_detection import AppStreamDetector, DesktopEntryDetector, data_folders
from connection_client.system.flatpak_detection import FlatpakDetector
from connection_client.system.program_output import lines_of
from connection_client.system.rpm_detection import RpmDetector
from tests.world.catalogues import catalogue, only, product_json
from tests.world.rpms import install_rpm, make_rpm

METAINFO = """<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>com.example.SurveyViewer</id>
  <launchable type="desktop-id">survey-viewer.desktop</launchable>
  <releases><release version="10.2.0.7" date="2026-01-31"/><release version="10.1.0.12"/></releases>
</component>
"""
ENTRY = "[Desktop Entry]\nType=Application\nName=Survey\nExec={program} %f\nX-AppImage-Version=10.1.0.12\n"


def rule(kind: str, value: str) -> dict[str, object]:
    return {"detect": [{"type": kind, "value": value}]}


@pytest.mark.skipif(shutil.which("rpmbuild") is None, reason="rpm is not installed")
def test_an_rpm_package_is_found_with_its_start(tmp_path: Path) -> None:
    root = tmp_path / "root"
    install_rpm(root, make_rpm(tmp_path / "made", "survey-viewer-ses", "10.1.0.12"))
    known = catalogue(
        product_json("survey-viewer", **rule("rpm", "survey-viewer-ses")),
        product_json("mesh-viewer", **rule("rpm", "mesh-viewer-ses")),
        product_json("strange", **rule("rpm", "--eval=%(id)")),
    )

    found = only(Inventory([RpmDetector(root)]).scan(known))

    assert (found.product_id, found.version_text) == ("survey-viewer", "10.1.0.12")
    assert found.launch.command == ("/usr/bin/survey-viewer-ses",)
    evidence = only(found.evidence)
    assert (evidence.source, evidence.where) == ("rpm", "survey-viewer-ses.noarch")
    assert evidence.version_text == "10.1.0.12-1"


def test_a_computer_without_rpm_and_flatpak_finds_nothing() -> None:
    known = catalogue(
        product_json("survey-viewer", **rule("rpm", "survey-viewer-ses")),
        product_json("mesh-viewer", **rule("flatpak", "com.example.MeshViewer")),
    )

    assert Inventory([RpmDetector(program="no-rpm"), FlatpakDetector("no-flatpak")]).scan(known) == ()


@pytest.fixture
def flatpak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's flatpak installation with one application."""
    if shutil.which("flatpak") is None:
        pytest.skip("flatpak is not installed")
    for name in ("FLATPAK_USER_DIR", "FLATPAK_SYSTEM_DIR", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    tree = tmp_path / "application"
    (tree / "files/bin").mkdir(parents=True)
    (tree / "export").mkdir()
    platform = "com.example.Platform/x86_64/1"
    (tree / "metadata").write_text(
        f"[Application]\nname=com.example.SurveyViewer\nruntime={platform}\nsdk={platform}\ncommand=x\n"
    )
    repository, bundle = str(tmp_path / "repository"), str(tmp_path / "bundle.flatpak")
    application, branch = "com.example.SurveyViewer", "10.1.0.12"
    for words in (
        ["build-export", repository, str(tree), branch],
        ["build-bundle", repository, bundle, application, branch],
        ["install", "--user", "--noninteractive", "--no-deps", "--bundle", bundle],
    ):
        subprocess.run(["flatpak", *words], check=True, capture_output=True)
    return tmp_path


def test_a_flatpak_is_found_with_its_start(flatpak: Path) -> None:
    known = catalogue(product_json("survey-viewer", **rule("flatpak", "com.example.SurveyViewer")))

    found = only(Inventory([FlatpakDetector()]).scan(known))

    assert found.version_text == "10.1.0.12"
    assert found.launch.command[1:] == ("run", "--user", "com.example.SurveyViewer")
    assert only(found.evidence).where == "com.example.SurveyViewer (user)"


def test_appstream_names_the_version_and_the_start(tmp_path: Path) -> None:
    (tmp_path / "metainfo").mkdir()
    (tmp_path / "applications").mkdir()
    (tmp_path / "metainfo/com.example.SurveyViewer.metainfo.xml").write_text(METAINFO)
    (tmp_path / "applications/survey-viewer.desktop").write_text(ENTRY.format(program="survey"))
    known = catalogue(product_json("survey-viewer", **rule("appstream", "com.example.SurveyViewer")))

    found = only(Inventory([AppStreamDetector([tmp_path, tmp_path / "nowhere"])]).scan(known))

    assert (found.version_text, found.launch.command) == ("10.2.0.7", ("survey",))


@given(st.binary(max_size=300) | st.sampled_from([METAINFO[:90].encode(), b"<component/>", b"\xff\xfe<"]))
def test_no_appstream_file_makes_it_fall_over(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("data") / "metainfo"
    folder.mkdir()
    (folder / "a.metainfo.xml").write_bytes(content)
    known = catalogue(product_json("survey-viewer", **rule("appstream", "com.example.SurveyViewer")))

    assert Inventory([AppStreamDetector([folder.parent])]).scan(known) == ()


def test_an_appstream_file_with_entities_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "metainfo").mkdir()
    bomb = '<!DOCTYPE c [<!ENTITY a "b">]>' + METAINFO.partition("?>")[2]
    (tmp_path / "metainfo/a.metainfo.xml").write_text(bomb)
    known = catalogue(product_json("survey-viewer", **rule("appstream", "com.example.SurveyViewer")))

    assert Inventory([AppStreamDetector([tmp_path])]).scan(known) == ()


def test_a_desktop_entry_without_package_is_found_while_its_program_is_there(tmp_path: Path) -> None:
    program = tmp_path / "Survey.AppImage"
    program.touch()
    entry = tmp_path / "own/applications/survey-viewer.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text(ENTRY.format(program=program))
    known = catalogue(product_json("survey-viewer", **rule("desktop-entry", "survey-viewer.desktop")))
    inventory = Inventory([DesktopEntryDetector([tmp_path / "own", tmp_path / "everybodys"])])

    found = only(inventory.scan(known))
    assert (found.version_text, found.launch.command) == ("10.1.0.12", (str(program),))

    program.unlink()
    assert inventory.scan(known) == ()


def test_a_rule_cannot_lead_out_of_the_folder_of_entries(tmp_path: Path) -> None:
    (tmp_path / "applications").mkdir()
    (tmp_path / "x.desktop").write_text(ENTRY.format(program="survey"))
    known = catalogue(product_json("survey-viewer", **rule("desktop-entry", "../x.desktop")))

    assert Inventory([DesktopEntryDetector([tmp_path])]).scan(known) == ()


def test_the_persons_own_entries_come_before_everybodys() -> None:
    chosen = {"XDG_DATA_HOME": "/own", "XDG_DATA_DIRS": "/a:relative:/b"}

    assert data_folders(chosen) == (Path("/own"), Path("/a"), Path("/b"))
    assert data_folders({}, Path("/home/maya"))[0] == Path("/home/maya/.local/share")


def test_a_change_shows_in_the_stamp(tmp_path: Path) -> None:
    watched = tmp_path / "status"
    inventory = Inventory([], [watched, tmp_path / "nowhere"])
    before = inventory.stamp()
    assert inventory.stamp() == before

    watched.write_text("one more")
    os.utime(watched, ns=(1, 1))

    assert inventory.stamp() != before


def test_a_program_that_is_missing_says_nothing() -> None:
    assert lines_of(["/nowhere/rpm"]) == ()
    assert lines_of(["printf", "a\\nb"]) == ("a", "b")
