# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Takes a service request: kept first, then told by mail to the support and to the person."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from connect_center.accounts.language import speaking_to
from connect_center.accounts.models import User
from connect_center.organisations.access import membership_of
from connect_center.support.models import ServiceRequest

log = logging.getLogger(__name__)


def file_request(
    user: User, *, subject: str, text: str, product: str = "", version: str = ""
) -> ServiceRequest:
    """Keep the request and send both mails; a mail server that is down loses nothing."""
    request = ServiceRequest.objects.create(
        user=user, subject=_one_line(subject), text=text, product=product, version=version
    )
    membership = membership_of(user)
    context = {
        "request": request,
        "user": user,
        "organisation": membership.organisation if membership else None,
        "support": settings.CENTER_SUPPORT_ADDRESS,
    }
    number = {"number": request.pk, "subject": request.subject}
    with speaking_to_support():
        _send(
            _("Service request %(number)s: %(subject)s") % number,
            render_to_string("support/mail_to_support.txt", context),
            to=settings.CENTER_SUPPORT_ADDRESS,
            reply_to=user.email,
        )
    with speaking_to(user):
        _send(
            _("Your service request %(number)s was received") % number,
            render_to_string("support/mail_to_user.txt", context),
            to=user.email,
            reply_to=settings.CENTER_SUPPORT_ADDRESS,
        )
    return request


def speaking_to_support() -> override:
    """Use as a context manager: what is written inside is in the Center's own language."""
    return override(settings.LANGUAGE_CODE)


def tell_support(request: ServiceRequest, subject: str, text: str) -> None:
    """Send the support a mail about a request; what it tells of is kept when the mail server is down."""
    _send(subject, text, to=settings.CENTER_SUPPORT_ADDRESS, reply_to=request.user.email)


def _send(subject: str, text: str, *, to: str, reply_to: str) -> None:
    try:
        EmailMessage(subject, text, to=[to], reply_to=[reply_to]).send()
    except (OSError, smtplib.SMTPException):
        log.warning("The mail “%s” to %s could not be sent; the request is kept.", subject, to, exc_info=True)


def _one_line(text: str) -> str:
    """Subjects become mail headers, which hold no line breaks."""
    return " ".join(text.split())
