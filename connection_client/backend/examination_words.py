# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How the looks at the way to the Center are put into words."""

from connection_client.backend.http_errors import Way
from connection_client.backend.shown_certificate import Shown
from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.findings import Finding, failed, passed, warned
from connection_client.domain.language import N_

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_TWO = 2  # of a unit at least, so that it is never "1 minutes"


def trust_in(shown: Shown, way: Way) -> Finding:
    """A certificate that this computer trusts: by whom, and whether the connection is looked into."""
    if shown.public:
        return passed(N_("Verified; the certificate is issued by {issuer}."), issuer=shown.issuer)
    if way.proxy:
        return warned(
            N_("Verified, but looked into on the way: the proxy {proxy} shows a certificate of {issuer}."),
            N_("Your organisation inspects this connection. It works so; IT can tell you why."),
            proxy=way.name,
            issuer=shown.issuer,
        )
    return passed(
        N_(
            "Verified by an authority that was added to this computer: {issuer}. It is the Center's own, or "
            "it looks into the connection."
        ),
        issuer=shown.issuer,
    )


def session_in(state: SessionState) -> Finding:
    """What the session is, where its provider answers."""
    if state.status is SessionStatus.SIGNED_IN:
        who = state.account.email if state.account else state.email
        return passed(N_("The sign-in service answers, and {email} is signed in."), email=who)
    if state.status is SessionStatus.ENDED:
        return failed(N_("Your sign-in has ended. Your lists are kept."), N_("Sign in again."))
    return warned(
        N_("The sign-in service answers; nobody is signed in."), N_("Sign in to see your products.")
    )


def span(seconds: int) -> dict[str, object]:
    """Seconds as `count` and the `unit` that a person would take."""
    for unit, length in ((N_("days"), _DAY), (N_("hours"), _HOUR), (N_("minutes"), _MINUTE)):
        if seconds >= _TWO * length:
            return {"count": round(seconds / length), "unit": unit}
    return {"count": seconds, "unit": N_("seconds")}
