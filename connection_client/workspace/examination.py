# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Looks at the way to the Center, and at the list of applications: whether it is vouched for, and how old."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from connection_client.domain.errors import CatalogueError, NetworkError
from connection_client.domain.findings import Check, Finding, Verdict, failed, of_error, passed, warned
from connection_client.domain.language import N_
from connection_client.workspace.view import View

OLD = timedelta(days=7)


class Way(Protocol):
    """Looks at the way to the Center; every look may raise NoCenterConfigured."""

    def name(self) -> Finding:
        """Whether the Center's name leads to an address; begins a new examination."""
        ...

    def proxy(self) -> Finding:
        """Which way requests go."""
        ...

    def tls(self) -> Finding:
        """Who vouches for the Center."""
        ...

    def clock(self) -> Finding:
        """How far this computer's clock is from the Center's."""
        ...

    def sign_in(self) -> Finding:
        """Whether the provider answers for itself, and what the session is."""
        ...


def network_checks(way: Way) -> tuple[Check, ...]:
    """In the order in which one needs the other."""
    return (
        Check("dns", N_("Name of CONNECT Center"), way.name),
        Check("proxy", N_("Proxy"), way.proxy),
        Check("tls", N_("Protected connection"), way.tls),
        Check("clock", N_("Clock"), way.clock),
        Check("sign-in", N_("Sign-in"), way.sign_in),
    )


def catalogue_check(
    view: Callable[[], View],
    kept: Callable[[], View],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Check:
    """`view` is what is shown now, `kept` reads and verifies what is kept where nothing was looked at yet."""

    def look() -> Finding:
        shown = view()
        return catalogue(shown if shown.rows or shown.problem else kept(), clock())

    return Check("catalogue", N_("List of applications"), look)


def catalogue(view: View, now: datetime) -> Finding:
    """What the view says of the list behind it."""
    if isinstance(view.problem, CatalogueError):
        return of_error(view.problem)
    if view.confirmed_at is None:
        return warned(
            N_("No list was fetched yet."), N_("Go online and look for updates; the Center sends the list.")
        )
    age = now - view.confirmed_at
    facts = {"days": age.days, "moment": view.confirmed_at.astimezone().strftime("%Y-%m-%d %H:%M")}
    if age > OLD:
        return warned(
            N_("The list is verified, but {days} days old (of {moment})."),
            N_("Go online and look for updates."),
            **facts,
        )
    if isinstance(view.problem, NetworkError):
        return Finding(
            Verdict.WARNING,
            N_("The list of {moment} is verified; a newer one did not come. {error}"),
            "",
            {**facts, "error": view.problem},
        )
    if view.problem is not None:
        return failed("{error}", "", error=view.problem)
    return passed(N_("The signature of the list of {moment} is verified."), **facts)
