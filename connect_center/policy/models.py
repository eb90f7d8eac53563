# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An organisation's decisions about updates: one for all applications, and others for single ones."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from connect_center.delivery.models import Product
from connect_center.organisations.models import Organisation

MOST_DAYS = 365
EVERY_DAY = "0123456"
_days = MaxValueValidator(MOST_DAYS)


class UpdatePolicy(models.Model):
    """What holds for all applications of an organisation; an organisation without one allows everything.

    A release is offered `minimum_age_days` after its date, to the computers of a ring by as many days later
    as `rings` says (`{"office": 7}`), and is urgent `deadline_days` after its date (None: never). It installs
    between `window_begins` and `window_ends` of local time on `window_days` ("0" is Monday); without both
    at any time.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="update_policy")
    allows = models.BooleanField(_("updates"), default=True)
    minimum_age_days = models.PositiveSmallIntegerField(_("minimum age"), default=0, validators=[_days])
    rings = models.JSONField(_("rings"), default=dict, blank=True)
    window_begins = models.TimeField(_("from"), null=True, blank=True)
    window_ends = models.TimeField(_("to"), null=True, blank=True)
    window_days = models.CharField(_("on"), max_length=7, default=EVERY_DAY)
    deadline_days = models.PositiveSmallIntegerField(_("deadline"), null=True, blank=True, validators=[_days])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(window_begins=None, window_ends=None)
                | Q(window_begins__isnull=False, window_ends__isnull=False),
                name="window_has_both_ends",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class ProductPolicy(models.Model):
    """A decision for one application; what is None holds as for all."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="product_policies")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, verbose_name=_("application"))
    allows = models.BooleanField(_("updates"), default=True)
    minimum_age_days = models.PositiveSmallIntegerField(
        _("minimum age"), null=True, blank=True, validators=[_days]
    )
    deadline_days = models.PositiveSmallIntegerField(_("deadline"), null=True, blank=True, validators=[_days])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "product"], name="one_policy_per_product"),
        ]
        ordering = ["product__name", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.product}"
