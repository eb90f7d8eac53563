# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The page of downloads, open and locked."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from connect_center.delivery.models import Package, Product, Release
from connect_center.delivery.shelf import mirror, offers
from connect_center.organisations.models import Organisation, RoleRequest
from connect_center.publisher.catalogue import ReleaseOrder
from connect_center.publisher.publishing import Publisher
from tests.world.members import bearer, member
from tests.world.packages import make_deb

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(publisher: Publisher, tmp_path: Path) -> Publisher:
    """Two versions of one application."""
    for version in ("10.9", "10.10"):
        deb = make_deb(
            tmp_path, "survey-viewer-ses", version, title="Survey Viewer SES", depends=["connection-client"]
        )
        publisher.add(deb, ReleaseOrder(notes=f"New in {version}: semicolons."))
    return publisher


def test_with_the_role_everything_is_open(client: Client, lima: Organisation) -> None:
    client.force_login(member(lima, role=True).user)
    page = client.get("/downloads/").content.decode()
    assert "Survey Viewer SES" in page
    assert "Version 10.10" in page
    assert "New in 10.10: semicolons." in page
    assert 'href="/delivery/files/survey-viewer/10.10/survey-viewer-ses_10.10_all.deb"' in page
    assert "sudo apt install ./connection-client_0.1.0_amd64.deb ./survey-viewer-ses_10.10_all.deb" in page
    assert "Locked" not in page
    assert page.count("<h1") == 1


def test_without_the_role_the_list_is_locked_with_the_reason(client: Client, lima: Organisation) -> None:
    client.force_login(member(lima).user)
    page = client.get("/downloads/").content.decode()
    assert "Survey Viewer SES" in page
    assert "you do not have the role “Product Delivery - Download”" in page
    assert 'href="mailto:ana@lima-survey.example">Ana Lima Survey</a>' in page
    assert 'survey-viewer-ses_10.10_all.deb"' not in page
    assert 'href="/delivery/files/connection-client/0.1.0/connection-client_0.1.0_amd64.deb"' in page
    assert page.count("Locked") == 1


def test_strangers_are_asked_to_sign_in(client: Client, lima: Organisation) -> None:
    page = client.get("/downloads/").content.decode()
    assert 'href="/accounts/login/?next=/downloads/"' in page
    assert lima.name not in page


def test_asking_for_the_role_tells_the_administrators_once(
    client: Client, lima: Organisation, mailoutbox: list[object]
) -> None:
    bo = member(lima)
    client.force_login(bo.user)
    for _time in range(2):
        page = client.post("/downloads/ask/", follow=True).content.decode()
        assert "Your Account Administrators" in page
        assert "Ask for the role" not in page
    asked = RoleRequest.objects.get()
    assert (asked.membership, asked.role, asked.state) == (bo, "Product Delivery - Download", "open")
    assert [entry.subject for entry in lima.audit.filter(action="asked")] == [str(bo.user)]
    (mail,) = mailoutbox
    assert mail.to == ["ana@lima-survey.example"]  # type: ignore[attr-defined]
    assert "Bo Berg asks for the role" in mail.subject  # type: ignore[attr-defined]
    assert "/users/" in mail.body  # type: ignore[attr-defined]


def test_who_belongs_nowhere_cannot_ask(client: Client, lima: Organisation, mailoutbox: list[object]) -> None:
    bo = member(lima)
    bo.delete()
    client.force_login(bo.user)
    page = client.post("/downloads/ask/", follow=True).content.decode()
    assert "belongs to no organisation yet" in page
    assert RoleRequest.objects.count() == 0
    assert mailoutbox == []


def test_versions_are_ordered_as_numbers(published: Publisher) -> None:
    assert published.repository.exists
    found = [offer for offer in offers() if offer.product.code == "survey-viewer"]
    assert [(offer.release.version, offer.newest) for offer in found] == [("10.10", True), ("10.9", False)]
    assert [package.filename for package in found[0].beside] == ["connection-client_0.1.0_amd64.deb"]


def test_a_withdrawn_release_is_not_offered(client: Client, published: Publisher, lima: Organisation) -> None:
    published.withdraw("survey-viewer", "10.10", "It loses points.")
    client.force_login(member(lima, role=True).user)
    page = client.get("/downloads/").content.decode()
    assert "10.10" not in page
    assert "Version 10.9" in page


