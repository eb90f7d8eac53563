# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Settings of gunicorn: `gunicorn -c python:connect_center.operation.gunicorn connect_center.wsgi`."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

_SHARED_COUNTS = "PROMETHEUS_MULTIPROC_DIR"
os.environ.setdefault(_SHARED_COUNTS, tempfile.mkdtemp(prefix="center-metrics-"))

bind = os.environ.get("CENTER_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("CENTER_WORKERS") or 2 * (os.cpu_count() or 1) + 1)
threads = int(os.environ.get("CENTER_THREADS") or 4)
worker_class = "gthread"
timeout = 60  # seconds without a sign of life
graceful_timeout = 30  # seconds for what was begun when workers are started again
max_requests, max_requests_jitter = 20_000, 2_000
accesslog = None  # addresses of people belong into the proxy's log, if anywhere
forwarded_allow_ips = os.environ.get("CENTER_PROXY_ADDRESSES", "127.0.0.1")


def on_starting(_server: Any) -> None:
    """Begin to count anew."""
    folder = Path(os.environ[_SHARED_COUNTS])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def child_exit(_server: Any, worker: Any) -> None:
    """Keep the counts of a worker that ended, and forget its momentary values."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # of a library without types


def on_exit(_server: Any) -> None:
    """Leave no counts behind."""
    shutil.rmtree(os.environ[_SHARED_COUNTS], ignore_errors=True)
