# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""keyring's own code for the Keychain, over a Security framework of ours: no Mac is here to ask a real one.

keyring/backends/macOS/api.py is loaded as it is, with its numbers and errors; what it calls of the system
(SecItemAdd, SecItemCopyMatching, SecItemDelete) keeps secrets in a dictionary, or refuses with a number of
SecBase.h when told to.
"""

import ctypes
import importlib
import platform
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

NOT_FOUND, DUPLICATE = -25300, -25299
BACKEND = "keyring.backends.macOS.Keyring"
_API = "keyring.backends.macOS.api"
_CALLS = {
    "SecItemAdd": "add",
    "SecItemCopyMatching": "copy_matching",
    "SecItemDelete": "delete",
    "CFDataGetBytePtr": "address",
    "CFDataGetLength": "length",
}


class _Function:
    """A function of a library, whose types may be declared."""

    def __init__(self, name: str, security: "Security") -> None:
        self._name, self._security = name, security

    def __call__(self, *arguments: Any) -> Any:
        return getattr(self._security, _CALLS[self._name])(*arguments)


class _Library:
    def __init__(self, security: "Security") -> None:
        self._security = security

    def __getattr__(self, name: str) -> _Function:
        function = _Function(name, self._security)
        setattr(self, name, function)
        return function


class Security:
    """The calls that keyring makes; `refusal` is the number that each of them answers with, 0 for none."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}
        self.refusal = 0
        self._given: ctypes.Array[ctypes.c_char] | None = None

    def add(self, query: Mapping[str, Any], _result: None) -> int:
        if self.refusal or _place(query) in self.kept:
            return self.refusal or DUPLICATE
        self.kept[_place(query)] = query["kSecValueData"].encode()
        return 0

    def copy_matching(self, query: Mapping[str, Any], result: Any) -> int:
        if self.refusal or _place(query) not in self.kept:
            return self.refusal or NOT_FOUND
        secret = self.kept[_place(query)]
        self._given = ctypes.create_string_buffer(secret, len(secret))
        result._obj.value = ctypes.addressof(self._given)  # what byref was given
        return 0

    def delete(self, query: Mapping[str, Any]) -> int:
        if self.refusal or _place(query) not in self.kept:
            return self.refusal or NOT_FOUND
        del self.kept[_place(query)]
        return 0

    def address(self, data: ctypes.c_void_p) -> int | None:
        return data.value

    def length(self, _data: ctypes.c_void_p) -> int:
        return len(self._given or b"")


def _place(query: Mapping[str, Any]) -> tuple[str, str]:
    return query["kSecAttrService"], query["kSecAttrAccount"]


@contextmanager
def keychain() -> Iterator[Security]:
    """Let keyring believe that it runs on macOS, and ask the framework that is given."""
    security = Security()
    with pytest.MonkeyPatch.context() as world:
        world.setattr(ctypes, "CDLL", lambda _name: _Library(security))
        world.setattr(platform, "system", lambda: "Darwin")
        world.delitem(sys.modules, _API, raising=False)
        api = importlib.import_module(_API)
        world.setattr(api, "k_", lambda name: name)
        world.setattr(api, "create_query", lambda **query: query)
        world.setattr(importlib.import_module("keyring.backends.macOS"), "api", api, raising=False)
        yield security
    sys.modules.pop(_API, None)
