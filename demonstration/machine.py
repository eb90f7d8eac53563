# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The machine's own installer; what was installed for the tour is removed after it."""

import contextlib
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

EXAMPLES = ("survey-viewer-ses", "mesh-viewer-ses", "drawing-viewer-ses")
CLIENT = "connection-client"
_PATIENTLY = ("-o", "DPkg::Lock::Timeout=120")  # another installation may be under way; in seconds


def as_root(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command as root: directly where we are, through sudo where we are not."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "--"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        [*prefix, *command], env=environment, capture_output=True, text=True, errors="replace", check=False
    )


def install(files: Sequence[Path]) -> None:
    """Install packages the way the download page says, dependencies among them resolved."""
    done = as_root(
        ["apt-get", "install", "-y", *_PATIENTLY, "--no-install-recommends", *(str(file) for file in files)]
    )
    if done.returncode:
        raise RuntimeError(f"apt-get ended with {done.returncode}: {done.stdout[-400:]}{done.stderr[-400:]}")


def installed_version(package: str) -> str:
    """The version that dpkg says is installed, or nothing."""
    question = ["dpkg-query", "-W", "-f=${db:Status-Status} ${Version}", package]
    answer = subprocess.run(question, capture_output=True, text=True, check=False).stdout.split()
    return answer[1] if answer[:1] == ["installed"] else ""


@contextlib.contextmanager
def left_as_found() -> Iterator[None]:
    """Remove the example packages and the client at the end where they were not there before."""
    before = {name for name in (*EXAMPLES, CLIENT) if installed_version(name)}
    if before:
        raise RuntimeError(
            f"Already installed on this machine: {', '.join(sorted(before))}. Nothing was changed. "
            f"Remove them first: apt-get purge {' '.join(sorted(before))}"
        )
    try:
        yield
    finally:
        ours = [name for name in (*EXAMPLES, CLIENT) if installed_version(name)]
        if ours:
            done = as_root(["apt-get", "purge", "-y", *_PATIENTLY, *ours])
            if done.returncode:
                raise RuntimeError(f"{', '.join(ours)} could not be removed again: {done.stderr[-400:]}")
