# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The way in by another device: an address, a short code, and both as a picture for its camera."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from connection_client.domain.language import _
from connection_client.identity.qr_code import qr_code
from connection_client.ui.widgets.parts import Button, box, column, label, line
from connection_client.ui.widgets.qr_picture import QrPicture

if TYPE_CHECKING:
    from connection_client.identity.device import DeviceAttempt


class DeviceCard(QWidget):
    """What to do on the other device; this window goes on by itself."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        heading = label(_("Sign in with another device"), "heading")
        self.text = label("", "secondary", selectable=True)
        self.code = label("", "title", wrap=False, selectable=True)
        self.code.setAccessibleName(_("Code"))
        for words in (heading, self.text, self.code):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.picture = QrPicture(_("The address and the code, for a camera"))
        self.cancel = Button(_("Cancel"), cancel, kind="quiet")
        picture = box(line(-1, self.picture, -1))
        inside = column(
            heading, self.text, 4, self.code, 8, picture, 8, self.cancel, margins=(28, 28, 28, 16)
        )
        self.setLayout(inside)

    def show_attempt(self, attempt: DeviceAttempt) -> None:
        """Say where to go and what to type."""
        text = _(
            "Open {address} on a phone or another computer and type this code, or point its camera here."
        )
        self.text.setText(text.format(address=attempt.address))
        self.code.setText(attempt.user_code)
        self.picture.show_code(qr_code(attempt.complete_address))
