# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An organisation's own OpenID provider: its people sign in there, and it answers for its domain only.

allauth speaks the protocol; here is decided whom the provider may speak for.
"""

from dataclasses import dataclass
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from connect_center.accounts.models import User
from connect_center.organisations.members import vouch_for
from connect_center.organisations.models import Domain

KIND = "openid_connect"


@dataclass(frozen=True)
class Provider:
    """What was agreed with the organisation; without a secret the Center is a public client with PKCE."""

    issuer: str
    client_id: str
    client_secret: str = ""


def domain_of(email: str) -> str:
    """The part behind the last @, in small letters."""
    return email.strip().lower().rpartition("@")[2]


def federated_domain(email: str) -> Domain | None:
    """The domain whose people sign in at their organisation's own provider, or None."""
    found = Domain.objects.select_related("organisation", "identity_provider")
    return found.filter(
        name=domain_of(email), identity_provider__isnull=False, organisation__suspended=False
    ).first()


def provider_of(email: str) -> SocialApp | None:
    """The provider at which the owner of this address signs in, or None: at the Center itself."""
    domain = federated_domain(email)
    return domain.identity_provider if domain else None


def sent_to(provider: SocialApp, request: HttpRequest, email: str, waiting: str) -> HttpResponse:
    """The redirect to the provider with the address as a hint; `waiting` is opened afterwards."""
    try:
        answer: HttpResponse = provider.get_provider(request).redirect(
            request, AuthProcess.LOGIN, next_url=waiting, auth_params={"login_hint": email.strip()}
        )
    except requests.RequestException:
        return render(request, "organisations/provider_silent.html", {"email": email}, status=503)
    return answer


@transaction.atomic
def begin(domain: Domain, provider: Provider) -> None:
    """From now on people of this domain sign in at the provider."""
    settings = {"server_url": provider.issuer, "oauth_pkce_enabled": True}
    facts = {
        "name": domain.organisation.name[:40],
        "client_id": provider.client_id,
        "secret": provider.client_secret,
        "settings": settings,
    }
    app, _new = SocialApp.objects.update_or_create(provider=KIND, provider_id=domain.name, defaults=facts)
    domain.identity_provider = app
    domain.save(update_fields=["identity_provider"])


def end(domain: Domain) -> None:
    """People of this domain sign in at the Center again; their accounts stay."""
    SocialApp.objects.filter(provider=KIND, provider_id=domain.name).delete()


def callback_path(domain: Domain) -> str:
    """Where the provider sends the browser back to."""
    return reverse("openid_connect_callback", kwargs={"provider_id": domain.name})


class FederationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth gives no types
    """Takes a provider's word about addresses of its own domain, and about nobody else."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        domain = Domain.objects.filter(
            identity_provider__provider_id=sociallogin.account.provider, organisation__suspended=False
        ).first()
        told = sociallogin.email_addresses[0].email if sociallogin.email_addresses else ""
        spoken_for = [told, *([sociallogin.user.email] if sociallogin.is_existing else [])]
        if domain is None or any(domain_of(email) != domain.name for email in spoken_for):
            page = render(request, "organisations/provider_refused.html", {"email": told}, status=403)
            raise ImmediateHttpResponse(page)
        for address in sociallogin.email_addresses:
            address.verified = True
        known = User.objects.filter(email=told.lower()).first()
        if known is not None and not sociallogin.is_existing:
            vouch_for(known)
            sociallogin.connect(request, known)
        elif not sociallogin.is_existing:
            sociallogin.user.country = domain.organisation.country

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        user.name = str(data.get("name") or user.email.partition("@")[0])[:150]
        return user
