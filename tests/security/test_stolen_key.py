# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A malicious publisher with one stolen key, who also holds the Center's content network."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from securesystemslib.signer import CryptoSigner

from connection_client.backend.trust import SignedCatalogue
from connection_client.domain.errors import CatalogueNotTrusted
from connection_client.storage.files import write_atomically
from connection_client.storage.update_locks import lock_beside
from tests.world.catalogues import catalogue_json, product_json, release_json
from tests.world.faulty_server import faulty_server
from tests.world.tuf_repository import ROLES, TufRepository

HONEST = catalogue_json(product_json("survey-viewer", release_json("10.1.0.12")))
MALICIOUS = catalogue_json(product_json("survey-viewer", release_json("66.6.6.6")))


@pytest.fixture
def repository(tmp_path: Path) -> TufRepository:
    made = TufRepository(tmp_path / "repository")
    made.publish(HONEST)
    return made


@pytest.fixture
def source(repository: TufRepository, tmp_path: Path) -> Iterator[SignedCatalogue]:
    """A client that knows the honest list already."""
    folder = tmp_path / "client"
    folder.mkdir()
    with faulty_server() as server, httpx.Client(trust_env=False, timeout=5) as client:
        server.mounts["/tuf/"] = repository.folder
        trusting = SignedCatalogue(
            client=client,
            address=lambda: server.address,
            folder=folder,
            root=lambda: repository.root_bytes,
            lock=lock_beside(folder),
            write=write_atomically,
            own_version="1.0",
            clock=lambda: datetime.now(UTC),
        )
        trusting.refresh()
        yield trusting


def offered(source: SignedCatalogue) -> list[str]:
    state = source.cached()
    assert state is not None
    return [release.version_text for release in state.catalogue.products[0].releases]


def thief(repository: TufRepository, *stolen: str) -> dict[str, CryptoSigner]:
    """The stolen keys, and keys of the thief's own for all the others."""
    own = {role: CryptoSigner.generate_ed25519() for role in ROLES}
    return own | {role: repository.signers[role] for role in stolen}


@pytest.mark.parametrize(
    "stolen",
    [("timestamp",), ("snapshot",), ("targets",), ("timestamp", "snapshot"), ("snapshot", "targets")],
    ids=" and ".join,
)
def test_without_all_three_keys_nothing_malicious_is_offered(
    repository: TufRepository, source: SignedCatalogue, stolen: tuple[str, ...]
) -> None:
    repository.publish(MALICIOUS, signers=thief(repository, *stolen))

    with pytest.raises(CatalogueNotTrusted):
        source.refresh()

    assert offered(source) == ["10.1.0.12"]


def test_a_thief_of_every_online_key_is_locked_out_by_the_root(
    repository: TufRepository, source: SignedCatalogue
) -> None:
    stolen = thief(repository, "timestamp", "snapshot", "targets")
    for role in ("timestamp", "snapshot", "targets"):
        repository.rotate_root(lost=role)
    repository.publish(HONEST)
    source.refresh()

    repository.publish(MALICIOUS, signers=stolen)
    with pytest.raises(CatalogueNotTrusted):
        source.refresh()

    assert offered(source) == ["10.1.0.12"]
