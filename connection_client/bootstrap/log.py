# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The log of the running client."""

import logging
import logging.handlers
from pathlib import Path

_LOG_BYTES = 1_000_000


def keep_log(folder: Path) -> None:
    """Write warnings, and our own notes, to `client.log`; it never grows beyond two megabytes."""
    if any(isinstance(handler, logging.handlers.RotatingFileHandler) for handler in logging.root.handlers):
        return
    path = folder / "client.log"
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=1, delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.root.addHandler(handler)
    logging.getLogger("connection_client").setLevel(logging.INFO)
