# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Commands about applications: products, updates, update, install, history.

Exit status, beside those of `main`: 0 also where there was nothing to do. `update` and `install` end with 3
where something was refused or failed, after everything else that was asked for was tried; else with 5 where
the client's own setup has begun, which installs once this command has ended.
"""

import argparse
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from connection_client.cli.output import add_command, show
from connection_client.cli.products_output import (
    history_as_json,
    product_line,
    report_as_json,
    update_lines,
    view_as_json,
    view_lines,
)
from connection_client.domain.errors import ClientError, NotInstallable
from connection_client.domain.installed import OWN_PRODUCT
from connection_client.domain.language import N_, _, translate
from connection_client.domain.progress import Phase, Progress
from connection_client.domain.texts import SETUP_GOES_ON, explain
from connection_client.workspace.rooms import Rooms
from connection_client.workspace.view import InstallReport, Row, View

if TYPE_CHECKING:
    from connection_client.cli.output import Commands

REFUSED = 3
GOES_ON = 5
PHASES = {
    Phase.DOWNLOADING: N_("Downloading"),
    Phase.VERIFYING: N_("Verifying"),
    Phase.INSTALLING: N_("Installing"),
    Phase.DETECTING: N_("Looking at what is installed now"),
}


def register(commands: "Commands") -> None:
    """Add the commands of this group."""
    products = add_command(commands, "products", _("List the applications of this computer."), run_products)
    updates = add_command(commands, "updates", _("List what is newer, and why."), run_updates)
    for command in (products, updates):
        command.add_argument("--offline", action="store_true", help=_("do not ask the Center"))
    update = add_command(commands, "update", _("Download, verify and install."), run_update)
    which = update.add_mutually_exclusive_group(required=True)
    which.add_argument("product", nargs="?", default="", help=_("an id that products shows"))
    which.add_argument("--all", action="store_true", help=_("everything installed that has an update"))
    update.add_argument(
        "--unattended",
        action="store_true",
        help=_("wait for rollouts, rings, the maintenance window and a network without a meter"),
    )
    update.add_argument(
        "--when-closed", action="store_true", help=_("wait until the application has ended by itself")
    )
    install = add_command(
        commands, "install", _("Install a file that your Account Administrator gave you."), run_install
    )
    install.add_argument("file", type=Path, help=_("the file"))
    add_command(commands, "history", _("Show what was installed from here."), run_history)


def run_products(rooms: Rooms, options: argparse.Namespace) -> int:
    """What is installed and what could be."""
    view = look(rooms, offline=options.offline)
    lines = [product_line(row) for row in view.rows] or [_("The list of applications is empty.")]
    show(options, view_as_json(view, view.rows), [*lines, *view_lines(view)])
    return 0


def run_updates(rooms: Rooms, options: argparse.Namespace) -> int:
    """What is recommended for installed applications, with reasons and with what is in the way."""
    view = look(rooms, offline=options.offline)
    rows = _with_updates(view)
    lines = [line for row in rows for line in update_lines(row)]
    lines = lines or [_("Every application is up to date.")]
    show(options, view_as_json(view, rows), [*lines, *view_lines(view)])
    return 0


def run_update(rooms: Rooms, options: argparse.Namespace) -> int:
    """Install one recommendation or all; a failure does not keep the others away."""
    view = look(rooms, offline=False, manual=not options.unattended)
    rows = _with_updates(view) if options.all else [named(view, options.product)]
    rows.sort(key=lambda row: row.product_id == OWN_PRODUCT)  # the last: after that this program is another
    tasks = [_task_for(rooms, row, options) for row in rows]
    if not tasks:
        show(options, {"installed": [], "failed": []}, [_("Every application is up to date.")])
        return 0
    return _carry_out(options, tasks)


def run_install(rooms: Rooms, options: argparse.Namespace) -> int:
    """Install a file that the trusted list knows; any other is refused."""
    look(rooms, offline=False)
    match = rooms.workspace.examine_file(options.file)

    def task() -> InstallReport:
        return rooms.workspace.install_file(options.file, Teller(match.product.name), threading.Event())

    return _carry_out(options, [task])


def run_history(rooms: Rooms, options: argparse.Namespace) -> int:
    """Newest first."""
    entries = rooms.workspace.history()
    lines = [
        f"{entry.at.astimezone():%Y-%m-%d %H:%M}  {entry.name}  {entry.before or '-'} → {entry.after or '-'}"
        f"  {entry.outcome}{_(', restart needed') if entry.restart else ''}"
        for entry in entries
    ]
    lines = lines or [_("Nothing was installed from here yet.")]
    show(options, [history_as_json(entry) for entry in entries], lines)
    return 0


def look(rooms: Rooms, *, offline: bool, manual: bool = True) -> View:
    """The list as it is now; offline from what is kept."""
    rooms.session.restore()
    view = rooms.workspace.open()
    return view if offline else rooms.workspace.refresh(manual=manual)


def _with_updates(view: View) -> list[Row]:
    return [row for row in view.rows if row.installed is not None and row.recommendation is not None]


def named(view: View, product_id: str) -> Row:
    """The row of that id; raises NotInstallable."""
    row = view.row(product_id)
    if row is None:
        raise NotInstallable(
            name=product_id, reason=N_("no application has this id; products shows them all")
        )
    return row


def _task_for(rooms: Rooms, row: Row, options: argparse.Namespace) -> Callable[[], InstallReport]:
    teller, cancelled = Teller(row.name), threading.Event()
    if options.when_closed:
        return lambda: rooms.workspace.install_when_closed(row.product_id, teller, cancelled)
    return lambda: rooms.workspace.install(row.product_id, teller, cancelled, unattended=options.unattended)


def _carry_out(options: argparse.Namespace, tasks: Sequence[Callable[[], InstallReport]]) -> int:
    reports: list[InstallReport] = []
    failures: list[ClientError] = []
    for task in tasks:
        try:
            reports.append(task())
        except ClientError as error:
            failures.append(error)
    for failure in failures:
        print(explain(failure, translate), file=sys.stderr)
    lines = []
    for report in reports:
        lines.append(_("{name} {version} is installed.").format(name=report.name, version=report.after))
        if report.restart:
            lines[-1] = _("Restart the computer to finish the installation of {name}.").format(
                name=report.name
            )
        if report.goes_on:
            lines[-1] = translate(SETUP_GOES_ON).format(name=report.name, version=report.after)
    show(options, report_as_json(reports, failures), lines)
    if failures:
        return REFUSED
    return GOES_ON if any(report.goes_on for report in reports) else 0


class Teller:
    """Says on standard error what is done now, once a phase; and the share of a download every tenth."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._said = ""

    def __call__(self, progress: Progress) -> None:
        if progress.phase not in PHASES:
            return
        words = translate(PHASES[progress.phase])
        if progress.phase is Phase.DOWNLOADING:
            words = f"{words}, {int(progress.fraction * 10) * 10} %"
        if words != self._said:
            self._said = words
            print(f"{self._name}: {words}", file=sys.stderr, flush=True)
