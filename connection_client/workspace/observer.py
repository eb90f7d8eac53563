# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Looks at the world once and puts what it saw into one frozen value."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from connection_client.domain.catalogue import Catalogue, CatalogueState
from connection_client.domain.errors import (
    CatalogueError,
    ClientError,
    ClientTooOld,
    SignInError,
)
from connection_client.products.catalogue_source import CatalogueSource
from connection_client.products.inventory import Inventory
from connection_client.updates.choices import ChoiceStore
from connection_client.updates.context import STABLE, Context, Surroundings
from connection_client.updates.install import Applications
from connection_client.updates.policy import PolicySource, UpdatePolicy
from connection_client.workspace.ports import AccountReader, Clock, ComputerReader, EntitlementBook

NOTHING = CatalogueState(Catalogue(publisher="", products=()), installable=False)


@dataclass(frozen=True)
class Seen:
    """What a look gave."""

    state: CatalogueState = NOTHING
    manual: bool = False
    problem: Exception | None = None


@dataclass(frozen=True)
class Observer:
    """Everything that a recommendation depends on, read from where it lives.

    `channel` is the one whose releases this computer gets besides the stable ones, "" for none.
    """

    source: CatalogueSource
    inventory: Inventory
    applications: Applications
    entitlements: EntitlementBook
    account: AccountReader
    computer: ComputerReader
    choices: ChoiceStore
    clock: Clock
    policy: PolicySource | None = None
    surroundings: Callable[[], Surroundings] = Surroundings
    channel: Callable[[], str] = str

    def kept_catalogue(self) -> CatalogueState:
        """The list that was verified last; an empty one where there is none."""
        return self.source.cached() or NOTHING

    def newest_catalogue(self) -> CatalogueState:
        """The newest list, or the kept one with the problem that stood in the way."""
        try:
            return self.source.refresh()
        except ClientError as error:
            kept = self.kept_catalogue()
            # Somebody may be tampering: the list is shown, but nothing installs until a good one came.
            doubtful = isinstance(error, CatalogueError) and not isinstance(error, ClientTooOld)
            problem = error if isinstance(error, CatalogueError) else kept.problem or error
            return replace(kept, installable=kept.installable and not doubtful, problem=problem)

    def ask_for_entitlements(self) -> ClientError | None:
        """Renew what the person may use and what the organisation decided; None or what stood in the way."""
        if self.account() is None:
            return None
        try:
            self.entitlements.refresh()
            if self.policy is not None:
                self.policy.refresh()
        except SignInError:
            return None  # the session says so itself
        except ClientError as error:
            return error
        return None

    def context(self, state: CatalogueState, *, manual: bool) -> Context:
        """The state of the world now."""
        installed = self.inventory.scan(state.catalogue)
        return Context(
            catalogue=state.catalogue,
            installed=installed,
            computer=self.computer(),
            choices=self.choices.read(),
            now=self.clock(),
            account=self.account(),
            channels=frozenset({STABLE, self.channel()} - {""}),
            running=self.applications.running(installed),
            catalogue_installable=state.installable,
            manual=manual,
            policy=self.policy.current() if self.policy is not None else UpdatePolicy(),
            surroundings=self.surroundings(),
        )
