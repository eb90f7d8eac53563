# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tokens for a sign-in on another device (RFC 8628), with the ID token that OpenID clients check."""

import json
from typing import Any

from allauth.idp.oidc.internal.oauthlib.request_validator import OAuthLibRequestValidator
from allauth.idp.oidc.internal.oauthlib.server import get_server
from allauth.idp.oidc.internal.oauthlib.utils import convert_response, extract_params
from allauth.idp.oidc.models import Client
from allauth.idp.oidc.views import TokenView
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from oauthlib.oauth2.rfc8628.grant_types import DeviceCodeGrant
from oauthlib.openid.connect.core.grant_types import AuthorizationCodeGrant


class _Validator(OAuthLibRequestValidator):  # type: ignore[misc]  # allauth gives no types
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

        server = get_server(pre_token=[pre_token])
        grant = _OpenIdDeviceGrant(_Validator(), pre_token=[pre_token])
        server.grant_types[Client.GrantType.DEVICE_CODE.value] = grant
        answer: HttpResponse = convert_response(*server.create_token_response(*extract_params(request)))
        return answer


token = Token.as_view()
