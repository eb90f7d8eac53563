# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The pages within Help: the doctor, the diagnostics, and a service request that may take them along."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from connection_client.ui.pages.diagnostics import DiagnosticsPage
from connection_client.ui.pages.doctor import DoctorPage
from connection_client.ui.pages.help import HelpPage
from connection_client.ui.pages.service_request import ServiceRequestPage
from connection_client.ui.widgets.page import SubPage

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.workspace.diagnostics import Part

_Sub = TypeVar("_Sub", bound=SubPage)


class HelpPlaces:
    """Pages are built when they are wanted; `add` takes a new one, `show` brings one up by its name."""

    def __init__(self, desk: Desk, add: Callable[[QWidget], object], show: Callable[[str], None]) -> None:
        self._desk, self._add, self._show = desk, add, show

    @cached_property
    def help(self) -> HelpPage:
        """The ways to help."""
        page = HelpPage(self._desk)
        self._add(page)
        page.place_wanted.connect(self._show)
        return page

    @cached_property
    def doctor(self) -> DoctorPage:
        """What works here and what does not."""
        return self._within(DoctorPage(self._desk))

    @cached_property
    def diagnostics(self) -> DiagnosticsPage:
        """What may go to the support."""
        page = self._within(DiagnosticsPage(self._desk))
        page.agreed.connect(self._attach)
        return page

    @cached_property
    def request(self) -> ServiceRequestPage:
        """A service request written here."""
        page = self._within(ServiceRequestPage(self._desk))
        page.preview_wanted.connect(lambda: self._show("diagnostics"))
        return page

    def _within(self, page: _Sub) -> _Sub:
        self._add(page)
        page.left.connect(lambda: self._show("help"))
        return page

    def _attach(self, parts: tuple[Part, ...]) -> None:
        self.request.attach(parts)
        self._show("request")
