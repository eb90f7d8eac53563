# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A token goes to the Center alone, and no redirect leads to a strange place."""

import pytest

from connection_client.domain.errors import DownloadStopped, NotSignedIn, RoleMissing
from tests.backend.downloads.world import CONTENT, PATH, World, is_good, package
from tests.world.faulty_server import faulty_server


def test_the_token_goes_to_the_center(world: World) -> None:
    world.fetch(package(needs_account=True)).close()

    assert world.server.seen[0].headers["Authorization"] == "Bearer secret-token"


def test_a_public_package_is_fetched_without_token(world: World) -> None:
    world.fetch().close()

    assert "Authorization" not in world.server.seen[0].headers


def test_the_token_never_follows_to_another_origin(world: World) -> None:
    with faulty_server() as elsewhere:
        elsewhere.answers["/storage/app.deb"] = lambda exchange: exchange.send_file(CONTENT)
        target = {"Location": f"{elsewhere.address}/storage/app.deb"}
        world.answer(lambda exchange: exchange.send(302, headers=target))

        assert is_good(world.fetch(package(needs_account=True)))

        assert "Authorization" in world.server.seen[0].headers
        assert "Authorization" not in elsewhere.seen[0].headers


def test_a_short_lived_link_that_ended_is_asked_for_again(world: World) -> None:
    with faulty_server() as elsewhere:
        elsewhere.answers["/storage/app.deb"] = lambda exchange: (
            exchange.send(403) if exchange.number == 1 else exchange.send_file(CONTENT)
        )
        target = {"Location": f"{elsewhere.address}/storage/app.deb"}
        world.answer(lambda exchange: exchange.send(302, headers=target))

        assert is_good(world.fetch())
        assert len(world.ranges()) == 2


def test_a_circle_of_redirects_ends(world: World) -> None:
    world.answer(lambda exchange: exchange.send(302, headers={"Location": PATH}))

    with pytest.raises(DownloadStopped):
        world.fetch()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.com/x", "javascript:1"])
def test_a_redirect_to_a_strange_place_is_not_followed(world: World, target: str) -> None:
    world.answer(lambda exchange: exchange.send(302, headers={"Location": target}))

    with pytest.raises(DownloadStopped) as caught:
        world.fetch()

    assert caught.value.facts["reason"] in (
        "it sends to an unprotected place",
        "an address that cannot be read",
    )


def test_a_missing_role_names_it_and_whom_to_ask(world: World) -> None:
    problem = (
        b'{"role": "Product Delivery - Download",'
        b' "administrators": [{"name": "Ana Lima", "email": "ana@lima-survey.example"}]}'
    )
    world.answer(lambda exchange: exchange.send(403, problem, {"Content-Type": "application/problem+json"}))

    with pytest.raises(RoleMissing) as caught:
        world.fetch(package(needs_account=True))

    assert caught.value.facts == {
        "role": "Product Delivery - Download",
        "administrators": ("Ana Lima <ana@lima-survey.example>",),
    }


def test_a_refused_token_asks_for_a_sign_in(world: World) -> None:
    world.answer(lambda exchange: exchange.send(401))

    with pytest.raises(NotSignedIn):
        world.fetch(package(needs_account=True))
