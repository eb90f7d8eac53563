# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The socket in the file system: a private folder, no links followed, a stale one replaced in one step."""

import os
import socket
import stat
import sys
from contextlib import suppress
from pathlib import Path

from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.language import N_

LONGEST_PATH = 103 if sys.platform == "darwin" else 107  # bytes of sun_path without its end, unix(4), unix(7)
BACKLOG = 1024  # callers that may wait to be let in


def listen_at(path: Path) -> socket.socket:
    """Listen at `path`, readable by this user only; raises FolderNotWritable with the reason."""
    if len(os.fsencode(path)) > LONGEST_PATH - len(".new"):
        raise FolderNotWritable(path=str(path), reason=N_("the path is too long for a socket"))
    try:
        _make_private(path.parent)
        _refuse_what_is_not_ours(path)
        return _listen(path)
    except OSError as error:
        raise FolderNotWritable(path=str(path.parent), reason=error.strerror or "") from error


def remove(path: Path, listening: os.stat_result) -> None:
    """Take the socket away, but not one that somebody else has put there meanwhile."""
    with suppress(OSError):
        there = path.lstat()
        if (there.st_dev, there.st_ino) == (listening.st_dev, listening.st_ino):
            path.unlink()


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise FolderNotWritable(path=str(folder), reason=N_("it is a link or no folder"))
    if found.st_uid != os.getuid():
        raise FolderNotWritable(path=str(folder), reason=N_("it belongs to somebody else"))
    if found.st_mode & 0o077:
        folder.chmod(0o700)


def _refuse_what_is_not_ours(path: Path) -> None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(found.st_mode):
        raise FolderNotWritable(path=str(path), reason=N_("it is a link or no socket"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            return  # its owner was killed; the new socket takes its name
    raise FolderNotWritable(path=str(path), reason=N_("another program listens there"))


def _listen(path: Path) -> socket.socket:
    """Bind under another name first, so that the right name never stands for a socket with wrong rights."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listening.bind(str(fresh))
        fresh.chmod(0o600)
        listening.listen(BACKLOG)
        listening.setblocking(False)  # noqa: FBT003  # the standard library's own signature
        fresh.replace(path)
    except OSError:
        listening.close()
        raise
    return listening
