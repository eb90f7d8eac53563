# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installs MSIX packages by what Windows has for that: its PowerShell, with a fixed text and no other words.

The path of the package is an environment variable, which PowerShell takes as a value and never reads as its
language. Modules are loaded from PowerShell's own folder by their paths: those of the person come first
where names are looked up, and would run with administrator rights.

Source: Add-AppxPackage (module Appx) and Add-AppxProvisionedPackage (module Dism) on learn.microsoft.com.
"""

from collections.abc import Mapping
from pathlib import Path

KIND = "msix"
_PACKAGE = "CONNECTION_CLIENT_PACKAGE"
_FOLDER = Path("WindowsPowerShell", "v1.0")
_MODULES = ("Microsoft.PowerShell.Utility", "Microsoft.PowerShell.Management")
# What deployment says is translated, but for the number of the error; it stands in the text, and not always
# in the exception.
_SCRIPT = (
    "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; "
    "$PSModuleAutoLoadingPreference = 'None'; "
    "try {{ foreach ($one in {modules}) {{ Import-Module ($PSHOME + '\\Modules\\' + $one) }}; "
    "{command}; exit 0 }} "
    "catch {{ $said = [string]$_; [Console]::Out.WriteLine($said); $code = $_.Exception.HResult; "
    "if ($said -match '0x(8[0-9A-Fa-f]{{7}})') {{ $code = [Convert]::ToInt32($Matches[1], 16) }}; "
    "if ($code -eq 0) {{ $code = 1 }}; exit $code }}"
)


def registering(system: Path) -> list[str]:
    """Install the package for the person who runs this; `system` is the folder of Windows' programs."""
    return _command(system, "Appx", f"$null = Appx\\Add-AppxPackage -Path $env:{_PACKAGE}")


def provisioning(system: Path) -> list[str]:
    """Install the package for everybody who will sign in; needs administrator rights."""
    adding = f"Dism\\Add-AppxProvisionedPackage -Online -SkipLicense -PackagePath $env:{_PACKAGE}"
    return _command(system, "Dism", f"$null = {adding}")


def variables(kind: str, file: Path, system: Path) -> Mapping[str, str]:
    """What the environment has to say besides for a package of that kind."""
    if kind != KIND:
        return {}
    return {_PACKAGE: str(file), "PSModulePath": str(system / _FOLDER / "Modules")}


def _command(system: Path, module: str, command: str) -> list[str]:
    modules = ", ".join(f"'{one}'" for one in (*_MODULES, module))
    script = _SCRIPT.format(modules=modules, command=command)
    words = ("-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", script)
    return [str(system / _FOLDER / "powershell.exe"), *words]
