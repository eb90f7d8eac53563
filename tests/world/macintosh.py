# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The files of a Mac in a folder: applications and receipts with real property lists."""

import plistlib
from pathlib import Path
from typing import Any, Final

IDENTIFIER: Final = "com.example.SurveyViewer"


def make_bundle(
    folder: Path,
    name: str,
    version: str,
    *,
    identifier: str = IDENTIFIER,
    binary: bool = False,
    **more: Any,
) -> Path:
    """An application `{name}.app` in `folder` that prints its version; `more` are further values."""
    bundle = folder / f"{name}.app"
    program = bundle / "Contents/MacOS/viewer"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho {version}\n")
    program.chmod(0o755)
    values = {
        "CFBundleIdentifier": identifier,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleName": name,
        "CFBundleExecutable": "viewer",
        **more,
    }
    write_info(bundle, values, binary=binary)
    return bundle


def write_info(bundle: Path, values: dict[str, Any], *, binary: bool = False) -> Path:
    """Info.plist of `bundle`; a value of None leaves its key out."""
    info = bundle / "Contents/Info.plist"
    info.parent.mkdir(parents=True, exist_ok=True)
    kind = plistlib.FMT_BINARY if binary else plistlib.FMT_XML
    kept = {key: value for key, value in values.items() if value is not None}
    info.write_bytes(plistlib.dumps(kept, fmt=kind))
    return info


def make_receipt(root: Path, identifier: str, version: str, prefix: str = "Applications") -> Path:
    """What Apple's installer writes down of a package, in the binary format as it does."""
    receipt = root / f"var/db/receipts/{identifier}.plist"
    receipt.parent.mkdir(parents=True, exist_ok=True)
    values = {"PackageIdentifier": identifier, "PackageVersion": version, "InstallPrefixPath": prefix}
    receipt.write_bytes(plistlib.dumps(values, fmt=plistlib.FMT_BINARY))
    return receipt


def make_tool(folder: Path, name: str, does: str) -> Path:
    """A program that stands in for one of the system: it writes its arguments down, one a line, and acts.

    What it was called with is in `{name}.calls` beside it, each call ended by an empty line.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tool = folder / name
    tool.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" "" >>"{folder}/{name}.calls"\n{does}\n')
    tool.chmod(0o755)
    return tool


def calls(folder: Path, name: str) -> list[list[str]]:
    """The argument lists that a tool of `make_tool` was called with."""
    record = folder / f"{name}.calls"
    written = record.read_text() if record.exists() else ""
    return [call.split("\n") for call in written.removesuffix("\n\n").split("\n\n") if call]
