# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Publishing as a whole: nothing half done, nobody in each other's way."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from connect_center.publisher import catalogue
from connect_center.publisher.catalogue import Document, ReleaseOrder
from connect_center.publisher.errors import CatalogueRefused, PackageNotReadable, PublisherBusy
from connect_center.publisher.publishing import CLIENT, Publisher
from tests.world.packages import make_deb
from tests.world.repository import CATALOGUE, fetch, served

PROJECT = Path(__file__).parents[2]
PUBLISH_ALL = """
import sys
from pathlib import Path
from connect_center.publisher.catalogue import ReleaseOrder
from connect_center.publisher.publishing import Publisher
publisher = Publisher(Path(sys.argv[1]))
for path in sys.argv[2:]:
    publisher.add(Path(path), ReleaseOrder())
    print(path, flush=True)
"""


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path / "state")
    assert made.initialise("Example Systems")
    return made


def _root(state: Path) -> bytes:
    return (state / "tuf" / "metadata" / "1.root.json").read_bytes()


def _publish_elsewhere(state: Path, files: list[Path]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISH_ALL, str(state), *map(str, files)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_published_package_is_verified_by_a_client(tmp_path: Path, publisher: Publisher) -> None:
    deb = make_deb(tmp_path, "connection-client", "0.1.0", title="CONNECTION Client", architecture="amd64")
    published = publisher.add(deb, ReleaseOrder(public=True))
    assert (published.product_id, published.name, published.new) == (
        "connection-client",
        "CONNECTION Client",
        True,
    )
    with served(tmp_path / "state" / "tuf") as address:
        root = _root(tmp_path / "state")
        seen = catalogue.from_bytes(fetch(address, root, tmp_path / "cache"))
        own = catalogue.from_bytes(fetch(address, root, tmp_path / "cache", CLIENT))
    assert seen == own == publisher.catalogue()
    package = seen["products"][0]["releases"][0]["packages"][0]
    assert (tmp_path / "state" / "packages" / package["path"]).read_bytes() == deb.read_bytes()
    assert publisher.check() == []


def test_an_application_before_its_prerequisite_is_refused(tmp_path: Path, publisher: Publisher) -> None:
    deb = make_deb(tmp_path, "survey-viewer-ses", "10.1.0.12", depends=["connection-client (>= 0.1)"])
    with pytest.raises(CatalogueRefused, match=r"needs connection-client 0\.1, which is not offered"):
        publisher.add(deb, ReleaseOrder())
    assert publisher.catalogue()["products"] == []


def test_a_prerequisite_cannot_be_withdrawn_from_under_an_application(
    tmp_path: Path, publisher: Publisher
) -> None:
    publisher.add(make_deb(tmp_path, "connection-client", "0.1.0", title="C"), ReleaseOrder())
    deb = make_deb(tmp_path, "survey-viewer-ses", "10.1", title="S", depends=["connection-client"])
    publisher.add(deb, ReleaseOrder())
    with pytest.raises(CatalogueRefused):
        publisher.withdraw("connection-client", "0.1.0", "It is slow.")
    assert "withdrawn" not in publisher.catalogue()["products"][0]["releases"][0]
    publisher.withdraw("survey-viewer", "10.1", "It loses points.")
    publisher.withdraw("connection-client", "0.1.0", "It is slow.")


def test_two_publishers_at_once_lose_nothing(tmp_path: Path, publisher: Publisher) -> None:
    mine = [make_deb(tmp_path, "mesh-viewer-ses", f"1.{n}", title="Mesh Viewer SES") for n in range(5)]
    others = [make_deb(tmp_path, "survey-viewer-ses", f"1.{n}", title="Survey Viewer SES") for n in range(5)]
    with _publish_elsewhere(tmp_path / "state", others) as process:
        for path in mine:
            publisher.add(path, ReleaseOrder())
        printed, _errors = process.communicate()
    assert process.returncode == 0
    assert len(printed.splitlines()) == 5
    for product_id in ("mesh-viewer", "survey-viewer"):
        releases = catalogue.product_of(publisher.catalogue(), product_id)["releases"]
        assert [release["version"] for release in releases] == [f"1.{n}" for n in range(5)]
    assert publisher.check() == []


def test_a_publisher_that_finds_the_lock_taken_says_so(tmp_path: Path, publisher: Publisher) -> None:
    hasty = Publisher(tmp_path / "state", patience=0.05)
    with (
        FileLock(tmp_path / "state" / "publisher.lock"),
        pytest.raises(PublisherBusy, match="Run this again"),
    ):
        hasty.roll_out("survey-viewer", "1.0", 10)
    assert publisher.catalogue()["products"] == []


def test_a_reader_in_the_middle_sees_whole_publications(tmp_path: Path, publisher: Publisher) -> None:
    files = [make_deb(tmp_path, "mesh-viewer-ses", f"1.{n}", title="Mesh Viewer SES") for n in range(12)]
    root = _root(tmp_path / "state")
    seen: list[int] = []
    done = threading.Event()

    def read(address: str) -> None:
        while not done.is_set():
            cache = tmp_path / f"cache-{len(seen)}"
            products = catalogue.from_bytes(fetch(address, root, cache))["products"]
            seen.append(len(products[0]["releases"]) if products else 0)

    with served(tmp_path / "state" / "tuf") as address:
        reader = threading.Thread(target=read, args=(address,))
        reader.start()
        for path in files:
            publisher.add(path, ReleaseOrder())
        done.set()
        reader.join()
    assert seen
    assert seen == sorted(seen)  # an error would have ended the reader early, with a warning that fails
    assert publisher.check() == []


@pytest.mark.parametrize("packages_before_the_kill", [0, 1, 3])
def test_a_killed_publisher_leaves_an_old_or_a_new_state(
    tmp_path: Path, publisher: Publisher, packages_before_the_kill: int
) -> None:
    files = [make_deb(tmp_path, "mesh-viewer-ses", f"1.{n}", title="Mesh Viewer SES") for n in range(30)]
    with _publish_elsewhere(tmp_path / "state", files) as process:
        assert process.stdout is not None
        for _number in range(packages_before_the_kill + 1):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert publisher.check() == []
    for path in files:
        publisher.add(path, ReleaseOrder())
    assert len(publisher.catalogue()["products"][0]["releases"]) == 30
    assert publisher.check() == []


def test_a_disk_that_refuses_leaves_what_was_published(tmp_path: Path) -> None:
    told: list[Document] = []
    publisher = Publisher(tmp_path / "state", on_prepared=told.append)
    publisher.initialise("Example Systems")
    publisher.add(make_deb(tmp_path, "mesh-viewer-ses", "1.0", title="M"), ReleaseOrder())
    before = publisher.catalogue()
    (tmp_path / "state" / "keys" / "tuf" / "snapshot.pem").rename(tmp_path / "snapshot.pem")
    with pytest.raises(Exception, match="snapshot"):
        publisher.add(make_deb(tmp_path, "mesh-viewer-ses", "2.0", title="M"), ReleaseOrder())
    assert publisher.catalogue() == before == told[-1]
    (tmp_path / "snapshot.pem").rename(tmp_path / "state" / "keys" / "tuf" / "snapshot.pem")
    publisher.add(make_deb(tmp_path, "mesh-viewer-ses", "2.0", title="M"), ReleaseOrder())
    assert publisher.check() == []


def test_a_changed_package_file_is_found(tmp_path: Path, publisher: Publisher) -> None:
    publisher.add(make_deb(tmp_path, "mesh-viewer-ses", "1.0", title="M"), ReleaseOrder())
    (stored,) = (tmp_path / "state" / "packages").rglob("*.deb")
    content = bytearray(stored.read_bytes())
    content[-1] ^= 1
    stored.write_bytes(content)
    (finding,) = publisher.check()
    assert "not the one that was signed" in finding
    stored.unlink()
    (finding,) = publisher.check()
    assert "cannot be read" in finding


def test_a_file_that_changes_while_it_is_read_is_not_published(tmp_path: Path, publisher: Publisher) -> None:
    deb = make_deb(tmp_path, "mesh-viewer-ses", "1.0", title="M")
    with pytest.raises(PackageNotReadable, match="changed while it was read"):
        publisher.files.store(deb, "mesh-viewer/1.0/x.deb", "0" * 64)
    assert list((tmp_path / "state" / "packages").rglob("*.deb*")) == []
    assert list((tmp_path / "state" / "packages").rglob("*.part")) == []


def test_starting_twice_changes_nothing(tmp_path: Path, publisher: Publisher) -> None:
    root = _root(tmp_path / "state")
    assert not publisher.initialise("Somebody else")
    assert publisher.catalogue()["publisher"] == "Example Systems"
    assert _root(tmp_path / "state") == root
    assert publisher.repository.read(CATALOGUE)
