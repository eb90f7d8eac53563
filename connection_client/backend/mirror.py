# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Packages from the organisation's own network: a folder, a share or a web server with the catalogue's paths.

Nothing of it is trusted: the signed hash decides, and the Center is asked for whatever the mirror lacks. The
person's token never goes there.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx

from connection_client.backend.part_file import PartFile
from connection_client.domain.catalogue import Package
from connection_client.domain.long_paths import reachable

_log = logging.getLogger(__name__)
_BLOCK = 1 << 17  # small enough for a speed limit


def fill_from_mirror(
    place: str,
    client: httpx.Client,
    package: Package,
    part: PartFile,
    tell: Callable[[int], None],
    cancelled: threading.Event,
) -> None:
    """Append what the mirror at `place` has of the package; `tell` hears how many bytes are here.

    Ends with a genuine file, with a part that can be gone on with, or with none. Raises OSError only for our
    own disk.
    """
    try:
        with _blocks(place, client, package, part.position) as blocks:
            for block in _read(blocks):
                if cancelled.is_set():
                    return
                if len(block) > part.remaining:
                    _log.warning("the mirror's %s is longer than what was signed", package.filename)
                    part.restart()
                    return
                part.append(block)
                tell(part.position)
    except (_Missing, httpx.HTTPError) as error:
        _log.info("the mirror does not give %s: %s", package.filename, error)
    if part.remaining == 0 and not part.is_genuine:
        _log.warning("the mirror's %s is not what was signed", package.filename)
        part.restart()


class _Missing(Exception):
    """The mirror does not have it, or not in this way."""


def _read(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The blocks; a share that goes away in the middle is a mirror's failure, not one of our disk."""
    while True:
        try:
            block = next(blocks, b"")
        except OSError as error:
            raise _Missing(str(error)) from error
        if not block:
            return
        yield block


@contextmanager
def _blocks(place: str, client: httpx.Client, package: Package, position: int) -> Iterator[Iterator[bytes]]:
    if place.startswith(("http://", "https://")):
        headers = {"Accept-Encoding": "identity", "Range": f"bytes={position}-"}
        url = f"{place}/{quote(package.path)}"
        with client.stream("GET", url, headers=headers, follow_redirects=False) as answer:
            begins = f"bytes {position}-"
            whole = answer.status_code == httpx.codes.OK and position == 0
            rest = answer.status_code == httpx.codes.PARTIAL_CONTENT
            if not (whole or (rest and answer.headers.get("content-range", "").startswith(begins))):
                raise _Missing(f"HTTP {answer.status_code}")
            if answer.headers.get("content-length", "") not in ("", str(package.length - position)):
                raise _Missing("another length")
            yield answer.iter_raw()
        return
    try:
        file = reachable(Path(place) / package.path).open("rb")
    except OSError as error:
        raise _Missing(error.strerror or "") from error
    with file:
        file.seek(position)
        yield iter(lambda: file.read(_BLOCK), b"")
