# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installs AppImages for this person: one file in a folder of ours, and a desktop entry that starts it.

No rights are needed and nothing of the file runs here. What was there stays until the new file is whole.
"""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from connection_client.domain.catalogue import Package
from connection_client.domain.errors import DiskFull, FolderNotWritable, PackageChanged
from connection_client.domain.language import N_
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Ended, Job

_BLOCK = 1 << 20
_ENTRY = """[Desktop Entry]
Type=Application
Name={name}
Exec="{program}" %F
X-AppImage-Version={version}
"""


class AppImageInstaller:
    """Implements `updates.install.Installer`; `data` is the person's data folder (XDG_DATA_HOME)."""

    def __init__(self, data: Path) -> None:
        self._programs = data / "connection-client/appimages"
        self._entries = data / "applications"

    def obstacle(self, package: Package) -> str:
        """Why the package cannot be installed here, in words."""
        takes = package.os == "linux" and package.install.kind == "appimage"
        return "" if takes else N_("it is made for another system")

    def can_elevate(self) -> bool:
        """Rights are never asked for."""
        return False

    def install(self, job: Job) -> Ended:
        """Copy, hashing on the way, and describe; raises PackageChanged, DiskFull, FolderNotWritable."""
        for file in job.files:
            try:
                self._install(job, file)
            except OSError as error:
                if error.errno in (errno.ENOSPC, errno.EDQUOT):
                    raise DiskFull(needed=file.package.length, kept=file.package.length) from error
                raise FolderNotWritable(path=str(self._programs), reason=error.strerror or "") from error
        return Ended()

    def _install(self, job: Job, file: VerifiedFile) -> None:
        for folder in (self._programs, self._entries, job.log.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        program = self._programs / f"{job.product_id}.AppImage"
        _copy(file, program)
        entry = _ENTRY.format(name=_one_line(job.name), program=_quoted(program), version=job.version)
        _write(self._entries / f"{job.product_id}.desktop", entry.encode())
        with job.log.open("a") as log:
            log.write(f"{program} holds {job.name} {job.version}.\n")


def _copy(file: VerifiedFile, target: Path) -> None:
    """From the open handle into place, and only what was signed."""
    import hashlib  # OpenSSL is megabytes, and packages are rare

    digest = hashlib.sha256()
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as writing:
            file.handle.seek(0)
            while block := file.handle.read(_BLOCK):
                digest.update(block)
                writing.write(block)
            writing.flush()
            os.fsync(writing.fileno())
        if digest.hexdigest() != file.package.sha256:
            raise PackageChanged(filename=file.package.filename)
        Path(temporary).chmod(0o700)
        Path(temporary).replace(target)
    finally:
        with suppress(OSError):
            Path(temporary).unlink()


def _write(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    with os.fdopen(handle, "wb") as writing:
        writing.write(content)
    Path(temporary).replace(path)


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text).replace("\\", "")


def _quoted(path: Path) -> str:
    """Inside the quotes of an Exec line (Desktop Entry Specification 1.5), which is a value of its own."""
    escaped = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in str(path))
    return escaped.replace("\\", "\\\\").replace("%", "%%")
