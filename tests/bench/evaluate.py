# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Ten thousand releases: time and memory to recommendations, and what a look costs that finds nothing."""

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx

from connection_client.backend.catalogue_json import read_catalogue
from connection_client.backend.trust import SignedCatalogue
from connection_client.domain.catalogue import Catalogue
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.versions import Version
from connection_client.storage.files import write_atomically
from connection_client.storage.update_locks import lock_beside
from connection_client.updates.choices import Choices
from connection_client.updates.context import Computer, Context
from connection_client.workspace.rows import rows_of
from tests.bench.figures import Figure
from tests.world.catalogues import Json, catalogue_json, package_json, product_json, release_json
from tests.world.faulty_server import FaultyServer, faulty_server
from tests.world.tuf_repository import TufRepository

_PRODUCTS, _RELEASES, _INSTALLED = 100, 100, 50
_BAR_MS, _BAR_MB = 150.0, 90.0
_BAR_REQUESTS, _BAR_BYTES = 2, 1024
_ROUNDS = 15


def measure() -> list[Figure]:
    """The best of several rounds, in a process of its own whose peak is the whole process's."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        whole = big_catalogue()
        document = folder / "catalogue.json"
        document.write_text(json.dumps(whole))
        command = [sys.executable, "-c", "from tests.bench import evaluate; evaluate.child()", str(document)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        requests, size = _cost_of_nothing_new(folder, whole)
    return [
        Figure("evaluate 10,000 releases", told["ms"], _BAR_MS, "ms", "what is asked for", 1.0),
        Figure("evaluate, peak of the process", told["mb"], _BAR_MB, "MB", "what is asked for", 1.0),
        Figure(
            "look that finds nothing new: requests", requests, _BAR_REQUESTS, "", "what is asked for", 1.0
        ),
        Figure("look that finds nothing new: bytes", size, _BAR_BYTES, "B", "what is asked for", 1.0),
    ]


def big_catalogue() -> Json:
    """A hundred products with a hundred releases each, as a publisher of long standing has them."""
    return catalogue_json(
        *[
            product_json(f"product-{product}", *[_release(product, number) for number in range(_RELEASES)])
            for product in range(_PRODUCTS)
        ]
    )


def _release(product: int, number: int) -> Json:
    package = package_json(
        path=f"files/product-{product}/{number}.deb",
        filename=f"product-{product}-{number}.deb",
        sha256=hashlib.sha256(f"{product}/{number}".encode()).hexdigest(),
        requires=[{"id": "connection-client", "min": "0.1"}],
        auth="account",
    )
    notes = {"summary": "Faster opening of large files, and two mended faults.", "cves": []}
    return release_json(f"10.{number // 10}.{number % 10}.{product}", package, notes=notes)


def child() -> None:
    """Evaluate the document named on the command line; print milliseconds and the peak in MB."""
    content = Path(sys.argv[1]).read_bytes()
    best = min(_evaluate(content) for _ in range(_ROUNDS))
    print(json.dumps({"ms": best, "mb": peak_mb()}))


def _evaluate(content: bytes) -> float:
    started = time.perf_counter()
    known = read_catalogue(content, "1.0")
    rows = rows_of(_context(known), lambda _: None)
    taken = (time.perf_counter() - started) * 1_000
    assert not known.skipped
    assert len(rows) == _PRODUCTS
    assert all(row.recommendation is not None for row in rows)
    return taken


def _context(known: Catalogue) -> Context:
    old = Version.parse("10.1.2.3")
    installed = [InstalledProduct(one.id, old, "10.1.2.3", ()) for one in known.products[:_INSTALLED]]
    computer = Computer("linux", "x64", installs=frozenset({"deb"}))
    return Context(known, tuple(installed), computer, Choices("bench"), datetime.now(UTC))


def peak_mb() -> float:
    """Of this process alone; getrusage would count that of the one that started it."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def _cost_of_nothing_new(folder: Path, whole: Json) -> tuple[int, int]:
    """Requests and bytes of answers of a second look at an unchanged repository, over real HTTP."""
    repository = TufRepository(folder / "repository")
    repository.publish(whole)
    state = folder / "tuf"
    state.mkdir()
    with faulty_server() as server, httpx.Client(trust_env=False) as client:
        server.mounts["/tuf/"] = repository.folder
        received: list[int] = []
        client.event_hooks["response"] = [lambda answer: received.append(_length(answer))]
        _source(repository, server, client, state).refresh()
        received.clear()
        _source(repository, server, client, state).refresh()
    return len(received), sum(received)


def _source(
    repository: TufRepository, server: FaultyServer, client: httpx.Client, folder: Path
) -> SignedCatalogue:
    return SignedCatalogue(
        client=client,
        address=lambda: server.address,
        folder=folder,
        root=lambda: repository.root_bytes,
        lock=lock_beside(folder),
        write=write_atomically,
        own_version="1.0",
    )


def _length(answer: httpx.Response) -> int:
    """The head as it travelled, about, and the body."""
    head = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
    return head + int(answer.headers.get("content-length", "0"))
