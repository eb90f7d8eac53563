# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications of a Mac are found, on files as they lie there."""

import logging
import os
import plistlib
from pathlib import Path
from typing import Any

import pytest

from connection_client.domain.catalogue import Catalogue
from connection_client.domain.installed import Evidence
from connection_client.domain.versions import Version
from connection_client.products.inventory import Inventory
from connection_client.system.macos_bundles import application_folders, bundle_around, bundles_in, read_bundle
from connection_client.system.macos_detection import BundleDetector, OwnBundleDetector
from tests.world.catalogues import catalogue, only, product_json
from tests.world.macintosh import IDENTIFIER, make_bundle, write_info


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, ...]:
    found = application_folders(tmp_path / "Users/maya", tmp_path)
    for folder in found:
        folder.mkdir(parents=True)
    return found


def known(*rules: tuple[str, str], **more: object) -> Catalogue:
    detect = [{"type": kind, "value": value} for kind, value in rules]
    return catalogue(product_json("survey-viewer", detect=detect, **more))


_PLAIN = "<key>CFBundleIdentifier</key><string>{}</string>"
BUNDLE = known(("macos-bundle", IDENTIFIER))


@pytest.mark.parametrize("kind", ["xml", "binary"])
def test_an_application_is_found_with_its_version_its_start_and_the_evidence(
    folders: tuple[Path, ...], kind: str
) -> None:
    words: dict[str, Any] = {"CFBundleVersion": "10.2.0.7"}
    bundle = make_bundle(folders[0], "Survey Viewer", "10.2.0", binary=kind == "binary", **words)

    found = only(Inventory([BundleDetector(folders)]).scan(BUNDLE))

    assert (found.product_id, found.version_text) == ("survey-viewer", "10.2.0.7")
    assert found.launch.command == (str(bundle / "Contents/MacOS/viewer"),)
    assert found.evidence == (Evidence("bundle", str(bundle), "10.2.0 / 10.2.0.7"),)


@pytest.mark.parametrize(
    ("short", "build", "version"),
    [
        ("10.2.0", "10.2.0.7", "10.2.0.7"),
        ("10.2", "4711", "10.2"),
        ("10.2", "10.25", "10.2"),
        ("", "10.2.0.7", "10.2.0.7"),
        (None, "10.2.0.7", "10.2.0.7"),
        ("10.2.0", None, "10.2.0"),
        ("2026 Update 1", "10.2", "2026 Update 1"),
        (10.2, 7, ""),
        ("10.2\n.0", "10.2.0", "10.2.0"),
        ("1" * 500, "10.2.0", "10.2.0"),
    ],
)
def test_the_version_is_what_people_are_shown_with_what_the_build_adds(
    folders: tuple[Path, ...], short: object, build: object, version: str
) -> None:
    words: dict[str, Any] = {"CFBundleShortVersionString": short, "CFBundleVersion": build}
    bundle = make_bundle(folders[0], "Survey Viewer", "1", **words)

    read = read_bundle(bundle)

    assert read is not None
    assert read.version == version


def test_a_version_that_is_no_number_is_compared_by_the_publishers_aliases(folders: tuple[Path, ...]) -> None:
    make_bundle(folders[0], "Survey Viewer", "2026 Update 1")
    rules = known(("macos-bundle", IDENTIFIER), version_aliases={"2026 Update 1": "26.1"})

    assert only(Inventory([BundleDetector(folders)]).scan(rules)).version == Version((26, 1))


def test_versions_side_by_side_are_lines_of_their_own_and_copies_are_not(folders: tuple[Path, ...]) -> None:
    everybodys, own = folders
    old = make_bundle(everybodys / "Example Systems", "Survey Viewer 10.1", "10.1")
    new = make_bundle(everybodys, "Survey Viewer", "10.2")
    copy = make_bundle(own, "Survey Viewer", "10.2.0")
    make_bundle(own, "Mesh Viewer", "3.0", identifier="com.example.MeshViewer")

    found = Inventory([BundleDetector(folders)]).scan(BUNDLE)

    assert {one.version_text: [e.where for e in one.evidence] for one in found} == {
        "10.1": [str(old)],
        "10.2": [str(new), str(copy)],
    }
    assert {one.launch.command[0] for one in found if one.launch} == {
        str(path / "Contents/MacOS/viewer") for path in (old, new)
    }


def test_the_identifier_of_a_bundle_has_no_capitals(folders: tuple[Path, ...]) -> None:
    make_bundle(folders[0], "Survey Viewer", "10.2", identifier=IDENTIFIER.upper())

    assert only(Inventory([BundleDetector(folders)]).scan(BUNDLE)).version_text == "10.2"


