# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The settings on disk: defaults below, the person's file above them, the organisation's policy on top."""

import os
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from connection_client.domain.errors import ClientError
from connection_client.domain.setting import Policy, Setting, Source
from connection_client.domain.settings import SETTINGS
from connection_client.domain.settings_errors import (
    SettingLocked,
    SettingNotAccepted,
    SettingNotKnown,
    SettingsNotReadable,
)
from connection_client.storage.files import read_json, stamp_of, write_json
from connection_client.storage.policy_files import problem_of

if TYPE_CHECKING:
    from connection_client.storage.managed_policies import ManagedPreferences, RegistryPolicy

T = TypeVar("T")

POLICY_VARIABLE = "CONNECTION_CLIENT_POLICY"
POLICY_FILE = Path("/etc/connection-client/policy.json")


def policy_path(environment: Mapping[str, str] = os.environ, managed: Path = POLICY_FILE) -> Path:
    """The organisation's policy, `managed`; where there is none, one that is named for trying it out.

    Nothing is named to a program that runs with others' rights.
    """
    if managed.exists():
        return managed
    raised = hasattr(os, "getuid") and (os.getuid() != os.geteuid() or os.getgid() != os.getegid())
    named = "" if raised else environment.get(POLICY_VARIABLE, "")
    return Path(named) if named else managed


class _Layer:
    """One JSON object on disk, read again when the file changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem: SettingsNotReadable | None = None
        self._seen: tuple[int, int, int] | None = None
        self._values: dict[str, object] = {}

    @property
    def place(self) -> str:
        """Where it lies, for people."""
        return str(self.path)

    def values(self) -> dict[str, object]:
        stamp = stamp_of(self.path)
        if stamp != self._seen:
            self._seen = stamp
            self._values = self._read()
        return self._values

    def _read(self) -> dict[str, object]:
        self.problem = None
        try:
            values = read_json(self.path)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self.problem = SettingsNotReadable(path=str(self.path), reason=reason)
            return {}
        if isinstance(values, dict):
            return values
        if values is not None:
            self.problem = SettingsNotReadable(path=str(self.path), reason="{}")
        return {}


def _policy_layer(named: Path | None) -> "_Layer | RegistryPolicy | ManagedPreferences":
    """Where this system keeps what an organisation sets; only administrators can write there."""
    path = named or policy_path()
    if path != POLICY_FILE:
        return _Layer(path)
    if sys.platform == "win32" or sys.platform == "darwin":
        # Not read where nothing of it is used.
        from connection_client.storage.managed_policies import ManagedPreferences, RegistryPolicy

        return RegistryPolicy() if sys.platform == "win32" else ManagedPreferences()
    return _Layer(path)


class SettingsFile:
    """Reads and keeps settings; safe for several threads, and sees what another process has written."""

    def __init__(self, folder: Path, policy: Path | None = None) -> None:
        self._person = _Layer(folder / "settings.json")
        self._policy = _policy_layer(policy)
        self._lock = threading.Lock()

    @property
    def problem(self) -> SettingsNotReadable | None:
        """Why a file was left out; the standard settings hold then."""
        with self._lock:
            self._person.values(), self._policy.values()
            return self._policy.problem or self._person.problem

    def get(self, setting: Setting[T]) -> T:
        """The value that holds now; a value that does not fit is passed over."""
        return self._look(setting)[0]

    def source(self, setting: Setting[T]) -> Source:
        """Where the value that holds came from."""
        return self._look(setting)[1]

    def locked(self, setting: Setting[T]) -> bool:
        """Whether a policy of the organisation holds the value."""
        return self.source(setting) is Source.POLICY

    def policy(self) -> Policy:
        """What the organisation set, and what of it cannot be followed: the safe default holds for that."""
        with self._lock:
            values = self._policy.values()
            problem = self._policy.problem
        known = {setting.policy_key: setting for setting in SETTINGS}
        problems: list[ClientError] = [problem] if problem else []
        for key, value in values.items():
            if key not in known:
                problems.append(SettingNotKnown(key=key, known=sorted(known)))
                continue
            try:
                parsed = known[key].parse(value)
            except SettingNotAccepted as error:
                problems.append(error)
                continue
            if unusable := problem_of(known[key], parsed):
                problems.append(unusable)
        return Policy(self._policy.place, tuple(key for key in values if key in known), tuple(problems))

    def set(self, setting: Setting[T], value: object) -> None:
        """Keep a value; raises SettingNotAccepted, SettingLocked, FolderNotWritable."""
        if self.locked(setting):
            raise SettingLocked(key=setting.key)
        plain = Setting.plain(setting.parse(value))
        with self._lock:
            values = dict(self._person.values())
            if self._person.problem:
                # What cannot be read is kept beside the new file: a person may want to mend it.
                with suppress(OSError):
                    self._person.path.replace(self._person.path.with_suffix(".unreadable.json"))
            values[setting.key] = plain
            write_json(self._person.path, values)

    def _look(self, setting: Setting[T]) -> tuple[T, Source]:
        with self._lock:
            layers = (
                (self._policy.values(), setting.policy_key, Source.POLICY),
                (self._person.values(), setting.key, Source.PERSON),
            )
            for values, key, source in layers:
                if key in values:
                    with suppress(SettingNotAccepted):
                        return setting.parse(values[key]), source
            return setting.default, Source.DEFAULT
