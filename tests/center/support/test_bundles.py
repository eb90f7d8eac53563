# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Diagnostics beside a service request: kept apart, given out by a link that ends."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.core.signing import TimestampSigner
from django.test import Client
from pytest_django import Settings

from connect_center.organisations.models import Membership
from connect_center.support import diagnostics
from connect_center.support.models import ServiceRequest
from tests.world.members import bearer, member, organisation

pytestmark = pytest.mark.django_db


# ---- diagnostics ---------------------------------------------------------------------------------
def zipped(size: int = 100) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("log.txt", b"x" * size)
    return made.getvalue()


def upload(client: Client, number: int, content: bytes, headers: dict[str, str]) -> Any:
    bundle = SimpleUploadedFile("any name.zip", content)
    return client.post(f"/api/v1/service-requests/{number}/diagnostics", {"bundle": bundle}, headers=headers)


@pytest.fixture
def filed(bo: Membership, settings: Settings, tmp_path: Path) -> ServiceRequest:
    settings.MEDIA_ROOT = tmp_path / "media"
    return ServiceRequest.objects.create(user=bo.user, subject="Points vanish", text="When I zoom.")


def test_a_bundle_is_kept_and_the_support_gets_a_link(
    client: Client, filed: ServiceRequest, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    content = zipped()
    assert upload(client, filed.pk, content, bearer(filed.user)).status_code == 204
    filed.refresh_from_db()
    kept = filed.diagnostics.name or ""
    assert re.fullmatch(r"diagnostics/[0-9a-f-]{36}\.zip", kept)  # nothing of the sender's name
    (mail,) = mailoutbox
    assert mail.to == [settings.CENTER_SUPPORT_ADDRESS]
    link = re.search(r"http://testserver(/support/diagnostics/\S+)", str(mail.body))
    assert link
    answer = Client().get(link[1])
    assert b"".join(answer) == content
    assert answer["Content-Disposition"] == f'attachment; filename="service-request-{filed.pk}.zip"'
    assert Client().get(link[1].replace(f"/{filed.pk}:", f"/{filed.pk + 1}:")).status_code == 404
    client.force_login(filed.user)
    assert "Diagnostics" in client.get(f"/support/{filed.pk}/").content.decode()


FORM = {"product": "", "version": "1", "subject": "It stops", "text": "After the first point."}


def test_the_page_takes_a_bundle_too(client: Client, mailoutbox: list[EmailMessage]) -> None:
    user = member(organisation()).user
    client.force_login(user)
    assert 'enctype="multipart/form-data"' in client.get("/support/new/").content.decode()
    content = zipped()
    answer = client.post("/support/new/", FORM | {"bundle": SimpleUploadedFile("c:\\me\\d.zip", content)})
    assert answer.status_code == 302
    filed = ServiceRequest.objects.get(user=user)
    assert filed.diagnostics.size == len(content)
    link = re.search(r"http://testserver(/support/diagnostics/\S+)", str(mailoutbox[-1].body))
    assert link
    assert b"".join(Client().get(link[1])) == content
    assert client.post("/support/new/", FORM).status_code == 302  # and none is needed


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"no zip", "This is no ZIP file."), (b"PK" * ((diagnostics.LARGEST >> 1) + 1), "larger than 10 MB")],
)
def test_another_file_on_the_page_is_refused_and_the_text_is_kept(
    client: Client, content: bytes, sentence: str
) -> None:
    client.force_login(member(organisation()).user)
    answer = client.post("/support/new/", FORM | {"bundle": SimpleUploadedFile("d.zip", content)})
    page = answer.content.decode()
    assert sentence in page
    assert "After the first point." in page
    assert not ServiceRequest.objects.exists()


def test_a_link_ends(client: Client, filed: ServiceRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    filed.diagnostics.save("a.zip", ContentFile(zipped()))
    address = f"/support/diagnostics/{TimestampSigner(salt='support.diagnostics').sign(str(filed.pk))}/"
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"".join(answer)  # read to the end, it is closed
    monkeypatch.setattr(diagnostics, "LINK_HOLDS", timedelta(seconds=-1))
    assert client.get(address).status_code == 404


def test_one_bundle_for_a_request_of_ones_own(
    client: Client, filed: ServiceRequest, settings: Settings
) -> None:
    headers = bearer(filed.user)
    stranger = member(organisation("Delta Works"), "Eve Eng").user
    assert upload(client, filed.pk, zipped(), bearer(stranger)).status_code == 404
    assert upload(client, filed.pk + 1, zipped(), headers).status_code == 404
    assert upload(client, filed.pk, zipped(), {}).status_code == 401
    assert upload(client, filed.pk, zipped(), headers).status_code == 204
    assert upload(client, filed.pk, zipped(), headers).status_code == 409
    assert len(list((Path(settings.MEDIA_ROOT) / "diagnostics").iterdir())) == 1


def test_what_is_too_large_or_no_bundle_is_not_kept(client: Client, filed: ServiceRequest) -> None:
    headers = bearer(filed.user)
    announced = upload(client, filed.pk, zipped(diagnostics.LARGEST + (1 << 17)), headers)
    assert (announced.status_code, announced.json()["largest"]) == (413, diagnostics.LARGEST)
    slightly = upload(client, filed.pk, zipped(diagnostics.LARGEST), headers)
    assert slightly.status_code == 413
    assert upload(client, filed.pk, b"no archive", headers).status_code == 415
    address = f"/api/v1/service-requests/{filed.pk}/diagnostics"
    assert client.post(address, {}, headers=headers).status_code == 422
    filed.refresh_from_db()
    assert not filed.diagnostics
