# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What people write to the support and to each other."""

import zipfile
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from connect_center.delivery.models import Product
from connect_center.support.diagnostics import LARGEST
from connect_center.support.models import Reply, ServiceRequest, Topic


class ServiceRequestForm(forms.ModelForm):  # type: ignore[type-arg]  # subscripts exist for the checker only
    """A request; an application that the Center does not know stays as the client wrote it."""

    product = forms.ChoiceField(label=_("Application"), required=False)
    bundle = forms.FileField(
        label=_("Diagnostics"),
        help_text=_("A ZIP file that CONNECTION Client made, of at most 10 MB. It holds no passwords."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    class Meta:
        model = ServiceRequest
        fields = ["product", "version", "subject", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(Product.objects.values_list("code", "name"))
        asked = str(self.data.get("product") or self.initial.get("product") or "")[:80]
        extra = [(asked, asked)] if asked and asked not in dict(known) else []
        choices = [("", _("Something else")), *known, *extra]
        self.fields["product"] = forms.ChoiceField(label=_("Application"), required=False, choices=choices)

    def clean_bundle(self) -> "UploadedFile[Any] | None":
        bundle: UploadedFile[Any] | None = self.cleaned_data["bundle"]
        if bundle is not None and (bundle.size or 0) > LARGEST:
            raise forms.ValidationError(_("This file is larger than 10 MB. Send the request without it."))
        if bundle is not None and not zipfile.is_zipfile(bundle):
            raise forms.ValidationError(
                _("This is no ZIP file. Choose the one that CONNECTION Client made, or send without it.")
            )
        return bundle


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]  # subscripts exist for the checker only
    """The first post of a topic."""

    class Meta:
        model = Topic
        fields = ["product", "title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["product"]
        if isinstance(field, forms.ModelChoiceField):
            field.empty_label = str(_("In general"))
            field.to_field_name = "code"


class ReplyForm(forms.ModelForm):  # type: ignore[type-arg]  # subscripts exist for the checker only
    """An answer."""

    class Meta:
        model = Reply
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
