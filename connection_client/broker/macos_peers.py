# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who is at the other end of a connection on macOS, by the kernel's word.

Sources: unix(4) and <sys/un.h> (LOCAL_PEERCRED, LOCAL_PEERPID), <sys/ucred.h> (struct xucred), <libproc.h>
(proc_pidpath, proc_pidinfo with PROC_PIDVNODEPATHINFO of <sys/proc_info.h>), sysctl(3) (KERN_PROCARGS2).
What reads these answers is tested with answers of their shape; the calls themselves were never run on a Mac.
"""

import ctypes
import os
import socket
import struct
from functools import cache

SOL_LOCAL, LOCAL_PEERCRED, LOCAL_PEERPID = 0, 0x001, 0x002
CREDENTIALS = struct.Struct("=IIh2x16I")  # cr_version, cr_uid, cr_ngroups, cr_groups
_PROCESS = struct.Struct("=i")
_XUCRED_VERSION = 0
_LONGEST_PATH = 4 * 1024  # PROC_PIDPATHINFO_MAXSIZE
_KERN, _PROCARGS2 = 1, 49
_MOST_ARGUMENTS = 1 << 20  # ARG_MAX
_VNODE_PATHS, _VNODE_INFO, _VNODE_PATHS_SIZE = 9, 152, 2 * (152 + 1024)


def credentials_of(connection: socket.socket) -> tuple[int, int]:
    """The id of the process that connected and that of its user; raises OSError."""
    said = connection.getsockopt(SOL_LOCAL, LOCAL_PEERCRED, CREDENTIALS.size)
    if len(said) != CREDENTIALS.size:
        raise OSError(f"{len(said)} bytes of credentials")
    version, user, *_groups = CREDENTIALS.unpack(said)
    if version != _XUCRED_VERSION:
        raise OSError(f"credentials of version {version}")
    (process,) = _PROCESS.unpack(connection.getsockopt(SOL_LOCAL, LOCAL_PEERPID, _PROCESS.size))
    return process, user


def path_of(process: int) -> str:
    """The file that a process runs; empty where it has ended or is somebody else's."""
    path = ctypes.create_string_buffer(_LONGEST_PATH)
    length = _system().proc_pidpath(process, path, _LONGEST_PATH)
    return os.fsdecode(path.raw[:length]) if length > 0 else ""


def words_of(process: int) -> list[bytes]:
    """The arguments of a process, its own name first; none where the system does not tell."""
    name = (ctypes.c_int * 3)(_KERN, _PROCARGS2, process)
    said, size = ctypes.create_string_buffer(_MOST_ARGUMENTS), ctypes.c_size_t(_MOST_ARGUMENTS)
    told = _system().sysctl(name, 3, said, ctypes.byref(size), None, ctypes.c_size_t(0))
    return arguments_in(said.raw[: size.value]) if told == 0 else []


def folder_of(process: int) -> str:
    """Where a process works now; empty where the system does not tell."""
    said = ctypes.create_string_buffer(_VNODE_PATHS_SIZE)
    size = _system().proc_pidinfo(process, _VNODE_PATHS, ctypes.c_uint64(0), said, _VNODE_PATHS_SIZE)
    return folder_in(said.raw) if size == _VNODE_PATHS_SIZE else ""


def arguments_in(said: bytes) -> list[bytes]:
    """The arguments in an answer of KERN_PROCARGS2: their number, the program's path, zeros, one by one."""
    if len(said) <= _PROCESS.size:
        return []
    (count,) = _PROCESS.unpack_from(said)
    _path, _, rest = said[_PROCESS.size :].partition(b"\0")
    words = rest.lstrip(b"\0").split(b"\0")
    return words[: max(count, 0)]


def folder_in(said: bytes) -> str:
    """The working folder in an answer of PROC_PIDVNODEPATHINFO: it comes first, the root behind it."""
    path, _, _ = said[_VNODE_INFO : _VNODE_INFO + 1024].partition(b"\0")
    return os.fsdecode(path)


@cache
def _system() -> ctypes.CDLL:
    """LibSystem, which every program has loaded; proc_pidinfo and its neighbours are part of it."""
    return ctypes.CDLL(None)
