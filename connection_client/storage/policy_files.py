# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether the files that a policy names are there and are what they have to be."""

from pathlib import Path

from connection_client.domain.settings import AUTHORITY_FILE, AnySetting
from connection_client.domain.settings_errors import FileNamedNotReadable


def problem_of(setting: AnySetting, value: object) -> FileNamedNotReadable | None:
    """Why the file that the setting names cannot be used; None where it can, and for other settings."""
    if not isinstance(value, Path):
        return None
    try:
        with value.open("rb") as file:
            file.read(1)
        if setting is AUTHORITY_FILE:
            import ssl  # megabytes, and rarely needed

            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(value)
    except OSError as error:  # SSLError is one
        reason = error.strerror or str(error)
        return FileNamedNotReadable(key=setting.policy_key, path=str(value), reason=reason)
    return None
