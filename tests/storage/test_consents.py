# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Consents that several processes keep and withdraw at the same time are all there, and gone, afterwards."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from connection_client.domain.accounts import Account, Membership
from connection_client.domain.consents import Consent
from connection_client.storage.consents import ConsentFile

ACCOUNT = Account("issuer", "subject", "maya@lima-survey.example", "Maya", Membership.ACTIVE)
ADDS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from connection_client.domain.consents import Consent
from connection_client.storage.consents import ConsentFile
kept = ConsentFile(Path(sys.argv[1]))
for number in range(20):
    kept.add(Consent("issuer", "subject", f"{sys.argv[2]}-{number}", "Name", "/usr/bin/a", datetime.now(UTC)))
"""


def test_two_processes_lose_nothing_of_each_other(tmp_path: Path) -> None:
    file = tmp_path / "consents.json"
    kept = ConsentFile(file)
    old = [
        Consent("issuer", "subject", f"old-{number}", "Name", "/usr/bin/a", datetime.now(UTC))
        for number in range(20)
    ]
    for consent in old:
        kept.add(consent)
    adding = [subprocess.Popen([sys.executable, "-c", ADDS, str(file), name]) for name in ("one", "other")]
    for consent in old:
        kept.remove(consent)
    assert [process.wait(60) for process in adding] == [0, 0]
    assert {one.audience for one in kept.of(ACCOUNT)} == {
        f"{name}-{number}" for name in ("one", "other") for number in range(20)
    }
