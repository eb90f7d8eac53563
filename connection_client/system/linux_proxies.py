# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The proxy that the desktop has set, automatic configuration files included: asked of the desktop's portal.

GNOME, KDE and others answer `org.freedesktop.portal.ProxyResolver`; it resolves PAC files for us. The
environment's own proxies come first, as everywhere on Linux.
"""

import logging
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.request import getproxies

from connection_client.domain.proxies import ProxyLookup

_LOG = logging.getLogger(__name__)
ANSWER_SECONDS = 3.0
KEPT_SECONDS = 60.0
_PATH, _NAME = "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Desktop"
_INTERFACE = "org.freedesktop.portal.ProxyResolver"


class DesktopProxies:
    """Implements ProxyLookup; safe for several threads. An answer holds for a minute."""

    def __init__(self, environment: ProxyLookup, clock: Callable[[], float] = time.monotonic) -> None:
        self._environment, self._clock = environment, clock
        self._kept: dict[str, tuple[float, str]] = {}
        self._lock = threading.Lock()

    def __call__(self, url: str) -> str:
        """The proxy of an address; "" for none, or where no desktop answers."""
        if getproxies():
            return self._environment(url)
        parts = urlsplit(url)
        server = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"  # the path is nobody's business
        with self._lock:
            until, proxy = self._kept.get(server, (0.0, ""))
            if self._clock() >= until:
                proxy = _first_usable(_asked(server))
                self._kept[server] = (self._clock() + KEPT_SECONDS, proxy)
            return proxy


def _first_usable(answers: tuple[str, ...]) -> str:
    for answer in answers:
        scheme = urlsplit(answer).scheme
        if scheme == "direct":
            return ""
        if scheme in ("http", "https"):
            return answer.rstrip("/")
    return ""


def _asked(server: str) -> tuple[str, ...]:
    """The portal's answer, in its order of preference; it is not started for this question."""
    from jeepney import DBusAddress, MessageFlag, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    portal = DBusAddress(_PATH, bus_name=_NAME, interface=_INTERFACE)
    question = new_method_call(portal, "Lookup", "s", (server,))
    question.header.flags |= MessageFlag.no_auto_start
    try:
        with open_dbus_connection(bus="SESSION") as bus:
            body = bus.send_and_get_reply(question, timeout=ANSWER_SECONDS).body
        return tuple(str(answer) for answer in body[0]) if isinstance(body[0], list) else ()
    except Exception as error:  # noqa: BLE001  # no bus, no portal, no answer: there is no such proxy
        _LOG.info("no word of the desktop's proxies: %r", error)
        return ()
