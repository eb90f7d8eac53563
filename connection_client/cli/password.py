# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command behind "Forgot your password": a code by mail, then a new password, the first one too."""

import argparse
import sys
from typing import TYPE_CHECKING

from connection_client.cli.asking import typed_secret
from connection_client.cli.output import add_command, show
from connection_client.domain.errors import (
    AddressNotReadable,
    CodeNotAccepted,
    NetworkError,
    PasswordNotAccepted,
)
from connection_client.domain.language import _, ngettext, translate
from connection_client.domain.settings import EMAIL
from connection_client.domain.texts import explain
from connection_client.identity.password import ResetRequest
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    text = _("Create a password, the first one or a new one, with a code that comes by mail.")
    command = add_command(commands, "reset-password", text, run_reset_password)
    command.add_argument(
        "email", nargs="?", default="", help=_("the e-mail address; without it the last one")
    )


def run_reset_password(rooms: Rooms, options: argparse.Namespace) -> int:
    """Code and password are typed unseen, or come as two lines on standard input; never as arguments."""
    email = options.email or rooms.settings.get(EMAIL)
    if not email:
        raise AddressNotReadable
    request = rooms.password.request(email)
    text = _(
        "If {email} is registered, a code is on its way to it. "
        "That can take a minute; look among unwanted mail too."
    )
    _say(text.format(email=request.email))
    code = _accepted_code(rooms, request)
    _say_rules(rooms)
    _set(rooms, request, code)
    said = _("The new password for {email} holds from now on. Sign in with it: connection-client sign-in.")
    show(options, {"email": request.email, "changed": True}, [said.format(email=request.email)])
    return 0


def _accepted_code(rooms: Rooms, request: ResetRequest) -> str:
    """A person at a terminal may mistype; the Center ends that after some tries."""
    while True:
        code = typed_secret(_("Code from the mail (it is not shown): "))
        try:
            rooms.password.check(request, code)
        except CodeNotAccepted as error:
            if not sys.stdin.isatty():
                raise
            _say(explain(error, translate))
        else:
            return code


def _set(rooms: Rooms, request: ResetRequest, code: str) -> None:
    while True:
        password = typed_secret(_("New password (it is not shown): "))
        if sys.stdin.isatty() and typed_secret(_("The same again: ")) != password:
            _say(_("The two are not the same. Nothing was changed. Type it anew."))
            continue
        try:
            rooms.password.set(request, code, password)
        except PasswordNotAccepted as error:
            if not sys.stdin.isatty():
                raise
            _say(explain(error, translate))
        else:
            return


def _say_rules(rooms: Rooms) -> None:
    try:
        rules = rooms.password.rules()
    except NetworkError:
        return  # they are told again where the password does not fit
    text = ngettext("At least {count} character", "At least {count} characters", rules.minimum_length)
    for sentence in (text.format(count=rules.minimum_length), *rules.sentences):
        _say(f"  {sentence}")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
