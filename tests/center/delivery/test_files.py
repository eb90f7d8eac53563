# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Files for those who may have them."""

import hashlib
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from connect_center.delivery.models import Package
from connect_center.organisations import members as decisions
from connect_center.organisations.models import Membership, Organisation, Role
from connect_center.publisher.publishing import Publisher
from tests.center.delivery.asking import ROLE_NAME, address_of, get
from tests.world.members import bearer, member

pytestmark = pytest.mark.django_db


def test_a_public_package_needs_nobody(client: Client, published: Publisher, tmp_path: Path) -> None:
    assert published.check() == []
    answer = get(client, address_of("connection-client"))
    assert answer.status_code == 200
    original = (tmp_path / "connection-client_0.1.0_amd64.deb").read_bytes()
    assert answer.content == original
    assert answer["Content-Length"] == str(len(original))
    assert answer["ETag"] == f'"{hashlib.sha256(original).hexdigest()}"'
    assert answer["Content-Disposition"] == 'attachment; filename="connection-client_0.1.0_amd64.deb"'


def test_nobody_is_asked_to_sign_in(client: Client, lima: Organisation) -> None:
    assert lima
    answer = get(client, address_of("survey-viewer"))
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["role"] == ROLE_NAME


def test_a_person_in_a_browser_is_led_to_the_sign_in(client: Client, lima: Organisation) -> None:
    assert lima
    answer = get(client, address_of("survey-viewer"), headers={"Accept": "text/html"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/delivery/files/survey-viewer/")


def test_without_the_role_the_administrators_are_named(client: Client, lima: Organisation) -> None:
    bo = member(lima)
    answer = get(client, address_of("survey-viewer"), headers=bearer(bo.user))
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["role"] == ROLE_NAME
    assert answer.json()["administrators"] == [
        {"name": "Ana Lima Survey", "email": "ana@lima-survey.example"}
    ]


def test_without_the_role_a_page_names_the_administrators(client: Client, lima: Organisation) -> None:
    client.force_login(member(lima).user)
    answer = get(client, address_of("survey-viewer"), headers={"Accept": "text/html"})
    assert answer.status_code == 403
    assert "Ana Lima Survey" in answer.content.decode()


def test_the_role_opens_the_file_for_the_token(
    client: Client, downloader: Membership, tmp_path: Path
) -> None:
    answer = get(client, address_of("survey-viewer"), headers=bearer(downloader.user))
    assert answer.status_code == 200
    assert answer.content == (tmp_path / "survey-viewer-ses_10.1.0.12_all.deb").read_bytes()
    assert answer["Cache-Control"] == "private, no-cache"


def test_the_role_opens_the_file_for_the_browser(client: Client, downloader: Membership) -> None:
    client.force_login(downloader.user)
    answer = get(client, address_of("survey-viewer"), headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert len(answer.content) == int(answer["Content-Length"])


def test_a_token_that_does_not_hold_is_nobody_even_beside_a_session(
    client: Client, downloader: Membership
) -> None:
    client.force_login(downloader.user)
    for header in ("Bearer made-up", "Basic YTpi", "Bearer"):
        assert get(client, address_of("survey-viewer"), headers={"Authorization": header}).status_code == 401


def test_a_withdrawn_role_and_a_suspended_organisation_close_the_file(
    client: Client, downloader: Membership
) -> None:
    headers = bearer(downloader.user)
    downloader.organisation.suspended = True
    downloader.organisation.save()
    assert get(client, address_of("survey-viewer"), headers=headers).status_code == 403
    downloader.organisation.suspended = False
    downloader.organisation.save()
    assert get(client, address_of("survey-viewer"), headers=headers).status_code == 200
    decisions.withdraw(downloader.user, downloader, Role.DOWNLOAD)
    assert get(client, address_of("survey-viewer"), headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("wanted", "expected"), [("bytes=0-9", (0, 10)), ("bytes=100-", (100, None)), ("bytes=-7", (-7, None))]
)
def test_a_part_is_sent(
    client: Client, published: Publisher, tmp_path: Path, wanted: str, expected: tuple[int, int | None]
) -> None:
    assert published.repository.exists
    content = (tmp_path / "connection-client_0.1.0_amd64.deb").read_bytes()
    part = content[slice(*expected)]
    answer = get(client, address_of("connection-client"), headers={"Range": wanted})
    assert answer.status_code == 206
    assert answer.content == part
    start = content.index(part)
    assert answer["Content-Range"] == f"bytes {start}-{start + len(part) - 1}/{len(content)}"
    assert answer["Content-Length"] == str(len(part))


def test_a_part_behind_the_end_is_refused(client: Client, published: Publisher) -> None:
    assert published.repository.exists
    answer = get(client, address_of("connection-client"), headers={"Range": "bytes=999999-"})
    length = Package.objects.get(filename__startswith="connection-client").length
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{length}"


def test_a_changed_file_is_sent_whole(client: Client, published: Publisher) -> None:
    assert published.repository.exists
    address = address_of("connection-client")
    etag = get(client, address)["ETag"]
    same = get(client, address, headers={"Range": "bytes=5-", "If-Range": etag})
    other = get(client, address, headers={"Range": "bytes=5-", "If-Range": '"another"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_an_unchanged_file_is_not_sent_again(client: Client, published: Publisher) -> None:
    assert published.repository.exists
    address = address_of("connection-client")
    answer = get(client, address, headers={"If-None-Match": get(client, address)["ETag"]})
    assert answer.status_code == 304
    assert client.post(address).status_code == 405


def test_the_head_tells_the_length_alone(client: Client, published: Publisher) -> None:
    assert published.repository.exists
    answer = client.head(address_of("connection-client"))
    assert answer.status_code == 200
    assert int(answer["Content-Length"]) == Package.objects.get(filename__startswith="connection").length
    assert answer.content == b""


@pytest.mark.parametrize(
    "path", ["nothing.deb", "../center.sqlite3", "..%2fcenter.sqlite3", "keys/tuf/root-1.pem"]
)
def test_only_published_paths_lead_to_files(client: Client, published: Publisher, path: str) -> None:
    assert published.repository.exists
    assert get(client, f"/delivery/files/{path}").status_code == 404


def test_a_file_that_was_lost_is_said(client: Client, published: Publisher) -> None:
    for path in published.files.folder.rglob("connection-client*.deb"):
        path.unlink()
    answer = get(client, address_of("connection-client"))
    assert answer.status_code == 503
    assert "Try again later" in answer.json()["detail"]


def test_a_web_server_in_front_sends_the_file_itself(
    client: Client, published: Publisher, settings: Settings, downloader: Membership
) -> None:
    settings.CENTER_ACCEL_REDIRECT = "/packages-of-the-center/"
    address = address_of("survey-viewer")
    assert client.get(address).status_code == 401
    answer = get(client, address, bearer(downloader.user))
    assert (answer.status_code, answer.content) == (200, b"")
    path = address.removeprefix("/delivery/files/")
    assert answer["X-Accel-Redirect"] == f"/packages-of-the-center/{path}"
    (published.files.folder / path).unlink()
    assert get(client, address, bearer(downloader.user)).status_code == 503
