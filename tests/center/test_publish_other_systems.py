# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`publish add` of real setups, MSI, rpm and AppImages; drafts from winget."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from connect_center.delivery.models import Package
from connect_center.delivery.shelf import offers
from connect_center.publisher.checks import findings
from connect_center.publisher.publishing import Publisher
from tests.world.packages import make_deb
from tests.world.rpms import make_rpm

pytestmark = pytest.mark.django_db
_SETUP = """
Unicode true
Name "Survey Viewer SES"
OutFile "{out}"
RequestExecutionLevel user
VIProductVersion "10.2.0.7"
VIAddVersionKey "ProductName" "Survey Viewer SES"
VIAddVersionKey "ProductVersion" "10.2.0.7"
VIAddVersionKey "FileVersion" "10.2.0.7"
VIAddVersionKey "FileDescription" "setup"
VIAddVersionKey "LegalCopyright" "none"
Section
SectionEnd
"""
_WIX = """<?xml version="1.0"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
<Product Id="AAAAAAAA-2222-3333-4444-555555555555" UpgradeCode="11111111-2222-3333-4444-555555555555"
 Name="Mesh Viewer SES" Version="3.4.5" Language="1033" Codepage="1252" Manufacturer="Example Systems">
<Package InstallScope="perMachine" Compressed="yes"/><Media Id="1" Cabinet="a.cab" EmbedCab="yes"/>
<Directory Id="TARGETDIR" Name="SourceDir"><Component Id="one" Guid="22222222-2222-3333-4444-555555555555">
<File Id="f" Name="readme.txt" Source="readme.txt"/></Component></Directory>
<Feature Id="all"><ComponentRef Id="one"/></Feature></Product></Wix>
"""


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


@pytest.fixture(autouse=True)
def publisher(tmp_path: Path, settings: Settings) -> Publisher:
    settings.CENTER_STATE = tmp_path / "state"
    return Publisher(tmp_path / "state")


def make_setup(folder: Path) -> Path:
    out = folder / "survey-setup.exe"
    (folder / "setup.nsi").write_text(_SETUP.format(out=out))
    subprocess.run(["makensis", "-V2", str(folder / "setup.nsi")], check=True, capture_output=True)
    return out


