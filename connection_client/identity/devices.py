# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The account's sign-ins on all computers, as far as the Center lists them."""

from connection_client.domain.accounts import Device
from connection_client.identity.ports import DeviceDirectory
from connection_client.identity.session import Session


class Devices:
    """Every call may raise what `Session.access_token` raises."""

    def __init__(self, session: Session, directory: DeviceDirectory) -> None:
        self._session, self._directory = session, directory

    def listed(self) -> tuple[Device, ...]:
        """Where the account is signed in, the one used last first."""
        return self._directory.devices(self._session.access_token())

    def sign_out(self, device: Device) -> None:
        """End the sign-in there; that computer asks calmly to sign in again."""
        if device.current:
            self._session.sign_out()
        else:
            self._directory.sign_out_device(self._session.access_token(), device)
