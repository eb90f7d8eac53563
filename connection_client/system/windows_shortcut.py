# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client's shortcut in the Start Menu, with the identity that Windows wants for notices.

IShellLinkW, IPropertyStore and IPersistFile are called as they lie in memory: Python has no COM of its own.
"""

import ctypes
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes
from pathlib import Path

APP_ID = "ConnectionClient.Desktop"

_SHELL_LINK = uuid.UUID("00021401-0000-0000-C000-000000000046")
_I_SHELL_LINK = uuid.UUID("000214F9-0000-0000-C000-000000000046")
_I_PROPERTY_STORE = uuid.UUID("886D8EEB-8CF2-4446-8D02-CDBA1DBDCF99")
_I_PERSIST_FILE = uuid.UUID("0000010B-0000-0000-C000-000000000046")
_APP_USER_MODEL = uuid.UUID("9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3")
_ID_PROPERTY = 5  # PKEY_AppUserModel_ID
_IN_PROCESS, _STRING = 1, 31
# Places in the tables of methods; the first three are IUnknown's.
_QUERY, _RELEASE = 0, 2
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
        with _initialised(), _created(_SHELL_LINK, _I_SHELL_LINK) as link:
            _call(link, _SET_PATH, ctypes.c_wchar_p(str(program)))
            _call(link, _SET_ARGUMENTS, ctypes.c_wchar_p(arguments))
            _call(link, _SET_FOLDER, ctypes.c_wchar_p(str(program.parent)))
            _call(link, _SET_DESCRIPTION, ctypes.c_wchar_p(description))
            _call(link, _SET_ICON, ctypes.c_wchar_p(str(program)), ctypes.c_int(0))
            with _queried(link, _I_PROPERTY_STORE) as properties:
                key = _PropertyKey(_bytes_of(_APP_USER_MODEL), _ID_PROPERTY)
                value = _PropertyValue(kind=_STRING, text=app_id)
                _call(properties, _SET_VALUE, ctypes.byref(key), ctypes.byref(value))
                _call(properties, _COMMIT)
            with _queried(link, _I_PERSIST_FILE) as file:
                _call(file, _SAVE, ctypes.c_wchar_p(str(path)), wintypes.BOOL(1))


def _bytes_of(identifier: uuid.UUID) -> "ctypes.Array[ctypes.c_byte]":
    return (ctypes.c_byte * 16).from_buffer_copy(identifier.bytes_le)


if sys.platform == "win32":

    @contextmanager
    def _initialised() -> Iterator[None]:
        ole = ctypes.OleDLL("ole32")
        ole.CoInitialize(None)
        try:
            yield
        finally:
            ole.CoUninitialize()

    @contextmanager
    def _created(kind: uuid.UUID, interface: uuid.UUID) -> Iterator[ctypes.c_void_p]:
        made = ctypes.c_void_p()
        ctypes.OleDLL("ole32").CoCreateInstance(
            ctypes.byref(_bytes_of(kind)),
            None,
            _IN_PROCESS,
            ctypes.byref(_bytes_of(interface)),
            ctypes.byref(made),
        )
        try:
            yield made
        finally:
            _call(made, _RELEASE, fails=False)

    @contextmanager
    def _queried(thing: ctypes.c_void_p, interface: uuid.UUID) -> Iterator[ctypes.c_void_p]:
        found = ctypes.c_void_p()
        _call(thing, _QUERY, ctypes.byref(_bytes_of(interface)), ctypes.byref(found))
        try:
            yield found
        finally:
            _call(found, _RELEASE, fails=False)

    def _call(thing: ctypes.c_void_p, place: int, *arguments: object, fails: bool = True) -> None:
        """Call a method by its place in the table; HRESULT raises OSError where the method `fails` so."""
        table = ctypes.cast(thing, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
        # What is given by reference is a pointer like any other.
        simple = (ctypes.c_wchar_p, ctypes.c_int, wintypes.BOOL)
        kinds = [type(word) if isinstance(word, simple) else ctypes.c_void_p for word in arguments]
        method = ctypes.WINFUNCTYPE(ctypes.HRESULT if fails else ctypes.c_ulong, ctypes.c_void_p, *kinds)
        method(int(table[place] or 0))(thing, *arguments)
