# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The HTTP API for people who are not signed in, and how it refuses."""

from typing import Any

import pytest

from tests.world.center import ADMINISTRATOR, Center
from tests.world.visitor import Visitor


def test_discovery_does_not_tell_who_is_known(center: Center, visitor: Visitor) -> None:
    known = visitor.http.post("api/v1/discovery", json={"email": f" {ADMINISTRATOR.upper()} "})
    unknown = visitor.http.post("api/v1/discovery", json={"email": "nobody@nowhere.example"})
    assert known.json() == unknown.json() == {
        "issuer": center.address.rstrip("/"),
        "federated": False,
        "password_reset": True,
        "organisation": "",
    }  # fmt: skip
    metadata = visitor.open(".well-known/openid-configuration").json()
    assert metadata["issuer"] == known.json()["issuer"]


@pytest.mark.parametrize(
    ("body", "status"), [({"email": "ana"}, 422), ({"email": 5}, 422), ({}, 422), ("nonsense", 422)]
)
def test_unreadable_questions_are_problems(visitor: Visitor, body: Any, status: int) -> None:
    answer = visitor.http.post("api/v1/discovery", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_broken_json_is_a_problem(visitor: Visitor) -> None:
    answer = visitor.http.post("api/v1/discovery", content=b"{", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YTpi"}]
)
def test_account_needs_a_living_token(visitor: Visitor, header: dict[str, str]) -> None:
    answer = visitor.http.get("api/v1/me", headers=header)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_browser_session_is_no_access_token(ana: Visitor) -> None:
    assert ana.open("api/v1/me").status_code == 401


def test_rules_are_sentences(visitor: Visitor) -> None:
    rules = visitor.open("api/v1/password-rules").json()
    assert rules["minimum_length"] == 12
    assert len(rules["sentences"]) == 3  # the length is a number, which the client tells itself
    assert not any("12" in sentence for sentence in rules["sentences"])
    assert all(sentence.endswith(".") for sentence in rules["sentences"])


def test_every_link_leads_to_a_page(center: Center, visitor: Visitor) -> None:
    links = visitor.open("api/v1/links").json()
    assert set(links) == {"register", "forum", "service_request", "downloads", "connected"}
    for link in links.values():
        assert link.startswith(center.address)
        assert visitor.open(link).status_code == 200


def test_unchanged_answers_are_not_sent_again(visitor: Visitor) -> None:
    first = visitor.open("api/v1/links")
    again = visitor.http.get("api/v1/links", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = visitor.http.get("api/v1/links", headers={"If-None-Match": '"other"'})
    assert other.status_code == 200
