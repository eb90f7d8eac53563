# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The way in by the browser: what to do there, and the ways on where it did not open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from connection_client.domain.language import _
from connection_client.ui.widgets.parts import Button, Picture, box, column, label, line


class BrowserCard(QWidget):
    """Waits with the person; this window goes on by itself."""

    def __init__(
        self,
        *,
        again: Callable[[], None],
        copy: Callable[[], None],
        other: Callable[[], None],
        cancel: Callable[[], None],
    ) -> None:
        super().__init__()
        heading = label(_("Finish signing in in your browser"), "heading")
        self.text = label("", "secondary")
        for words in (heading, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.again = Button(_("Open again"), again, kind="primary", icon_name="browser")
        self.copy = Button(_("Copy link"), copy, icon_name="copy")
        self.other = Button(_("Use another device"), other, icon_name="key")
        self.cancel = Button(_("Cancel"), cancel, kind="quiet")
        picture = box(line(-1, Picture("browser", "accent", 40), -1))
        buttons = (self.again, self.copy, self.other, self.cancel)
        self.setLayout(column(picture, 4, heading, self.text, 8, *buttons, margins=(28, 28, 28, 16)))

    def show_attempt(self, email: str, *, opened: bool) -> None:
        """Say whose page is waited for, and whether the browser opened it."""
        self.copy.set_text(_("Copy link"))
        if opened:
            text = _("A page for {email} has opened. This window goes on by itself when you are done there.")
        else:
            text = _("The browser did not open. Copy the link and open it in any browser on this computer.")
        self.text.setText(text.format(email=email))

    def show_copied(self) -> None:
        """The link lies in the clipboard."""
        self.copy.set_text(_("Link copied"))
