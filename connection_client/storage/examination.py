# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Looks at where things are kept: the key store and the disk."""

import os
import shutil
import tempfile
from pathlib import Path

from connection_client.domain.findings import Check, Finding, failed, passed, warned
from connection_client.domain.key_store_errors import KeyStoreLocked, KeyStoreMissing
from connection_client.domain.language import N_
from connection_client.domain.long_paths import plain
from connection_client.domain.sizes import readable_size
from connection_client.storage.folders import Folders
from connection_client.storage.key_store import KeyStore

LOW, TOO_LOW = 2_000_000_000, 200_000_000  # bytes


def checks(keys: KeyStore, folders: Folders) -> tuple[Check, ...]:
    """The key store, then the disk."""
    return (
        Check("key-store", N_("Key store"), lambda: key_store(keys)),
        Check("disk", N_("Disk space"), lambda: disk(folders)),
    )


def key_store(keys: KeyStore) -> Finding:
    """Which store is in use, and whether it opens without a question."""
    try:
        name = keys.reach()
    except KeyStoreLocked:
        return failed(
            N_("The key store of this computer is locked, so the sign-in cannot be read."),
            N_("Unlock it, for example by signing in to the desktop again; the client goes on by itself."),
        )
    except KeyStoreMissing:
        return warned(
            N_("This computer has no key store, so a sign-in ends with the session."),
            N_("Set up the key store of your system (on Linux GNOME Keyring or KWallet) to stay signed in."),
        )
    return passed(N_("{store} is open."), store=name)


def disk(folders: Folders) -> Finding:
    """Whether our folders can be written to, and how much is free where downloads go."""
    for folder in dict.fromkeys((folders.config, folders.data, folders.state, folders.cache)):
        reason = _refusal(folder)
        if reason:
            return failed(
                N_("Nothing can be written to {path} ({reason})."),
                N_("Mend the rights of the folder, or free the disk."),
                path=str(plain(folder)),
                reason=reason,
            )
    free = shutil.disk_usage(folders.cache).free
    facts = {"free": readable_size(free), "path": str(plain(folders.cache))}
    mend = N_("Free some space: downloads are kept until they are installed.")
    if free < TOO_LOW:
        return failed(N_("Only {free} are free in {path}; downloads will stop."), mend, **facts)
    if free < LOW:
        return warned(N_("{free} are free in {path}; a large download may not fit."), mend, **facts)
    return passed(N_("{free} are free."), free=facts["free"])


def _refusal(folder: Path) -> str:
    try:
        handle, name = tempfile.mkstemp(prefix=".doctor-", dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(b"0" * 4096)
        Path(name).unlink()
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""
