# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The token endpoint: families of refresh tokens, and the device grant (RFC 8628) with an ID token."""

import json
from collections.abc import Callable
from typing import Any

from allauth.idp.oidc import app_settings
from allauth.idp.oidc.internal.oauthlib.server import (
    OAuthLibServer,
    generate_access_token,
    generate_refresh_token,
)
from allauth.idp.oidc.internal.oauthlib.utils import convert_response, extract_params
from allauth.idp.oidc.models import Client
from allauth.idp.oidc.views import TokenView
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from oauthlib.oauth2.rfc8628.grant_types import DeviceCodeGrant
from oauthlib.openid import Server
from oauthlib.openid.connect.core.grant_types import AuthorizationCodeGrant

from connect_center.accounts.token_families import FamilyValidator


class _Validator(FamilyValidator):
    def validate_device_code(self, client_id: str, device_code: str, request: Any) -> str:  # noqa: ARG002
        # `TokenView._post_device_token` has looked at the code, and at the person's word, already.
        return str(DeviceCodeGrant.DEVICE_CODE_AUTHORIZED)  # type: ignore[attr-defined]  # newer than the stubs


class _OpenIdDeviceGrant(DeviceCodeGrant):
    # WORKAROUND: https://github.com/oauthlib/oauthlib/issues/968 (no ID token from the device grant)
    def create_token_response(self, request: Any, token_handler: Any) -> tuple[dict[str, str], str, int]:
        headers, body, status = super().create_token_response(request, token_handler)
        if status == 200:  # noqa: PLR2004  # OK
            issue = AuthorizationCodeGrant(self.request_validator).add_id_token
            body = json.dumps(issue(json.loads(body), token_handler, request))
        return headers, body, status


class _Server(OAuthLibServer):  # type: ignore[misc]  # allauth gives no types
    """allauth's server with our validator, which it does not let us choose."""

    def __init__(self, pre_token: Callable[[Any], None]) -> None:
        validator = _Validator()
        Server.__init__(
            self,
            validator,
            token_generator=generate_access_token,
            refresh_token_generator=generate_refresh_token,
            token_expires_in=app_settings.ACCESS_TOKEN_EXPIRES_IN,
            pre_token=[pre_token],  # type: ignore[call-arg]  # handed on to the device grant
        )
        grant = _OpenIdDeviceGrant(validator, pre_token=[pre_token])
        self.grant_types[Client.GrantType.DEVICE_CODE.value] = grant


class Token(TokenView):  # type: ignore[misc]  # allauth gives no types
    """allauth's token endpoint, whose device grant does not fit the oauthlib that it asks for."""

    def _create_token_response(
        self,
        request: HttpRequest,
        *,
        user: AbstractBaseUser | None = None,
        data: dict[str, Any] | None = None,
    ) -> HttpResponse:
        def pre_token(described: Any) -> None:
            self._pre_token(described, user, data)

        answer: HttpResponse = convert_response(
            *_Server(pre_token).create_token_response(*extract_params(request))
        )
        return answer


token = Token.as_view()
