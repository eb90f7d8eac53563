# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts an installed application, or says why not."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from connection_client.domain.accounts import SessionState
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.language import N_, translate
from connection_client.domain.launch_errors import ApplicationMissing, NotEntitled
from connection_client.domain.licence_words import refusal_reason
from connection_client.launch.entitlements import Entitlements
from connection_client.launch.ports import Programs, Windows

_SOMEBODY = N_("your Account Administrator")


class Launcher:
    """Asks for the entitlement, which is known before the click, and then the operating system."""

    def __init__(
        self,
        entitlements: Entitlements,
        programs: Programs,
        state: Callable[[], SessionState],
        windows: Windows | None = None,
    ) -> None:
        self._entitlements, self._programs, self._state = entitlements, programs, state
        self._windows = windows

    def launch(self, installed: InstalledProduct, name: str, files: tuple[Path, ...] = ()) -> None:
        """Start the application with `files`, or show it where it runs; `name` is how people know it.

        With `files` it is always started: only the application knows whether it shares its window.
        Raises NotEntitled, StillStarting and what `Programs.start` raises.
        """
        if installed.launch is None or not installed.launch.command:
            raise ApplicationMissing(name=name)
        answer = self._entitlements.answer(installed.product_id, installed.version_text)
        if not answer.entitled:
            raise NotEntitled(
                name=name,
                reason=refusal_reason(answer, datetime.now().astimezone()),
                administrators=self._administrators(),
            )
        if not files and self._windows is not None and self._windows.bring_to_front(installed):
            return
        self._programs.start(name, installed.launch, files)

    def _administrators(self) -> tuple[str, ...]:
        account = self._state().account
        people = tuple(person.name or person.email for person in account.administrators) if account else ()
        return people or (translate(_SOMEBODY),)
