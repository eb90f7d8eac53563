# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The one HTTP client: limits, trust, proxies, sign-in walls, and errors in our words."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from connection_client.backend.addresses import origin_of
from connection_client.backend.http import Answer, ask, open_client
from connection_client.domain.errors import (
    CaptivePortal,
    CenterAnswersNonsense,
    CenterUnreachable,
    CertificateNotTrusted,
    ProxyWantsPassword,
)
from connection_client.domain.settings import LANGUAGE, PROXY
from connection_client.storage.settings import SettingsFile

FAR = "http://center.example/api"  # asked through the server of the test as a proxy


class Server(ThreadingHTTPServer):
    """Gives each request the answer that the test laid out."""

    daemon_threads = True
    block_on_close = False
    status = 200
    reply_headers: dict[str, str]
    body = b"{}"
    seen: list[dict[str, str]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.seen.append(dict(self.headers.items()))
        self.send_response(self.server.status)
        for name, value in self.server.reply_headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_CONNECT = do_GET  # noqa: N815  # http.server's own name

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.reply_headers, server.seen = {"Content-Type": "application/json"}, []
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SettingsFile:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return SettingsFile(tmp_path, tmp_path / "policy.json")


def get(settings: SettingsFile, address: str, limit: int = 10_000) -> Answer:
    with open_client(settings) as client:
        return ask(client, "GET", address, limit=limit)


def test_an_answer_comes_whole_with_the_servers_clock(settings: SettingsFile, server: Server) -> None:
    server.body = b'{"a": 1}'
    settings.set(LANGUAGE, "pt_BR")
    answer = get(settings, server.address)
    assert (answer.status, answer.json()) == (200, {"a": 1})
    assert answer.date is not None
    assert abs(answer.date - datetime.now(UTC)) < timedelta(seconds=5)
    assert server.seen[0]["User-Agent"].startswith("connection-client/")
    assert server.seen[0]["Accept-Language"] == "pt-BR"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 5000])
def test_what_is_no_json_object_is_nonsense(settings: SettingsFile, server: Server, body: bytes) -> None:
    server.body = body
    with pytest.raises(CenterAnswersNonsense):
        get(settings, server.address).json()


def test_a_large_answer_is_cut_off(settings: SettingsFile, server: Server) -> None:
    server.body = b" " * 20_000
    with pytest.raises(CenterAnswersNonsense, match="too large"):
        get(settings, server.address)


def test_a_page_instead_of_json_is_nonsense_here_and_a_wall_out_there(
    settings: SettingsFile, server: Server
) -> None:
    server.reply_headers = {"Content-Type": "text/html; charset=utf-8"}
    with pytest.raises(CenterAnswersNonsense, match="web page"):
        get(settings, server.address)
    settings.set(PROXY, server.address)
    with pytest.raises(CaptivePortal):
        get(settings, FAR)


@pytest.mark.parametrize(
    ("status", "location", "error"),
    [
        (302, "http://login.hotel.example/", CaptivePortal),
        (307, "/somewhere", CenterAnswersNonsense),
        (511, "", CaptivePortal),
        (503, "", CenterUnreachable),
        (500, "", CenterUnreachable),
    ],
)
def test_answers_that_mean_something_else(
    settings: SettingsFile, server: Server, status: int, location: str, error: type[Exception]
) -> None:
    server.status = status
    server.reply_headers = {"Location": location} if location else {}
    with pytest.raises(error):
        get(settings, server.address)
    assert len(server.seen) == 1


def test_a_refusal_is_left_to_the_caller(settings: SettingsFile, server: Server) -> None:
    server.status, server.body = 403, b'{"role": "x"}'
    assert get(settings, server.address).json() == {"role": "x"}


def test_the_proxy_is_used_but_never_for_this_computer(settings: SettingsFile, server: Server) -> None:
    settings.set(PROXY, server.address)
    assert get(settings, FAR).status == 200
    assert server.seen[-1]["Host"] == "center.example"
    settings.set(PROXY, "http://127.0.0.1:9")
    assert get(settings, server.address).status == 200


@pytest.mark.parametrize("address", [FAR, "https://center.example/api"])
def test_a_proxy_that_wants_a_password_is_named(settings: SettingsFile, server: Server, address: str) -> None:
    server.status = 407
    settings.set(PROXY, server.address)
    with pytest.raises(ProxyWantsPassword) as caught:
        get(settings, address)
    assert caught.value.facts["host"] == server.address.removeprefix("http://")


def test_nobody_there_and_no_such_name_are_told_apart(settings: SettingsFile) -> None:
    with pytest.raises(CenterUnreachable, match="nothing answers"):
        get(settings, "http://127.0.0.1:9/")
    with pytest.raises(CenterUnreachable, match="not known"):
        get(settings, "https://nowhere.invalid/")


def test_an_untrusted_certificate_is_named_and_nothing_is_sent(
    settings: SettingsFile, tmp_path: Path
) -> None:
    with serving(_context(tmp_path)) as server:
        with pytest.raises(CertificateNotTrusted) as caught:
            get(settings, server.address.replace("http", "https"))
        assert caught.value.facts["issuer"] == "Firm Inspection Authority"
        assert server.seen == []


def test_the_systems_trust_is_ours(
    settings: SettingsFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(_context(tmp_path)) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        assert get(settings, server.address.replace("http", "https")).status == 200


def test_an_address_that_cannot_be_read_is_nonsense(settings: SettingsFile) -> None:
    with pytest.raises(CenterAnswersNonsense):
        get(settings, "https://nul\x00.example/")


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin_of("https://A.example/x") == origin_of("https://a.example:443/y")
    assert (
        len({origin_of(f"{a}.example/") for a in ("https://a", "http://a", "https://b", "https://x@b.a")})
        == 4
    )


def test_redirects_are_never_followed(settings: SettingsFile) -> None:
    with open_client(settings) as client:
        assert client.follow_redirects is False
        assert isinstance(client.timeout, httpx.Timeout)
        assert client.timeout.connect is not None


def _context(folder: Path) -> ssl.SSLContext:
    """A server's context with a certificate that a firm's inspection might show."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Firm Inspection Authority")])
    now = datetime.now(UTC)
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(addresses, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context
