# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Puts an application in its place so that at every moment there is the old one or the new one, and whole.

The new one is copied beside its place, into a folder that begins with a dot; what is checked is that copy.
Then the two change places in one step of the file system, and the previous one is removed. Where the file
system knows no such step there are two, and what a power cut leaves between them is put right the next time.
"""

import ctypes
import errno
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from connection_client.system.macos_bundles import read_bundle
from connection_client.system.macos_signatures import check_application
from connection_client.system.macos_work import DISK_FULL, NO_RIGHTS, OCCUPIED, Failed, Work

_STAGING = ".connection-client-"
_PREVIOUS = "previous"
_ADMINISTRATORS = 80  # the group `admin`, which owns what lies in /Applications
_FORGOTTEN = 3600.0  # seconds after which nobody works in such a folder any more
_ALMOST_NONE = 16 << 20  # bytes
_SWAP = 2  # RENAME_SWAP of renamex_np(2) on macOS, RENAME_EXCHANGE of renameat2(2) on Linux
_HERE = -100  # AT_FDCWD
_CANNOT_SWAP = (errno.ENOTSUP, errno.EINVAL, errno.ENOSYS)


def put_in_place(work: Work, application: Path, team: str) -> None:
    """Copy, check, exchange; raises Failed and OSError, and the previous application is as it was."""
    target = work.applications / application.name
    work.applications.mkdir(parents=True, exist_ok=True)
    tidy_up(work.applications)
    if os.path.lexists(target):
        if not _is_the_same(target, application):
            raise Failed(OCCUPIED, f"{target} is another application")
        if not os.access(target, os.W_OK):  # it could be moved away, but not removed
            raise Failed(NO_RIGHTS, f"{target} belongs to somebody else")
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=work.applications))
    try:
        new = staging / application.name
        code, _ = work.run("ditto", str(application), str(new))
        if code != 0:
            full = shutil.disk_usage(staging).free < _ALMOST_NONE
            raise Failed(DISK_FULL if full else code, f"ditto ended with {code}")
        check_application(work, new, team)
        if os.geteuid() == 0:
            _give_to_administrators(new)
        os.sync()
        exchange(new, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def exchange(new: Path, target: Path) -> None:
    """Put `new` where `target` is or will be, and what was there where `new` was, or beside it."""
    if not os.path.lexists(target):
        new.rename(target)
        return
    try:
        swap(new, target)
    except OSError as error:
        if error.errno not in _CANNOT_SWAP:
            raise
        _exchange_in_two_steps(new, target)


def swap(one: Path, other: Path) -> None:
    """Let two names change places at once; raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        failed = libc.renamex_np(*names, ctypes.c_uint(_SWAP))
    else:
        failed = libc.renameat2(_HERE, names[0], _HERE, names[1], ctypes.c_uint(_SWAP))
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(other))


def tidy_up(applications: Path) -> None:
    """Put back what a power cut left beside its place, and remove what nobody works on any more."""
    for folder in applications.glob(f"{_STAGING}*"):
        if folder.is_symlink():
            continue
        for aside in folder.glob(f"{_PREVIOUS}/*.app"):
            if not os.path.lexists(applications / aside.name):
                aside.rename(applications / aside.name)
        if time.time() - folder.lstat().st_mtime > _FORGOTTEN:
            shutil.rmtree(folder, ignore_errors=True)


def _exchange_in_two_steps(new: Path, target: Path) -> None:
    aside = new.parent / _PREVIOUS / target.name
    aside.parent.mkdir()
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise


def _is_the_same(one: Path, other: Path) -> bool:
    """Whether both say that they are the same application, whatever their versions."""
    if one.is_symlink():
        return False
    first, second = read_bundle(one), read_bundle(other)
    if first is None or second is None:
        return False
    return first.identifier.casefold() == second.identifier.casefold()


def _give_to_administrators(application: Path) -> None:
    for folder, _, files in os.walk(application):
        for path in (folder, *(os.path.join(folder, name) for name in files)):  # noqa: PTH118  # thousands
            os.chown(path, 0, _ADMINISTRATORS, follow_symlinks=False)
