# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Keychain of macOS: keyring's own code, and what becomes of every refusal. None was seen on a Mac."""

from collections.abc import Iterator

import pytest

from connection_client.domain.key_store_errors import KeyStoreError, KeyStoreLocked, KeyStoreMissing
from connection_client.storage.key_store import BACKENDS, SERVICE, KeyStore
from tests.storage.keychain import BACKEND, Security, keychain


@pytest.fixture
def security() -> Iterator[Security]:
    with keychain() as given:
        yield given


def test_the_keychain_is_asked_before_any_key_store_of_linux(security: Security) -> None:
    store = KeyStore(tuple(name for name in BACKENDS if "Vault" not in name))
    store.set("refresh token", "kept")
    assert security.kept == {(SERVICE, "refresh token"): b"kept"}
    assert store.reach() == "macOS Keyring"


def test_keeps_reads_and_forgets(security: Security) -> None:
    store = KeyStore((BACKEND,))
    assert store.get("a") is None
    store.set("a", "first")
    store.set("a", "sécond")
    assert store.get("a") == "sécond"
    store.delete("a")
    store.delete("a")
    assert store.get("a") is None


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (-128, KeyStoreLocked),  # errSecUserCanceled: the person said no, or closed the question
        (-25308, KeyStoreLocked),  # errSecInteractionNotAllowed: locked, and nobody can be asked
        (-25293, KeyStoreLocked),  # errSecAuthFailed: a wrong password
        (-25315, KeyStoreLocked),  # errSecInteractionRequired
        (-25307, KeyStoreMissing),  # errSecNoDefaultKeychain
        (-25294, KeyStoreMissing),  # errSecNoSuchKeychain
        (-25291, KeyStoreMissing),  # errSecNotAvailable
        (-34018, KeyStoreMissing),  # errSecMissingEntitlement
        (-67030, KeyStoreMissing),  # errSecCSInfoPlistFailed: the bundle's signature does not hold
    ],
)
def test_each_refusal_is_told_as_what_it_is(
    security: Security, status: int, expected: type[KeyStoreError]
) -> None:
    store = KeyStore((BACKEND,))
    store.set("a", "kept")
    security.refusal = status
    with pytest.raises(expected):
        store.get("a")
    with pytest.raises(expected):
        store.set("a", "new")
    with pytest.raises(expected):
        store.delete("a")
    security.refusal = 0
    assert store.get("a") == "kept"


def test_without_the_framework_there_is_no_keychain() -> None:
    with pytest.raises(KeyStoreMissing):
        KeyStore((BACKEND,)).get("a")
