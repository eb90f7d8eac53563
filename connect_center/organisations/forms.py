# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Forms of User Management."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from connect_center.accounts.registration import CountryField
from connect_center.organisations.members import NewMember, reason_against
from connect_center.organisations.models import Organisation, Role


class AddUserForm(forms.Form):
    """One user to register."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"), error_messages={"invalid": _("This does not look like an e-mail address.")}
    )
    country = CountryField()
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisation = organisation
        self.initial.setdefault("country", organisation.country)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        against = reason_against(self._organisation, email)
        if against:
            raise forms.ValidationError(against)
        return email

    @property
    def member(self) -> NewMember:
        """The person, after `is_valid`."""
        data = self.cleaned_data
        roles = tuple(Role(role) for role in data["roles"])
        return NewMember(email=data["email"], name=data["name"], country=data["country"], roles=roles)


class ImportForm(forms.Form):
    """A file, or its text when the preview sends it back."""

    file = forms.FileField(
        label=_("CSV file"), required=False, widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )
    text = forms.CharField(
        label=_("Or paste lines"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("file") and not (data.get("text") or "").strip():
            raise forms.ValidationError(_("Choose a file or paste lines first."))
        return data
