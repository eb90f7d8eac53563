# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Packages in object storage, end to end: published there, linked for minutes, fetched by the real client."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pytest_django import Settings

from connect_center.delivery import models as delivery_models
from connect_center.delivery import storage as delivery_storage
from connect_center.delivery import storage_settings
from connection_client.backend.catalogue_json import read_catalogue
from connection_client.backend.downloads import Patience, RangeDownloads
from connection_client.domain.catalogue import Package
from connection_client.domain.errors import NotSignedIn
from connection_client.domain.progress import Progress
from tests.center.accounts import OpenIdClient
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center, running_center
from tests.world.object_storage import ObjectStorage, object_storage
from tests.world.packages import make_deb
from tests.world.visitor import Visitor

PATH = "survey-viewer/10.1.0.12/survey-viewer-ses_10.1.0.12_all.deb"


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStorage]:
    with object_storage(tmp_path_factory.mktemp("storage")) as running:
        yield running


@pytest.fixture(scope="module")
def remote_center(tmp_path_factory: pytest.TempPathFactory, storage: ObjectStorage) -> Iterator[Center]:
    """A Center whose packages are in the object storage."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in storage.environment.items():
            patch.setenv(name, value)
        with running_center(tmp_path_factory.mktemp("center")) as center:
            folder = tmp_path_factory.mktemp("packages")
            own = make_deb(folder, "connection-client", "0.1.0", title="Client", architecture="amd64")
            blob = "".join(f"{number * 2654435761 % 2**32:08x}" for number in range(60_000))
            deb = make_deb(
                folder, "survey-viewer-ses", "10.1.0.12", title="Survey Viewer SES", files={"/opt/blob": blob}
            )
            center.manage("publish", "add", str(own), "--public")
            center.manage("publish", "add", str(deb))
            yield center


@pytest.fixture(scope="module")
def token(remote_center: Center) -> str:
    """Of the example's administrator, who may download."""
    with Visitor(remote_center) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        return str(OpenIdClient(ana).sign_in().answer["access_token"])


def test_publishing_brings_the_packages_there(remote_center: Center, storage: ObjectStorage) -> None:
    assert f"delivery/{PATH}" in storage.names()
    assert "All packages are where they are handed out from." in remote_center.manage("publish", "upload")
    storage.client().delete_object(Bucket="packages", Key=f"delivery/{PATH}")
    assert "Brought: 1." in remote_center.manage("publish", "upload")
    assert f"delivery/{PATH}" in storage.names()


