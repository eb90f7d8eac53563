# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is said when somebody wants to install what is blocked: one error for each blocker."""

from connection_client.domain.accounts import DOWNLOAD_ROLE, Account
from connection_client.domain.errors import (
    ApplicationRunning,
    CatalogueNotReadable,
    ClientError,
    DiskFull,
    InstallationPutOff,
    NeedsRights,
    NotInstallable,
    NotSignedIn,
    RoleMissing,
)
from connection_client.domain.language import N_
from connection_client.domain.recommendations import LATER, Blocker, Recommendation
from connection_client.updates.blockers import running_before
from connection_client.updates.context import Context

_REASONS = {
    Blocker.PREREQUISITE: N_("something that it needs is not offered"),
    Blocker.METERED: N_("this network is metered, or the battery empties"),
    Blocker.WINDOW: N_("it waits for your organisation's maintenance window"),
    Blocker.POLICY: N_("your organisation has put it off"),
}


def refusal(  # noqa: PLR0911  # one for each blocker
    recommendation: Recommendation, context: Context, problem: Exception | None, *, unattended: bool = False
) -> ClientError | None:
    """Why the recommended release is not installed now; None where nothing is in the way.

    Where nobody sits before it, what only asks to wait is in the way, too.
    """
    blockers = [blocker for blocker in recommendation.blockers if unattended or blocker not in LATER]
    if not blockers:
        return None
    blocker, name = blockers[0], recommendation.product.name
    match blocker:
        case Blocker.CATALOGUE:
            return _of_the_list(problem)
        case Blocker.OBSTACLE:
            return NotInstallable(name=name, reason=recommendation.package.obstacle)
        case Blocker.NOT_SIGNED_IN:
            return NotSignedIn()
        case Blocker.ROLE_MISSING:
            return RoleMissing(role=DOWNLOAD_ROLE, administrators=whom_to_ask(context.account))
        case Blocker.NEEDS_RIGHTS:
            return NeedsRights(name=name)
        case Blocker.DISK:
            return DiskFull(needed=_missing_bytes(recommendation, context), kept=0)
        case Blocker.APPLICATION_RUNNING:
            return ApplicationRunning(name=_what_runs(recommendation, context))
        case _ if blocker in LATER:
            return InstallationPutOff(name=name, reason=_REASONS[blocker])
        case _:
            return NotInstallable(name=name, reason=_REASONS[blocker])


def _of_the_list(problem: Exception | None) -> ClientError:
    known = problem if isinstance(problem, ClientError) else None
    return known or CatalogueNotReadable(reason=N_("none was verified yet"))


def _what_runs(recommendation: Recommendation, context: Context) -> str:
    """The name of the application itself where it runs, else that of what has to be updated with it."""
    before = running_before(recommendation.before, context)
    if before is None or recommendation.product.id in context.running:
        return recommendation.product.name
    return before.product.name


def put_off(name: str) -> InstallationPutOff:
    """A download of `name` that nobody attends to has met a meter on its way."""
    return InstallationPutOff(name=name, reason=_REASONS[Blocker.METERED])


def whom_to_ask(account: Account | None) -> tuple[str, ...] | str:
    """The Account Administrators by name and address."""
    people = account.administrators if account is not None else ()
    return tuple(f"{person.name} <{person.email}>" for person in people) or N_("your Account Administrator")


def _missing_bytes(recommendation: Recommendation, context: Context) -> int:
    needed = sum(package.length + package.installed_size for package in recommendation.chain)
    return max(needed - (context.computer.free_bytes or 0), 1)
