# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is read before the icon stands is next to nothing; each of these modules would keep it waiting."""

import subprocess
import sys

EARLY = (
    "connection_client.__main__",
    "connection_client.storage.session_folder",
    "connection_client.system.display",
    "connection_client.system.single_instance",
    "connection_client.ui.application",
)
LATE = (
    "dataclasses",
    "json",
    "httpx",
    "msgspec",
    "platformdirs",
    "jeepney",
    "PySide6.QtDBus",
    "PySide6.QtSvg",
)


def test_the_icon_waits_for_nothing_heavy() -> None:
    code = f"import sys, {', '.join(EARLY)}; print(*(name for name in {LATE!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
