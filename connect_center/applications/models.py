# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Registered applications: who runs the service, and under which name its tokens are made out."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

_TAKEN = ("connection-client", "jwks.json")  # the client itself, and the address of the keys
AUDIENCE = RegexValidator(r"^[a-z0-9][a-z0-9._-]{0,62}[a-z0-9]\Z")


def not_taken(audience: str) -> None:
    """Raises ValidationError for names that mean something else."""
    if audience in _TAKEN:
        raise ValidationError("taken")


class Application(models.Model):
    """`audience` is what stands in its tokens (RFC 7519, 4.1.3); `name` is what a person is asked about."""

    audience = models.CharField(max_length=64, unique=True, validators=[AUDIENCE, not_taken])
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["audience"]

    def __str__(self) -> str:
        return self.name
