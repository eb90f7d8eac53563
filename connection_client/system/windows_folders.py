# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where Windows keeps what, asked from Windows itself: people and organisations move these folders."""

import ctypes
import sys
import uuid
from enum import Enum
from pathlib import Path


class KnownFolder(Enum):
    """KNOWNFOLDERID of the folders that are wanted."""

    PROGRAMS = "{A77F5D77-2E2B-44C3-A6A2-ABA601054A51}"  # the person's Start Menu
    COMMON_PROGRAMS = "{0139D44E-6AFE-49F2-8690-3DAFCAE6FFB8}"  # everybody's Start Menu
    SYSTEM = "{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}"
    WINDOWS = "{F38BF404-1D43-42F2-9305-67DE0B28FC23}"


def known_folder(folder: KnownFolder) -> Path | None:
    """Where it is; None where this Windows does not have it."""
    if sys.platform == "win32":
        shell, ole = ctypes.OleDLL("shell32"), ctypes.WinDLL("ole32")
        name = (ctypes.c_byte * 16).from_buffer_copy(uuid.UUID(folder.value).bytes_le)
        found = ctypes.c_wchar_p()
        try:
            shell.SHGetKnownFolderPath(ctypes.byref(name), 0, None, ctypes.byref(found))
            return Path(found.value) if found.value else None
        except OSError:
            return None
        finally:
            ole.CoTaskMemFree(found)
    return None
