# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A large package from nginx over http and https, verified, beside `curl` and `sha256sum` in the same run."""

import hashlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connection_client.backend.downloads import RangeDownloads
from connection_client.backend.http import open_client
from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.progress import Progress
from connection_client.storage.settings import SettingsFile
from tests.bench.evaluate import peak_mb
from tests.bench.figures import Figure
from tests.world.authority import Authority
from tests.world.processes import end, start
from tests.world.waiting import wait_until

_MEGABYTES = 1024
_ROUNDS = 3
_BAR_MB = 90.0
_NGINX = """
daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; sendfile on; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{plain}; listen 127.0.0.1:{tls} ssl; server_name localhost; root {folder}/site;
    ssl_certificate {certificate}; ssl_certificate_key {certificate};
  }}
}}
"""


def measure(megabytes: int = _MEGABYTES) -> list[Figure]:
    """Medians of interleaved rounds, so that a busy moment meets both alike."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/var/tmp") as name:  # /tmp may be memory
        folder = Path(name)
        package = _publish(folder / "site", megabytes)
        authority = Authority(folder / "authority", "Benchmark authority")
        with _nginx(folder, authority.issue("localhost")) as addresses:
            environment = {**os.environ, "SSL_CERT_FILE": str(authority.certificate)}
            return [
                figure
                for address in addresses
                for figure in _compare(folder, package, address, environment, authority.certificate)
            ]


def _compare(
    folder: Path, package: Package, address: str, environment: dict[str, str], certificate: Path
) -> list[Figure]:
    seconds: dict[str, list[float]] = {"ours": [], "floor": []}
    peaks: list[float] = []
    for _ in range(_ROUNDS):
        told = _ours(folder, package, address, environment)
        seconds["ours"].append(told["seconds"])
        peaks.append(told["mb"])
        seconds["floor"].append(_floor(folder, package, address, certificate))
    scheme = address.partition(":")[0]
    ours, floor = (statistics.median(seconds[who]) * 1000 for who in ("ours", "floor"))
    name = f"download of {package.length >> 20:,} MB over {scheme}"
    return [
        Figure(name, ours, floor, "ms", "curl, then sha256sum", 1.0),
        Figure(f"{name}, peak", max(peaks), _BAR_MB, "MB", "what is asked for, of any length", 1.0),
    ]


def _publish(site: Path, megabytes: int) -> Package:
    file = site / "delivery/files/large.deb"
    file.parent.mkdir(parents=True)
    digest = hashlib.sha256()
    with file.open("wb") as writing:
        for _ in range(megabytes):
            block = os.urandom(1 << 20)
            digest.update(block)
            writing.write(block)
    return Package(
        os="linux",
        architecture="any",
        path="large.deb",
        filename="large.deb",
        length=megabytes << 20,
        sha256=digest.hexdigest(),
        install=InstallRecipe("deb"),
    )


@contextmanager
def _nginx(folder: Path, certificate: Path) -> Iterator[tuple[str, str]]:
    plain, tls = _free_port(), _free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(_NGINX.format(folder=folder, certificate=certificate, plain=plain, tls=tls))
    # Debian keeps it where only root looks for programs.
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise RuntimeError("nginx is missing; ./run installs it")
    command = [program, "-c", str(configuration), "-p", str(folder), "-e", str(folder / "error.log")]
    process = start(command, os.environ, folder / "nginx.log")
    try:
        wait_until(lambda: _listens(plain) and _listens(tls), 10, "nginx did not start")
        yield f"http://localhost:{plain}", f"https://localhost:{tls}"
    finally:
        end(process)


def _listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def _floor(folder: Path, package: Package, address: str, certificate: Path) -> float:
    target = folder / "floor.deb"
    url = f"{address}/delivery/files/{package.path}"
    began = time.monotonic()
    subprocess.run(
        ["curl", "--silent", "--fail", "--cacert", str(certificate), "--output", str(target), url], check=True
    )
    told = subprocess.run(["sha256sum", str(target)], check=True, capture_output=True, text=True).stdout
    taken = time.monotonic() - began
    assert told.startswith(package.sha256)
    target.unlink()
    return taken


def _ours(folder: Path, package: Package, address: str, environment: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, "-c", "from tests.bench import download; download.child()"]
    words = [str(folder / "client"), address, str(package.length), package.sha256]
    told = subprocess.run([*command, *words], check=True, capture_output=True, env=environment).stdout
    answer: dict[str, float] = json.loads(told)
    return answer


def child() -> None:
    """Download as the client does, in a process of its own; print seconds and the peak in MB."""
    folder, address, length, sha256 = Path(sys.argv[1]), *sys.argv[2:]
    package = Package("linux", "any", "large.deb", "large.deb", int(length), sha256, InstallRecipe("deb"))
    folder.mkdir(exist_ok=True)
    with open_client(SettingsFile(folder)) as client:
        downloads = RangeDownloads(client, lambda: address, folder / "downloads", lambda: "")
        told: list[Progress] = []
        began = time.monotonic()
        with downloads.fetch(package, told.append, threading.Event()):
            taken = time.monotonic() - began
        downloads.discard(package)
    print(json.dumps({"seconds": taken, "mb": peak_mb()}))


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])
