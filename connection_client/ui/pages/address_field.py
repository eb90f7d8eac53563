# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The field for the address of a sign-in, with what was decided before anybody signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_client.domain.accounts import completed_address
from connection_client.domain.language import _
from connection_client.domain.settings import EMAIL_DOMAIN, ORGANISATION
from connection_client.identity.presets import preset_realm
from connection_client.ui.widgets.field import Field

if TYPE_CHECKING:
    from connection_client.workspace.rooms import Settings


class AddressField(Field):
    """Completes what was typed up to the @ with the organisation's domain."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(_("E-mail address"))
        self._settings = settings
        self.edit.editingFinished.connect(self.complete)
        self.take_presets()

    @property
    def advice(self) -> str:
        """Which address is wanted, in words."""
        organisation = self._settings.get(ORGANISATION)
        if organisation:
            return _("Use the address that {organisation} knows.").format(organisation=organisation)
        return _("Use the address that your organisation knows.")

    @property
    def may_have_password_here(self) -> bool:
        """Whether a password could be reset here: not at a provider that was named before."""
        preset = preset_realm(self._settings)
        return preset is None or preset.can_reset_password

    def take_presets(self) -> None:
        """Show an example with the domain that will be filled in."""
        domain = self._settings.get(EMAIL_DOMAIN)
        # L10N: an example of an address; {domain} is the organisation's
        example = _("name@{domain}").format(domain=domain) if domain else _("name@organisation.com")
        self.edit.setPlaceholderText(example)

    def complete(self) -> None:
        """Fill the domain in where it is missing."""
        full = completed_address(self.text, self._settings.get(EMAIL_DOMAIN))
        if full != self.text:
            self.edit.setText(full)