def test_the_link_holds_for_minutes_and_needs_the_role(
    remote_center: Center, storage: ObjectStorage, token: str
) -> None:
    address = f"{remote_center.address}delivery/files/{PATH}"
    with httpx.Client(trust_env=False) as client:
        assert client.get(address).status_code == 401
        answer = client.get(address, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (302, "no-store")
        link = urlsplit(answer.headers["Location"])
        assert answer.headers["Location"].startswith(f"{storage.address}/packages/delivery/")
        signed = parse_qs(link.query)
        assert signed["X-Amz-Expires"] == ["300"]
        assert signed["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
        assert "example-secret" not in answer.headers["Location"]
        file = client.get(answer.headers["Location"])
        assert (
            file.headers["Content-Disposition"]
            == 'attachment; filename="survey-viewer-ses_10.1.0.12_all.deb"'
        )
        part = client.get(answer.headers["Location"], headers={"Range": "bytes=2-9"})
        assert (part.status_code, part.content) == (206, file.content[2:10])


def test_the_client_follows_the_link_without_its_token(
    tmp_path: Path, remote_center: Center, storage: ObjectStorage, token: str
) -> None:
    asked: list[httpx.Request] = []
    package = published_package(remote_center)
    with httpx.Client(trust_env=False, event_hooks={"request": [asked.append]}) as client:
        verified = downloads(tmp_path, client, remote_center, token).fetch(package, ignore, threading.Event())
    original = (remote_center.state / "packages" / PATH).read_bytes()
    with verified.handle:
        verified.handle.seek(0)
        assert verified.handle.read() == original
    to_center = [request for request in asked if str(request.url).startswith(remote_center.address)]
    to_storage = [request for request in asked if str(request.url).startswith(storage.address)]
    assert len(to_center) + len(to_storage) == len(asked)
    assert {request.headers.get("Authorization") for request in to_center} == {f"Bearer {token}"}
    assert to_storage
    assert not any("Authorization" in request.headers for request in to_storage)
    assert not any(token in str(request.url) for request in to_storage)


def test_a_client_that_nobody_signed_in_is_told_so(tmp_path: Path, remote_center: Center) -> None:
    with httpx.Client(trust_env=False) as client, pytest.raises(NotSignedIn):
        downloads(tmp_path, client, remote_center, "wrong").fetch(
            published_package(remote_center), ignore, threading.Event()
        )


def test_a_storage_that_is_away_stops_the_publication_and_nothing_else(
    tmp_path: Path, remote_center: Center, monkeypatch: pytest.MonkeyPatch, storage: ObjectStorage
) -> None:
    away = storage.environment["CENTER_PACKAGES_URL"].replace(storage.address, "http://127.0.0.1:9")
    for name, value in (storage.environment | {"CENTER_PACKAGES_URL": away}).items():
        monkeypatch.setenv(name, value)
    deb = make_deb(tmp_path, "survey-viewer-ses", "10.3", title="Survey Viewer SES")
    done = remote_center.try_to_manage("publish", "add", str(deb))
    assert done.returncode == 1
    assert "could not be brought to the object storage" in done.stderr
    assert "What clients see is kept." in done.stderr
    assert "10.3" not in remote_center.manage("publish", "list")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CENTER_PACKAGES_URL", "https://bucket"),
        ("CENTER_PACKAGES_KEY_FILE", "/nowhere"),
        ("CENTER_PACKAGES_CDN", "packages.example"),
        ("CENTER_PACKAGES_CDN", "https://packages.example"),
    ],
)
def test_a_variable_that_makes_no_sense_ends_the_start(
    tmp_path: Path, storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    for known, sense in (storage.environment | {name: value}).items():
        monkeypatch.setenv(known, sense)
    done = Center(tmp_path / "state").try_to_manage("publish", "list")
    assert done.returncode != 0
    assert f"{name} cannot be used: " in done.stderr


def downloads(folder: Path, client: httpx.Client, center: Center, token: str) -> RangeDownloads:
    return RangeDownloads(
        client=client,
        address=lambda: center.address.rstrip("/"),
        folder=folder / "downloads",
        token=lambda: token,
        patience=Patience(attempts=2, first_wait=0.01),
        headroom=0,
    )


def published_package(center: Center) -> Package:
    """As the client reads it from the signed catalogue."""
    files = (center.state / "tuf" / "targets" / "catalogue").iterdir()
    content = max(files, key=lambda path: path.stat().st_mtime_ns).read_bytes()
    products = {product.id: product for product in read_catalogue(content, None).products}
    return products["survey-viewer"].releases[0].packages[0]


def ignore(_progress: Progress) -> None:
    """Nobody watches."""


# ---- links of a CDN ------------------------------------------------------------------------------
def test_a_link_of_the_cdn_is_signed_by_its_own_key(
    tmp_path: Path, storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    (tmp_path / "cdn.pem").write_bytes(pem)
    cdn = {
        "CENTER_PACKAGES_CDN": "https://packages.example",
        "CENTER_PACKAGES_CDN_KEY_ID": "K2JCJMDEHXQW5F",
        "CENTER_PACKAGES_CDN_KEY_FILE": str(tmp_path / "cdn.pem"),
        "CENTER_PACKAGES_LINK_SECONDS": "60",
    }
    for name, value in (storage.environment | cdn).items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = settings.STORAGES | storage_settings.packages()
    before = time.time()
    link = urlsplit(delivery_storage.link(delivery_models.Package(path=PATH, filename="a.deb"), "GET"))
    query = parse_qs(link.query)
    assert f"{link.scheme}://{link.netloc}{link.path}" == f"https://packages.example/delivery/{PATH}"
    assert query["Key-Pair-Id"] == ["K2JCJMDEHXQW5F"]
    assert before + 59 <= int(query["Expires"][0]) <= time.time() + 61
    resource = urlunsplit(link).partition("&Expires=")[0].partition("?Expires=")[0]
    statement = {
        "Resource": resource,
        "Condition": {"DateLessThan": {"AWS:EpochTime": int(query["Expires"][0])}},
    }
    signed = json.dumps({"Statement": [statement]}, separators=(",", ":")).encode()
    signature = base64.b64decode(query["Signature"][0].translate(str.maketrans("-_~", "+=/")))
    private.public_key().verify(signature, signed, PKCS1v15(), SHA1())  # noqa: S303  # CloudFront's choice
