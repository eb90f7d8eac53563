# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A secret is noticed wherever a process shows it, also in one that the client has started."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos.invariants import no_secret_shown
from tests.chaos.person import Person
from tests.world.processes import end

SECRET = "wide-meadow-of-tokens-77"
PARENT = (
    "import os, subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}, *{words!r}], env={more!r})"
)
CHILD = "print('up', flush=True); import time; time.sleep(60)"


@pytest.mark.parametrize(
    ("words", "variables", "told"),
    [([SECRET], {}, 1), ([], {"TOKEN": SECRET}, 1), ([], {"TOKEN": "another"}, 0)],
    ids=["argument", "variable", "none"],
)
def test_a_child_that_shows_a_secret_is_noticed(
    tmp_path: Path, words: list[str], variables: dict[str, str], told: int
) -> None:
    program = tmp_path / "program.py"  # so that the parent itself shows nothing
    program.write_text(PARENT.format(child=CHILD, words=words, more=variables))
    person = Person(tmp_path, {}, random.Random(1))  # noqa: S311  # no secret
    with subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"up\n"
            person.look_at(process.pid)
        finally:
            end(process)
    assert len(person.shown) == 2
    assert len(no_secret_shown(person.shown, [SECRET])) == told
