# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a setting, or with a file that a setting names."""

from connection_client.domain.errors import ClientError


class SettingsNotReadable(ClientError):
    code = "settings-not-readable"  # path, reason


class SettingNotAccepted(ClientError):
    code = "setting-not-accepted"  # key, value, allowed


class SettingNotKnown(ClientError):
    code = "setting-not-known"  # key, known


class FileNamedNotReadable(ClientError):
    code = "file-named-not-readable"  # key, path, reason


class SettingLocked(ClientError):
    code = "setting-locked"  # key


class NoCenterConfigured(ClientError):
    code = "no-center-configured"
