# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a row says of an application: its state in a few words, a shape for it, and the one next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from connection_client.domain.catalogue import Severity
from connection_client.domain.entitlements import Refusal
from connection_client.domain.errors import (
    ApplicationRunning,
    DiskFull,
    DownloadCancelled,
    DownloadStopped,
    InstallerBusy,
    NeedsRights,
    PackageChanged,
)
from connection_client.domain.language import N_, _
from connection_client.domain.licence_words import Mark, good_until, mark_passed
from connection_client.domain.progress import Phase, Progress
from connection_client.domain.recommendations import LATER, Blocker, Recommendation
from connection_client.domain.sizes import readable_size
from connection_client.ui.face import Act, Face, Tone
from connection_client.ui.moments import time_left
from connection_client.ui.operation import Operation, Stage

if TYPE_CHECKING:
    from connection_client.domain.accounts import Person
    from connection_client.domain.entitlements import Entitlement
    from connection_client.workspace.view import Row


_REFUSED: dict[Refusal, str] = {
    Refusal.NOT_SIGNED_IN: N_("Sign in to use it"),
    Refusal.NO_LICENCE: N_("No licence"),
    Refusal.WRONG_COUNTRY: N_("The licence does not hold in your country"),
    Refusal.EXPIRED: N_("The licence has ended"),
    Refusal.SEATS_TAKEN: N_("All seats are taken"),
    Refusal.SUSPENDED: N_("Your organisation is suspended"),
    Refusal.NO_ORGANISATION: N_("No organisation yet"),
    Refusal.FEATURE_LEVEL: N_("Not included in the licence"),
    Refusal.OTHER_DEVICE: N_("The licence needs the network once"),
    Refusal.NOT_CONFIRMED: N_("The licence needs the network once"),
    Refusal.CLOCK_WRONG: N_("This computer's clock was set back"),
}
_BLOCKED: dict[Blocker, str] = {
    Blocker.ROLE_MISSING: N_("the download role is missing"),
    Blocker.NOT_SIGNED_IN: N_("sign in to get it"),
    Blocker.APPLICATION_RUNNING: N_("close the application first"),
    Blocker.NEEDS_RIGHTS: N_("needs administrator rights"),
    Blocker.DISK: N_("not enough space on the disk"),
    Blocker.METERED: N_("waits for a network without a meter"),
    Blocker.POLICY: N_("deferred by your organisation"),
    Blocker.WINDOW: N_("waits for the maintenance window"),
    Blocker.CATALOGUE: N_("the list of applications is too old"),
    Blocker.PREREQUISITE: N_("something it needs is missing"),
    Blocker.OBSTACLE: N_("this client cannot install it"),
}
# The verb that the text of the error names.
_AGAIN: tuple[tuple[tuple[type[Exception], ...], Act], ...] = (
    ((DownloadStopped, DownloadCancelled, DiskFull), Act.RESUME),
    ((PackageChanged,), Act.UPDATE),
    ((NeedsRights, InstallerBusy), Act.INSTALL),
)
# What a person can still decide to do; everything else has to be put right first.
_SOFT = LATER | {Blocker.NEEDS_RIGHTS, Blocker.APPLICATION_RUNNING}


def face(row: Row, operation: Operation | None, administrators: tuple[Person, ...] = ()) -> Face:
    """How a row looks now, keyed by its product; what is under way comes before what is known."""
    if operation is not None and operation.stage is not Stage.DONE:
        return _operating(row, operation)
    if row.busy is not None and row.busy.phase is not Phase.DONE:
        return _operating(row, Operation(row.product_id, Stage.RUNNING, row.busy))
    known = _installed(row, administrators) if row.installed is not None else _available(row, administrators)
    if operation is not None and operation.report is not None and operation.report.restart:
        text = _("Restart the computer to finish")
        return replace(known, state=text, icon="waiting", tone=Tone.WARNING)
    return known


def refused(row: Row) -> str:
    """Why an application may not be started, in a few words; empty where it may, or where a sign-in helps."""
    entitlement = row.entitlement
    if entitlement is None or entitlement.entitled or entitlement.reason is Refusal.NOT_SIGNED_IN:
        return ""
    return _(_REFUSED[entitlement.reason or Refusal.NO_LICENCE])


def can_install(recommendation: Recommendation | None) -> bool:
    """Whether pressing Update or Install makes sense."""
    return recommendation is not None and _hard(recommendation) is None


def download_size(recommendation: Recommendation) -> str:
    """What would be loaded, prerequisites included."""
    packages = recommendation.chain or (recommendation.package,)
    return readable_size(sum(package.length for package in packages))


def in_its_way(recommendation: Recommendation) -> list[str]:
    """What a person can still decide about, in a few words each; the rest is said as the state."""
    return [_(_BLOCKED[blocker]) for blocker in recommendation.blockers if blocker in _SOFT]


def _hard(recommendation: Recommendation) -> Blocker | None:
    return next((blocker for blocker in recommendation.blockers if blocker not in _SOFT), None)


def _ask(text: str, administrators: tuple[Person, ...]) -> str:
    if not administrators:
        return text
    return _("{what}: ask {name}").format(what=text, name=administrators[0].name)


