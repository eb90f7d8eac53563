# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Forms of the update policy."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from connect_center.organisations.models import Organisation
from connect_center.policy.models import EVERY_DAY, MOST_DAYS, ProductPolicy, UpdatePolicy

_DECISIONS = [("yes", _("Allow")), ("no", _("Block"))]
_WEEK = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]
_RING = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9_-]{0,39})[\s:=]+(?P<days>[0-9]{1,3})")
MOST_RINGS = 20


def _decision() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Updates"), choices=_DECISIONS, coerce=lambda word: word == "yes", widget=forms.RadioSelect
    )


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # subscripts exist for the checker only
    """What holds for all applications."""

    allows = _decision()
    minimum_age_days = forms.IntegerField(
        label=_("Days after a release before it is offered"), min_value=0, max_value=MOST_DAYS, initial=0
    )
    rings = forms.CharField(
        label=_("Rings"),
        help_text=_("One in a line: a name, and how many days later its computers are offered a release."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "office 7"}),
    )
    deadline_days = forms.IntegerField(
        label=_("Days after a release until it is urgent"),
        help_text=_("Empty: never. What is urgent installs at any hour."),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
    )
    window_begins = forms.TimeField(
        label=_("Maintenance window from"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    window_ends = forms.TimeField(
        label=_("Maintenance window to"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    window_days = forms.MultipleChoiceField(
        label=_("Days of the maintenance window"), choices=_WEEK, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = UpdatePolicy
        fields = [
            "allows",
            "minimum_age_days",
            "rings",
            "deadline_days",
            "window_begins",
            "window_ends",
            "window_days",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = self.instance
        self.initial = dict(self.initial) | {
            "allows": "yes" if policy.allows else "no",
            "rings": "\n".join(f"{name} {days}" for name, days in policy.rings.items()),
            "window_days": list(policy.window_days or EVERY_DAY),
            "window_begins": f"{policy.window_begins:%H:%M}" if policy.window_begins else "",
            "window_ends": f"{policy.window_ends:%H:%M}" if policy.window_ends else "",
        }

    def clean_rings(self) -> dict[str, int]:
        rings: dict[str, int] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["rings"].splitlines())):
            found = _RING.fullmatch(line)
            if found is None or int(found["days"]) > MOST_DAYS:
                raise forms.ValidationError(
                    _("“%(line)s” is no ring. Write a name and days, such as: office 7"),
                    params={"line": line[:60]},
                )
            rings[found["name"]] = int(found["days"])
        if len(rings) > MOST_RINGS:
            raise forms.ValidationError(_("There can be %(most)s rings."), params={"most": MOST_RINGS})
        return rings

    def clean_window_days(self) -> str:
        return "".join(sorted(self.cleaned_data["window_days"]))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("window_begins"), data.get("window_ends")
        if (begins is None) != (ends is None):
            raise forms.ValidationError(_("A maintenance window needs both times, or none."))
        if begins is not None and begins == ends:
            raise forms.ValidationError(_("The maintenance window has no length. Change one of its times."))
        return data


class ProductPolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # subscripts exist for the checker only
    """What holds for one application."""

    allows = _decision()
    minimum_age_days = forms.IntegerField(
        label=_("Days after a release before it is offered"),
        help_text=_("Empty: as for all applications."),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
    )
    deadline_days = forms.IntegerField(
        label=_("Days after a release until it is urgent"),
        help_text=_("Empty: as for all applications."),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
    )

    class Meta:
        model = ProductPolicy
        fields = ["product", "allows", "minimum_age_days", "deadline_days"]
        labels = {"product": _("Application")}

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = "application"
        self._organisation = organisation
        self.initial.setdefault("allows", "yes")
        field = self.fields["product"]
        if isinstance(field, forms.ModelChoiceField):
            field.to_field_name = "code"
            field.empty_label = str(_("Choose an application"))

    def keep(self) -> ProductPolicy:
        """Put the decision in the place of the one there was."""
        data = dict(self.cleaned_data)
        kept, _new = ProductPolicy.objects.update_or_create(
            organisation=self._organisation, product=data.pop("product"), defaults=data
        )
        return kept
