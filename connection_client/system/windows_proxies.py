# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The proxy that Windows has set, automatic configuration files included: asked of WinHTTP, which runs them.

The environment and fixed proxies of the registry come first: they cost nothing to ask.
"""

import ctypes
import re
import sys
import threading
import time
from collections.abc import Callable
from ctypes import wintypes
from urllib.parse import urlsplit

from connection_client.domain.proxies import ProxyLookup
from connection_client.system.windows_registry import Branch, values_of

KEPT_SECONDS = 60.0
_SETTINGS = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
_NO_PROXY, _NAMED_PROXY = 1, 3
_DETECT, _CONFIGURATION = 0x1, 0x2
_BY_DHCP_AND_DNS = 0x3


class _Configuration(ctypes.Structure):
    """WINHTTP_CURRENT_USER_IE_PROXY_CONFIG."""

    _fields_ = (
        ("detects", wintypes.BOOL),
        ("file", ctypes.c_wchar_p),
        ("proxy", ctypes.c_wchar_p),
        ("bypass", ctypes.c_wchar_p),
    )


class _Options(ctypes.Structure):
    """WINHTTP_AUTOPROXY_OPTIONS."""

    _fields_ = (
        ("flags", wintypes.DWORD),
        ("detection", wintypes.DWORD),
        ("file", ctypes.c_wchar_p),
        ("reserved", ctypes.c_void_p),
        ("reserved_too", wintypes.DWORD),
        ("logs_on", wintypes.BOOL),
    )


class _Answer(ctypes.Structure):
    """WINHTTP_PROXY_INFO."""

    _fields_ = (("access", wintypes.DWORD), ("proxy", ctypes.c_wchar_p), ("bypass", ctypes.c_wchar_p))


class WindowsProxies:
    """Implements ProxyLookup; safe for several threads. An answer of a file holds for a minute."""

    def __init__(self, fixed: ProxyLookup, clock: Callable[[], float] = time.monotonic) -> None:
        self._fixed, self._clock = fixed, clock
        self._kept: dict[str, tuple[float, str]] = {}
        self._lock = threading.Lock()

    def __call__(self, url: str) -> str:
        """The proxy of an address; "" for none."""
        fixed = self._fixed(url)
        if fixed:
            return fixed
        parts = urlsplit(url)
        server = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"  # the path is nobody's business
        with self._lock:
            until, proxy = self._kept.get(server, (0.0, ""))
            if self._clock() >= until:
                proxy = first_of(_told_by_file(server))
                self._kept[server] = (self._clock() + KEPT_SECONDS, proxy)
            return proxy


def first_of(answer: str) -> str:
    """The first proxy of a list such as `proxy:3128;other:80` or `http=proxy:3128`."""
    words = [word for word in re.split(r"[;\s]+", answer) if word]
    first = words[0].rpartition("=")[2] if words else ""
    return first if "://" in first or not first else f"http://{first}"


def _told_by_file(url: str) -> str:
    """What the configuration file that Windows names, or finds in the network, says for an address."""
    if sys.platform == "win32":
        http = ctypes.WinDLL("winhttp")
        configuration = _Configuration()
        known = http.WinHttpGetIEProxyConfigForCurrentUser(ctypes.byref(configuration))
        # Group Policy writes the plain value; Windows' own dialog keeps it as well.
        file = values_of(Branch("HKCU", 64), _SETTINGS).get("autoconfigurl") or configuration.file
        options = _Options(logs_on=True)
        if isinstance(file, str):
            options.flags, options.file = _CONFIGURATION, file
        elif known and configuration.detects:
            options.flags, options.detection = _DETECT, _BY_DHCP_AND_DNS
        else:
            return ""
        return _asked(http, url, options)
    return ""


if sys.platform == "win32":

    def _asked(http: ctypes.WinDLL, url: str, options: _Options) -> str:
        http.WinHttpOpen.restype = ctypes.c_void_p
        session = ctypes.c_void_p(http.WinHttpOpen("connection-client", _NO_PROXY, None, None, 0))
        answer = _Answer()
        try:
            told = http.WinHttpGetProxyForUrl(
                session, ctypes.c_wchar_p(url), ctypes.byref(options), ctypes.byref(answer)
            )
        finally:
            http.WinHttpCloseHandle(session)
        return (answer.proxy or "") if told and answer.access == _NAMED_PROXY else ""
