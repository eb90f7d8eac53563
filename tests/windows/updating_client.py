# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`python.exe -m tests.windows.updating_client PROGRAM SETUP`: the client in the tray updates itself.

It asks for rights as the client does, by PROGRAM of the folder that SETUP replaces, and ends when it is told
to. Only a window to press Install in is missing. What it saw is its only line.
"""

import hashlib
import os
import sys
import threading
from pathlib import Path

from connection_client.storage.session_folder import runtime_of_this_user
from connection_client.system.windows_elevated_install import Request
from connection_client.system.windows_elevation import Elevation
from connection_client.system.windows_single_instance import WindowsSingleInstance

_PATIENCE_SECONDS = 150.0


def main(program: str, setup: Path) -> str:
    """`asked to end`, `code N` where the setup ended first, or `nothing`."""
    content = setup.read_bytes()
    request = Request(str(setup), hashlib.sha256(content).hexdigest(), len(content), "nsis", ("/S",))
    seen: list[str] = []
    over = threading.Event()

    def tell(what: str) -> None:
        seen.append(what)
        over.set()

    instance = WindowsSingleInstance(runtime_of_this_user())
    if not instance.claim([]):
        return "another client runs"
    instance.listen(lambda words: tell("asked to end") if "--quit" in words else None)
    elevation = Elevation(lambda: [program])
    threading.Thread(target=lambda: tell(f"code {elevation.run(request)}"), daemon=True).start()
    over.wait(_PATIENCE_SECONDS)
    return next(iter(seen), "nothing")


if __name__ == "__main__":
    print("SAW " + main(sys.argv[1], Path(sys.argv[2])), flush=True)
    os._exit(0)  # as the client does: nothing that hangs keeps it
