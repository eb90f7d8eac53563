# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who installs updates on this computer: the person, the client by itself, or the organisation's IT."""

from collections.abc import Callable
from dataclasses import dataclass

from connection_client.domain.settings import MANAGED
from connection_client.updates.policy import PolicySource, Rule, UpdatePolicy

_BY_OTHERS = Rule(on_hold=True)


@dataclass(frozen=True)
class PolicyByMode:
    """Implements `PolicySource`: where IT installs, all is shown and nothing is installed from here."""

    source: PolicySource
    mode: Callable[[], str]

    def current(self) -> UpdatePolicy:
        """The organisation's policy, with all on hold where others install."""
        policy = self.source.current()
        return UpdatePolicy((_BY_OTHERS,), policy.ring) if self.mode() == MANAGED else policy

    def refresh(self) -> None:
        """As the source does."""
        self.source.refresh()
