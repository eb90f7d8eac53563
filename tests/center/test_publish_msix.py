# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`publish add` of MSIX packages: read from their manifests, and found by their families."""

import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from connect_center.publisher.checks import findings
from connect_center.publisher.msix_package import publisher_id
from connect_center.publisher.publishing import Publisher
from connect_center.publisher.winget import read_manifests
from tests.world.catalogues import only

pytestmark = pytest.mark.django_db
MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<Package xmlns="http://schemas.microsoft.com/appx/manifest/foundation/windows10">
  <Identity Name="Example.SurveyViewer" Publisher="CN=Example Systems, O=Example Systems, C=DE"
            Version="10.2.0.7" ProcessorArchitecture="x64"/>
  <Properties><DisplayName>Survey Viewer SES</DisplayName></Properties>
</Package>
"""
FAMILY = f"Example.SurveyViewer_{publisher_id('CN=Example Systems, O=Example Systems, C=DE')}"


@pytest.fixture(autouse=True)
def publisher(tmp_path: Path, settings: Settings) -> Publisher:
    settings.CENTER_STATE = tmp_path / "state"
    return Publisher(tmp_path / "state")


def make_msix(folder: Path, manifest: str | bytes = MANIFEST, name: str = "AppxManifest.xml") -> Path:
    path = folder / "survey-x64.msix"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, manifest)
        package.writestr("viewer.exe", b"MZ")
    return path


@pytest.mark.parametrize(
    ("publisher_name", "known"),
    [
        ("CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US", "8wekyb3d8bbwe"),
        ("CN=Microsoft Windows, O=Microsoft Corporation, L=Redmond, S=Washington, C=US", "cw5n1h2txyewy"),
    ],
)
def test_the_publisher_s_id_is_the_one_that_windows_shows(publisher_name: str, known: str) -> None:
    assert publisher_id(publisher_name) == known


def test_a_package_tells_everything(publisher: Publisher, tmp_path: Path) -> None:
    call_command("publish", "add", str(make_msix(tmp_path)))
    product = only(publisher.catalogue()["products"])
    release = only(product["releases"])
    package = only(release["packages"])
    assert (product["id"], product["name"], release["version"]) == (
        "survey-viewer",
        "Survey Viewer SES",
        "10.2.0.7",
    )
    assert product["detect"] == [{"type": "msix-family", "value": FAMILY}]
    assert (package["os"], package["arch"], package["filename"]) == ("windows", "x64", "survey-x64.msix")
    recipe = package["install"]
    assert (recipe["type"], recipe["scope"], recipe["elevation"]) == ("msix", "user", "none")
    assert findings(publisher.catalogue()) == []
    assert publisher.check() == []


def test_for_everybody_it_needs_rights(publisher: Publisher, tmp_path: Path) -> None:
    call_command("publish", "add", str(make_msix(tmp_path)), "--scope", "machine")
    recipe = only(only(only(publisher.catalogue()["products"])["releases"])["packages"])["install"]
    assert (recipe["scope"], recipe["elevation"]) == ("machine", "required")


def test_the_rule_by_an_app_path_is_one_that_clients_know(publisher: Publisher, tmp_path: Path) -> None:
    call_command("publish", "add", str(make_msix(tmp_path)), "--detect", "app-path=viewer.exe")
    assert {"type": "app-path", "value": "viewer.exe"} in only(publisher.catalogue()["products"])["detect"]
    assert findings(publisher.catalogue()) == []


def test_a_title_that_stands_in_a_resource_is_stated(publisher: Publisher, tmp_path: Path) -> None:
    manifest = MANIFEST.replace("Survey Viewer SES", "ms-resource:title").replace(
        ' ProcessorArchitecture="x64"', ""
    )
    call_command("publish", "add", str(make_msix(tmp_path, manifest)), "--name", "Survey Viewer")
    product = only(publisher.catalogue()["products"])
    assert (product["id"], product["name"]) == ("example.surveyviewer", "Survey Viewer")
    assert only(only(product["releases"])["packages"])["arch"] == "any"


@pytest.mark.parametrize(
    ("manifest", "name", "reason"),
    [
        (MANIFEST, "AppxBundleManifest.xml", "holds no AppxManifest.xml; bundles"),
        ("<Package", "AppxManifest.xml", "unclosed token"),
        ("<Package/>", "AppxManifest.xml", "names no identity"),
        (
            '<Package><Identity Name="../x" Publisher="CN=x"/></Package>',
            "AppxManifest.xml",
            "names no package",
        ),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + MANIFEST[38:], "AppxManifest.xml", "declares a document type"),
        (b"\xff\xfe<", "AppxManifest.xml", "decode"),
        ("<Package>" + " " * (1 << 20) + "</Package>", "AppxManifest.xml", "larger than 1 MiB"),
    ],
)
def test_what_cannot_be_read_is_refused(
    publisher: Publisher, tmp_path: Path, manifest: str | bytes, name: str, reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        call_command("publish", "add", str(make_msix(tmp_path, manifest, name)))
    assert publisher.catalogue()["products"] == []


def test_what_is_no_archive_or_says_another_version_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"says that it is 10\.2\.0\.7, not 10\.3"):
        call_command("publish", "add", str(make_msix(tmp_path)), "--version", "10.3")
    (tmp_path / "survey-x64.msix").write_bytes(b"PK nothing")
    with pytest.raises(CommandError, match="as an MSIX package"):
        call_command("publish", "add", str(tmp_path / "survey-x64.msix"))
    assert publisher.catalogue()["products"] == []


def test_a_manifest_of_winget_names_the_family(tmp_path: Path) -> None:
    manifest = tmp_path / "survey.installer.yaml"
    manifest.write_text(
        "PackageIdentifier: ExampleSystems.SurveyViewer\nPackageVersion: 10.2.0.7\nInstallerType: msix\n"
        f"PackageFamilyName: {FAMILY}\nInstallers:\n- Architecture: x64\n"
        f"  InstallerUrl: https://example.com/survey-x64.msix\n  InstallerSha256: {'AB' * 32}\n"
    )
    assert read_manifests([manifest]).product["detect"] == [{"type": "msix-family", "value": FAMILY}]
