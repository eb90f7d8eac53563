# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Service requests, and the topics of the forum."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from connect_center.delivery.models import Product


class ServiceRequest(models.Model):
    """A question to the support; `product` and `version` are kept as the client wrote them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="service_requests"
    )
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("what happened, and what you expected"), max_length=10_000)
    product = models.CharField(_("application"), max_length=80, blank=True)
    version = models.CharField(_("version"), max_length=60, blank=True)
    diagnostics = models.FileField(upload_to="diagnostics", blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.subject}"

    @property
    def product_name(self) -> str:
        """The application's name where the Center knows it."""
        known = Product.objects.filter(code=self.product).first()
        return known.name if known else self.product


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics as people look for them."""

    def with_words(self, words: str) -> "TopicQuerySet":
        """Those that hold every one of the words, in the first post or in a reply."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title__icontains=word) | Q(text__icontains=word) | Q(replies__text__icontains=word)
            )
        return found.distinct()


class Topic(models.Model):
    """A question or remark to all users, about a product or in general."""

    product = models.ForeignKey(
        Product,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="topics",
        verbose_name=_("application"),
    )
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"), max_length=10_000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="topics")
    created_at = models.DateTimeField(auto_now_add=True)
    active_at = models.DateTimeField(auto_now_add=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["-active_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Reply(models.Model):
    """An answer in a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(_("your reply"), max_length=10_000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="replies")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return f"{self.author}: {self.topic}"
