# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The remembered account: comes back whole, survives nonsense, and loses nothing to other writers."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from connection_client.domain.accounts import Account, Membership, Person
from connection_client.identity.ports import Remembered, Revocation
from connection_client.storage.account_cache import AccountFile

ACCOUNT = Account(
    issuer="https://center.example",
    subject="1",
    email="zoë@lima.example",
    name="Zoë",
    membership=Membership.WAITING,
    organisation="Lima Survey",
    roles=("Product Delivery - Download",),
    administrators=(Person("Ana Lima", "ana@lima.example"),),
)
WRITERS, CHANGES = 4, 10


def adding(waiting: Revocation) -> Callable[[Remembered], Remembered]:
    return lambda kept: replace(kept, revocations=(*kept.revocations, waiting))


def test_what_was_remembered_comes_back(tmp_path: Path) -> None:
    waiting = Revocation("https://center.example", "to revoke 1")
    AccountFile(tmp_path).change(lambda _: Remembered(ACCOUNT, (waiting,)))
    assert AccountFile(tmp_path).load() == Remembered(ACCOUNT, (waiting,))
    assert (tmp_path / "account.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"account": {"issuer": 1}}', "\xff", "[" * 99_999])
def test_an_unreadable_file_is_nobody(tmp_path: Path, content: str) -> None:
    (tmp_path / "account.json").write_text(content, "latin-1")
    accounts = AccountFile(tmp_path)
    assert accounts.load() == Remembered()
    accounts.change(lambda remembered: replace(remembered, account=ACCOUNT))
    assert accounts.load().account == ACCOUNT


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    def write(number: int) -> None:
        accounts = AccountFile(tmp_path)
        for change in range(CHANGES):
            accounts.change(adding(Revocation("issuer", f"{number} {change}")))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(set(AccountFile(tmp_path).load().revocations)) == WRITERS * CHANGES
