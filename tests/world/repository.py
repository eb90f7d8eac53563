# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A signed repository over HTTP, and an independent client of it: python-tuf's own updater."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tuf.ngclient import Updater

CATALOGUE = "catalogue/v1.json"


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Requests are no news."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; gives its address, with a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def updater(address: str, root: bytes, cache: Path) -> Updater:
    """A client that trusts `root` and keeps what it verified in `cache`."""
    (cache / "metadata").mkdir(parents=True, exist_ok=True)
    (cache / "targets").mkdir(parents=True, exist_ok=True)
    return Updater(
        metadata_dir=str(cache / "metadata"),
        metadata_base_url=f"{address}metadata/",
        target_dir=str(cache / "targets"),
        target_base_url=f"{address}targets/",
        bootstrap=root,
    )


def fetch(address: str, root: bytes, cache: Path, target: str = CATALOGUE) -> bytes:
    """The verified content of a target, as a client that starts with `cache` gets it."""
    client = updater(address, root, cache)
    client.refresh()
    info = client.get_targetinfo(target)
    assert info is not None, f"{target} is not signed"
    return Path(client.download_target(info)).read_bytes()
