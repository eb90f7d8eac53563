# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command line: `python -m installers.build deb` writes build/packages/*.deb and prints their paths."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from filelock import FileLock

from installers import (
    client,
    deb,
    examples,
    macos_package,
    policy,
    sdk_wheel,
    windows_examples,
    windows_msi,
    windows_setup,
)
from installers.errors import BuildError

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "build" / "packages"


def build_deb(out: Path = PACKAGES) -> tuple[Path, ...]:
    """Build the client and the example applications into `out`; what is up to date is reused."""
    out.mkdir(parents=True, exist_ok=True)
    (ROOT / "build").mkdir(exist_ok=True)
    # Two builds at once, say a test's and a person's, would pull the shared folders from under each other.
    with FileLock(ROOT / "build" / "packages.lock"):
        return (client.build(ROOT, out), *examples.build(ROOT, out))


def build_windows(out: Path = PACKAGES) -> tuple[Path, ...]:
    """Build the setup for Windows into `out`; needs Wine."""
    with FileLock(_beside(ROOT / "build" / "windows.lock")):
        return (windows_setup.build(ROOT, out),)


def build_msi(out: Path = PACKAGES) -> tuple[Path, ...]:
    """Build the package for Windows Installer into `out`; needs Wine and wixl."""
    with FileLock(_beside(ROOT / "build" / "windows.lock")):
        return (windows_msi.build(ROOT, out),)


def build_macos(out: Path = PACKAGES) -> tuple[Path, ...]:
    """Build the package for macOS into `out`; needs a Mac."""
    with FileLock(_beside(ROOT / "build" / "macos.lock")):
        return (macos_package.build(ROOT, out),)


def build_windows_examples(out: Path = PACKAGES) -> tuple[Path, ...]:
    """Build the setups of the example applications, which carry the client's, into `out`; needs Wine."""
    with FileLock(_beside(ROOT / "build" / "windows.lock")):
        return windows_examples.build(ROOT, out)


def _beside(lock: Path) -> Path:
    lock.parent.mkdir(exist_ok=True)
    return lock


def build_policy(out: Path = PACKAGES) -> tuple[Path, ...]:
    """Write the templates for policies into build/policy, and one archive of them into `out`."""
    folder = ROOT / "build" / "policy"
    archive = out / f"{policy.NAME}-{client.client_version(ROOT)}-policies.zip"
    with FileLock(_beside(ROOT / "build" / "policy.lock")):
        files = policy.build(folder)
        policy.pack(folder, files, archive, deb.release_time(ROOT / "installers" / "debian" / "changelog"))
    return (archive, *files)


def build_sdk(out: Path = PACKAGES) -> tuple[Path, ...]:
    """Build the wheel of the kit for applications into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with FileLock(_beside(ROOT / "build" / "sdk.lock")):
        return (sdk_wheel.build(ROOT, out),)


TARGETS: Mapping[str, Callable[[Path], tuple[Path, ...]]] = {
    "deb": build_deb,
    "sdk": build_sdk,
    "policy": build_policy,
    "windows": build_windows,
    "msi": build_msi,
    "macos": build_macos,
    "windows-examples": build_windows_examples,
}


def main(arguments: list[str] | None = None) -> int:
    """Build the targets that were named."""
    parser = argparse.ArgumentParser(prog="installers.build", description="Build packages of the client.")
    parser.add_argument("targets", nargs="+", choices=sorted(TARGETS), help="what to build")
    parser.add_argument("--out", type=Path, default=PACKAGES, help="folder for the packages")
    options = parser.parse_args(arguments)
    # Tools for packages run in folders of their own: a path as it was typed means another place there.
    out = options.out.absolute()
    try:
        for target in options.targets:
            for path in TARGETS[target](out):
                print(path, flush=True)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
