# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a person tells when registering, beyond address and password.

allauth makes its own form from this one, so this file imports no form of allauth.
"""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from connect_center.accounts.models import User
from connect_center.accounts.terms import agree


def country_choices() -> list[tuple[str, str]]:
    """Countries by name in the reader's language, after an empty line."""
    return [("", "")] + [(code, name) for code, name in countries]


class CountryField(forms.ChoiceField):
    """A country, by its ISO 3166-1 code of two letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Country"),
            choices=country_choices,
            widget=forms.Select(attrs={"autocomplete": "country"}),
            **kwargs,
        )


class RegistrationFields(forms.Form):
    """Name, country, organisation and the terms."""

    name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    country = CountryField()
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("As it is written in your contract. Leave it empty if you work alone."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    terms = forms.BooleanField(
        label=_("I agree to the terms of use"),
        error_messages={"required": _("Registration needs your agreement to the terms of use.")},
    )
    field_order = ["name", "email", "country", "organisation", "password1", "terms"]

    def signup(self, _request: Any, user: User) -> None:
        """Keep what was told. The organisation counts only when the address is confirmed."""
        user.name = self.cleaned_data["name"]
        user.country = self.cleaned_data["country"]
        user.requested_organisation = self.cleaned_data["organisation"].strip()
        user.met_in = get_language() or ""
        agree(user)
        user.save()
