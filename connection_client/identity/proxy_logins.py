# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Names and passwords for proxies: in the key store, or in this process while there is none that opens."""

from connection_client.domain.accounts import Keeping
from connection_client.domain.key_store_errors import KeyStoreError
from connection_client.domain.proxies import ProxyLogin
from connection_client.identity.ports import SecretStore
from connection_client.identity.refresh_tokens import RefreshTokens


class ProxyLogins:
    """Keyed by the proxy's host and port, as the message that asks for them names it."""

    def __init__(self, store: SecretStore) -> None:
        self._secrets = RefreshTokens(store)

    def of(self, proxy: str) -> ProxyLogin | None:
        """What was kept for it; None also where the key store does not open: the proxy then asks again."""
        try:
            kept = self._secrets.get(_name(proxy))
        except KeyStoreError:
            return None
        name, colon, password = (kept or "").partition(":")
        return ProxyLogin(name, password) if colon else None

    def keep(self, proxy: str, login: ProxyLogin) -> Keeping:
        """Keep it as well as this computer can, and say where."""
        return self._secrets.keep(_name(proxy), f"{login.name}:{login.password}")[0]

    def forget(self, proxy: str) -> None:
        """Forget it; raises KeyStoreLocked."""
        self._secrets.drop(_name(proxy))


def _name(proxy: str) -> str:
    return f"proxy {proxy.casefold()}"
