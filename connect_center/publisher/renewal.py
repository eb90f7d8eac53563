# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Keeps the signed lists from ending while an embedded Center runs; elsewhere `publish renew` does so."""

import logging
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from connect_center.publisher.errors import PublishError
from connect_center.publisher.publishing import Publisher

_EVERY_SECONDS = 3600.0
_KEPT = timedelta(days=30)
log = logging.getLogger(__name__)


def keep_signed(state: Path, stop: Event | None = None) -> Thread:
    """Renew now and every hour in a thread of its own, until `stop` is set or the process ends."""
    ended = stop or Event()

    def run() -> None:
        while True:
            renew_once(Publisher(state))
            if ended.wait(_EVERY_SECONDS):
                return

    thread = Thread(target=run, name="renewal", daemon=True)
    thread.start()
    return thread


def renew_once(publisher: Publisher) -> None:
    """Renew what ends soon, remove what is old; what stands in the way is logged, and tried again later."""
    if not publisher.repository.exists:
        return
    try:
        publisher.renew()
        publisher.prune(_KEPT)
    except (PublishError, OSError) as error:
        log.warning("The signed lists could not be renewed: %s", error)
