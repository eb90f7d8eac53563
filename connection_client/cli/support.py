# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command that files a service request, with a diagnostics file that the person has looked into."""

import argparse
import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from connection_client.cli.output import add_command, problem, show
from connection_client.cli.products import look, named
from connection_client.domain.errors import FileNotReadable, NotSignedIn
from connection_client.domain.language import N_, _, translate
from connection_client.domain.service_requests import LONGEST_SUBJECT, LONGEST_TEXT, ServiceRequest
from connection_client.domain.settings_errors import SettingNotAccepted
from connection_client.domain.texts import explain
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands

WITHOUT_BUNDLE = 3


def register(commands: "Commands") -> None:
    """Add the command."""
    text = _("File a service request; what does not work is read from standard input.")
    command = add_command(commands, "service-request", text, run_service_request)
    command.add_argument("subject", help=_("what it is about, in a few words"))
    command.add_argument("--product", metavar="ID", default="", help=_("an id that products shows"))
    command.add_argument(
        "--diagnostics", metavar="FILE", type=Path, help=_("send this file along that diagnostics wrote")
    )


def run_service_request(rooms: Rooms, options: argparse.Namespace) -> int:
    """3 also where the request was filed, but without its diagnostics."""
    if rooms.session.restore().account is None:
        raise NotSignedIn
    product, version = _about(rooms, options.product)
    bundle = _bundle(options.diagnostics) if options.diagnostics is not None else b""
    subject = _checked("subject", options.subject, LONGEST_SUBJECT)
    if sys.stdin.isatty():
        print(_("What does not work? End with an empty line and Ctrl+D."), file=sys.stderr, flush=True)
    text = _checked("text", sys.stdin.read(), LONGEST_TEXT)
    filed = rooms.support.send(ServiceRequest(subject, text, product, version, bundle))
    said = _("Service request {number} is filed. The answer comes by mail.")
    if filed.problem is not None:
        said = _("Service request {number} is filed, but without the diagnostics. {problem}")
    told = explain(filed.problem, translate) if filed.problem is not None else ""
    value = {"number": filed.number, "url": filed.url, "problem": problem(filed.problem)}
    show(options, value, [said.format(number=filed.number, problem=told), filed.url])
    return 0 if filed.problem is None else WITHOUT_BUNDLE


def _about(rooms: Rooms, product_id: str) -> tuple[str, str]:
    if not product_id:
        return "", ""
    row = named(look(rooms, offline=True), product_id)
    return row.product_id, row.installed.version_text if row.installed is not None else ""


def _checked(key: str, text: str, longest: int) -> str:
    said = text.strip()
    if not 0 < len(said) <= longest:
        allowed = N_("a text, and not a longer one than the Center keeps")
        raise SettingNotAccepted(key=key, value=f"{said[:40]}…" if said[40:] else said, allowed=allowed)
    return said


def _bundle(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileNotReadable(filename=str(path), reason=error.strerror or "") from error
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise FileNotReadable(filename=str(path), reason=N_("it is no file that diagnostics wrote"))
    return content
