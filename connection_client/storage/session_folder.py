# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The folder that ends with the session: asked for before the icon is there, so it needs next to nothing."""

import os
from pathlib import Path

from connection_client.domain.errors import FolderNotWritable

NAME = "connection-client"


def session_folder() -> Path | None:
    """Where the session's sockets belong, not created yet; None where the session has no such place."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(session) / NAME if os.path.isabs(session) else None  # noqa: PTH117  # "" is none


def runtime_of_this_user() -> Path:
    """The folder that ends with the session, created; raises FolderNotWritable."""
    folder = session_folder()
    if folder is not None:
        return make_private(folder)
    from connection_client.storage.folders import Folders  # where the session has no place of its own

    return Folders.of_this_user().runtime


def make_private(folder: Path) -> Path:
    """Create a folder that only its owner can enter; raises FolderNotWritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name == "posix" and folder.stat().st_uid == os.geteuid():
            folder.chmod(0o700)
    except OSError as error:
        raise FolderNotWritable(path=str(folder), reason=error.strerror or "") from error
    return folder
