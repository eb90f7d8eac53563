# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Drafts from winget manifests: what is taken over, what stays open, and what is refused."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from connect_center.publisher.checks import findings
from connect_center.publisher.errors import ManifestRefused
from connect_center.publisher.winget import read_manifests

SHA = "AB" * 32
MANIFEST = f"""\
# yaml-language-server: $schema=https://aka.ms/winget-manifest.installer.1.6.0.schema.json
PackageIdentifier: ExampleSystems.SurveyViewer
PackageVersion: 10.2
PackageName: Survey Viewer SES
ReleaseNotes: Reads semicolons.
InstallerType: wix
Scope: machine
ElevationRequirement: elevatesSelf
MinimumOSVersion: 10.0.17763.0
InstallerSwitches:
  Silent: /qn /l*v {{log}} PROP="two words"
ExpectedReturnCodes:
- InstallerReturnCode: 3010
  ReturnResponse: rebootRequiredToFinish
- InstallerReturnCode: -1
  ReturnResponse: somethingNew
AppsAndFeaturesEntries:
- DisplayName: Survey Viewer (SES)
  UpgradeCode: '{{11111111-2222-3333-4444-555555555555}}'
Installers:
- Architecture: x64
  InstallerUrl: https://example.com/survey-x64.msi
  InstallerSha256: {SHA}
  ProductCode: '{{AAAAAAAA-2222-3333-4444-555555555555}}'
- Architecture: arm64
  InstallerType: nullsoft
  InstallerUrl: https://example.com/survey-arm64.exe?token=1
  InstallerSha256: {SHA}
  ProductCode: SurveyViewer
ManifestType: singleton
ManifestVersion: 1.6.0
"""


def manifest(folder: Path, text: str = MANIFEST) -> Path:
    path = folder / "survey.installer.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_the_manifest_knows_is_taken_over(tmp_path: Path) -> None:
    draft = read_manifests([manifest(tmp_path)])
    product = draft.product
    assert (product["id"], product["name"]) == ("examplesystems-surveyviewer", "Survey Viewer SES")
    assert product["detect"] == [
        {"type": "msi-upgrade-code", "value": "{11111111-2222-3333-4444-555555555555}"},
        {"type": "msi-product-code", "value": "{AAAAAAAA-2222-3333-4444-555555555555}"},
        {"type": "arp-key", "value": "SurveyViewer"},
        {"type": "arp-name", "name": "^Survey\\ Viewer\\ \\(SES\\)$"},
    ]
    (release,) = product["releases"]
    assert release["version"] == "10.2"  # as written, not as a number
    first, second = release["packages"]
    assert (first["arch"], first["sha256"], first["filename"]) == ("x64", SHA.lower(), "survey-x64.msi")
    assert first["install"] == {
        "type": "msi",
        "scope": "machine",
        "elevation": "self",
        "args": {"silent": ["/qn", "/l*v", "{log}", 'PROP="two words"']},
        "exit_codes": {"3010": "reboot-required", "-1": "failed"},
    }
    assert second["install"]["type"] == "nsis"
    assert any("survey-arm64.exe: its address has a query" in point for point in draft.open_points)


def test_a_completed_draft_is_a_catalogue_that_clients_can_use(tmp_path: Path) -> None:
    product = read_manifests([manifest(tmp_path)], "survey-viewer").product
    document = {"schema": 1, "publisher": "Example Systems", "products": [product]}
    assert findings(document)  # a draft alone is none
    (release,) = product["releases"]
    release |= {"channel": "stable", "date": "2026-11-24", "severity": "recommended"}
    for package in release["packages"]:
        package |= {"path": f"survey-viewer/10.2/{package['filename']}", "length": 1}
    assert findings(document) == []


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("PackageVersion: 10.2", "PackageVersion: 10.2-beta", "cannot compare the version “10.2-beta”"),
        ("InstallerType: wix", "InstallerType: zip", "Installer 1: clients cannot install the type “zip”"),
        ("Architecture: x64", "Architecture: arm", "do not know the architecture “arm”"),
        (SHA, "12", "Installer 1: its InstallerSha256 is no SHA-256"),
        ("https://example.com/survey-x64.msi", "http://example.com/a.msi", "does not begin with https"),
        ("survey-x64.msi", "latest", "a file of the name “latest”"),
        ("Installers:", "Others:", "lists no installers"),
        ("PackageIdentifier:", "Identifier:", "names no PackageIdentifier"),
    ],
)
def test_what_no_client_could_use_is_refused(tmp_path: Path, before: str, after: str, reason: str) -> None:
    assert before in MANIFEST
    with pytest.raises(ManifestRefused, match=reason.replace("(", "\\(")):
        read_manifests([manifest(tmp_path, MANIFEST.replace(before, after))])


@pytest.mark.parametrize("text", ["- a list", "a: [", "!!python/object/apply:os.getcwd []"])
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ManifestRefused, match=r"manifest|cannot be read"):
        read_manifests([manifest(tmp_path, text)])


def test_a_manifest_in_several_files_is_one_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    locale = tmp_path / "survey.locale.en-US.yaml"
    locale.write_text("PackageName: Survey\nReleaseNotesUrl: https://example.com/notes\n")
    call_command(
        "publish", "import-winget", str(manifest(tmp_path)), str(locale), "--product", "survey-viewer"
    )
    printed = capsys.readouterr()
    product = json.loads(printed.out)
    assert (product["id"], product["name"]) == ("survey-viewer", "Survey")
    assert product["releases"][0]["notes"]["url"] == "https://example.com/notes"
    assert "To add for the release: channel, date, severity" in printed.err
