# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Everything of the package for macOS that is made without a Mac, read back with tools that are not ours.

What PyInstaller, codesign, pkgbuild, productbuild and notarytool make of it was never seen.
"""

import os
import plistlib
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from connection_client.__main__ import for_the_tray
from installers import client, macos_bundle, macos_files, macos_icon, macos_package
from installers.build import ROOT, main
from installers.errors import BuildError
from installers.macos_package import Signing, steps

PROGRAM = "/Applications/CONNECTION Client.app/Contents/MacOS/CONNECTION Client"


ICON = ROOT / "resources" / "icons" / "connection-client.svg"


@pytest.mark.skipif(os.uname().sysname == "Darwin", reason="this is a Mac")
def test_another_system_says_that_it_takes_a_mac(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["macos"]) == 1
    assert "needs a Mac" in capsys.readouterr().err


def test_info_plist_says_who_it_is_and_what_it_opens() -> None:
    said: dict[str, Any] = dict(macos_files.information(client.client_version(ROOT)))
    assert said["CFBundleShortVersionString"] == said["CFBundleVersion"] == client.client_version(ROOT)
    assert said["LSUIElement"] is True
    (links,) = said["CFBundleURLTypes"]
    assert for_the_tray([f"{links['CFBundleURLSchemes'][0]}:sign-in"])
    for kind in said["CFBundleDocumentTypes"]:
        assert kind["LSHandlerRank"] == "Alternate"
        assert for_the_tray([f"/Users/ada/survey.{kind['CFBundleTypeExtensions'][0]}"])


@pytest.mark.parametrize(("version", "numbers"), [("0.1.0", "0.1.0"), ("1.2rc1", "1.2.0"), ("3", "3.0.0")])
def test_versions_are_three_numbers(version: str, numbers: str) -> None:
    assert macos_files.numbers_of(version) == numbers


def test_what_pyinstaller_takes_is_laid_out_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "other"):
        macos_bundle.prepare_inputs(ROOT, tmp_path / name)
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    names = {str(path) for path in files}
    assert {"client.icns", "information.plist", "entitlements.plist", "resources/icons/back.svg"} <= names
    assert any(name.endswith(".mo") for name in names)
    assert not any(name.endswith(".po") for name in names)
    for path in files:
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "other" / path).read_bytes(), path


@pytest.mark.timeout(900)
@pytest.mark.skipif(os.uname().sysname == "Darwin", reason="this is a Mac")
def test_pyinstaller_collects_what_the_recipe_names(asked_for: None, tmp_path: Path) -> None:
    """All but the bundle: the locked tools, the recipe, and a program that finds its parts and texts."""
    work, out = tmp_path / "work", tmp_path / "out"
    macos_bundle.prepare_inputs(ROOT, work)
    macos_bundle.pack(ROOT, work, macos_bundle.python(ROOT, tmp_path / "python"), out)
    collected = out / "collected"
    inside = collected / "_internal"
    assert (inside / "remove.sh").read_text() == macos_files.remove()
    assert (inside / "resources" / "icons" / "connection-client.svg").exists()
    home = tmp_path / "home"
    home.mkdir()
    variables = {"HOME": str(home), "LANG": "de_DE.UTF-8", "PATH": "/usr/bin:/bin"}
    said = {
        words: subprocess.run(
            [collected / macos_files.NAME, *words.split()],
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        ).stdout
        for words in ("--version", "status", "status --json")
    }
    assert said["--version"] == f"CONNECTION Client {client.client_version(ROOT)}\n"
    assert '"status": "signed-out"' in said["status --json"]
    assert "Niemand" in said["status"]


def test_the_icon_has_every_size_that_finder_shows(tmp_path: Path) -> None:
    icns = tmp_path / "client.icns"
    macos_icon.write_icon(ICON, icns)
    with Image.open(icns) as picture:
        sizes = {width * scale for width, _, scale in picture.info["sizes"]}
        assert sizes == set(macos_icon.SIZES)
    if shutil.which("icns2png") is None:
        pytest.skip("icnsutils is not installed")
    subprocess.run(["icns2png", "-x", "-o", tmp_path, icns], check=True, capture_output=True)
    for size in (256, 512, 1024):  # what icnsutils knows of
        with Image.open(next(tmp_path.glob(f"client_{size}x{size}*.png"))) as drawn:
            assert drawn.size == (size, size)
            assert drawn.getchannel("A").getextrema() == (0, 255)  # drawn, and transparent around


@pytest.mark.parametrize(
    "content",
    [
        macos_files.entitlements(),
        macos_files.component(),
        macos_files.agent(),
        plistlib.dumps(dict(macos_files.information("0.1.0"))),
    ],
)
def test_property_lists_are_such_for_other_readers(content: bytes, tmp_path: Path) -> None:
    assert plistlib.loads(content)
    if shutil.which("plistutil") is None:
        pytest.skip("libplist-utils is not installed")
    (tmp_path / "one.plist").write_bytes(content)
    converted = tmp_path / "one.bin"
    subprocess.run(["plistutil", "-i", tmp_path / "one.plist", "-o", converted, "-f", "bin"], check=True)
    assert plistlib.loads(converted.read_bytes()) == plistlib.loads(content)


def test_the_hardened_runtime_is_asked_for_two_things() -> None:
    allowed = plistlib.loads(macos_files.entitlements())
    assert allowed == {
        "com.apple.security.automation.apple-events": True,
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
    }
    # Who may ask other applications to quit has to say why, or macOS asks nobody.
    assert macos_files.information("0.1.0")["NSAppleEventsUsageDescription"]


def test_the_distribution_names_the_component_and_the_oldest_system() -> None:
    root = ET.fromstring(macos_files.distribution("0.1.0", "arm64"))  # noqa: S314  # our own
    references = root.findall("pkg-ref")
    assert [(one.text, one.get("version")) for one in references] == [(macos_files.COMPONENT_FILE, "0.1.0")]
    chosen = {one.get("choice") for one in root.iter("line")}
    assert chosen == {one.get("id") for one in root.findall("choice")}
    assert root.find("choice/pkg-ref").get("id") == references[0].get("id")  # type: ignore[union-attr]  # it is there
    assert next(root.iter("os-version")).get("min") == macos_files.OLDEST
    assert root.find("options").get("hostArchitectures") == "arm64"  # type: ignore[union-attr]  # it is there


def test_the_package_s_tree(tmp_path: Path) -> None:
    bundle = tmp_path / macos_files.APP
    (bundle / "Contents" / "MacOS").mkdir(parents=True)
    (bundle / "Contents" / "MacOS" / macos_files.NAME).touch()
    (bundle / "Contents" / "Current").symlink_to("MacOS")  # frameworks are full of such
    macos_package.lay_out(bundle, tmp_path / "work", "0.1.0", "arm64")
    root = tmp_path / "work" / "root"
    assert (root / PROGRAM.lstrip("/")).exists()
    assert (root / "Applications" / macos_files.APP / "Contents" / "Current").is_symlink()
    assert os.readlink(root / "usr/local/bin/connection-client") == PROGRAM  # noqa: PTH115  # as it is written
    agent = root / "Library" / "LaunchAgents" / f"{macos_files.IDENTIFIER}.plist"
    assert plistlib.loads(agent.read_bytes())["ProgramArguments"] == [PROGRAM, "--hidden", "--with-session"]
    assert agent.stat().st_mode & 0o777 == 0o644
    (component,) = plistlib.loads((tmp_path / "work" / "component.plist").read_bytes())
    assert (root / component["RootRelativeBundlePath"]).is_dir()
    for script in (tmp_path / "work" / "scripts").iterdir():
        assert script.stat().st_mode & 0o111 == 0o111


def names(signing: Signing) -> list[str]:
    commands = steps(Path("/work"), Path("/b.app"), Path("/out.pkg"), "0.1.0", signing)
    return [Path(one[0]).name for one in commands]


def test_a_published_package_is_signed_notarised_and_stapled_in_this_order() -> None:
    signing = Signing("Developer ID Application: X", "Developer ID Installer: X", "release")
    assert names(signing) == [
        "codesign", "pkgbuild", "productbuild", "xcrun", "xcrun", "spctl",
    ]  # fmt: skip
    commands = list(steps(Path("/work"), Path("/b.app"), Path("/out.pkg"), "0.1.0", signing))
    assert commands[2][-3:] == ["--sign", "Developer ID Installer: X", "/out.pkg"]
    assert commands[3][1:] == [
        "notarytool", "submit", "/out.pkg", "--keychain-profile", "release", "--wait",
    ]  # fmt: skip
    assert commands[4][1:] == ["stapler", "staple", "/out.pkg"]


def test_a_trial_package_is_neither_and_half_a_signature_is_refused() -> None:
    assert names(Signing()) == ["codesign", "pkgbuild", "productbuild"]
    with pytest.raises(BuildError, match="INSTALLER_IDENTITY"):
        Signing.of({"CONNECTION_MACOS_NOTARY_PROFILE": "release"})
