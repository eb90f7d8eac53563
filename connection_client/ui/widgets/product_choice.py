# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The choice of the application that a question is about, with its version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from connection_client.domain.installed import OWN_PRODUCT
from connection_client.domain.language import _
from connection_client.version import VERSION

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk


class ProductChoice(QComboBox):
    """Every installed application, and this client last; the choice stays while the list changes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName(_("Application"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        desk.view_changed.connect(self._fill)
        self._fill()

    @property
    def chosen(self) -> tuple[str, str]:
        """The id of the product, and its version."""
        product_id, version = self.currentData()
        return str(product_id), str(version)

    def _fill(self) -> None:
        kept = self.currentData()
        self.clear()
        for row in self._desk.view.rows:
            if row.installed is not None and row.product_id != OWN_PRODUCT:
                version = row.installed.version_text
                self.addItem(f"{row.name} {version}", (row.product_id, version))
        self.addItem(_("CONNECTION Client {version}").format(version=VERSION), (OWN_PRODUCT, VERSION))
        index = next((i for i in range(self.count()) if self.itemData(i) == kept), 0)
        self.setCurrentIndex(index)
