# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from connection_client.backend.center_api import CenterApi
from connection_client.backend.entitlements import CenterEntitlements
from connection_client.backend.http import open_client
from connection_client.domain.accounts import Account, Membership, Person, SessionState, SessionStatus
from connection_client.domain.settings import CENTER_URL
from connection_client.launch.entitlements import Entitlements
from connection_client.storage.entitlement_cache import EntitlementFiles
from connection_client.storage.settings import SettingsFile
from tests.world.signing_center import TOKEN, SigningCenter, running_signing_center


@dataclass
class Desk:
    """A computer with its person and its clock; `restart` gives what a new process would have."""

    folder: Path
    source: CenterEntitlements
    state: SessionState
    http: httpx.Client
    ahead: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def on(self, device: str) -> Entitlements:
        """The same files on a computer of that name."""
        return Entitlements(
            CenterEntitlements(self.http, self.source._center, lambda: TOKEN, device),
            EntitlementFiles(self.folder),
            lambda: self.state,
            self.now,
        )

    def restart(self) -> Entitlements:
        return Entitlements(self.source, EntitlementFiles(self.folder), lambda: self.state, self.now)

    @property
    def kept(self) -> list[Path]:
        return list(self.folder.glob("*.json"))


@pytest.fixture
def center() -> Iterator[SigningCenter]:
    with running_signing_center() as running:
        yield running


@pytest.fixture
def account(center: SigningCenter) -> Account:
    return Account(
        issuer=center.address,
        subject=center.subject,
        email="rui@lima-survey.example",
        name="Rui Costa",
        membership=Membership.ACTIVE,
        organisation="Lima Survey",
        administrators=(Person("Ana Lima", "ana@lima-survey.example"),),
    )


@pytest.fixture
def desk(center: SigningCenter, account: Account, tmp_path: Path) -> Iterator[Desk]:
    settings = SettingsFile(tmp_path / "config", tmp_path / "no-policy.json")
    (tmp_path / "config").mkdir()
    settings.set(CENTER_URL, center.address)
    with open_client(settings) as http:
        source = CenterEntitlements(http, CenterApi(http, settings), lambda: TOKEN)
        yield Desk(tmp_path / "entitlements", source, SessionState(SessionStatus.SIGNED_IN, account), http)
