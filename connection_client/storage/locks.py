# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Locks that all processes of one person share; they vanish with the process that holds them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from connection_client.domain.errors import ClientError, FolderNotWritable, SessionBusy
from connection_client.storage.file_lock import FileLock, LockTaken

LOCK_SECONDS = 45.0  # longer than a renewal that meets a slow provider


@contextmanager
def held(lock: FileLock, busy: Callable[[], ClientError] = SessionBusy) -> Iterator[None]:
    """Hold the lock; raises what `busy` makes where others keep it too long, and FolderNotWritable."""
    try:
        lock.acquire()
    except LockTaken as error:
        raise busy() from error
    except OSError as error:
        raise FolderNotWritable(path=str(lock.path.parent), reason=error.strerror or "") from error
    try:
        yield
    finally:
        lock.release()


class SessionLockFile:
    """The lock under which the session is renewed and changed."""

    def __init__(self, folder: Path, seconds: float = LOCK_SECONDS) -> None:
        self._lock = FileLock(folder / "session.lock", seconds)
        self._thread = threading.RLock()

    def __call__(self) -> AbstractContextManager[None]:
        """Hold it; raises SessionBusy where another process keeps it too long."""
        return self._hold()

    @contextmanager
    def _hold(self) -> Iterator[None]:
        with self._thread, held(self._lock):
            yield
