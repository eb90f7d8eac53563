# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A person's client at work: installs what it is given by the client's own installer.

    python3 -I polkit_person.py RESULT now|wait|one-by-one KIND FILE...

It lies beside the installed client. But for `now` it says its process number and begins when a line comes;
`one-by-one` makes a job of each file, and waits for a line before each.
"""

import hashlib
import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from connection_client.bootstrap.local_linux import linux
from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.errors import ClientError
from connection_client.domain.texts import explain
from connection_client.storage.folders import Folders
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job


def main(result: str, when: str, kind: str, *paths: str) -> None:
    """Verified first, as a download is; then asked for."""
    local = linux(Folders.under(Path.home() / "client"))
    with ExitStack() as stack:
        files = tuple(stack.enter_context(verified(Path(path), kind)) for path in paths)
        if when != "now":
            print(os.getpid(), flush=True)
        told = {"code": "", "text": ""}
        try:
            for part in [(file,) for file in files] if when == "one-by-one" else [files]:
                if when != "now":
                    sys.stdin.readline()
                local.installer.install(Job("Survey Viewer SES", part, Path.home() / "logs/install.log"))
        except ClientError as error:
            told = {"code": error.code, "text": explain(error)}
        except KeyboardInterrupt:
            told = {"code": "interrupted", "text": ""}
        Path(result).write_text(json.dumps(told))
    local.close()


def verified(path: Path, kind: str) -> VerifiedFile:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    package = Package("linux", "any", path.name, path.name, len(content), digest, InstallRecipe(kind))
    return VerifiedFile(package, path, path.open("rb"))


main(*sys.argv[1:])
