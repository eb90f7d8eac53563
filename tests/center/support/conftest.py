# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The person who asks."""

import pytest
from django.test import Client

from connect_center.delivery.models import Product
from connect_center.organisations.models import Membership
from tests.world.members import member, organisation


@pytest.fixture
def bo() -> Membership:
    Product.objects.create(code="survey-viewer", name="Survey Viewer SES")
    return member(organisation())


@pytest.fixture
def signed_in(client: Client, bo: Membership) -> Client:
    client.force_login(bo.user)
    return client
