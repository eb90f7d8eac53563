# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The operating system's key store, each named explicitly: nothing ever falls back to a file.

Locked, missing and empty are told apart. A question never opens a dialog; only keeping something new may.
"""

import importlib
import queue
import threading
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from connection_client.domain.key_store_errors import KeyStoreError, KeyStoreLocked, KeyStoreMissing

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "CONNECTION Client"
# The order of preference. KWallet answers as a Secret Service too; its own interface serves older ones.
BACKENDS = (
    "connection_client.storage.windows_vault.PiecewiseVault",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
)
SECRET_SERVICE = BACKENDS[2]
# What the Keychain answers where there is none for this program: not available, no such and no default
# keychain, no entitlement, not signed (SecBase.h, CSCommon.h). Its other refusals mean locked or denied.
_NO_KEYCHAIN = frozenset({-25291, -25294, -25307, -34018, -67030})
QUESTION_SECONDS = 10.0  # a daemon that hangs counts as locked
PROMPT_SECONDS = 120.0  # a person types a password


class KeyStore:
    """Implements the port SecretStore with the first backend that works on this computer."""

    def __init__(self, backends: tuple[str, ...] = BACKENDS) -> None:
        self._backends = backends
        self._found: tuple[str, KeyringBackend] | None = None

    def get(self, name: str) -> str | None:
        """The secret, None where there is none; raises KeyStoreLocked, KeyStoreMissing."""
        return _within(QUESTION_SECONDS, lambda: self._opened().get_password(SERVICE, name))

    def set(self, name: str, secret: str) -> None:
        """Keep the secret; may ask the person to unlock; raises KeyStoreLocked, KeyStoreMissing."""
        _within(PROMPT_SECONDS, lambda: self._opened(ask=True).set_password(SERVICE, name, secret))

    def delete(self, name: str) -> None:
        """Forget the secret; raises KeyStoreLocked, KeyStoreMissing."""

        def delete() -> None:
            backend = self._opened()
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

        _within(QUESTION_SECONDS, delete)

    def reach(self) -> str:
        """The store in use, opened without a dialog; raises KeyStoreLocked, KeyStoreMissing."""

        def reach() -> str:
            name, backend = self._viable()
            self._opened()
            if name == SECRET_SERVICE:
                return "Secret Service"
            return str(getattr(backend, "name", name.rpartition(".")[2]))

        return _within(QUESTION_SECONDS, reach)

    def _opened(self, *, ask: bool = False) -> "KeyringBackend":
        name, backend = self._viable()
        if name == SECRET_SERVICE:
            _open_collection(ask=ask)
        return backend

    def _viable(self) -> tuple[str, "KeyringBackend"]:
        # Found once: each question costs a connection to the bus, and a store that goes away says so itself.
        if self._found is None:
            self._found = self._find()
        return self._found

    def _find(self) -> tuple[str, "KeyringBackend"]:
        for path in self._backends:
            module, _, name = path.rpartition(".")
            backend = getattr(importlib.import_module(module), name)
            if backend.viable:
                return path, backend()
        raise KeyStoreMissing


def _open_collection(*, ask: bool) -> None:
    """Raise KeyStoreLocked where the default collection is locked; with `ask` the person is asked first.

    Done here and not by the library, which opens dialogs for mere questions and then leaves connections open.
    """
    import secretstorage  # exists on Linux alone

    with closing(secretstorage.dbus_init()) as bus:
        try:
            collection = (
                secretstorage.get_default_collection(bus)
                if ask
                else secretstorage.get_collection_by_alias(bus, "default")
            )
        except secretstorage.ItemNotFoundException:
            # The store runs but was never opened by a person: asking would create a collection.
            raise KeyStoreLocked from None
        if collection.is_locked() and ask:
            collection.unlock()
        if collection.is_locked():
            raise KeyStoreLocked


def _within(seconds: float, job: Callable[[], T]) -> T:
    """Run the job on a thread of its own and put its errors in our words; a store that hangs is locked."""
    answers: queue.SimpleQueue[tuple[T | None, Exception | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put((job(), None))
        except Exception as error:  # noqa: BLE001  # handed to the caller below
            answers.put((None, error))

    threading.Thread(target=run, name="key store", daemon=True).start()
    try:
        value, error = answers.get(timeout=seconds)
    except queue.Empty:
        raise KeyStoreLocked from None
    if error is not None:
        raise _in_our_words(error) from error
    return value  # type: ignore[return-value]  # None only where T allows it


def _in_our_words(error: Exception) -> KeyStoreError:
    import keyring.errors  # slow to import, and needed only here

    if isinstance(error, KeyStoreError):
        return error
    gone = ("SecretServiceNotAvailableException", "NoKeyringError", "InitError")
    if isinstance(error, keyring.errors.InitError) or type(error).__name__ in gone:
        return KeyStoreMissing()
    # keyring's errors of macOS carry the system's number in what caused them (backends/macOS/api.py).
    said = error.__cause__.args[:1] if error.__cause__ is not None else ()
    return KeyStoreMissing() if _NO_KEYCHAIN.intersection(said) else KeyStoreLocked()
