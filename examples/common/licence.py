# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The question to CONNECTION Client: may the person at this computer use the application?"""

import queue
import threading
from dataclasses import dataclass

from connection_client import sdk
from examples.common.release import VERSION

NOBODY_SIGNED_IN = "not-signed-in"


@dataclass(frozen=True)
class Answer:
    """Allowed or not; if not, `reason` and `help_text` are shown, and `can_sign_in` offers the client."""

    allowed: bool
    reason: str = ""
    help_text: str = ""
    can_sign_in: bool = False


def ask(product: str) -> Answer:
    """Ask the client, which is started where it does not run; takes up to 20 s."""
    try:
        sdk.require(product, VERSION)
    except sdk.NotEntitled as refusal:
        return _refused(refusal.entitlement)
    except sdk.ClientError as problem:
        return Answer(allowed=False, reason="CONNECTION Client was not reached.", help_text=str(problem))
    return Answer(allowed=True)


def ask_in_background(product: str) -> "queue.SimpleQueue[Answer]":
    """Ask on a thread of its own; the answer arrives in the queue, and the window stays responsive."""
    answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    threading.Thread(target=lambda: answers.put(ask(product)), daemon=True).start()
    return answers


def open_sign_in() -> None:
    """Bring up the client's window, on a thread of its own."""

    def open_window() -> None:
        try:
            sdk.sign_in()
        except sdk.ClientError as problem:
            print(problem)

    threading.Thread(target=open_window, daemon=True).start()


def _refused(entitlement: sdk.Entitlement) -> Answer:
    can_sign_in = entitlement.reason == NOBODY_SIGNED_IN
    if can_sign_in:
        help_text = "Sign in to CONNECTION Client, then try again."
    elif entitlement.administrators:
        people = ", ".join(f"{person.name} ({person.email})" for person in entitlement.administrators)
        help_text = f"Ask your Account Administrator: {people}."
    else:
        help_text = "Ask your Account Administrator."
    return Answer(allowed=False, reason=entitlement.text, help_text=help_text, can_sign_in=can_sign_in)
