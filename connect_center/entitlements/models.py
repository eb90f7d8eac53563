# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Licences: what an organisation may use, and how long answers hold without the Center."""

from django.core.validators import MinValueValidator
from django.db import models

from connect_center.delivery.models import Product
from connect_center.organisations.models import Organisation

OFFLINE_DAYS = 14


class Licence(models.Model):
    """An organisation's right to use a product.

    `seats` limits it to so many members (None: all), those who joined first; `countries` are ISO 3166-1 codes
    (empty: everywhere); both days are included, and without `ends` it has no end. Applications number their
    levels of features from 0 on; `level` is the highest that the licence includes (None: all).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="licences")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="licences")
    seats = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    countries = models.JSONField(default=list, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "product"], name="one_licence_per_product"),
        ]
        ordering = ["organisation__name", "product__name"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.product}"


class OfflineAllowance(models.Model):
    """For how many days an organisation's computers may work on the last answer.

    With `bound_to_device` an answer holds only on the computer that asked for it.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="offline_allowance"
    )
    days = models.PositiveSmallIntegerField(default=OFFLINE_DAYS, validators=[MinValueValidator(1)])
    bound_to_device = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.days}"
