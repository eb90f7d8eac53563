# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where help is found: what the Center says, or what it said last when it cannot be asked."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from urllib.parse import urlencode, urlsplit

from connection_client.domain.errors import FolderNotWritable, NetworkError
from connection_client.workspace.rooms import HelpLinks

_LONGEST_TEXT = 1500  # letters; addresses of more than some 8,000 bytes are refused by many servers
_NAMES = ("register", "forum", "service_request", "downloads", "connected")


class HelpDesk:
    """Implements the port Help; `ask` raises NetworkError, `load` gives nothing where nothing was kept."""

    def __init__(
        self,
        ask: Callable[[], Mapping[str, str]],
        load: Callable[[], object],
        keep: Callable[[Mapping[str, str]], None],
    ) -> None:
        self._ask, self._load, self._keep = ask, load, keep

    def links(self) -> HelpLinks:
        """The addresses; raises NetworkError or NoCenterConfigured where nothing is known."""
        try:
            links = self._ask()
        except NetworkError:
            kept = self._kept()
            if kept is None:
                raise
            return kept
        with suppress(FolderNotWritable):  # this answer is good all the same
            self._keep(links)
        return HelpLinks(**{name: links[name] for name in _NAMES})

    def service_request(self, product_id: str, version: str, subject: str = "", text: str = "") -> str:
        """The address of a service request with what is known filled in; a long text is cut."""
        address = self.links().service_request
        known = {"product": product_id, "version": version, "subject": subject, "text": text[:_LONGEST_TEXT]}
        query = urlencode({name: value for name, value in known.items() if value})
        if not query:
            return address
        return f"{address}{'&' if urlsplit(address).query else '?'}{query}"

    def _kept(self) -> HelpLinks | None:
        try:
            kept = self._load()
        except (OSError, ValueError):
            return None
        if not isinstance(kept, dict) or not all(_is_page(kept.get(name)) for name in _NAMES):
            return None
        return HelpLinks(**{name: kept[name] for name in _NAMES})


def _is_page(address: object) -> bool:
    return isinstance(address, str) and urlsplit(address).scheme in ("http", "https")
