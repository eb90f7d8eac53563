# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a person does with the key store: lock it, unlock it, look into it."""

from contextlib import closing

import secretstorage
from secretstorage.dhcrypto import Session
from secretstorage.util import DBusAddressWrapper, format_secret, open_session

from tests.world.session import KEYRING_PASSWORD

DAEMON = "/org/freedesktop/secrets"
INTERNAL = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"


def lock() -> None:
    """Lock the default collection."""
    with closing(secretstorage.dbus_init()) as bus:
        secretstorage.get_default_collection(bus).lock()


def unlock() -> None:
    """Unlock it as the log-in to the desktop does: without a dialog."""
    with closing(secretstorage.dbus_init()) as bus:
        session: Session = open_session(bus)
        path = secretstorage.get_default_collection(bus).collection_path
        secret = format_secret(session, KEYRING_PASSWORD.encode(), "text/plain")
        DBusAddressWrapper(DAEMON, INTERNAL, bus).call("UnlockWithMasterPassword", "o(oayays)", path, secret)


def labels() -> list[str]:
    """The names of what is kept."""
    with closing(secretstorage.dbus_init()) as bus:
        return [item.get_label() for item in secretstorage.get_default_collection(bus).get_all_items()]


def empty() -> None:
    """Remove everything."""
    with closing(secretstorage.dbus_init()) as bus:
        for item in list(secretstorage.get_default_collection(bus).get_all_items()):
            item.delete()
