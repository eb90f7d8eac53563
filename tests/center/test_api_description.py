# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The API does what its OpenAPI document says, whatever it is sent; unchanged answers are not sent again."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.center.accounts import OpenIdClient
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center
from tests.world.visitor import Visitor

EXAMPLES = 10  # of each operation
_BOUNDED = settings(
    max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
# Whether an address or a product makes sense is not for a schema to say.
# How a request is framed is the server's affair; it ends a wrong length before there is an operation.
_FRAMING = {"content-length", "transfer-encoding", "connection", "expect", "upgrade", "te", "trailer", "host"}
_NOT_FOR_A_SCHEMA = [positive_data_acceptance, negative_data_rejection]


@pytest.fixture(scope="session")
def bearer(center: Center) -> Iterator[dict[str, str]]:
    with Visitor(center) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        yield OpenIdClient(ana).sign_in().bearer


def _sent(operation: Any) -> st.SearchStrategy[Any]:
    """What fits the description, and, where anything can be sent, what does not."""
    fitting = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if not (operation.body or operation.query or operation.path_parameters):
        return cast("st.SearchStrategy[Any]", fitting)
    return st.one_of(fitting, operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))


def test_every_answer_is_described(center: Center, bearer: dict[str, str]) -> None:
    """No server error, no undocumented status, content type, header or body."""
    document = schemathesis.openapi.from_url(f"{center.address}api/v1/openapi.json")
    tried = []
    for found in document.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        tried.append(operation.label)

        @given(case=_sent(operation))
        @_BOUNDED
        def behaves(case: Any) -> None:
            for name in [name for name in case.headers or () if name.lower() in _FRAMING]:
                del case.headers[name]
            case.call_and_validate(headers=bearer, excluded_checks=_NOT_FOR_A_SCHEMA)

        behaves()
    assert "POST /api/v1/service-requests" in tried
    assert len(tried) >= 10


def test_every_read_is_met_with_not_modified(
    center: Center, bearer: dict[str, str], visitor: Visitor
) -> None:
    paths = visitor.open("api/v1/openapi.json").json()["paths"]
    reads = [path for path, operations in paths.items() if "get" in operations and "{" not in path]
    assert len(reads) >= 6
    for path in reads:
        address = f"{center.address.rstrip('/')}{path}"
        first = visitor.http.get(address, headers=bearer)
        assert first.status_code == 200, path
        again = visitor.http.get(address, headers=bearer | {"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path


def test_refusals_are_problems_at_every_address(visitor: Visitor) -> None:
    answers = [visitor.open("api/v1/nowhere"), visitor.http.delete("api/v1/links"), visitor.open("api/v1/me")]
    assert [answer.status_code for answer in answers] == [404, 405, 401]
    for answer in answers:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code
    assert answers[1].headers["allow"] == "GET"


def test_lists_come_in_pages(bearer: dict[str, str], ana: Visitor) -> None:
    for number in range(3):
        person = {"name": "Paged", "email": f"paged{number}@lima-survey.example", "country": "PT"}
        ana.send("users/add/", person)
    whole = ana.http.get("api/v1/members", headers=bearer, params={"limit": 1000}).json()
    assert whole["count"] == len(whole["items"]) >= 4
    part = ana.http.get("api/v1/members", headers=bearer, params={"limit": 2, "offset": 1}).json()
    assert part == {"count": whole["count"], "items": whole["items"][1:3]}
    assert ana.http.get("api/v1/members", headers=bearer, params={"limit": 1001}).status_code == 422