@pytest.mark.parametrize(
    "written",
    [
        "<key>CFBundleIdentifier</key>\n\t<string>{}</string>",
        "<key>CFBundleIdentifier</key><!-- ours --><string>{}</string>",
        "<key>CFBundleIdentifier</key><string><![CDATA[{}]]></string>",
        "<key>a</key><dict><key>CFBundleIdentifier</key><string>o</string></dict>{}",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("identifier", [IDENTIFIER, IDENTIFIER.upper(), IDENTIFIER.replace(".", "&#46;")])
def test_however_the_identifier_is_written_it_is_found(
    folders: tuple[Path, ...], written: str, encoding: str, identifier: str
) -> None:
    info = make_bundle(folders[0], "Survey Viewer", "10.2") / "Contents/Info.plist"
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    inner = "" if "<string>{}" in written or "CDATA" in written else _PLAIN.format(identifier)
    body = written.format(inner or identifier)
    info.write_bytes(f"{head}<plist><dict>{body}</dict></plist>".encode(encoding))
    if "CDATA" in written and "&" in identifier:
        return  # there it is no dot

    assert len(Inventory([BundleDetector(folders)]).scan(BUNDLE)) == 1


def test_what_is_hidden_deeper_or_a_link_to_the_same_is_not_counted(folders: tuple[Path, ...]) -> None:
    everybodys, own = folders
    make_bundle(everybodys / ".connection-client-x", "Survey Viewer", "1.0")
    make_bundle(everybodys, ".Survey Viewer", "1.1")
    make_bundle(everybodys / "one/two", "Survey Viewer", "1.2")
    make_bundle(make_bundle(everybodys, "Outer", "9", identifier="x"), "Survey Viewer", "1.3")
    real = make_bundle(everybodys, "Survey Viewer", "10.2")
    (own / "Link.app").symlink_to(real)
    (own / "Nowhere.app").symlink_to(own / "gone")
    (own / "loop").symlink_to(own)

    found = [bundle for bundle in bundles_in(folders) if bundle.identifier == IDENTIFIER]

    assert only(found).path == real


def test_without_its_program_it_is_there_but_cannot_be_started(folders: tuple[Path, ...]) -> None:
    for number, program in enumerate(["gone", f"{'../' * 40}bin/sh", "..", "", None, ["viewer"]]):
        make_bundle(folders[0], f"Viewer {number}", "1", CFBundleExecutable=program)

    assert [bundle.launch for bundle in bundles_in(folders)] == [None] * 6


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<plist>",
        b"bplist00",
        plistlib.dumps([IDENTIFIER]),
        plistlib.dumps({"CFBundleIdentifier": 7}),
        plistlib.dumps({"CFBundleIdentifier": "two\nlines"}),
        plistlib.dumps({"CFBundleIdentifier": IDENTIFIER, "x": "y" * (1 << 20)}),
    ],
)
def test_a_broken_one_loses_only_itself_and_the_log_says_why(
    folders: tuple[Path, ...], content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    make_bundle(folders[0], "Survey Viewer", "10.2")
    broken = make_bundle(folders[0], "A\nBroken", "10.3")
    (broken / "Contents/Info.plist").write_bytes(content)

    assert only(Inventory([BundleDetector(folders)]).scan(BUNDLE)).version_text == "10.2"
    caplog.clear()
    with caplog.at_level(logging.INFO):
        assert read_bundle(broken) is None

    (line,) = caplog.messages
    assert "A\\nBroken.app" in line
    assert "left out" in line


def test_a_pipe_with_the_name_of_a_list_is_not_waited_for(folders: tuple[Path, ...]) -> None:
    info = make_bundle(folders[0], "Pipe", "10.3") / "Contents/Info.plist"
    info.unlink()
    os.mkfifo(info)
    directory = make_bundle(folders[0], "Folder", "10.3") / "Contents/Info.plist"
    directory.unlink()
    directory.mkdir()

    assert Inventory([BundleDetector(folders)]).scan(BUNDLE) == ()


def test_a_mac_without_such_folders_has_nothing(tmp_path: Path) -> None:
    assert Inventory([BundleDetector([tmp_path / "nowhere"])]).scan(BUNDLE) == ()


def test_the_bundle_around_a_program_is_the_innermost() -> None:
    assert bundle_around("/Applications/A.app/Contents/MacOS/a") == Path("/Applications/A.app")
    assert bundle_around("/A.app/Contents/Helper.APP/Contents/MacOS/a") == Path("/A.app/Contents/Helper.APP")
    assert bundle_around("/usr/bin/a") is None


def test_an_info_list_may_stand_alone(tmp_path: Path) -> None:
    write_info(tmp_path / "Bare.app", {"CFBundleIdentifier": "com.example.Bare"})

    bundle = read_bundle(tmp_path / "Bare.app")

    assert bundle is not None
    assert (bundle.name, bundle.version, bundle.launch) == ("Bare", "", None)


def test_the_client_is_what_its_bundle_on_the_disk_says(tmp_path: Path) -> None:
    """An update puts a newer bundle below the program that still runs."""
    own = catalogue(
        product_json("connection-client", detect=[{"type": "self", "value": "connection-client"}])
    )
    bundle = make_bundle(tmp_path, "CONNECTION Client", "99.1", identifier="com.example.connection_client")

    found = only(Inventory([OwnBundleDetector(str(bundle / "Contents/MacOS/viewer"))]).scan(own))
    assert (found.version_text, only(found.evidence).where) == ("99.1", str(bundle))
    assert only(Inventory([OwnBundleDetector("/usr/bin/python3")]).scan(own)).version_text != "99.1"
    assert Inventory([OwnBundleDetector(str(bundle / "Contents/MacOS/viewer"))]).scan(BUNDLE) == ()

    (bundle / "Contents/Info.plist").unlink()
    assert only(Inventory([OwnBundleDetector(str(bundle / "x"))]).scan(own)).version_text != "99.1"
