# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client's shortcut in the Start Menu, with the identity that Windows wants for notices.

Written by IShellLinkW, IPropertyStore and IPersistFile.
"""

import ctypes
import sys
import uuid
from ctypes import wintypes
from pathlib import Path

from connection_client.system.windows_com import bytes_of

if sys.platform == "win32":
    from connection_client.system.windows_com import call, created, initialised, queried

APP_ID = "ConnectionClient.Desktop"

_SHELL_LINK = uuid.UUID("00021401-0000-0000-C000-000000000046")
_I_SHELL_LINK = uuid.UUID("000214F9-0000-0000-C000-000000000046")
_I_PROPERTY_STORE = uuid.UUID("886D8EEB-8CF2-4446-8D02-CDBA1DBDCF99")
_I_PERSIST_FILE = uuid.UUID("0000010B-0000-0000-C000-000000000046")
_APP_USER_MODEL = uuid.UUID("9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3")
_ID_PROPERTY = 5  # PKEY_AppUserModel_ID
_STRING = 31
# Places in the tables of methods.
_SET_DESCRIPTION, _SET_FOLDER, _SET_ARGUMENTS, _SET_ICON, _SET_PATH = 7, 9, 11, 17, 20
_SET_VALUE, _COMMIT = 6, 7
_SAVE = 6


class _PropertyKey(ctypes.Structure):
    _fields_ = (("format", ctypes.c_byte * 16), ("number", wintypes.DWORD))


class _PropertyValue(ctypes.Structure):
    """PROPVARIANT with a string."""

    _fields_ = (
        ("kind", ctypes.c_ushort),
        ("reserved", ctypes.c_ushort * 3),
        ("text", ctypes.c_wchar_p),
        ("rest", ctypes.c_void_p),
    )


def take_identity(app_id: str = APP_ID) -> None:
    """Tell Windows which application this process is, before its first window; raises OSError."""
    if sys.platform == "win32":
        ctypes.OleDLL("shell32").SetCurrentProcessExplicitAppUserModelID(ctypes.c_wchar_p(app_id))


def write_shortcut(
    path: Path, program: Path, arguments: str = "", description: str = "", app_id: str = APP_ID
) -> None:
    """Write a shortcut to `program`, replacing what is there; raises OSError."""
    if sys.platform == "win32":
        with initialised(), created(_SHELL_LINK, _I_SHELL_LINK) as link:
            call(link, _SET_PATH, ctypes.c_wchar_p(str(program)))
            call(link, _SET_ARGUMENTS, ctypes.c_wchar_p(arguments))
            call(link, _SET_FOLDER, ctypes.c_wchar_p(str(program.parent)))
            call(link, _SET_DESCRIPTION, ctypes.c_wchar_p(description))
            call(link, _SET_ICON, ctypes.c_wchar_p(str(program)), ctypes.c_int(0))
            with queried(link, _I_PROPERTY_STORE) as properties:
                key = _PropertyKey(bytes_of(_APP_USER_MODEL), _ID_PROPERTY)
                value = _PropertyValue(kind=_STRING, text=app_id)
                call(properties, _SET_VALUE, ctypes.byref(key), ctypes.byref(value))
                call(properties, _COMMIT)
            with queried(link, _I_PERSIST_FILE) as file:
                call(file, _SAVE, ctypes.c_wchar_p(str(path)), wintypes.BOOL(1))
