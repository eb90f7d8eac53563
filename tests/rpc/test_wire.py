# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What goes over the pipe between the two processes, and what does not."""

import io
import os
import pickle
import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.domain.accounts import Account, Membership, Person, SessionState, SessionStatus
from connection_client.domain.catalogue import Catalogue, CatalogueState
from connection_client.domain.errors import CenterUnreachable, DiskFull
from connection_client.rpc.wire import Call, Done, Failed, WireError, packed, read

ANA = Account("https://center.example", "7", "ana@lima.example", "Ana Lima", Membership.ACTIVE)
MOMENT = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


def back(message: object) -> object:
    return read(io.BytesIO(packed(message)))  # type: ignore[arg-type]  # any of them


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"\x00",
        ("text", 1.5, {"a": [1, 2]}),
        SessionState(SessionStatus.SIGNED_IN, ANA, ANA.email),
        Person("Rui", "rui@lima.example"),
        CatalogueState(Catalogue("Publisher", ()), MOMENT, installable=True),
        Path("packages") / "a.deb",
    ],
)
def test_values_of_the_program_arrive_as_they_were(value: object) -> None:
    assert back(Done(7, value)) == Done(7, value)


def test_an_error_arrives_with_its_facts_also_inside_a_value() -> None:
    arrived = back(Failed(3, DiskFull(needed=5, kept=2)))
    assert isinstance(arrived, Failed)
    assert isinstance(arrived.error, DiskFull)
    assert arrived.error.facts == {"needed": 5, "kept": 2}
    problem = CenterUnreachable(host="center.example", reason="cut")
    state = back(Done(1, CatalogueState(Catalogue("", ()), MOMENT, installable=False, problem=problem)))
    assert isinstance(state, Done)
    assert isinstance(state.value, CatalogueState)
    assert isinstance(state.value.problem, CenterUnreachable)
    assert state.value.problem.facts["reason"] == "cut"


class _Harmful:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize(
    "value",
    [
        _Harmful(),
        io.StringIO,
        pickle.Unpickler,
    ],
)
def test_nothing_else_is_loaded(value: object) -> None:
    body = pickle.dumps(Done(1, value))
    with pytest.raises(WireError, match="not among the values"):
        read(io.BytesIO(struct.pack(">I", len(body)) + body))


def test_a_class_of_ours_that_does_something_is_no_value() -> None:
    from connection_client.identity.loopback import Loopback

    body = pickle.dumps(Done(1, Loopback))
    with pytest.raises(WireError, match="not among the values"):
        read(io.BytesIO(struct.pack(">I", len(body)) + body))


def test_what_cannot_be_sent_says_so() -> None:
    with pytest.raises(WireError):
        packed(Done(1, lambda: None))


def test_a_length_that_nobody_sends_is_refused_before_anything_is_read() -> None:
    with pytest.raises(WireError, match="too many"):
        read(io.BytesIO(struct.pack(">I", 0xFFFFFFFF)))


def test_the_end_in_the_middle_is_an_end() -> None:
    whole = packed(Call(1, "center", "links"))
    for length in range(len(whole)):
        assert read(io.BytesIO(whole[:length])) is None
    assert read(io.BytesIO(whole)) == Call(1, "center", "links")


@given(st.binary(max_size=400))
def test_whatever_comes_is_a_message_or_a_wire_error(body: bytes) -> None:
    try:
        message = read(io.BytesIO(struct.pack(">I", len(body)) + body))
    except WireError:
        return
    assert message is None or type(message).__module__ == "connection_client.rpc.wire"
