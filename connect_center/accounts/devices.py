# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where a person is signed in: one device for each family of refresh tokens, and how to sign one out."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from allauth.idp.oidc.models import Token
from django.http import HttpRequest

from connect_center.accounts.models import User

NAME_HEADER = "Device-Name"  # percent-encoded UTF-8, sent by the client with `/me`
LONGEST_NAME = 60


@dataclass(frozen=True)
class Device:
    """One sign-in of a person; `name` is what the computer calls itself, or ""."""

    id: str
    name: str
    used_at: datetime
    current: bool


def devices_of(user: User, current: str) -> list[Device]:
    """The living sign-ins, the one used last first; `current` is the family that asks."""
    living = (
        Token.objects.valid().filter(user_id=user.pk, type=Token.Type.REFRESH_TOKEN).order_by("-created_at")
    )
    found: dict[str, Device] = {}
    for token in living:
        data = token.data or {}
        family = str(data.get("family", ""))
        if family and family not in found:
            found[family] = Device(family, str(data.get("device", "")), token.created_at, family == current)
    return list(found.values())


def sign_out(user: User, device: str) -> bool:
    """End a sign-in; whether there was such a one."""
    ended, _by_model = Token.objects.filter(user_id=user.pk, data__family=device).delete()
    return bool(ended)


def family_of(request: HttpRequest) -> str:
    """The family of the access token that a request carries."""
    token = _token_of(request)
    return str((token.data or {}).get("family", "")) if token else ""


def note_name(request: HttpRequest) -> None:
    """Keep what the computer calls itself with all tokens of its sign-in."""
    said = unquote(request.headers.get(NAME_HEADER, ""))
    name = "".join(character for character in said if character.isprintable())[:LONGEST_NAME].strip()
    token = _token_of(request)
    if not name or token is None or (token.data or {}).get("device") == name:
        return
    family = (token.data or {}).get("family")
    for each in Token.objects.filter(user_id=token.user_id, data__family=family) if family else ():
        each.data = {**each.data, "device": name}
        each.save(update_fields=["data"])


def _token_of(request: HttpRequest) -> Token | None:
    value = request.headers.get("Authorization", "").partition(" ")[2].strip()
    token: Token | None = Token.objects.lookup(Token.Type.ACCESS_TOKEN, value) if value else None
    return token
