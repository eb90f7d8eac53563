# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""MSIX packages as Windows registers them, and what stands where its PowerShell would install them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from connection_client.domain.catalogue import DetectRule, Product
from connection_client.system.msix_packages import REPOSITORY
from tests.windows.world import FOR_ONE, SETUPS, key, remove_key, value_of, write_key

FAMILY = "Example.SurveyViewer_8wekyb3d8bbwe"
FULL_NAME = "Example.SurveyViewer_10.2.0.7_x64__8wekyb3d8bbwe"
VIEWER = Product("survey-viewer", "Survey Viewer", (DetectRule("msix-family", value=FAMILY),))
MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<Package xmlns="http://schemas.microsoft.com/appx/manifest/foundation/windows10"
         xmlns:uap="http://schemas.microsoft.com/appx/manifest/uap/windows10">
  <Applications>
    <Application Id="Updater"><uap:VisualElements AppListEntry="none"/></Application>
    <Application Id="Viewer"><uap:VisualElements DisplayName="Survey Viewer"/></Application>
  </Applications>
</Package>
"""
_OWN = r"Software\Stand-in PowerShell"
_PROGRAM = Path(os.environ["SystemRoot"], "System32", "WindowsPowerShell", "v1.0", "powershell.exe")  # noqa: SIM112


def unpacked(folder: Path, manifest: str = MANIFEST) -> Path:
    """The folder of an installed package, as far as the client reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "AppxManifest.xml").write_text(manifest, "utf-8")
    return folder


@contextmanager
def packaged(full_name: str, folder: Path | str) -> Iterator[None]:
    """A package that is registered for the person."""
    with key(
        FOR_ONE, rf"{REPOSITORY}\{full_name}", PackageRootFolder=str(folder), DisplayName="Survey Viewer"
    ):
        yield


class StandIn:
    """What PowerShell was told."""

    @property
    def calls(self) -> list[list[str]]:
        """`register` or `provision`, the package, and where modules are looked for."""
        return [line.split("|") for line in str(value_of(FOR_ONE, _OWN, "calls") or "").splitlines()]

    @property
    def command(self) -> str:
        """The last command line."""
        return str(value_of(FOR_ONE, _OWN, "command"))


@contextmanager
def powershell(folder: Path, *, register: int = 0, provision: int = 0) -> Iterator[StandIn]:
    """The stand-in at the place of PowerShell; it ends with these codes, and registers `folder`."""
    own: dict[str, str | int] = {"register": register, "provision": provision}
    write_key(FOR_ONE, _OWN, own | {"package": FULL_NAME, "folder": str(folder)})
    with ExitStack() as after:
        after.callback(remove_key, FOR_ONE, _OWN)
        after.callback(remove_key, FOR_ONE, rf"{REPOSITORY}\{FULL_NAME}")
        kept = Path(shutil.copy(_PROGRAM, folder / "kept.exe"))
        after.callback(shutil.copy, kept, _PROGRAM)
        shutil.copy(SETUPS / "powershell.exe", _PROGRAM)
        yield StandIn()