def test_a_beta_is_left_to_those_who_chose_it(published: Publisher, tmp_path: Path) -> None:
    published.add(make_deb(tmp_path, "survey-viewer-ses", "11.0"), ReleaseOrder(channel="beta"))
    published.add(make_deb(tmp_path, "connection-client", "0.2.0"), ReleaseOrder(channel="beta", public=True))
    found = [offer for offer in offers() if offer.product.code == "survey-viewer"]
    assert [offer.release.version for offer in found] == ["10.10", "10.9"]
    assert [package.filename for package in found[0].beside] == ["connection-client_0.1.0_amd64.deb"]


def test_the_database_follows_the_catalogue(published: Publisher) -> None:
    document = published.catalogue()
    del document["products"][1]["releases"][1]
    mirror(document)
    assert not Package.objects.filter(path__contains="10.10").exists()
    assert not Release.objects.filter(version="10.10").exists()
    mirror({**document, "products": []})
    assert Package.objects.count() == 0
    assert Product.objects.count() == 2  # licences may refer to them


def test_an_empty_page_says_what_will_be_there(client: Client) -> None:
    assert "as soon as the publisher has released one" in client.get("/downloads/").content.decode()


def test_hostile_notes_are_shown_as_text(
    client: Client, published: Publisher, lima: Organisation, tmp_path: Path
) -> None:
    deb = make_deb(tmp_path, "mesh-viewer-ses", "1.0", title="Mesh <b>Viewer</b> SES")
    published.add(deb, ReleaseOrder(notes="<script>alert(1)</script>"))
    client.force_login(member(lima, role=True).user)
    page = client.get("/downloads/").content.decode()
    assert "<script>alert" not in page
    assert "<b>Viewer" not in page


def test_the_list_grows_without_more_questions_to_the_database_than_packages(
    published: Publisher, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert published.repository.exists
    with django_assert_max_num_queries(8):
        assert len(offers()) == 3


def many_products(count: int) -> None:
    """As a mirrored catalogue has them."""
    for number in range(count):
        product = Product.objects.create(code=f"tool-{number:03}", name=f"Tool {number:03} SES")
        release = Release.objects.create(
            product=product, version="1.0", channel="stable", date="2026-01-02", severity="optional"
        )
        name = f"tool-{number:03}-ses_1.0_all.deb"
        Package.objects.create(
            release=release, path=f"tools/{name}", filename=name, os="linux", architecture="any", length=1,
            sha256="0" * 64,
        )  # fmt: skip


def test_the_page_can_be_searched_and_has_pages(client: Client, lima: Organisation) -> None:
    client.force_login(member(lima, role=True).user)
    many_products(60)
    first = client.get("/downloads/").content.decode()
    assert first.count("<li>\n") <= 25
    assert "Page 1 of 3" in first
    assert "Tool 055 SES" not in first
    found = client.get("/downloads/?q=ses+TOOL-055").content.decode()
    assert "Tool 055 SES" in found
    assert "Tool 054 SES" not in found
    assert "No application fits “chess”." in client.get("/downloads/?q=chess").content.decode()
    assert client.get("/downloads/?q=%00&page=x").status_code == 200


def test_programs_list_and_search_in_pages(client: Client, lima: Organisation) -> None:
    many_products(30)
    headers = bearer(member(lima).user)
    whole = client.get("/api/v1/downloads?limit=10&offset=5", headers=headers).json()
    assert (whole["count"], len(whole["items"])) == (33, 10)
    newest, older = client.get("/api/v1/downloads?q=survey", headers=headers).json()["items"]
    assert (newest["version"], newest["newest"], newest["allowed"]) == ("10.10", True, False)
    assert (older["version"], older["newest"]) == ("10.9", False)
    assert newest["url"].endswith("/delivery/files/survey-viewer/10.10/survey-viewer-ses_10.10_all.deb")
    (public,) = client.get("/api/v1/downloads?q=connection", headers=headers).json()["items"]
    assert (public["public"], public["allowed"]) == (True, True)
    may = bearer(member(lima, "Dora Dom", role=True).user)
    assert client.get("/api/v1/downloads?q=survey", headers=may).json()["items"][0]["allowed"]
    assert client.get("/api/v1/downloads?q=%00", headers=headers).status_code == 422
    assert client.get("/api/v1/downloads?limit=0", headers=headers).status_code == 422
    assert client.get("/api/v1/downloads").status_code == 401
