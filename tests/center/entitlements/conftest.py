# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An organisation with a licence for one application."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from connect_center.delivery.models import Product
from connect_center.entitlements.models import Licence
from connect_center.organisations.models import Organisation
from tests.world.members import organisation


@pytest.fixture(autouse=True)
def state(tmp_path: Path, settings: Settings) -> Path:
    settings.CENTER_STATE = tmp_path
    return tmp_path


@pytest.fixture
def survey() -> Product:
    return Product.objects.create(code="survey-viewer", name="Survey Viewer SES")


@pytest.fixture
def lima() -> Organisation:
    return organisation()


@pytest.fixture
def licence(lima: Organisation, survey: Product) -> Licence:
    return Licence.objects.create(organisation=lima, product=survey, starts=date(2026, 1, 1))
