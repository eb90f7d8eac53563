# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A real nginx in front of the Center sends the packages itself, to those whom the Center lets."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.center.accounts import OpenIdClient
from tests.center.test_delivery_storage import downloads, ignore, published_package
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center, running_center
from tests.world.packages import make_deb
from tests.world.processes import end, start
from tests.world.visitor import Visitor
from tests.world.waiting import wait_until

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
PATH = "survey-viewer/10.1.0.12/survey-viewer-ses_10.1.0.12_all.deb"
CONFIGURATION = """
daemon off; master_process off; error_log stderr warn; pid {folder}/nginx.pid;
events {{ }}
http {{
    access_log off; default_type application/octet-stream;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location /packages/ {{ internal; alias {packages}/; }}
        location / {{ proxy_pass {center}; proxy_set_header Host $http_host; }}
    }}
}}
"""


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENTER_ACCEL_REDIRECT", "/packages/")
        with running_center(tmp_path_factory.mktemp("center")) as center:
            folder = tmp_path_factory.mktemp("packages")
            own = make_deb(folder, "connection-client", "0.1.0", title="Client", architecture="amd64")
            deb = make_deb(folder, "survey-viewer-ses", "10.1.0.12", title="Survey Viewer SES")
            center.manage("publish", "add", str(own), "--public")
            center.manage("publish", "add", str(deb))
            yield center


@contextmanager
def nginx(folder: Path, center: Center) -> Iterator[str]:
    """Its address, with a slash at the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    text = CONFIGURATION.format(
        folder=folder, port=port, packages=center.state / "packages", center=center.address.rstrip("/")
    )
    (folder / "nginx.conf").write_text(text)
    assert NGINX is not None
    process = start([NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder)], os.environ, folder / "log")
    try:
        wait_until(lambda: _listens(port), 20, "no nginx")
        yield f"http://127.0.0.1:{port}/"
    finally:
        end(process)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_nginx_sends_what_the_center_allows(tmp_path: Path, center: Center) -> None:
    with Visitor(center) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        token = OpenIdClient(ana).sign_in().answer["access_token"]
    original = (center.state / "packages" / PATH).read_bytes()
    with nginx(tmp_path, center) as front, httpx.Client(base_url=front, trust_env=False) as client:
        assert client.get(f"packages/{PATH}").status_code == 404  # not without the Center
        address = f"delivery/files/{PATH}"
        assert client.get(address).status_code == 401
        headers = {"Authorization": f"Bearer {token}"}
        whole = client.get(address, headers=headers)
        assert (whole.status_code, whole.content) == (200, original)
        assert "X-Accel-Redirect" not in whole.headers
        part = client.get(address, headers=headers | {"Range": "bytes=8-"})
        assert (part.status_code, part.content) == (206, original[8:])
        behind = Center(center.state)
        behind.address = front
        verified = downloads(tmp_path, client, behind, token).fetch(
            published_package(center), ignore, threading.Event()
        )
        with verified.handle:
            assert verified.path.read_bytes() == original
