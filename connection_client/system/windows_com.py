# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Windows' own objects (COM), called as they lie in memory: Python's standard library has no other way.

A method is named by its place in the interface's table; the first three places are IUnknown's.
"""

import ctypes
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes

_IN_PROCESS = 1
_QUERY, _RELEASE = 0, 2


def bytes_of(identifier: uuid.UUID) -> "ctypes.Array[ctypes.c_byte]":
    """An identifier as Windows keeps it in memory."""
    return (ctypes.c_byte * 16).from_buffer_copy(identifier.bytes_le)


if sys.platform == "win32":

    @contextmanager
    def initialised() -> Iterator[None]:
        """COM for this thread, as long as the block runs."""
        ole = ctypes.OleDLL("ole32")
        ole.CoInitialize(None)
        try:
            yield
        finally:
            ole.CoUninitialize()

    @contextmanager
    def created(kind: uuid.UUID, interface: uuid.UUID) -> Iterator[ctypes.c_void_p]:
        """A new object, seen through one of its interfaces; raises OSError."""
        made = ctypes.c_void_p()
        ctypes.OleDLL("ole32").CoCreateInstance(
            ctypes.byref(bytes_of(kind)),
            None,
            _IN_PROCESS,
            ctypes.byref(bytes_of(interface)),
            ctypes.byref(made),
        )
        try:
            yield made
        finally:
            call(made, _RELEASE, fails=False)

    @contextmanager
    def queried(thing: ctypes.c_void_p, interface: uuid.UUID) -> Iterator[ctypes.c_void_p]:
        """The same object through another interface; raises OSError."""
        found = ctypes.c_void_p()
        call(thing, _QUERY, ctypes.byref(bytes_of(interface)), ctypes.byref(found))
        try:
            yield found
        finally:
            call(found, _RELEASE, fails=False)

    def call(thing: ctypes.c_void_p, place: int, *arguments: object, fails: bool = True) -> None:
        """Call a method by its place in the table; HRESULT raises OSError where the method `fails` so."""
        table = ctypes.cast(thing, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
        # What is given by reference is a pointer like any other.
        simple = (ctypes.c_wchar_p, ctypes.c_int, wintypes.BOOL)
        kinds = [type(word) if isinstance(word, simple) else ctypes.c_void_p for word in arguments]
        method = ctypes.WINFUNCTYPE(ctypes.HRESULT if fails else ctypes.c_ulong, ctypes.c_void_p, *kinds)
        method(int(table[place] or 0))(thing, *arguments)
