# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`publish` and `example` beside a running Center: clients see it at once, and refusals say why."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center, running_center
from tests.world.packages import make_deb
from tests.world.repository import fetch
from tests.world.visitor import Visitor

NAMES = {
    "survey-viewer-ses": "Survey Viewer SES",
    "mesh-viewer-ses": "Mesh Viewer SES",
    "drawing-viewer-ses": "Drawing Viewer SES",
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client, the first version of three applications, and the second one of one of them."""
    folder = tmp_path_factory.mktemp("packages")
    program = {"/usr/bin/connection-client": "#!/bin/sh\n"}
    make_deb(
        folder, "connection-client", "0.1.0", files=program, title="CONNECTION Client", architecture="amd64"
    )
    for name, title in NAMES.items():
        make_deb(folder, name, "10.1.0.12", title=title, depends=["connection-client (>= 0.1)"])
    make_deb(
        folder, "survey-viewer-ses", "10.2.0.7", title="Survey Viewer SES", depends=["connection-client"]
    )
    return folder


@pytest.fixture(scope="module")
def published(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    """A Center of its own with the example packages; tests add, each a product of its own."""
    with running_center(tmp_path_factory.mktemp("publishing")) as center:
        center.manage("example", "--packages", str(packages))
        yield center


def _catalogue(center: Center, cache: Path) -> dict[str, Any]:
    root = (center.state / "tuf" / "metadata" / "1.root.json").read_bytes()
    content = fetch(f"{center.address}tuf/", root, cache)
    document: dict[str, Any] = json.loads(content)
    return document


def _releases(center: Center, cache: Path, product_id: str) -> dict[str, dict[str, Any]]:
    products = {product["id"]: product for product in _catalogue(center, cache)["products"]}
    return {release["version"]: release for release in products[product_id]["releases"]}


def test_the_example_holds_the_first_versions_alone(published: Center, tmp_path: Path) -> None:
    catalogue = _catalogue(published, tmp_path)
    assert catalogue["publisher"] == "Example Systems"
    names = {product["id"]: product["name"] for product in catalogue["products"]}
    assert (
        names.items()
        >= {
            "connection-client": "CONNECTION Client",
            "mesh-viewer": "Mesh Viewer SES",
            "drawing-viewer": "Drawing Viewer SES",
        }.items()
    )
    assert set(_releases(published, tmp_path, "mesh-viewer")) == {"10.1.0.12"}
    assert "Lima Survey  mesh-viewer" in published.manage("licence", "list")


def test_the_example_twice_changes_nothing(published: Center, packages: Path) -> None:
    before = published.manage("publish", "check")
    assert "is published" not in published.manage("example", "--packages", str(packages))
    assert published.manage("publish", "check") == before


def test_a_new_release_is_seen_at_once(published: Center, packages: Path, tmp_path: Path) -> None:
    assert set(_releases(published, tmp_path, "survey-viewer")) == {"10.1.0.12"}
    deb = packages / "survey-viewer-ses_10.2.0.7_all.deb"
    said = published.manage(
        "publish", "add", str(deb), "--severity", "critical", "--notes", "Reads semicolons."
    )
    assert said.strip() == "Survey Viewer SES 10.2.0.7 is published."
    release = _releases(published, tmp_path, "survey-viewer")["10.2.0.7"]
    assert (release["severity"], release["notes"]) == ("critical", {"summary": "Reads semicolons."})
    with Visitor(published) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        page = ana.open("downloads/").text
        assert "Version 10.2.0.7" in page
        assert "Reads semicolons." in page
        content = ana.open(f"delivery/files/{release['packages'][0]['path']}").content
    assert content == deb.read_bytes()
    assert "survey-viewer  10.2.0.7  stable  critical" in published.manage("publish", "list")


def test_a_public_package_is_downloaded_in_parts_by_anybody(published: Center, packages: Path) -> None:
    content = (packages / "connection-client_0.1.0_amd64.deb").read_bytes()
    address = f"{published.address}delivery/files/connection-client/0.1.0/connection-client_0.1.0_amd64.deb"
    with httpx.Client(trust_env=False) as client:
        first = client.get(address, headers={"Range": "bytes=0-99", "Accept-Encoding": "identity"})
        rest = client.get(address, headers={"Range": "bytes=100-", "If-Range": first.headers["ETag"]})
        behind = client.get(address, headers={"Range": f"bytes={len(content)}-"})
        head = client.head(address)
    assert (first.status_code, rest.status_code, behind.status_code, head.status_code) == (206, 206, 416, 200)
    assert first.content + rest.content == content
    assert int(head.headers["Content-Length"]) == len(content)


def test_downloads_that_pause_keep_nobody_waiting(published: Center, tmp_path: Path) -> None:
    large = {"/usr/share/tower/model": "x" * 24_000_000}
    deb = make_deb(tmp_path, "tower-viewer-ses", "1.0", files=large, title="Tower", compression="none")
    published.manage("publish", "add", str(deb), "--public")
    host = urlsplit(published.address)
    path = f"/delivery/files/tower-viewer/1.0/{deb.name}"
    with ExitStack() as paused:
        for number in range(16):  # twice as many as the Center has threads
            connection = paused.enter_context(socket.create_connection((host.hostname, host.port)))
            part = "" if number % 2 else "Range: bytes=1-\r\n"
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host.netloc}\r\n{part}\r\n".encode())
            connection.settimeout(20)
            assert connection.recv(12) in (b"HTTP/1.1 200", b"HTTP/1.1 206")
        answer = httpx.get(f"{published.address}downloads/", timeout=10, trust_env=False)
        assert answer.status_code == 200
    assert httpx.get(f"{published.address.rstrip('/')}{path}", trust_env=False).content == deb.read_bytes()


def test_before_the_first_start_the_way_to_begin_is_named(tmp_path: Path) -> None:
    done = Center(tmp_path / "state").try_to_manage("publish", "list")
    assert done.returncode == 1
    assert "Start with: publish init" in done.stderr
    deb = make_deb(tmp_path, "mesh-viewer-ses", "1.0", title="Mesh Viewer SES")
    done = Center(tmp_path / "state").try_to_manage("publish", "add", str(deb))
    assert done.returncode == 1
    assert "migrate" in done.stderr
    assert "Traceback" not in done.stderr
