# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Registers the desktop client with the Center's own OpenID provider."""

from typing import Any

from allauth.idp.oidc.models import Client

CLIENT_ID = "connection-client"
SCOPES = ["openid", "profile", "email", "offline_access"]
REDIRECT = "http://127.0.0.1/callback"  # on any port: RFC 8252, section 7.3
SIGNED_OUT = "http://127.0.0.1/signed-out"  # where the browser may go back to after a sign-out


def register_client(**_signal: Any) -> None:
    """Write the client's registration after every migration: a public client, as native applications are."""
    client = Client.objects.filter(id=CLIENT_ID).first() or Client(id=CLIENT_ID)
    client.name = "CONNECTION Client"
    client.type = Client.Type.PUBLIC
    client.skip_consent = (
        True  # asked for all the same unless the sign-in is fresh: see `views.Authorization`
    )
    client.set_scopes(SCOPES)
    client.set_default_scopes(SCOPES[:3])
    client.set_redirect_uris([REDIRECT])
    client.set_post_logout_redirect_uris([SIGNED_OUT])
    client.set_response_types(["code"])
    client.set_grant_types(
        [Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN, Client.GrantType.DEVICE_CODE]
    )
    client.save()
