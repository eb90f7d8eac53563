# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""MSIX packages: found where Windows registers them, and handed to what installs them.

Wine has no packages of this kind: the registry is real, and a program stands where PowerShell would be.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.domain.catalogue import Catalogue, InstallRecipe, Package
from connection_client.domain.errors import (
    ApplicationRunning,
    ClientError,
    DiskFull,
    InstallCancelled,
    InstallerFailed,
    NeedsRights,
    NotInstallable,
)
from connection_client.domain.installed import InstalledProduct, LaunchTarget
from connection_client.domain.launch_errors import DocumentNotTaken
from connection_client.products.inventory import Inventory
from connection_client.system import windows_process
from connection_client.system.program_icons import program_with_icon
from connection_client.system.windows_detection import RegistryDetector
from connection_client.system.windows_elevation import Elevation
from connection_client.system.windows_install import WindowsInstaller
from connection_client.system.windows_launch import WindowsPrograms
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job
from tests.windows.msix_world import FAMILY, FULL_NAME, VIEWER, packaged, powershell, unpacked
from tests.windows.rights import Asked, left_behind
from tests.windows.setup_files import package
from tests.world.waiting import wait_until

assert sys.platform == "win32"  # tells the type checker so, too


def scan() -> tuple[InstalledProduct, ...]:
    return Inventory([RegistryDetector()]).scan(Catalogue("Example Systems", (VIEWER,)))


def test_a_package_of_the_person_is_found_with_its_start(tmp_path: Path) -> None:
    folder = unpacked(tmp_path / "WindowsApps" / FULL_NAME)
    with packaged(FULL_NAME, folder):
        (found,) = scan()
    assert found.version_text == "10.2.0.7"
    assert [(one.source, one.where) for one in found.evidence] == [("msix", str(folder))]
    assert found.launch is not None
    explorer, application = found.launch.command
    assert Path(explorer).is_file()
    assert application == rf"shell:AppsFolder\{FAMILY}!Viewer"
    assert program_with_icon(found.launch) is None
    assert scan() == ()


@pytest.mark.parametrize(
    "full_name",
    [
        "Example.SurveyViewer_10.2.0.7_neutral_split.language-de_8wekyb3d8bbwe",
        "Example.SurveyViewer_10.2.0.7_neutral_~_8wekyb3d8bbwe",
        "Example.SurveyViewer_10.2.0.7_x64__aaaaaaaaaaaaa",
        "Example.SurveyViewerPro_10.2.0.7_x64__8wekyb3d8bbwe",
        "Example.SurveyViewer_10.2_x64__8wekyb3d8bbwe",
        "Example.SurveyViewer",
    ],
)
def test_parts_and_others_are_not_the_product(full_name: str, tmp_path: Path) -> None:
    with packaged(full_name, unpacked(tmp_path / "other")):
        assert scan() == ()


@pytest.mark.parametrize("manifest", ["<Package", '<!DOCTYPE a [<!ENTITY b "c">]><Package/>', "<Package/>"])
def test_a_package_whose_manifest_says_nothing_is_found_without_a_start(
    manifest: str, tmp_path: Path
) -> None:
    with packaged(FULL_NAME, unpacked(tmp_path / "package", manifest)):
        (found,) = scan()
    assert found.launch is None
    with packaged(FULL_NAME, r"relative\..\folder"):
        (found,) = scan()
    assert found.launch is None
    assert found.evidence[0].where.startswith("HKCU")


def test_what_explorer_starts_takes_no_documents_and_its_exit_code_says_nothing(tmp_path: Path) -> None:
    with powershell(tmp_path, register=1):
        program = Path(os.environ["SystemRoot"], "System32/WindowsPowerShell/v1.0/powershell.exe")  # noqa: SIM112
        target = LaunchTarget((str(program), rf"shell:AppsFolder\{FAMILY}!Viewer"))
        programs = WindowsPrograms(tmp_path)
        programs.start("Survey Viewer", target, ())
        with pytest.raises(DocumentNotTaken):
            programs.start("Survey Viewer", target, (tmp_path / "a.survey",))


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def installer(asked: Asked) -> Iterator[WindowsInstaller]:
    made = WindowsInstaller(Elevation(start=asked), is_elevated=lambda: False)
    yield made
    made.close()
    wait_until(lambda: not left_behind(), 10, "the private folder is still there")


