# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is offered for download: a picture of the signed catalogue, which stays the truth."""

from django.db import models


class Product(models.Model):
    """An application; licences refer to it, so it stays when its last release goes."""

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Release(models.Model):
    """A version of a product; `withdrawn` holds the reason, or is empty."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="releases")
    version = models.CharField(max_length=60)
    channel = models.CharField(max_length=32)
    date = models.DateField()
    severity = models.CharField(max_length=12)
    notes = models.CharField(max_length=600, blank=True)
    withdrawn = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "version", "channel"], name="one_release_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.version}"


class Package(models.Model):
    """A file of a release; `path` is its place below the packages folder and below /delivery/files/.

    `requires` lists the products it needs: `[{"id": …, "min": …}]`.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="packages")
    path = models.CharField(max_length=300, unique=True)
    filename = models.CharField(max_length=130)
    os = models.CharField(max_length=10)
    architecture = models.CharField(max_length=10)
    length = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    public = models.BooleanField(default=False)
    requires = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.filename
