# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who asks for administrator rights under Wine, which gives them to everybody, and what their use leaves."""

from collections.abc import Sequence
from pathlib import Path

from connection_client.system import windows_process


class Asked:
    """Counts the questions and keeps the programs that were started with rights."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.processes: list[int] = []

    def __call__(self, command: Sequence[str]) -> int:
        self.commands.append(list(command))
        self.processes.append(windows_process.start_elevated(command))
        return self.processes[-1]


def left_behind() -> list[Path]:
    return list(Path(r"C:\Windows\Temp").glob("connection-client-*"))
