# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Refresh tokens that are used twice end everything that came from the same sign-in (RFC 9700, 4.14.2).

All tokens of one sign-in carry the name of their family. A refresh token that was traded stays known by its
hash; whoever shows it again is a thief or was robbed, and nobody can tell which.
"""

import uuid
from typing import Any

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.internal.oauthlib.request_validator import OAuthLibRequestValidator
from allauth.idp.oidc.internal.oauthlib.utils import get_validator_context
from allauth.idp.oidc.models import Token

from connect_center.accounts.models import SpentToken


class FamilyValidator(OAuthLibRequestValidator):  # type: ignore[misc]  # allauth gives no types
    """allauth's validator, which forgets a traded token at once."""

    def save_bearer_token(self, token: dict[str, Any], request: Any, *args: Any, **kwargs: Any) -> None:
        old = get_validator_context().refresh_token
        family = _family_of(old) if old else uuid.uuid4().hex
        device = (old.data or {}).get("device", "") if old else ""
        super().save_bearer_token(token, request, *args, **kwargs)
        if old:
            SpentToken.objects.create(hash=old.hash, family=family, user_id=old.user_id)
        given = [token[kind] for kind in ("access_token", "refresh_token") if kind in token]
        hashes = [get_adapter().hash_token(value) for value in given]
        for made in Token.objects.filter(hash__in=hashes):
            made.data = {**(made.data or {}), "family": family, "device": device}
            made.save(update_fields=["data"])

    def validate_refresh_token(
        self, refresh_token: str, client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        # Of two workers that get the same token at once, the second waits and finds it spent.
        locked = Token.objects.select_for_update().by_value(refresh_token)
        locked.filter(type=Token.Type.REFRESH_TOKEN).first()
        if super().validate_refresh_token(refresh_token, client, request, *args, **kwargs):
            return True
        end_family_of(refresh_token)
        return False


def end_family_of(refresh_token: str) -> None:
    """Revoke all tokens of the family, if this token was traded before."""
    spent = SpentToken.objects.filter(hash=get_adapter().hash_token(refresh_token)).first()
    if spent is not None:
        Token.objects.filter(user_id=spent.user_id, data__family=spent.family).delete()


def _family_of(token: Token) -> str:
    return str((token.data or {}).get("family") or uuid.uuid4().hex)
