# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One's own e-mail address: a new one replaces the old when its link was followed, and not before."""

from collections.abc import Callable

import pytest

from tests.center.accounts import PASSWORD, add_user, create_password
from tests.world.center import Center
from tests.world.visitor import Visitor, heading

ADDRESS = "accounts/email/"


@pytest.fixture
def old(center: Center, visitor: Visitor, ana: Visitor, new_address: Callable[[], str]) -> str:
    """The address of somebody who is signed in at `visitor`."""
    email = new_address()
    add_user(ana, email)
    create_password(center, visitor, email)
    visitor.sign_in(email, PASSWORD)
    return email


def test_a_new_address_counts_when_its_link_was_followed(
    center: Center, visitor: Visitor, old: str, new_address: Callable[[], str]
) -> None:
    assert f'href="/{ADDRESS}"' in visitor.open("connected/").text
    page = visitor.open(ADDRESS)
    assert (heading(page), f"You sign in with {old}." in page.text) == ("E-mail address", True)

    new = new_address()
    visitor.send(ADDRESS, {"email": new, "action_add": "1"})
    page = visitor.open(ADDRESS)
    assert f"You sign in with {old}." in page.text
    assert f"{new} counts as soon as you followed the link that was sent there." in page.text

    visitor.confirm(center.wait_for_mail(new))
    page = visitor.open(ADDRESS)
    assert f"You sign in with {new}." in page.text
    assert "Send the link again" not in page.text


def test_one_may_keep_the_old_address(visitor: Visitor, old: str, new_address: Callable[[], str]) -> None:
    new = new_address()
    visitor.send(ADDRESS, {"email": new, "action_add": "1"})
    visitor.send(ADDRESS, {"email": new, "action_remove": "1"})
    page = visitor.open(ADDRESS)
    assert f"You sign in with {old}." in page.text
    assert new not in page.text
