# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where the client keeps what: one frozen set of folders, each readable by its owner only."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from connection_client.storage.session_folder import NAME, make_private, session_folder


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
            runtime=session_folder() or state / "run",
        ).created()

    @classmethod
    def under(cls, root: Path) -> Self:
        """A set of its own below `root`, created, for tests and portable use."""
        return cls(*(root / part.name for part in fields(cls))).created()

    def created(self) -> Self:
        """Make what is missing with mode 0700; raises FolderNotWritable."""
        for part in fields(self):
            make_private(getattr(self, part.name))
        return self