def _installed(row: Row, administrators: tuple[Person, ...]) -> Face:
    assert row.installed is not None  # noqa: S101  # for the type checker: `face` asked
    make = _maker(row)
    wanted = row.recommendation
    refusal = refused(row)
    if refusal:
        return make(_ask(refusal, administrators), "lock", Tone.WARNING, Act.LOCKED)
    if wanted is not None:
        return _outdated(make, wanted)
    ends = _ending(row.entitlement)
    if ends:
        return make(ends, "waiting", Tone.WARNING, _open(row))
    if row.installed.version is None:
        return make(_("This version cannot be compared"), "info", Tone.PLAIN, _open(row))
    return make(_("Up to date"), "done", Tone.PLAIN, _open(row))


def _ending(entitlement: Entitlement | None) -> str:
    """From the last three days on: until when it may be used without the Center."""
    now = datetime.now().astimezone()
    if entitlement is None or mark_passed(entitlement, now) in (None, Mark.HALF_TIME):
        return ""
    return good_until(entitlement, now).rstrip(".")


def _outdated(make: Callable[..., Face], wanted: Recommendation) -> Face:
    facts = {"version": wanted.release.version_text, "size": download_size(wanted)}
    blocker = next(iter(wanted.blockers), None)
    if blocker is not None:
        hard = _hard(wanted)
        text = _("Update {version} available, {why}").format(why=_(_BLOCKED[hard or blocker]), **facts)
        return make(text, "update", Tone.WARNING if hard else Tone.ACCENT, Act.OPEN if hard else Act.UPDATE)
    if wanted.severity is Severity.CRITICAL:
        text = _("Important update {version} available, {size}").format(**facts)
        return make(text, "warning", Tone.WARNING, Act.UPDATE)
    return make(_("Update {version} available, {size}").format(**facts), "update", Tone.ACCENT, Act.UPDATE)


def _available(row: Row, administrators: tuple[Person, ...]) -> Face:
    make = _maker(row)
    wanted = row.recommendation
    if wanted is None:
        return make(_("Nothing to install on this computer"), "info", Tone.PLAIN, None)
    hard = _hard(wanted)
    if hard is Blocker.ROLE_MISSING:
        return make(_ask(_("The download role is missing"), administrators), "lock", Tone.PLAIN, Act.LOCKED)
    if hard is not None:
        why = _(_BLOCKED[hard])
        return make(_("Not installed, {why}").format(why=why), "lock", Tone.PLAIN, Act.LOCKED)
    text = _("Not installed, {size}").format(size=download_size(wanted))
    return make(text, "install", Tone.PLAIN, Act.INSTALL)


def _open(row: Row) -> Act | None:
    return Act.OPEN if row.installed is not None and row.installed.launch is not None else None


def _maker(row: Row) -> Callable[..., Face]:
    version = row.installed.version_text if row.installed is not None else ""
    if row.installed is None and row.recommendation is not None:
        version = row.recommendation.release.version_text

    def make(state: str, icon: str, tone: Tone, act: Act | None, **more: object) -> Face:
        installed = row.installed is not None
        return Face(row.product_id, row.name, version, state, icon, tone, act, installed=installed, **more)  # type: ignore[arg-type]

    return make


def _operating(row: Row, operation: Operation) -> Face:
    make = _maker(row)
    progress = operation.progress
    if operation.stage is Stage.FAILED:
        return _failed(make, operation)
    if operation.stage is Stage.PAUSED:
        facts = {"done": readable_size(progress.done), "total": readable_size(progress.total)}
        text = _("Paused, {done} of {total}").format(**facts) if progress.total else _("Paused")
        return make(text, "pause", Tone.PLAIN, Act.RESUME, can_cancel=True, fraction=progress.fraction)
    if operation.stage is Stage.HELD:
        text = (
            _("Close {name} yourself, then it goes on by itself")
            if operation.asked is False
            else _("Waiting for {name} to close")
        )
        return make(text.format(name=row.name), "waiting", Tone.WARNING, None, can_cancel=True)
    icon = "download" if progress.phase is Phase.DOWNLOADING else "waiting"
    known = progress.phase is Phase.DOWNLOADING and progress.total > 0
    queued = operation.stage is Stage.QUEUED
    fraction = None if queued else progress.fraction if known else -1.0
    act = Act.PAUSE if operation.can_stop else None
    text = in_words(progress, queued=queued)
    return make(text, icon, Tone.ACCENT, act, can_cancel=operation.can_stop, fraction=fraction)


def _failed(make: Callable[..., Face], operation: Operation) -> Face:
    error = operation.error
    if isinstance(error, ApplicationRunning):
        return make(_("It is open, choose below"), "waiting", Tone.WARNING, Act.UPDATE, can_cancel=True)
    again = next((act for kinds, act in _AGAIN if isinstance(error, kinds)), Act.RETRY)
    return make(_("Stopped, see why below"), "warning", Tone.DANGER, again, can_cancel=True)


def in_words(progress: Progress, *, queued: bool = False) -> str:
    """The phase with its percentage and what is left of it."""
    if queued:
        return _("Waiting for its turn")
    if progress.phase is not Phase.DOWNLOADING or not progress.total:
        return {
            Phase.WAITING: _("Starting"),
            Phase.DOWNLOADING: _("Downloading"),
            Phase.VERIFYING: _("Checking the signature"),
            Phase.INSTALLING: _("Installing"),
            Phase.DETECTING: _("Looking for the new version"),
            Phase.DONE: _("Done"),
        }[progress.phase]
    # L10N: the percent sign follows a no-break space, as in "41 %"
    parts = [_("Downloading"), _("{percent}\u00a0%").format(percent=int(progress.fraction * 100))]
    if progress.seconds_left is not None:
        parts.append(time_left(progress.seconds_left))
    return ", ".join(parts)
