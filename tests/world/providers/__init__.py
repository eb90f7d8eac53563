# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""OpenID providers that others wrote, each run on loopback with one known person."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.world.processes import announcing, end
from tests.world.providers.person import Person, sign_in_with_form
from tests.world.session import home_environment

__all__ = [
    "NODE_FOLDER",
    "Person",
    "Provider",
    "canaille",
    "oidc_provider",
    "openid_client",
    "sign_in_with_form",
]

NODE_FOLDER = Path(__file__).parent / "oidc_provider"
# Debian's Node 18 keeps the web's cryptography behind a switch; newer ones take the switch and do nothing.
NODE = ("node", "--experimental-global-webcrypto")
USER, NAME, PASSWORD = "jane.doe@firm.example", "Jane Doe", "quiet-orchard-52"


@dataclass(frozen=True)
class Provider:
    """A running provider; `loopback_port` is 0 where the way back may use any port."""

    issuer: str
    user: str = USER
    name: str = NAME
    password: str = PASSWORD
    client_id: str = "connection-client"
    client_secret: str = ""
    loopback_port: int = 0


@contextmanager
def oidc_provider(
    folder: Path,
    *,
    access_seconds: int = 600,
    refresh_seconds: int = 86_400,
    user: str = USER,
    web_redirect: str = "",
    web_secret: str = "",
) -> Iterator[Provider]:
    """The strict provider of npm: rotates refresh tokens and revokes the family of one used twice.

    With `web_redirect` it also serves a web application, the client `connect-center`.
    """
    arguments = [
        *NODE,
        str(NODE_FOLDER / "provider.mjs"),
        "--announce={fd}",
        f"--user={user}",
        f"--name={NAME}",
        f"--password={PASSWORD}",
        f"--access-seconds={access_seconds}",
        f"--refresh-seconds={refresh_seconds}",
        *([f"--web-redirect={web_redirect}", f"--web-secret={web_secret}"] if web_redirect else []),
    ]
    with announcing(arguments, home_environment(folder), folder / "oidc-provider.log") as (_, issuer):
        yield Provider(issuer, user)


@contextmanager
def canaille(folder: Path) -> Iterator[Provider]:
    """Canaille: one fixed port for the way back, a client secret, no scope for offline access."""
    from tests.world.providers.canaille_server import CLIENT_SECRET

    port = free_port()
    redirect = f"http://127.0.0.1:{port}/callback"
    module = "tests.world.providers.canaille_server"
    arguments = [sys.executable, "-m", module, "{fd}", redirect, USER, NAME, PASSWORD]
    with announcing(arguments, home_environment(folder), folder / "canaille.log") as (_, issuer):
        yield Provider(issuer, client_secret=CLIENT_SECRET, loopback_port=port)


@contextmanager
def openid_client(folder: Path, issuer: str, *options: str) -> Iterator["IndependentClient"]:
    """The npm library openid-client at work; see `client.mjs` for its options."""
    arguments = [*NODE, str(NODE_FOLDER / "client.mjs"), issuer, *options]
    process = subprocess.Popen(
        arguments,
        env=home_environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield IndependentClient(process)
    finally:
        end(process)
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()


class IndependentClient:
    """A client of somebody else that speaks in lines of JSON."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def says(self) -> dict[str, object]:
        """Its next line."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the independent client ended without a word; its complaint stands above"
        said: dict[str, object] = json.loads(line)
        return said

    def hears(self, line: str) -> None:
        """Tell it where the browser came back."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
