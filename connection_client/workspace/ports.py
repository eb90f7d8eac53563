# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the workspace needs of rooms that it does not know: who is signed in, what may be used, one lock."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from connection_client.domain.accounts import Account
from connection_client.domain.entitlements import Entitlement
from connection_client.updates.context import Computer


class EntitlementBook(Protocol):
    """What the signed-in person may use."""

    def of(self, product_id: str) -> Entitlement | None:
        """The last answer for a product, at once; None where there never was one."""
        ...

    def refresh(self) -> None:
        """Ask the Center for all; raises NetworkError or SignInError."""
        ...


AccountReader = Callable[[], Account | None]
"""Who is signed in, at once."""

ComputerReader = Callable[[], Computer]
"""What packages have to fit, and the space that is free now."""

Clock = Callable[[], datetime]
"""Now, aware."""

OneInstallation = Callable[[], AbstractContextManager[object]]
"""Held during an installation; taking it raises InstallerBusy where another process installs."""
