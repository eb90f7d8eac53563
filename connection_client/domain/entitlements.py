# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether the signed-in person may use a product, until when, and if not, why."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from connection_client.domain.language import N_


class Refusal(StrEnum):
    """Why a product may not be used; the Center sends these codes."""

    NOT_SIGNED_IN = "not-signed-in"
    NO_LICENCE = "no-licence"
    WRONG_COUNTRY = "wrong-country"
    EXPIRED = "expired"
    SEATS_TAKEN = "seats-taken"
    SUSPENDED = "organisation-suspended"
    NO_ORGANISATION = "no-organisation"
    FEATURE_LEVEL = "feature-level"
    OTHER_DEVICE = "other-device"
    NOT_CONFIRMED = "not-confirmed"
    CLOCK_WRONG = "clock-wrong"


REFUSAL_TEXTS: dict[Refusal, str] = {
    Refusal.NOT_SIGNED_IN: N_("nobody is signed in"),
    Refusal.NO_LICENCE: N_("your organisation has no licence for it"),
    Refusal.WRONG_COUNTRY: N_("the licence does not hold in your country"),
    Refusal.EXPIRED: N_("the licence has ended"),
    Refusal.SEATS_TAKEN: N_("all seats of the licence are taken"),
    Refusal.SUSPENDED: N_("your organisation is suspended"),
    Refusal.NO_ORGANISATION: N_("your account belongs to no organisation yet"),
    Refusal.FEATURE_LEVEL: N_("the licence does not include this level of features"),
    Refusal.OTHER_DEVICE: N_("the last answer of the Center holds on another computer only"),
    Refusal.NOT_CONFIRMED: N_("the Center could not be asked, and the last answer is too old"),
    Refusal.CLOCK_WRONG: N_("this computer's clock was set back"),
}


@dataclass(frozen=True)
class Entitlement:
    """The answer for one product; `until` is the end of its offline validity, aware.

    `token` is the Center's signed answer (JWT), empty where none was given. `level` is the highest level of
    features that the licence includes, None where it includes all.
    """

    product_id: str
    entitled: bool
    until: datetime | None = None
    reason: Refusal | None = None
    confirmed_at: datetime | None = None
    token: str = field(default="", repr=False)
    level: int | None = None
