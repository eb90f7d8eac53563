# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What was decided of the sign-in before anybody signed in: by the organisation, or by the person."""

from connection_client.domain.accounts import Realm
from connection_client.domain.setting import SettingsReader
from connection_client.domain.settings import CENTER_URL, ISSUER, ORGANISATION


def preset_realm(settings: SettingsReader, email: str = "") -> Realm | None:
    """The provider that serves every address on this computer; None where the Center has to be asked."""
    issuer = settings.get(ISSUER)
    if not issuer:
        return None
    center = settings.get(CENTER_URL)
    own = bool(center) and f"{issuer}/".startswith(f"{center}/")
    return Realm(email, issuer, not own, own, settings.get(ORGANISATION))
