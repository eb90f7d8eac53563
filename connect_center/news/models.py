# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is told to everybody, or to the people of one organisation, for a time."""

import uuid
from datetime import datetime
from typing import Any
from unicodedata import category

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q

from connect_center.organisations.models import Organisation

ORIGINAL = "en"  # what is read where a message was not written in the reader's language
LONGEST = 400  # characters: a notice on a desktop shows no more
_BREAKS = {"Cc", "Zl", "Zp"}  # controls and new lines, as Unicode names them


def check_texts(texts: Any) -> None:
    """English at least, each text of one line, in a language of the Center's; else ValidationError."""
    if not isinstance(texts, dict) or ORIGINAL not in texts:
        raise ValidationError("A message needs an English text.")
    if unknown := sorted(set(texts) - dict(settings.LANGUAGES).keys()):
        known = ", ".join(dict(settings.LANGUAGES))
        raise ValidationError(f"The Center does not speak {', '.join(unknown)}. Known: {known}.")
    for language, text in texts.items():
        if not isinstance(text, str) or not text.strip() or any(category(one) in _BREAKS for one in text):
            raise ValidationError(f"The text in {language} is empty, or has more than one line.")
        if len(text) > LONGEST:
            raise ValidationError(f"The text in {language} has {len(text)} characters, more than {LONGEST}.")


class Message(models.Model):
    """`texts` by language, told from `begins` until `ends`; to everybody where `organisation` is None."""

    class Level(models.TextChoices):
        INFO = "info"
        WARNING = "warning"
        CRITICAL = "critical"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.INFO)
    texts = models.JSONField(validators=[check_texts])
    link = models.URLField(max_length=500, blank=True, validators=[URLValidator(schemes=["https", "http"])])
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="message_ends_after_it_begins")
        ]
        ordering = ["begins", "pk"]

    def __str__(self) -> str:
        return str(self.texts.get(ORIGINAL, ""))


def told_to(organisation: Organisation | None, now: datetime, before: datetime) -> list[Message]:
    """What has not ended at `now` and begins until `before`, newest first; both aware."""
    audience = Q(organisation=None)
    if organisation is not None:
        audience |= Q(organisation=organisation)
    found = Message.objects.filter(audience, ends__gt=now, begins__lt=before)
    return list(found.order_by("-begins", "pk"))
