# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The settings that say how updates come: whether, how often, how fast and from where."""

from connection_client.domain.language import N_
from connection_client.domain.setting import Choice, Number, Setting, channel, mirror, text

ASK, AUTOMATIC, MANAGED = "ask", "automatic", "managed"
OWN_INSTALL, OWN_NOTIFY, OWN_OFF = "install", "notify", "off"

UPDATE_MODE = Setting(
    "update_mode",
    ASK,
    N_("Updates"),
    N_(
        "Ask before an update, install it without asking while its application is closed, "
        "or leave installing to the organisation's own means."
    ),
    N_("ask, automatic or managed"),
    Choice(
        (ASK, AUTOMATIC, MANAGED),
        (N_("Ask before installing"), N_("Install without asking"), N_("Installed by the organisation")),
    ),
)
SELF_UPDATE = Setting(
    "self_update",
    OWN_INSTALL,
    N_("Updates of CONNECTION Client"),
    N_("Install them from here, only show that there is one, or do not look at them at all."),
    N_("install, notify or off"),
    Choice(
        (OWN_INSTALL, OWN_NOTIFY, OWN_OFF),
        (N_("Install from here"), N_("Only show"), N_("Do not show")),
    ),
)
CHECK_HOURS = Setting(
    "check_hours",
    4,
    N_("Hours between checks"),
    N_("Hours between two looks for updates."),
    N_("a number from 1 to 168"),
    Number(1, 168),
)
BANDWIDTH_LIMIT = Setting(
    "bandwidth_limit",
    0,
    N_("Speed limit in KiB a second"),
    N_("The most that downloads may take, in KiB a second; 0: no limit."),
    N_("a number from 0 to 10000000"),
    Number(0, 10_000_000),
)
UPDATE_RING = Setting(
    "update_ring",
    "",
    N_("Ring for updates"),
    N_("The group of computers to which this one belongs in the organisation's update policy; empty: none."),
    N_("a name"),
    text,
)
CHANNEL = Setting(
    "channel",
    "",
    N_("Channel of updates"),
    N_("A channel whose releases are offered besides the stable ones, such as preview; empty: none."),
    N_("a name of small letters, digits and hyphens"),
    channel,
)
MIRROR = Setting(
    "mirror",
    "",
    N_("Mirror of packages"),
    N_("Where packages are looked for before the Center is asked; what lies there must be what was signed."),
    N_("an absolute path of a folder, or an http or https address"),
    mirror,
)
