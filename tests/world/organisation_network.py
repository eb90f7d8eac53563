# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The network of an organisation: out of it leads its proxy alone, which may look into TLS."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connection_client.domain.proxies import ProxyLogin
from tests.world.authority import Authority
from tests.world.network import tls_front
from tests.world.openid_provider import LyingProvider
from tests.world.proxies import Proxy, proxy

HOST = "center.firm.example"  # where the provider is found, as the public authority says
JANE = ProxyLogin("jane", "wide-meadow 7")


@dataclass(frozen=True)
class OrganisationNetwork:
    """`firm` is the authority that looks into TLS where the network does; computers do not trust it yet."""

    proxy: Proxy
    firm: Authority
    monkeypatch: pytest.MonkeyPatch

    def trust_firm(self) -> None:
        """The organisation's authority comes into the computer's own store."""
        self.monkeypatch.setenv("SSL_CERT_FILE", str(self.firm.certificate))


@contextmanager
def organisation_network(
    provider: LyingProvider,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    credentials: str = "",
    inspecting: bool = True,
) -> Iterator[OrganisationNetwork]:
    """The provider moves to `HOST`; with `credentials` ("name:password") the proxy wants them."""
    public = Authority(folder / "public", "Public Authority")
    firm = Authority(folder / "firm", "Firm Inspection Authority")
    port_behind = urlsplit(provider.issuer).port or 0
    provider.issuer = f"https://{HOST}"
    monkeypatch.setenv("SSL_CERT_FILE", str(public.certificate))
    looks = {"inspecting": firm, "trusting": public} if inspecting else {}
    with (
        tls_front(public.issue(HOST), port_behind) as port,
        proxy(folder, {HOST: port}, credentials=credentials, **looks) as running,
    ):
        yield OrganisationNetwork(running, firm, monkeypatch)
