# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What goes wrong with secrets; their texts stand in `texts.py` with all others."""

from connection_client.domain.errors import ClientError


class KeyStoreError(ClientError):
    """Secrets cannot be kept or read; locked, missing and empty are three different things."""


class KeyStoreLocked(KeyStoreError):
    code = "key-store-locked"


class KeyStoreUnreachable(KeyStoreLocked):
    """What is in it is as unknown as behind a lock, for another reason."""

    code = "key-store-unreachable"


class KeyStoreMissing(KeyStoreError):
    code = "key-store-missing"