def make_msi(folder: Path) -> Path:
    (folder / "readme.txt").write_text("Read me.")
    (folder / "mesh.wxs").write_text(_WIX)
    words = ["wixl", "--arch", "x64", "--output", "mesh.msi", "mesh.wxs"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    return folder / "mesh.msi"


def make_appimage(folder: Path, name: str) -> Path:
    """A program with the marks of an AppImage of type 2, which its runtime carries."""
    content = bytearray(Path("/bin/true").read_bytes())
    content[8:11] = b"AI\x02"
    (folder / name).write_bytes(content)
    return folder / name


def published(publisher: Publisher) -> dict[str, Any]:
    document = publisher.catalogue()
    assert findings(document) == []
    assert publisher.check() == []
    (product,) = document["products"]
    return dict(product)


def the_package(product: dict[str, Any], path: Path) -> dict[str, Any]:
    (release,) = product["releases"]
    (package,) = release["packages"]
    assert package["length"] == path.stat().st_size
    assert package["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    kept = Package.objects.get(path=package["path"])
    assert (kept.sha256, kept.filename, kept.os) == (package["sha256"], path.name, package["os"])
    return dict(package)


@needs("makensis")
def test_a_setup_tells_its_version_and_its_maker(publisher: Publisher, tmp_path: Path) -> None:
    path = make_setup(tmp_path)
    call_command("publish", "add", str(path), "--product", "survey-viewer", "--arch", "x64")
    product = published(publisher)
    package = the_package(product, path)
    assert (product["name"], product["releases"][0]["version"]) == ("Survey Viewer SES", "10.2.0.7")
    assert product["detect"] == [{"type": "arp-name", "name": r"^Survey\ Viewer\ SES$"}]
    assert (package["os"], package["arch"], package["install"]["type"]) == ("windows", "x64", "nsis")


@needs("wixl")
@needs("msiinfo")
def test_an_msi_tells_everything(publisher: Publisher, tmp_path: Path) -> None:
    path = make_msi(tmp_path)
    call_command("publish", "add", str(path))
    product = published(publisher)
    package = the_package(product, path)
    assert (product["id"], product["name"]) == ("mesh-viewer", "Mesh Viewer SES")
    assert product["releases"][0]["version"] == "3.4.5"
    assert product["detect"] == [
        {"type": "msi-upgrade-code", "value": "{11111111-2222-3333-4444-555555555555}"}
    ]
    assert (package["arch"], package["install"]["type"], package["install"]["scope"]) == (
        "x64",
        "msi",
        "machine",
    )


@needs("rpmbuild")
def test_an_rpm_tells_everything(publisher: Publisher, tmp_path: Path) -> None:
    path = make_rpm(tmp_path, "drawing-viewer-ses", "2.5.1")
    call_command("publish", "add", str(path))
    product = published(publisher)
    package = the_package(product, path)
    assert (product["id"], product["releases"][0]["version"]) == ("drawing-viewer", "2.5.1")
    assert product["detect"] == [{"type": "rpm", "value": "drawing-viewer-ses"}]
    assert (package["os"], package["arch"], package["install"]["type"]) == ("linux", "any", "rpm")


def test_an_appimage_is_named_after_its_version(publisher: Publisher, tmp_path: Path) -> None:
    path = make_appimage(tmp_path, "Survey_Viewer-10.2.0-x86_64.AppImage")
    call_command("publish", "add", str(path), "--product", "survey-viewer", "--name", "Survey Viewer")
    product = published(publisher)
    package = the_package(product, path)
    assert (product["releases"][0]["version"], package["arch"]) == ("10.2.0", "x64")
    assert product["detect"] == [{"type": "desktop-entry", "value": "survey-viewer.desktop"}]
    assert (package["install"]["type"], package["install"]["elevation"]) == ("appimage", "none")


@needs("makensis")
def test_one_product_for_several_systems(publisher: Publisher, tmp_path: Path) -> None:
    deb = make_deb(tmp_path, "survey-viewer-ses", "10.2.0.7", title="Survey Viewer SES")
    call_command("publish", "add", str(deb))
    call_command("publish", "add", str(make_setup(tmp_path)), "--product", "survey-viewer")
    product = published(publisher)
    assert [rule["type"] for rule in product["detect"]] == ["dpkg", "arp-name"]
    (release,) = product["releases"]
    assert [package["os"] for package in release["packages"]] == ["linux", "windows"]
    assert [offer.system for offer in offers()] == ["Linux", "Windows"]


@needs("makensis")
def draft_from_winget(setup: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """What the manifest of the setup says, as a draft beside it."""
    manifest = setup.with_name("survey.installer.yaml")
    manifest.write_text(
        "PackageIdentifier: ExampleSystems.SurveyViewer\nPackageVersion: 10.2\n"
        "PackageName: Survey Viewer\nReleaseNotes: Reads semicolons.\nInstallerType: nullsoft\nScope: user\n"
        "ElevationRequirement: elevationProhibited\nMinimumOSVersion: 10.0.17763.0\n"
        "InstallerSwitches:\n  Silent: /S /quiet\n"
        "Installers:\n- Architecture: x64\n  InstallerUrl: https://example.com/survey-setup.exe\n"
        f"  InstallerSha256: {hashlib.sha256(setup.read_bytes()).hexdigest().upper()}\n"
        "  ProductCode: SurveyViewer\n"
    )
    call_command("publish", "import-winget", str(manifest), "--product", "survey-viewer")
    draft = setup.with_name("draft.json")
    draft.write_text(capsys.readouterr().out)
    return draft


def test_a_draft_from_winget_is_published_with_its_installer(
    publisher: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make_setup(tmp_path)
    draft = draft_from_winget(path, capsys)
    call_command("publish", "add", str(path), "--draft", str(draft), "--severity", "optional")
    product = published(publisher)
    package = the_package(product, path)
    (release,) = product["releases"]
    assert (product["id"], product["name"]) == ("survey-viewer", "Survey Viewer")
    assert (release["version"], release["severity"]) == ("10.2", "optional")
    assert release["notes"] == {"summary": "Reads semicolons."}
    assert product["detect"] == [{"type": "arp-key", "value": "SurveyViewer"}]
    assert (package["arch"], package["min_os"]) == ("x64", "10.0.17763.0")
    assert package["install"]["args"] == {"silent": ["/S", "/quiet"]}
    assert (package["install"]["scope"], package["install"]["elevation"]) == ("user", "prohibited")


def test_a_draft_that_names_another_installer_is_refused(
    publisher: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make_setup(tmp_path)
    call_command("publish", "init")
    capsys.readouterr()
    draft = draft_from_winget(path, capsys)
    before = publisher.catalogue()
    document = json.loads(draft.read_text())
    document["releases"][0]["packages"][0]["sha256"] = "0" * 64
    draft.write_text(json.dumps(document))
    with pytest.raises(CommandError, match="names no installer with the hash"):
        call_command("publish", "add", str(path), "--draft", str(draft))
    assert publisher.catalogue() == before


def test_files_that_are_something_else_are_refused(publisher: Publisher, tmp_path: Path) -> None:
    publisher.initialise("Example Systems")
    before = publisher.catalogue()
    for name in ("a.exe", "a.msi", "a.rpm", "a.AppImage"):
        (tmp_path / name).write_bytes(b"something else, and long enough to be read " * 40)
        with pytest.raises(CommandError, match="Nothing was published"):
            call_command("publish", "add", str(tmp_path / name), "--version", "1.0", "--arch", "x64")
    with pytest.raises(CommandError, match=r"no file name.*\.AppImage"):
        call_command("publish", "add", str(tmp_path / "a.zip"))
    assert publisher.catalogue() == before


@needs("rpmbuild")
def test_a_version_that_the_file_denies_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    path = make_rpm(tmp_path, "drawing-viewer-ses", "2.5.1")
    with pytest.raises(CommandError, match=r"says that it is 2\.5\.1, not 3\.0"):
        call_command("publish", "add", str(path), "--version", "3.0")
    assert publisher.catalogue()["products"] == []
