# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The end of the program: no thread is in Qt while its objects go, and none of them is left for later."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[2]
# Workers that answer while what takes their answers goes: once this ended the process with SIGSEGV.
LATE_ANSWERS = """
import threading
from PySide6.QtCore import QCoreApplication
from shiboken6 import delete
from connection_client.ui.background import Background

app = QCoreApplication([])
for _ in range(60):
    background, under_way = Background(), threading.Event()

    def answer(background=background, under_way=under_way):
        for _ in range(2000):
            background.post(print, "late")
            under_way.set()

    workers = [threading.Thread(target=answer) for _ in range(4)]
    for worker in workers:
        worker.start()
    under_way.wait()
    background.close()
    delete(background)
    for worker in workers:
        worker.join()
print("ended")
"""
NOTHING_LEFT = """
import gc
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid
from connection_client.ui import application
from tests.world.sample_rooms import SIGNED_IN, sample


class Brief(application.Program):
    def _on_loaded(self, rooms, background):
        super()._on_loaded(rooms, background)
        QTimer.singleShot(0, self._app.quit)


application.Program = Brief
status = application.run(lambda: sample(SIGNED_IN).rooms, hidden=False)
left = [type(one).__name__ for one in gc.get_objects() if isinstance(one, QObject) and isValid(one)]
print(status, QCoreApplication.instance(), left)
"""


def ended(script: str) -> "subprocess.CompletedProcess[str]":
    """A process of its own: what goes wrong here goes wrong with the whole process."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(HERE)}
    command = [sys.executable, "-X", "faulthandler", "-c", script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_answers_that_come_while_the_program_ends_are_dropped() -> None:
    done = ended(LATE_ANSWERS)
    assert (done.returncode, done.stdout) == (0, "ended\n"), done.stderr


def test_nothing_of_qt_is_left_to_the_end_of_the_interpreter() -> None:
    done = ended(NOTHING_LEFT)
    assert (done.returncode, done.stdout) == (0, "0 None []\n"), done.stderr
