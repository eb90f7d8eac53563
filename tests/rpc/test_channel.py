# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Both ends of a pair of pipes: calls, calls back, cancelling, and an end that goes away."""

import os
import threading
from collections.abc import Callable, Iterator
from typing import BinaryIO

import pytest

from connection_client.domain.errors import CenterUnreachable
from connection_client.rpc.channel import Channel, OtherSideFailed, OtherSideGone


class Served:
    """What the far end offers."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.was_cancelled = threading.Event()

    def add(self, left: int, right: int = 1) -> int:
        return left + right

    def refuse(self) -> None:
        raise CenterUnreachable(host="center.example", reason="cut")

    def break_down(self) -> None:
        raise LookupError("nothing there")

    def report(self, tell: Callable[[int], object], count: int) -> list[object]:
        return [tell(number) for number in range(count)]

    def wait(self, cancelled: threading.Event) -> bool:
        heard = cancelled.wait(20)
        self.was_cancelled.set()
        return heard

    def note(self, value: object) -> None:
        self.heard.append(value)

    def give_lambda(self) -> object:
        return lambda: None

    def _secret(self) -> int:
        return 1


@pytest.fixture
def served() -> Served:
    return Served()


@pytest.fixture
def ends(served: Served) -> Iterator[tuple[Channel, Channel, BinaryIO]]:
    """Near end, far end, and the pipe into the far one."""
    (far_in, near_out), (near_in, far_out) = os.pipe(), os.pipe()
    writer = os.fdopen(near_out, "wb")
    near = Channel(os.fdopen(near_in, "rb"), writer, {"double": lambda number: 2 * number})
    far = Channel(os.fdopen(far_in, "rb"), os.fdopen(far_out, "wb"), {"served": served})
    threads = [threading.Thread(target=end.serve) for end in (near, far)]
    for thread in threads:
        thread.start()
    yield near, far, writer
    if not writer.closed:
        writer.close()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


Ends = tuple[Channel, Channel, BinaryIO]


def test_a_call_gives_the_value(ends: Ends) -> None:
    assert ends[0].call("served", "add", (2,), {"right": 5}) == 7


def test_our_errors_are_raised_here_and_foreign_ones_by_their_words(ends: Ends) -> None:
    with pytest.raises(CenterUnreachable) as caught:
        ends[0].call("served", "refuse", (), {})
    assert caught.value.facts["host"] == "center.example"
    with pytest.raises(OtherSideFailed, match="LookupError: nothing there"):
        ends[0].call("served", "break_down", (), {})


def test_a_function_among_the_arguments_is_called_back_on_this_side(ends: Ends) -> None:
    here: list[tuple[int, int]] = []

    def tell(number: int) -> int:
        here.append((number, threading.get_ident()))
        return number * 10

    assert ends[0].call("served", "report", (tell, 3), {}) == [0, 10, 20]
    assert [number for number, _thread in here] == [0, 1, 2]


def test_each_side_may_call_the_other_while_it_is_called(ends: Ends) -> None:
    near, far, _writer = ends
    answer = near.call("served", "report", (lambda number: far.call("double", "", (number,), {}), 3), {})
    assert answer == [0, 2, 4]


def test_an_event_that_is_set_here_is_set_there(ends: Ends, served: Served) -> None:
    cancelled = threading.Event()
    threading.Timer(0.2, cancelled.set).start()
    assert ends[0].call("served", "wait", (cancelled,), {}) is True
    assert served.was_cancelled.is_set()


def test_only_public_methods_of_what_is_served_can_be_called(ends: Ends) -> None:
    for target, method in (
        ("served", "_secret"),
        ("served", "__init__"),
        ("os", "getcwd"),
        ("served", "heard"),
    ):
        with pytest.raises(OtherSideFailed):
            ends[0].call(target, method, (), {})
    assert ends[0].call("served", "add", (1,), {}) == 2


def test_an_answer_that_cannot_be_sent_is_an_error_and_the_line_goes_on(ends: Ends) -> None:
    with pytest.raises(OtherSideFailed, match="cannot be sent"):
        ends[0].call("served", "give_lambda", (), {})
    assert ends[0].call("served", "add", (1,), {}) == 2


def test_what_is_told_is_not_waited_for(ends: Ends, served: Served) -> None:
    ends[0].tell("served", "note", {"a": 1})
    assert ends[0].call("served", "add", (1,), {}) == 2  # comes after it on the same pipe
    assert served.heard == [{"a": 1}]


def test_what_fails_untold_harms_nobody_else(ends: Ends, caplog: pytest.LogCaptureFixture) -> None:
    ends[0].tell("served", "break_down")
    assert ends[0].call("served", "add", (1,), {}) == 2
    assert "nothing there" in caplog.text
    caplog.clear()


def test_many_at_once_get_their_own_answers(ends: Ends) -> None:
    answers: dict[int, object] = {}

    def ask(number: int) -> None:
        answers[number] = ends[0].call("served", "add", (number,), {"right": 100})

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert answers == {number: number + 100 for number in range(24)}


def test_whoever_waits_hears_that_the_other_side_has_gone(ends: Ends) -> None:
    near, _far, writer = ends
    raised: list[BaseException] = []

    def wait() -> None:
        try:
            near.call("served", "wait", (threading.Event(),), {})
        except OtherSideGone as error:
            raised.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    while not near._waiting:  # the call has to be under way
        threading.Event().wait(0.01)
    writer.close()
    thread.join(10)
    assert len(raised) == 1
    with pytest.raises(OtherSideGone):
        near.call("served", "add", (1,), {})
