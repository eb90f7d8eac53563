# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where the client keeps what: one frozen set of folders, each readable by its owner only."""

import sys
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from connection_client.domain.long_paths import reachable
from connection_client.storage.session_folder import NAME, make_private, session_folder

if TYPE_CHECKING:
    from platformdirs.api import PlatformDirsABC

# The longest names below: a product's, and a package's by its hash while it is written.
_BELOW = 160


@dataclass(frozen=True)
class Folders:
    """Settings roam with `config`; `cache` may be deleted at any time; `runtime` ends with the session.

    `logs` is `state` but on macOS, where people and their help desks look in ~/Library/Logs.
    """

    config: Path
    cache: Path
    state: Path
    data: Path
    runtime: Path
    logs: Path

    @classmethod
    def of_this_user(cls) -> Self:
        """The folders of the platform (XDG on Linux), created; raises FolderNotWritable."""
        from platformdirs import PlatformDirs  # the icon does not wait for it

        return cls.named(PlatformDirs(NAME, appauthor=False, roaming=False))

    @classmethod
    def named(cls, dirs: "PlatformDirsABC", system: str = sys.platform) -> Self:
        """The folders that `dirs` names, created; `system` as in sys.platform; raises FolderNotWritable."""
        state = Path(dirs.user_state_path)
        return cls(
            config=Path(dirs.user_config_path),
            cache=Path(dirs.user_cache_path),
            state=state,
            data=Path(dirs.user_data_path),
            runtime=session_folder() or state / "run",
            logs=Path(dirs.user_log_path) if system == "darwin" else state,
        ).created()

    @classmethod
    def under(cls, root: Path) -> Self:
        """A set of its own below `root`, created, for tests and portable use."""
        names = [part.name for part in fields(cls) if part.name != "logs"]
        return cls(**{name: root / name for name in names}, logs=root / "state").created()

    def created(self) -> Self:
        """Make what is missing with mode 0700; raises FolderNotWritable."""
        within_reach = {part.name: reachable(getattr(self, part.name), below=_BELOW) for part in fields(self)}
        for folder in within_reach.values():
            make_private(folder)
        return replace(self, **within_reach)
