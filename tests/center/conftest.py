# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One real Center for all tests of this folder; tests take addresses of their own."""

import itertools
from collections.abc import Callable, Iterator

import pytest

from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center, running_center
from tests.world.visitor import Visitor, heading

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    with running_center(tmp_path_factory.mktemp("center")) as running:
        yield running


@pytest.fixture(scope="session")
def other_organisation(center: Center) -> str:
    """The address of another organisation's administrator."""
    address = "omar@delta-works.example"
    center.manage(
        "organisation",
        "add",
        "Delta Works",
        "--country",
        "NL",
        "--fulfilment-contact",
        address,
        "--name",
        "Omar",
    )
    return address


@pytest.fixture
def visitor(center: Center) -> Iterator[Visitor]:
    with Visitor(center) as person:
        yield person


@pytest.fixture
def ana(center: Center) -> Iterator[Visitor]:
    """The example organisation's administrator, signed in."""
    with Visitor(center) as person:
        assert heading(person.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)) == "Which kind of user am I?"
        yield person


@pytest.fixture
def new_address() -> Callable[[], str]:
    """Makes addresses that nobody has yet."""
    return lambda: f"user{next(_NUMBERS):04}@lima-survey.example"
