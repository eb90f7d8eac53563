# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What can come of asking the client, each with a text that may be shown to a person as it is."""

from .answers import Entitlement


class ClientError(Exception):
    """The root of this family; `str()` gives the text for people."""


class ClientNotInstalled(ClientError):  # reads as what happened
    """There is no CONNECTION Client on this computer."""

    def __init__(self) -> None:
        super().__init__("CONNECTION Client is not installed on this computer. Install it, then try again.")


class ClientDoesNotAnswer(ClientError):  # reads as what happened
    """The client was started or runs, and no answer came in time."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"CONNECTION Client does not answer ({reason}). Open it, then try again.")
        self.reason = reason


class ClientRefused(ClientError):  # reads as what happened
    """The client understood nothing of the question, or has no room for it; `code` as in docs/broker.md."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"CONNECTION Client refused the question: {message}.")
        self.code = code


class ProtocolNotSpoken(ClientRefused):  # reads as what happened
    """The client speaks other versions of the protocol than this kit: one of both has to be updated."""

    def __init__(self, code: int, message: str, supported: tuple[int, ...]) -> None:
        super().__init__(code, message)
        self.supported = supported


class NotEntitled(ClientError):  # reads as what happened
    """The person may not use the product now; `entitlement` holds reason and whom to ask."""

    def __init__(self, entitlement: Entitlement) -> None:
        super().__init__(entitlement.text)
        self.entitlement = entitlement
