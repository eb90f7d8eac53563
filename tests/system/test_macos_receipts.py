# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Receipts of Apple's installer; `pkgutil` is a script that answers as the real one does."""

import plistlib
from pathlib import Path

from connection_client.domain.catalogue import Catalogue
from connection_client.domain.installed import Evidence
from connection_client.products.inventory import Inventory
from connection_client.system.macos_bundles import application_folders
from connection_client.system.macos_detection import BundleDetector, ReceiptDetector
from tests.world.catalogues import catalogue, only, product_json
from tests.world.macintosh import IDENTIFIER, calls, make_bundle, make_receipt, make_tool

PACKAGE = "com.example.pkg.SurveyViewer"


def known(*rules: tuple[str, str]) -> Catalogue:
    detect = [{"type": kind, "value": value} for kind, value in rules]
    return catalogue(product_json("survey-viewer", detect=detect))


RECEIPT = known(("macos-receipt", PACKAGE))


def pkgutil(folder: Path, *files: str, says: str = "") -> str:
    """A search path with a `pkgutil` that knows `files`; `says` is its answer to --pkg-info-plist."""
    answers = {"--files": "\n".join(files), "--pkg-info-plist": says}
    cases = "".join(f"{key}) cat <<'END'\n{answer}\nEND\n;;\n" for key, answer in answers.items())
    make_tool(folder, "pkgutil", f"case $3 in\n{cases}esac")
    return f"{folder}:/usr/bin:/bin"


def test_a_receipt_is_found_while_a_file_of_it_is_there(tmp_path: Path) -> None:
    tools, root = tmp_path / "tools", tmp_path / "root"
    make_receipt(root, PACKAGE, "10.2.0.7")
    bundle = make_bundle(root / "Applications", "Survey Viewer", "10.2.0")
    path = pkgutil(
        tools, "Survey Viewer.app", "Survey Viewer.app/Contents", "Survey Viewer.app/Contents/Info.plist"
    )
    inventory = Inventory([ReceiptDetector(root, path)])

    found = only(inventory.scan(RECEIPT))

    assert found.version_text == "10.2.0.7"
    assert found.evidence == (Evidence("receipt", PACKAGE, "10.2.0.7"),)
    assert found.launch.command == (str(bundle / "Contents/MacOS/viewer"),)
    assert calls(tools, "pkgutil") == [["--volume", str(root), "--files", PACKAGE]]

    (bundle / "Contents/Info.plist").unlink()
    assert inventory.scan(RECEIPT) == ()


def test_what_lies_outside_of_a_packages_place_is_no_file_of_it(tmp_path: Path) -> None:
    make_receipt(tmp_path, PACKAGE, "3")
    (tmp_path / "Applications").mkdir()
    path = pkgutil(tmp_path / "tools", f"{'../' * 40}etc/passwd", "gone")

    assert Inventory([ReceiptDetector(tmp_path, path)]).scan(RECEIPT) == ()


def test_a_package_that_only_ran_scripts_counts_by_its_receipt(tmp_path: Path) -> None:
    make_receipt(tmp_path, PACKAGE, "3")

    found = only(Inventory([ReceiptDetector(tmp_path, pkgutil(tmp_path / "tools"))]).scan(RECEIPT))

    assert (found.version_text, found.launch) == ("3", None)


def test_a_receipt_that_cannot_be_read_is_asked_for(tmp_path: Path) -> None:
    make_receipt(tmp_path, PACKAGE, "1").write_bytes(b"damaged")
    says = plistlib.dumps({"pkgid": PACKAGE, "pkg-version": "10.2", "install-location": "opt"}).decode()
    tools = tmp_path / "tools"
    (tmp_path / "opt").mkdir()
    (tmp_path / "opt/file").touch()

    path = pkgutil(tools, "file", "../../etc/passwd", says=says)
    found = only(Inventory([ReceiptDetector(tmp_path, path)]).scan(RECEIPT))

    assert found.version_text == "10.2"
    assert calls(tools, "pkgutil")[0] == ["--volume", str(tmp_path), "--pkg-info-plist", PACKAGE]


def test_nothing_is_asked_where_there_is_no_receipt_or_a_strange_name(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    rules = known(
        ("macos-receipt", "not.there"), ("macos-receipt", "../../x"), ("macos-receipt", "--edit-pkg")
    )

    assert Inventory([ReceiptDetector(tmp_path, pkgutil(tools))]).scan(rules) == ()
    assert calls(tools, "pkgutil") == []


def test_a_damaged_receipt_that_pkgutil_does_not_know_either_is_left_out(tmp_path: Path) -> None:
    make_receipt(tmp_path, PACKAGE, "1").write_bytes(b"damaged")

    assert Inventory([ReceiptDetector(tmp_path, pkgutil(tmp_path / "tools"))]).scan(RECEIPT) == ()
    assert Inventory([ReceiptDetector(tmp_path, str(tmp_path / "nowhere"))]).scan(RECEIPT) == ()


def test_bundle_and_receipt_of_one_product_are_one_line(tmp_path: Path) -> None:
    folders = application_folders(tmp_path / "home", tmp_path)
    make_bundle(folders[0], "Survey Viewer", "10.2.0")
    make_receipt(tmp_path, PACKAGE, "10.2")
    path = pkgutil(tmp_path / "tools", "Survey Viewer.app/Contents/Info.plist")
    rules = known(("macos-bundle", IDENTIFIER), ("macos-receipt", PACKAGE))

    found = only(Inventory([BundleDetector(folders), ReceiptDetector(tmp_path, path)]).scan(rules))

    assert found.version_text == "10.2.0"
    assert [evidence.source for evidence in found.evidence] == ["bundle", "receipt"]
