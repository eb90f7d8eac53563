# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An organisation whose member asks what clients ask daily."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from connect_center.delivery.models import Package, Product
from connect_center.entitlements.models import Licence
from tests.world.members import bearer, member, organisation

ENTITLEMENTS, POLICY, ME = "/api/v1/entitlements", "/api/v1/policy", "/api/v1/me"
ALL = (ENTITLEMENTS, POLICY, ME)


def fresh_world(state: Path, settings: Settings) -> "World":
    """A world of which nothing is kept yet."""
    settings.CENTER_STATE = state
    caches["answers"].clear()
    return World()


class World:
    """An organisation with a licence, an administrator, an earlier member, and Bo, who asks."""

    def __init__(self) -> None:
        self.lima = organisation()
        self.ana = self.lima.memberships.get(is_administrator=True)
        self.first = member(self.lima, "Al Abel")
        self.bo = member(self.lima, "Bo Berg")
        self.product = Product.objects.create(code="survey-viewer", name="Survey Viewer SES")
        self.unlicensed = Product.objects.create(code="mesh-viewer", name="Mesh Viewer SES")
        Licence.objects.create(organisation=self.lima, product=self.product, starts=date(2026, 1, 1))
        self.bearer = bearer(self.bo.user)
        self.etags: dict[str, str] = {}

    def ask(self, path: str, **headers: str) -> Any:
        answer = Client().get(path, headers=self.bearer | headers)
        self.etags[path] = answer.headers.get("ETag", "")
        return answer

    def again(self, path: str) -> int:
        """The status of the same question with what was answered before."""
        answer = Client().get(path, headers=self.bearer | {"If-None-Match": self.etags[path]})
        if answer.status_code == 200:
            self.etags[path] = answer["ETag"]
        return answer.status_code

    def publish_freely(self) -> None:
        """A package of the product without licence, which anybody may download."""
        facts = {"filename": "s.deb", "os": "linux", "architecture": "x64", "length": 1, "sha256": "a" * 64}
        release = self.unlicensed.releases.create(
            version="1", channel="stable", date=date(2026, 1, 1), severity="optional"
        )
        Package.objects.create(release=release, path="s/1", public=True, **facts)