def put(tmp_path: Path) -> Path:
    """A package in a folder whose name PowerShell would run, if it read it as its own language."""
    path = tmp_path / "it's $(Stop-Process 1); here" / "viewer.msix"
    path.parent.mkdir()
    path.write_bytes(b"PK a package")
    return path


def install(installer: WindowsInstaller, path: Path, scope: str) -> None:
    kind = package(path, kind="msix")
    recipe = InstallRecipe("msix", scope, "none" if scope == "user" else "required")
    wanted = Package("windows", "x64", "p", path.name, kind.length, kind.sha256, recipe)
    with VerifiedFile(wanted, path, path.open("rb")) as file:
        installer.install(Job("Survey Viewer", (file,), path.parent / "install.log"))


def test_for_the_person_no_rights_are_asked_for(
    installer: WindowsInstaller, asked: Asked, tmp_path: Path
) -> None:
    path = put(tmp_path)
    assert installer.obstacle(package(path, kind="msix")) == ""
    with powershell(tmp_path) as told:
        install(installer, path, "user")
        assert [found.version_text for found in scan()] == ["10.2.0.7"]
        ((way, said, modules),) = told.calls
        command = told.command
    assert (way, said) == ("register", str(path))
    assert modules.lower().endswith(r"\system32\windowspowershell\v1.0\modules")
    assert "viewer.msix" not in command
    assert asked.commands == []


def test_for_everybody_it_is_laid_ready_with_rights_and_then_the_person_gets_it(
    installer: WindowsInstaller, asked: Asked, tmp_path: Path
) -> None:
    path = put(tmp_path)
    with powershell(tmp_path) as told:
        install(installer, path, "machine")
        assert [found.version_text for found in scan()] == ["10.2.0.7"]
        (first, second) = told.calls
    assert (first[0], second[:2]) == ("provision", ["register", str(path)])
    # The part with rights hands over a copy that only administrators could have written.
    assert first[1] != str(path)
    assert "connection-client-" in first[1]
    assert len(asked.commands) == 1


def test_without_the_rights_nothing_is_done(tmp_path: Path) -> None:
    def no(_command: object) -> int:
        error = OSError(0, "cancelled")
        error.winerror = windows_process.CANCELLED
        raise error

    path = put(tmp_path)
    with powershell(tmp_path) as told:
        with pytest.raises(NeedsRights):
            install(WindowsInstaller(Elevation(start=no), is_elevated=lambda: False), path, "machine")
        assert told.calls == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (0x80073CF3, InstallerFailed),
        (0x80073CF4, DiskFull),
        (0x80073CF6, InstallerFailed),
        (0x80073CF8, InstallCancelled),
        (0x80073CFF, NotInstallable),
        (0x80073D02, ApplicationRunning),
        (0x80073D10, NotInstallable),
        (1, InstallerFailed),
    ],
)
def test_what_deployment_says_is_understood(
    installer: WindowsInstaller, code: int, expected: type[ClientError], tmp_path: Path
) -> None:
    path = put(tmp_path)
    with powershell(tmp_path, register=code), pytest.raises(expected):
        install(installer, path, "user")


def test_what_is_there_already_is_no_failure(installer: WindowsInstaller, tmp_path: Path) -> None:
    path = put(tmp_path)
    for code in (0x80073CFB, 0x80073D06):
        with powershell(tmp_path, register=code):
            install(installer, path, "user")


def test_what_could_not_be_laid_ready_is_not_registered(installer: WindowsInstaller, tmp_path: Path) -> None:
    path = put(tmp_path)
    with powershell(tmp_path, provision=0x80073CF6) as told:
        with pytest.raises(InstallerFailed) as caught:
            install(installer, path, "machine")
        assert [call[0] for call in told.calls] == ["provision"]
    assert caught.value.facts["exit_code"] == 0x80073CF6
