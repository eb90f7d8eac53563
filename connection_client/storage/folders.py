# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where the client keeps what: one frozen set of folders, each readable by its owner only."""

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from connection_client.domain.errors import FolderNotWritable

NAME = "connection-client"


@dataclass(frozen=True)
class Folders:
    """Settings roam with `config`; `cache` may be deleted at any time; `runtime` ends with the session."""

    config: Path
    cache: Path
    state: Path
    data: Path
    runtime: Path

    @classmethod
    def of_this_user(cls) -> Self:
        """The folders of the platform (XDG on Linux), created; raises FolderNotWritable."""
        from platformdirs import PlatformDirs  # the icon does not wait for it

        dirs = PlatformDirs(NAME, appauthor=False, roaming=False)
        state = Path(dirs.user_state_path)
        return cls(
            config=Path(dirs.user_config_path),
            cache=Path(dirs.user_cache_path),
            state=state,
            data=Path(dirs.user_data_path),
            runtime=_session_folder() or state / "run",
        ).created()

    @classmethod
    def under(cls, root: Path) -> Self:
        """A set of its own below `root`, created, for tests and portable use."""
        return cls(*(root / part.name for part in fields(cls))).created()

    @classmethod
    def runtime_of_this_user(cls) -> Path:
        """The folder that ends with the session, created; raises FolderNotWritable."""
        folder = _session_folder()
        return make_private(folder) if folder else cls.of_this_user().runtime

    def created(self) -> Self:
        """Make what is missing with mode 0700; raises FolderNotWritable."""
        for part in fields(self):
            make_private(getattr(self, part.name))
        return self


def _session_folder() -> Path | None:
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(session) / NAME if os.path.isabs(session) else None  # noqa: PTH117  # "" is none


def make_private(folder: Path) -> Path:
    """Create a folder that only its owner can enter; raises FolderNotWritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name == "posix" and folder.stat().st_uid == os.geteuid():
            folder.chmod(0o700)
    except OSError as error:
        raise FolderNotWritable(path=str(folder), reason=error.strerror or "") from error
    return folder
