# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Jobs run beside the main thread, answers come back on it, and nothing waits for a hanging one."""

import threading
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from connection_client.ui.background import Background


def test_answers_come_on_the_main_thread(qtbot: QtBot) -> None:
    background, told = Background(), list[tuple[str, bool]]()
    main = threading.main_thread()

    def answer(inside: bool) -> None:  # noqa: FBT001  # what the job gave
        told.extend([("job", inside), ("answer", threading.current_thread() is main)])

    background.run(lambda: threading.current_thread() is main, answer)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=10_000)
    assert told == [("job", False), ("answer", True)]


def test_an_error_comes_back_as_one(qtbot: QtBot) -> None:
    background, errors = Background(), list[Exception]()
    background.run(lambda: 1 / 0, on_error=errors.append)
    qtbot.waitUntil(lambda: bool(errors), timeout=10_000)
    assert isinstance(errors[0], ZeroDivisionError)


def test_an_error_that_nobody_wants_is_logged(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    background = Background()
    background.run(lambda: 1 / 0)
    qtbot.waitUntil(lambda: "ZeroDivisionError" in caplog.text, timeout=10_000)
    caplog.clear()


def test_eight_jobs_run_at_once_and_a_ninth_waits(qtbot: QtBot) -> None:
    background, done = Background(), list[int]()
    gate, inside = threading.Event(), threading.Semaphore(0)

    def job(number: int) -> int:
        inside.release()
        gate.wait(5)
        return number

    for number in range(9):
        background.run(partial(job, number), done.append)
    for _ in range(8):
        assert inside.acquire(timeout=10)
    assert not inside.acquire(timeout=0.1)
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 9, timeout=10_000)


def test_late_answers_are_dropped(qtbot: QtBot) -> None:
    background, late = Background(), list[object]()
    gate, ended = threading.Event(), threading.Event()

    def job() -> None:
        gate.wait(5)

    background.run(job, late.append)
    background.run(lambda: None, lambda _nothing: ended.set())
    qtbot.waitUntil(ended.is_set, timeout=10_000)
    background.close()
    gate.set()
    qtbot.wait(50)
    assert late == []


def test_its_threads_never_keep_the_process(qtbot: QtBot) -> None:
    background = Background()
    started, gate = threading.Event(), threading.Event()

    def job() -> None:
        started.set()
        gate.wait(5)

    background.run(job)
    assert started.wait(2)
    mine = [thread for thread in threading.enumerate() if thread.name.startswith("background-")]
    assert mine
    assert all(thread.daemon for thread in mine)
    gate.set()
