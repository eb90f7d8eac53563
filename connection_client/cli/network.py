# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Commands about the way out of an organisation's network: the name and the password for its proxy."""

import argparse
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from connection_client.cli.asking import typed_secret
from connection_client.cli.output import add_command, show
from connection_client.domain.accounts import Keeping
from connection_client.domain.language import N_, _, translate
from connection_client.domain.proxies import ProxyLogin
from connection_client.domain.settings import PROXY
from connection_client.domain.settings_errors import SettingNotAccepted
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands

KEPT = {
    Keeping.KEY_STORE: N_("The proxy {proxy} gets this name and password from now on."),
    Keeping.MEMORY: N_(
        "This computer's key store does not open, so nothing was kept. Unlock it and try again."
    ),
}


def register(commands: "Commands") -> None:
    """Add the commands of this group."""
    text = _("Keep the name and the password for the proxy in the key store.")
    login = add_command(commands, "proxy-login", text, run_proxy_login)
    login.add_argument("name", nargs="?", default="", help=_("the name; the password is asked for"))
    login.add_argument("--proxy", default="", help=_("host and port; without it those of the settings"))
    login.add_argument("--forget", action="store_true", help=_("remove what was kept"))


def run_proxy_login(rooms: Rooms, options: argparse.Namespace) -> int:
    """The password comes from the terminal, or as one line on standard input; never as an argument."""
    proxy = options.proxy or urlsplit(rooms.settings.get(PROXY)).netloc
    if not proxy:
        raise SettingNotAccepted(key=PROXY.key, value="", allowed=PROXY.allowed)
    if options.forget:
        rooms.proxy_logins.forget(proxy)
        text = _("The name and the password for the proxy {proxy} are forgotten.").format(proxy=proxy)
        show(options, {"proxy": proxy, "kept": False}, [text])
        return 0
    if not options.name or ":" in options.name:  # RFC 7617, section 2
        raise SettingNotAccepted(key="name", value=options.name, allowed=N_("a name without a colon"))
    password = typed_secret(_("Password for the proxy {proxy}: ").format(proxy=proxy))
    keeping = rooms.proxy_logins.keep(proxy, ProxyLogin(options.name, password))
    kept = keeping is Keeping.KEY_STORE
    show(options, {"proxy": proxy, "kept": kept}, [translate(KEPT[keeping]).format(proxy=proxy)])
    return 0 if kept else 1
