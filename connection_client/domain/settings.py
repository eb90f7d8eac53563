# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every setting, declared once: storage, policies, the command line and the window read this list.

Secrets are not settings. A value comes from the default, from the person, or from a policy of the
organisation, which locks it; the later one wins.
"""

from pathlib import Path
from typing import TypeAlias

from connection_client.domain.language import N_
from connection_client.domain.setting import (
    Choice,
    Number,
    Setting,
    center,
    domain,
    flag,
    issuer,
    path,
    proxy,
    text,
)
from connection_client.domain.update_settings import (
    BANDWIDTH_LIMIT,
    CHANNEL,
    CHECK_HOURS,
    MIRROR,
    SELF_UPDATE,
    UPDATE_MODE,
    UPDATE_RING,
)


def _yes(key: str, title: str, what: str) -> Setting[bool]:
    return Setting(key, True, title, what, N_("yes or no"), flag)  # noqa: FBT003  # a default


CENTER_URL = Setting(
    "center_url",
    "",
    N_("CONNECT Center"),
    N_("The address of the CONNECT Center."),
    N_("an https address"),
    center,
)
TRUSTED_ROOT: Setting[Path | None] = Setting(
    "trusted_root",
    None,
    N_("First trusted keys"),
    N_("The file with the first trusted keys of the list of applications; empty: the one that was shipped."),
    N_("an absolute path"),
    path,
)
ORGANISATION = Setting(
    "organisation",
    "",
    N_("Organisation"),
    N_("The organisation that this computer belongs to; the sign-in names it."),
    N_("a name"),
    text,
)
EMAIL = Setting(
    "email",
    "",
    N_("E-mail address"),
    N_("The e-mail address that is filled in."),
    N_("an e-mail address"),
    text,
)
EMAIL_DOMAIN = Setting(
    "email_domain",
    "",
    N_("Domain of e-mail addresses"),
    N_("What completes an e-mail address that was typed up to the @; empty: nothing."),
    N_("a domain such as firm.com"),
    domain,
)
ISSUER = Setting(
    "issuer",
    "",
    N_("OpenID provider"),
    N_("The OpenID provider of every sign-in on this computer; empty: the Center says which one."),
    N_("an https address"),
    issuer,
)
LANGUAGE = Setting(
    "language",
    "",
    N_("Language"),
    N_("Language of windows, notices and commands; empty: as the system has it."),
    N_("a code such as de"),
    text,
)
THEME = Setting(
    "theme",
    "system",
    N_("Appearance"),
    N_("Light, dark, or as the system has it."),
    N_("system, light or dark"),
    Choice(("system", "light", "dark"), (N_("As the system"), N_("Light"), N_("Dark"))),
)
AUTOSTART = _yes("autostart", N_("Start with the session"), N_("Start with the session."))
NOTIFY_UPDATES = _yes("notify_updates", N_("Notices of updates"), N_("A notice when updates are available."))
NOTIFY_RESULTS = _yes(
    "notify_results",
    N_("Notices of installations"),
    N_("A notice when an installation has ended while the window was closed."),
)
NOTIFY_SIGN_IN = _yes(
    "notify_sign_in",
    N_("Notices of the sign-in"),
    N_("A notice when the sign-in has ended."),
)
PROXY = Setting(
    "proxy",
    "",
    N_("Proxy"),
    N_("Address of the proxy; empty: as the system has it."),
    N_("an address such as http://proxy:3128"),
    proxy,
)
AUTHORITY_FILE: Setting[Path | None] = Setting(
    "authority_file",
    None,
    N_("Certificate authorities"),
    N_("A PEM file with authorities that are trusted besides those of the system; empty: none."),
    N_("an absolute path"),
    path,
)
CLIENT_ID = Setting(
    "client_id",
    "connection-client",
    N_("Client name"),
    N_("The name under which the provider knows this client."),
    N_("a name"),
    text,
)
# What every copy of a program holds is no secret (RFC 8252, section 8.5), but some providers insist on one.
CLIENT_SECRET = Setting(
    "client_secret",
    "",
    N_("Client secret"),
    N_("The client secret, for a provider that hands one to installed programs; empty: none."),
    N_("the text that the provider gave"),
    text,
)
LOOPBACK_PORT = Setting(
    "loopback_port",
    0,
    N_("Port for the sign-in"),
    N_("The port to which the browser returns after the sign-in; 0: any free one."),
    N_("a number from 0 to 65535"),
    Number(0, 65_535),
)
NOTIFY_LICENCES = _yes(
    "notify_licences",
    N_("Notices of licences"),
    N_("A notice when a licence will need the Center soon."),
)
NOTIFY_MESSAGES = _yes(
    "notify_messages",
    N_("Notices of messages"),
    N_("A notice when CONNECT Center has a message; critical ones are shown all the same."),
)
# There is none to switch on: the setting lets an organisation write down that it stays so.
TELEMETRY = Setting(
    "telemetry",
    "off",
    N_("Telemetry"),
    N_("This version has no telemetry: nothing is sent, and there is nothing that could be switched on."),
    N_("off"),
    Choice(("off",), (N_("Off"),)),
)

AnySetting: TypeAlias = Setting[str | int | bool | Path | None]

SETTINGS: tuple[AnySetting, ...] = (
    CENTER_URL,
    TRUSTED_ROOT,
    ORGANISATION,
    EMAIL,
    EMAIL_DOMAIN,
    ISSUER,
    LANGUAGE,
    THEME,
    AUTOSTART,
    NOTIFY_UPDATES,
    NOTIFY_RESULTS,
    NOTIFY_SIGN_IN,
    NOTIFY_LICENCES,
    NOTIFY_MESSAGES,
    UPDATE_MODE,
    SELF_UPDATE,
    CHECK_HOURS,
    BANDWIDTH_LIMIT,
    UPDATE_RING,
    CHANNEL,
    MIRROR,
    PROXY,
    AUTHORITY_FILE,
    CLIENT_ID,
    CLIENT_SECRET,
    LOOPBACK_PORT,
    TELEMETRY,
)
