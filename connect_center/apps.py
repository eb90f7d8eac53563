# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Complaint


class CenterConfig(AppConfig):
    name = "connect_center"
    label = "center"


@register(Tags.translation)
def texts_are_compiled(**_facts: Any) -> list[CheckMessage]:
    """Without compiled catalogues every page would be English, whatever its reader speaks."""
    folder = Path(__file__).parent / "locale"
    codes = {code.partition("-")[0] for code, _name in settings.LANGUAGES} - {"en"}
    missing = sorted(code for code in codes if not (folder / code / "LC_MESSAGES" / "django.mo").exists())
    if not missing:
        return []
    return [
        Complaint(
            f"These languages are not compiled: {', '.join(missing)}. Their readers get English pages.",
            hint="Run: python -m installers.translations compile",
            id="center.W001",
        )
    ]
