# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The diagnostics bundle of a service request: a ZIP file that the client made, kept for the support.

The support has no accounts; its mail holds a signed link that ends after some weeks.
"""

import uuid
import zipfile
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from connect_center.problems import Problem
from connect_center.support.models import ServiceRequest
from connect_center.support.requests import speaking_to_support, tell_support

LARGEST = 10 << 20  # bytes
LINK_HOLDS = timedelta(days=30)
_signer = TimestampSigner(salt="support.diagnostics")


def keep(request: ServiceRequest, bundle: "UploadedFile[Any]", center: str) -> None:
    """Keep the bundle and tell the support; `center` is the Center's address. Raises Problem."""
    if (bundle.size or 0) > LARGEST:
        raise Problem(413, f"A bundle can have {LARGEST >> 20} MB. Nothing was kept.", largest=LARGEST)
    if not zipfile.is_zipfile(bundle):
        raise Problem(415, "The bundle is no ZIP file. Nothing was kept.")
    bundle.seek(0)
    with transaction.atomic():
        locked = ServiceRequest.objects.select_for_update().get(pk=request.pk)
        if locked.diagnostics:
            raise Problem(409, "The request has a bundle already. File another request for a new one.")
        locked.diagnostics.save(f"{uuid.uuid4()}.zip", bundle)
    link = center.rstrip("/") + reverse("diagnostics", args=[_signer.sign(str(locked.pk))])
    with speaking_to_support():
        tell_support(
            locked,
            _("Diagnostics of service request %(number)s") % {"number": locked.pk},
            _("The computer's diagnostics are here for %(days)s days:") % {"days": LINK_HOLDS.days}
            + f"\n{link}\n",
        )


def of_link(value: str) -> ServiceRequest | None:
    """The request whose bundle a link opens, or None when it was changed or has ended."""
    try:
        number = int(_signer.unsign(value, max_age=LINK_HOLDS))
    except BadSignature:
        return None
    return ServiceRequest.objects.filter(pk=number).exclude(diagnostics="").first()
