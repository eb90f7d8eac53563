# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who installs updates on this computer: the person, the client by itself, or the organisation's IT."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from connection_client.domain.installed import OWN_PRODUCT
from connection_client.domain.update_settings import MANAGED, OWN_INSTALL, OWN_OFF
from connection_client.updates.policy import PolicySource, Rule, UpdatePolicy

_BY_OTHERS = Rule(on_hold=True)


@dataclass(frozen=True)
class PolicyByMode:
    """Implements `PolicySource`: where IT installs, all is shown and nothing is installed from here.

    `own` is the same for this client itself, which may not be shown at all either.
    """

    source: PolicySource
    mode: Callable[[], str]
    own: Callable[[], str] = lambda: OWN_INSTALL

    def current(self) -> UpdatePolicy:
        """The organisation's policy, with on hold what others install."""
        policy = self.source.current()
        if self.mode() == MANAGED:
            policy = UpdatePolicy((_BY_OTHERS,), policy.ring)
        own = self.own()
        if own == OWN_INSTALL:
            return policy
        rule = replace(
            policy.rule_of(OWN_PRODUCT), product_id=OWN_PRODUCT, on_hold=True, hidden=own == OWN_OFF
        )
        return replace(policy, rules=(rule, *policy.rules))

    def refresh(self) -> None:
        """As the source does."""
        self.source.refresh()
