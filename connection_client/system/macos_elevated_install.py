# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installs packages and disk images on a Mac: the only part of the client with administrator rights there.

    connection-client --install-packages PATH VOLUME FOLDER [KIND SHA256 LENGTH TEAM FILE ...]

PATH says where the system's programs are, VOLUME is what Apple's installer is given as its target, FOLDER is
where applications go. TEAM is the publisher's Team ID, or - where the catalogue names none. It runs without
rights too, where none are needed.

Each file is copied into a folder that only the one who runs this can reach, hashed on the way, and all that
follows is done with the copy: nobody without these rights can change a byte between check and installation.
What is said goes to standard output where all went well and to standard error where not, since the command of
AppleScript that gives rights passes on only one of them. Exit codes: `macos_work`, and those of `installer`.
"""

import errno
import hashlib
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from connection_client.system.macos_disk_image import attached, only_content
from connection_client.system.macos_placing import put_in_place
from connection_client.system.macos_signatures import TEAM_ID, check_package
from connection_client.system.macos_work import (
    DISK_FULL,
    MISUSED,
    NO_RIGHTS,
    NOBODY,
    PACKAGE_CHANGED,
    Failed,
    Work,
)

OPTION = "--install-packages"
PACKAGE, IMAGE = "pkg", "dmg-app"

_ENDINGS = {PACKAGE: ".pkg", IMAGE: ".dmg"}
_BEFORE, _EACH = 3, 5  # arguments
_PREFIX = "connection-client-"
_DAY = 24 * 3600.0  # seconds
_LENGTH = re.compile(r"[0-9]{1,16}")
_MEANINGS = {
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EACCES: NO_RIGHTS,
    errno.EPERM: NO_RIGHTS,
}
_BLOCK = 1 << 20
_ROOMY = Path("/var/tmp")  # noqa: S108  # mkdtemp makes a private folder in it


def main(arguments: Sequence[str]) -> int:
    """Check, copy, install; the exit code says how it went."""
    rest = arguments[_BEFORE:]
    wanted = [tuple(rest[i : i + _EACH]) for i in range(0, len(rest), _EACH)]
    if not wanted or not all(map(_is_sound, wanted)) or not Path(arguments[2]).is_absolute():
        return MISUSED
    os.umask(0o022)
    roomy = _ROOMY if _ROOMY.is_dir() else Path(tempfile.gettempdir())
    forget_old(roomy)
    private = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=roomy))
    try:
        with (private / "log").open("w+b") as log:
            code = _carried_out(Work(arguments[0], arguments[1], Path(arguments[2]), private, log), wanted)
            log.seek(0)
            shutil.copyfileobj(log, sys.stderr.buffer if code else sys.stdout.buffer)
    finally:
        shutil.rmtree(private, ignore_errors=True)
    return code


def forget_old(roomy: Path) -> None:
    """Remove the private folders of ours that a power cut left more than a day ago."""
    for folder in roomy.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            seen = folder.lstat()
            if (
                stat.S_ISDIR(seen.st_mode)
                and seen.st_uid == os.geteuid()
                and time.time() - seen.st_mtime > _DAY
            ):
                shutil.rmtree(folder, ignore_errors=True)


def _is_sound(one: Sequence[str]) -> bool:
    if len(one) != _EACH or one[0] not in _ENDINGS:
        return False
    return _LENGTH.fullmatch(one[2]) is not None and (
        one[3] == NOBODY or TEAM_ID.fullmatch(one[3]) is not None
    )


def _carried_out(work: Work, wanted: Sequence[Sequence[str]]) -> int:
    try:
        # All are checked before the first one is installed.
        copies = [_copied(work, place, one) for place, one in enumerate(wanted)]
        for copy, (kind, _, _, team, _) in zip(copies, wanted, strict=True):
            (_install_package if kind == PACKAGE else _install_image)(work, copy, team)
    except Failed as failed:
        work.log.write(f"{failed}\n".encode())
        return failed.code
    except OSError as error:
        work.log.write(f"{error}\n".encode("utf-8", "backslashreplace"))
        return _MEANINGS.get(error.errno or 0, MISUSED)
    return 0


def _install_package(work: Work, package: Path, team: str) -> None:
    check_package(work, package, team)
    code, _ = work.run("installer", "-pkg", str(package), "-target", work.volume, "-dumplog")
    if code != 0:
        raise Failed(code, f"installer ended with {code}")


def _install_image(work: Work, image: Path, team: str) -> None:
    with attached(work, image) as folders:
        content = only_content(folders)
        if content.suffix.lower() == _ENDINGS[PACKAGE]:
            _install_package(work, content, team)
        else:
            put_in_place(work, content, team)


def _copied(work: Work, place: int, one: Sequence[str]) -> Path:
    """A copy that is what was signed; raises Failed where it is not."""
    kind, sha256, length, _, file = one
    copy = work.private / f"{place}-{sha256[:16]}{_ENDINGS[kind]}"
    digest, seen = hashlib.sha256(), 0
    with _opened(file) as reading, copy.open("xb") as writing:
        while seen <= int(length) and (block := reading.read(_BLOCK)):
            digest.update(block)
            seen += len(block)
            writing.write(block)
    if seen != int(length) or digest.hexdigest() != sha256:
        raise Failed(PACKAGE_CHANGED, f"{file} is not what was signed; nothing was installed")
    return copy


def _opened(file: str) -> IO[bytes]:
    # A pipe in its place is not waited for.
    return os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
