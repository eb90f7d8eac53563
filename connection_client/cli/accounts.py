# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Commands about several accounts on one computer: list them, make another one active."""

import argparse
from typing import TYPE_CHECKING

from connection_client.cli.output import add_command, show
from connection_client.domain.accounts import Account, Device, normalised_address
from connection_client.domain.errors import AccountNotKnown
from connection_client.domain.language import _
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands


def register(commands: "Commands") -> None:
    """Add the commands of this group."""
    add_command(
        commands, "accounts", _("List the accounts that are signed in on this computer."), run_accounts
    )
    devices = add_command(
        commands, "devices", _("List the computers on which you are signed in."), run_devices
    )
    devices.add_argument("--sign-out", metavar="ID", default="", help=_("sign this one out"))
    switch = add_command(commands, "switch", _("Make another signed-in account the active one."), run_switch)
    switch.add_argument("email", help=_("the e-mail address of the account"))


def run_devices(rooms: Rooms, options: argparse.Namespace) -> int:
    """The device used last first; the Center says what it knows."""
    rooms.session.restore()
    listed = rooms.devices.listed()
    if options.sign_out:
        for device in listed:
            if device.id == options.sign_out:
                rooms.devices.sign_out(device)
        listed = tuple(device for device in listed if device.id != options.sign_out)
    lines = [f"{'*' if device.current else ' '} {device.id}  {_device(device)}" for device in listed]
    value = [
        {
            "id": device.id,
            "name": device.name,
            "used_at": device.used_at.isoformat(),
            "current": device.current,
        }
        for device in listed
    ]
    show(options, value, lines or [_("The Center lists no devices.")])
    return 0


def _device(device: Device) -> str:
    name = device.name or _("a computer without a name")
    return _("{name}, last used {day}").format(name=name, day=device.used_at.astimezone().date().isoformat())


def run_accounts(rooms: Rooms, options: argparse.Namespace) -> int:
    """The active one first."""
    active = rooms.session.restore().account
    listed = (*((active,) if active else ()), *rooms.accounts.listed())
    lines = [_line(account, active=account == active) for account in listed]
    value = [_as_json(account, active=account == active) for account in listed]
    show(options, value, lines or [_("Nobody is signed in.")])
    return 0


def run_switch(rooms: Rooms, options: argparse.Namespace) -> int:
    """No password is asked for, and no network is needed."""
    account = other_account(rooms, options.email)
    rooms.accounts.switch(account)
    text = _("{email} is the active account now.").format(email=account.email)
    show(options, _as_json(account, active=True), [text])
    return 0


def other_account(rooms: Rooms, email: str) -> Account:
    """The account of that address among those that are not active; raises AccountNotKnown."""
    for account in rooms.accounts.listed():
        if normalised_address(account.email) == normalised_address(email):
            return account
    raise AccountNotKnown(email=email.strip())


def _line(account: Account, *, active: bool) -> str:
    mark = "*" if active else " "
    organisation = f", {account.organisation}" if account.organisation else ""
    return f"{mark} {account.name} <{account.email}>{organisation}"


def _as_json(account: Account, *, active: bool) -> dict[str, object]:
    return {
        "active": active,
        "email": account.email,
        "name": account.name,
        "organisation": account.organisation,
        "issuer": account.issuer,
        "subject": account.subject,
    }
