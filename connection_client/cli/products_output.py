# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications, updates and history in words and as JSON."""

from collections.abc import Iterable, Sequence

from connection_client.cli.output import problem
from connection_client.domain.errors import ClientError
from connection_client.domain.language import N_, _, translate
from connection_client.domain.recommendations import Blocker, Reason, Recommendation, Restart
from connection_client.domain.sizes import readable_size
from connection_client.domain.texts import explain
from connection_client.workspace.view import HistoryEntry, InstallReport, Row, View

REASONS = {
    Reason.NEWER: N_("it is newer"),
    Reason.SECURITY: N_("it closes security holes"),
    Reason.END_OF_SUPPORT: N_("the installed version is not looked after any more"),
    Reason.WITHDRAWN: N_("the publisher withdrew the installed version"),
    Reason.PREREQUISITE: N_("another application needs it"),
    Reason.NOT_INSTALLED: N_("it is not installed yet"),
    Reason.DEADLINE: N_("your organisation wants it installed by now"),
}
BLOCKERS = {
    Blocker.ROLE_MISSING: N_("downloading needs a role that you do not have"),
    Blocker.NOT_SIGNED_IN: N_("sign in to download it"),
    Blocker.APPLICATION_RUNNING: N_("the application is running"),
    Blocker.NEEDS_RIGHTS: N_("it needs administrator rights"),
    Blocker.DISK: N_("the disk has too little space"),
    Blocker.METERED: N_("this network is metered"),
    Blocker.POLICY: N_("your organisation has put it off"),
    Blocker.WINDOW: N_("it waits for your organisation's maintenance window"),
    Blocker.CATALOGUE: N_("the list of applications is not trusted now"),
    Blocker.PREREQUISITE: N_("something that it needs is not offered"),
    Blocker.OBSTACLE: N_("this client cannot install it"),
}
RESTARTS = {
    Restart.COMPUTER: N_("restarts the computer"),
    Restart.PERHAPS: N_("may restart the computer"),
    Restart.CLIENT: N_("restarts CONNECTION Client"),
}


def product_line(row: Row) -> str:
    """`survey-viewer  Survey Viewer SES  10.1.0.12  update 10.2.0.7 available`."""
    installed = row.installed.version_text if row.installed is not None else _("not installed")
    return f"{row.product_id}  {row.name}  {installed}  {_state(row)}".rstrip()


def _state(row: Row) -> str:
    if row.recommendation is not None:
        version = row.recommendation.release.version_text
        if row.installed is None:
            return _("{version} can be installed").format(version=version)
        return _("update {version} available").format(version=version)
    if row.installed is not None and row.installed.version is None:
        return _("its version cannot be compared")
    return _("up to date")


def update_lines(row: Row) -> list[str]:
    """One line that says what, and one for each reason and obstacle."""
    offer = row.recommendation
    if offer is None:
        return []
    before = row.installed.version_text if row.installed is not None else "-"
    size = readable_size(sum(package.length for package in offer.chain))
    lines = [f"{row.product_id}  {row.name}  {before} → {offer.release.version_text}  {size}"]
    lines += ["    " + translate(REASONS[reason]) for reason in offer.reasons]
    if offer.needs_rights and Blocker.NEEDS_RIGHTS not in offer.blockers:
        lines.append("    " + _("asks once for administrator rights"))
    if offer.restart in RESTARTS:
        lines.append("    " + translate(RESTARTS[offer.restart]))
    blocked = (translate(BLOCKERS[blocker]) for blocker in offer.blockers)
    return lines + ["    " + _("not now: {reason}").format(reason=reason) for reason in blocked]


def view_lines(view: View) -> list[str]:
    """What kept the list from being newer, and how old it is."""
    if view.problem is None:
        return []
    lines = [explain(view.problem, translate)]
    if view.confirmed_at is not None:
        when = f"{view.confirmed_at.astimezone():%Y-%m-%d %H:%M}"
        lines.append(_("The list is of {when}.").format(when=when))
    return lines


def view_as_json(view: View, rows: Iterable[Row]) -> dict[str, object]:
    """The list with its age."""
    return {
        "confirmed_at": view.confirmed_at.isoformat() if view.confirmed_at is not None else None,
        "problem": problem(view.problem),
        "bytes_per_second": round(view.pace) or None,
        "products": [row_as_json(row) for row in rows],
    }


def row_as_json(row: Row) -> dict[str, object]:
    """One application."""
    entitlement = row.entitlement
    return {
        "id": row.product_id,
        "name": row.name,
        "installed": _installed_as_json(row),
        "recommendation": _offer_as_json(row.recommendation),
        "entitlement": {
            "entitled": entitlement.entitled,
            "until": entitlement.until.isoformat() if entitlement.until is not None else None,
            "reason": entitlement.reason.value if entitlement.reason is not None else None,
        }
        if entitlement is not None
        else None,
    }


def _installed_as_json(row: Row) -> dict[str, object] | None:
    if row.installed is None:
        return None
    return {
        "version": row.installed.version_text,
        "comparable": row.installed.version is not None,
        "command": list(row.installed.launch.command) if row.installed.launch is not None else None,
        "evidence": [
            {"source": one.source, "where": one.where, "version": one.version_text}
            for one in row.installed.evidence
        ],
    }


def _offer_as_json(offer: Recommendation | None) -> dict[str, object] | None:
    if offer is None:
        return None
    return {
        "version": offer.release.version_text,
        "label": offer.release.label,
        "severity": offer.severity.value,
        "reasons": [reason.value for reason in offer.reasons],
        "blockers": [blocker.value for blocker in offer.blockers],
        "needs_rights": offer.needs_rights,
        "restarts": offer.restart.value,
        "bytes": sum(package.length for package in offer.chain),
        "packages": [package.filename for package in offer.chain],
        "notes": offer.release.notes_summary,
    }


def report_as_json(reports: Sequence[InstallReport], failures: Sequence[ClientError]) -> dict[str, object]:
    """What was installed and what was not."""
    return {
        "installed": [
            {
                "id": report.product_id,
                "name": report.name,
                "before": report.before,
                "after": report.after,
                "log": str(report.log) if report.log is not None else None,
                "restart": report.restart,
                "goes_on": report.goes_on,
            }
            for report in reports
        ],
        "failed": [problem(error) for error in failures],
    }


def history_as_json(entry: HistoryEntry) -> dict[str, object]:
    """One operation."""
    return {
        "at": entry.at.isoformat(),
        "id": entry.product_id,
        "name": entry.name,
        "before": entry.before,
        "after": entry.after,
        "outcome": entry.outcome,
        "log": str(entry.log) if entry.log is not None else None,
        "restart": entry.restart,
    }
