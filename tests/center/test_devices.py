# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where somebody is signed in, and how one device is signed out from another."""

import httpx

from tests.center.accounts import OpenIdClient, Tokens
from tests.world.visitor import Visitor


def me(ana: Visitor, tokens: Tokens, device: str) -> httpx.Response:
    return ana.http.get("api/v1/me", headers={**tokens.bearer, "Device-Name": device})


def devices(ana: Visitor, tokens: Tokens) -> dict[str, dict[str, object]]:
    listed = ana.http.get("api/v1/devices", headers=tokens.bearer).json()["devices"]
    return {str(device["name"]): device for device in listed}


def test_devices_are_listed_by_the_names_they_give_themselves(ana: Visitor) -> None:
    desk, laptop = OpenIdClient(ana).sign_in(), OpenIdClient(ana).sign_in()
    me(ana, desk, "desk-B%C3%BCro")
    me(ana, laptop, "laptop")
    seen = devices(ana, desk)
    assert seen["desk-Büro"]["current"] is True
    assert seen["laptop"]["current"] is False
    assert devices(ana, laptop)["laptop"]["current"] is True


def test_a_name_outlives_renewals_and_is_no_place_for_more(ana: Visitor) -> None:
    client = OpenIdClient(ana)
    tokens = client.sign_in()
    me(ana, tokens, "x" * 500 + "%00%0A")
    answer = client.renew(tokens.answer["refresh_token"]).json()
    renewed = Tokens(answer, tokens.nonce)
    (name,) = [name for name, device in devices(ana, renewed).items() if device["current"]]
    assert name == "x" * 60


def test_one_device_signs_out_another(ana: Visitor) -> None:
    client = OpenIdClient(ana)
    here, lost = OpenIdClient(ana).sign_in(), client.sign_in()
    me(ana, lost, "lost laptop")
    device = devices(ana, here)["lost laptop"]["id"]
    address = f"api/v1/devices/{device}"
    assert ana.http.delete(address, headers=here.bearer).status_code == 204
    assert "lost laptop" not in devices(ana, here)
    assert me(ana, lost, "lost laptop").status_code == 401
    assert client.renew(lost.answer["refresh_token"]).json() == {"error": "invalid_grant"}
    again = ana.http.delete(address, headers=here.bearer)
    assert (again.status_code, again.headers["content-type"]) == (404, "application/problem+json")


def test_nobody_sees_or_ends_somebody_elses_devices(ana: Visitor) -> None:
    tokens = OpenIdClient(ana).sign_in()
    assert ana.http.get("api/v1/devices").status_code == 401
    assert ana.http.delete("api/v1/devices/whatever").status_code == 401
    assert ana.http.delete("api/v1/devices/whatever", headers=tokens.bearer).status_code == 404
    assert ana.http.get("api/v1/devices", headers=tokens.bearer).status_code == 200
