# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The signed lists are handed out as they are, and nothing else of the publisher is."""

import pytest
from django.test import Client

from connect_center.publisher.publishing import Publisher
from tests.center.delivery.asking import get

pytestmark = pytest.mark.django_db


# ---- the signed lists ----------------------------------------------------------------------------
def test_the_timestamp_is_asked_again_and_the_rest_is_not(client: Client, published: Publisher) -> None:
    assert published.repository.exists
    timestamp = get(client, "/tuf/metadata/timestamp.json")
    assert timestamp["Cache-Control"] == "no-cache"
    again = get(client, "/tuf/metadata/timestamp.json", headers={"If-None-Match": timestamp["ETag"]})
    assert again.status_code == 304
    root = get(client, "/tuf/metadata/1.root.json")
    assert "immutable" in root["Cache-Control"]
    assert root.json()["signed"]["_type"] == "root"


@pytest.mark.parametrize(
    "path",
    [
        "metadata/99.root.json",
        "metadata/..%2f..%2fcenter.sqlite3",
        "metadata/.hidden.json",
        "targets/catalogue/v1.json",
        "targets/../keys/tuf/root-1.pem",
        "targets/%2fetc%2fpasswd",
    ],
)
def test_nothing_else_is_handed_out(client: Client, published: Publisher, path: str) -> None:
    assert published.repository.exists
    assert get(client, f"/tuf/{path}").status_code == 404
