# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Commands about the person: sign-in, sign-out, status."""

import argparse
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from connection_client.cli.accounts import other_account
from connection_client.cli.output import add_command, problem, show
from connection_client.domain.accounts import (
    Account,
    Membership,
    SessionState,
    SessionStatus,
    normalised_address,
)
from connection_client.domain.errors import AddressNotReadable, NetworkError, SignInError
from connection_client.domain.language import N_, _, translate
from connection_client.domain.settings import CENTER_URL, EMAIL
from connection_client.domain.texts import explain
from connection_client.identity.device import DeviceAttempt
from connection_client.identity.qr_code import in_text, qr_code
from connection_client.identity.sign_in import BrowserAttempt
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands

MEMBERSHIPS = {
    Membership.ACTIVE: N_("{organisation}"),
    Membership.WAITING: N_("{organisation}, waiting for approval"),
    Membership.NONE: N_("no organisation yet"),
    Membership.SUSPENDED: N_("{organisation}, suspended"),
}


def register(commands: "Commands") -> None:
    """Add the commands of this group."""
    sign_in = add_command(commands, "sign-in", _("Sign in with the browser or another device."), run_sign_in)
    sign_in.add_argument(
        "email", nargs="?", default="", help=_("the e-mail address; without it the last one")
    )
    sign_in.add_argument("--device", action="store_true", help=_("show a code to type on another device"))
    leave = add_command(commands, "sign-out", _("Sign out, here and at the provider."), run_sign_out)
    leave.add_argument("email", nargs="?", default="", help=_("another account than the active one"))
    status = add_command(commands, "status", _("Say who is signed in."), run_status)
    status.add_argument("--offline", action="store_true", help=_("do not ask the Center"))


def run_sign_in(rooms: Rooms, options: argparse.Namespace) -> int:
    """Wait until the person has signed in; what to open is said on standard error."""
    email = options.email or rooms.settings.get(EMAIL)
    if not email:
        raise AddressNotReadable
    realm = rooms.sign_in.discover(email)
    attempt: BrowserAttempt | DeviceAttempt
    if options.device:
        device = attempt = rooms.sign_in.start_device(realm)
        _say(
            _("Open {address} on any device and type the code {code}.").format(
                address=device.address, code=device.user_code
            )
        )
        _show_picture(device.complete_address)
    else:
        browser = attempt = rooms.sign_in.start(realm)
        opened = _("Go on in the browser. If it shows nothing, open this address:")
        _say(opened if browser.opened else _("The browser did not open. Open this address on this computer:"))
        _say(browser.url)
    try:
        account = attempt.wait()
    except KeyboardInterrupt:
        attempt.cancel()
        raise
    show(options, _as_json(rooms, rooms.session.state), [_("Signed in as {who}.").format(who=_who(account))])
    return 0


def run_sign_out(rooms: Rooms, options: argparse.Namespace) -> int:
    """Sign out; a second time is fine."""
    active = rooms.session.restore().account
    if options.email and not (active and _is(active, options.email)):
        left = other_account(rooms, options.email)
        rooms.accounts.forget(left)
        text = _("{email} is signed out.").format(email=left.email)
        show(options, _as_json(rooms, rooms.session.state), [text])
        return 0
    rooms.session.sign_out()
    show(options, _as_json(rooms, rooms.session.state), [_("Nobody is signed in now.")])
    return 0


def run_status(rooms: Rooms, options: argparse.Namespace) -> int:
    """Say what is known; an outage is told, not an error."""
    state = rooms.session.restore()
    if state.status is SessionStatus.SIGNED_IN and not options.offline:
        with suppress(NetworkError, SignInError):
            rooms.session.refresh_account()
    state = rooms.session.state
    show(options, _as_json(rooms, state), _in_words(state))
    return 0


def _is(account: Account, email: str) -> bool:
    return normalised_address(account.email) == normalised_address(email)


def _in_words(state: SessionState) -> list[str]:
    lines = [_("Nobody is signed in.")]
    if state.account and state.status is SessionStatus.SIGNED_IN:
        account = state.account
        lines = [_("Signed in as {who}.").format(who=_who(account))]
        organisation = translate(MEMBERSHIPS[account.membership]).format(organisation=account.organisation)
        lines.append(_("Organisation: {organisation}").format(organisation=organisation))
        lines += [_("Role: {role}").format(role=role) for role in account.roles]
    if state.problem:
        lines.append(explain(state.problem, translate))
    return lines


def _as_json(rooms: Rooms, state: SessionState) -> dict[str, object]:
    account = state.account
    return {
        "status": state.status.value,
        "email": state.email or rooms.settings.get(EMAIL),
        "name": account.name if account else "",
        "organisation": account.organisation if account else "",
        "membership": account.membership.value if account else "",
        "roles": list(account.roles) if account else [],
        "may_download": account.may_download if account else False,
        "administrators": [
            {"name": person.name, "email": person.email}
            for person in (account.administrators if account else ())
        ],
        "keeping": state.keeping.value,
        "offline": state.offline,
        "problem": problem(state.problem),
        "center": rooms.settings.get(CENTER_URL),
    }


def _who(account: Account) -> str:
    return f"{account.name} <{account.email}>" if account.name else account.email


def _show_picture(address: str) -> None:
    picture = in_text(qr_code(address))
    try:
        picture.encode(sys.stderr.encoding or "ascii")
    except UnicodeEncodeError:
        return  # a terminal that cannot draw it still has the address and the code
    _say(picture)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
