# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""You: who is signed in, for which organisation, what you may do, and whom to ask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from connection_client.domain.accounts import Keeping
from connection_client.domain.countries import in_own_language
from connection_client.domain.language import _
from connection_client.ui.desk import now
from connection_client.ui.moments import moment
from connection_client.ui.pages.applications_card import ApplicationsCard
from connection_client.ui.pages.devices_card import DevicesCard
from connection_client.ui.pages.other_accounts import OtherAccountsCard
from connection_client.ui.theme import LARGE, sized, step, tokens_now
from connection_client.ui.widgets.page import Page, scrolled
from connection_client.ui.widgets.parts import (
    Button,
    Picture,
    box,
    card,
    clear,
    column,
    label,
    line,
    separator,
)
from connection_client.ui.widgets.tile import initials
from connection_client.ui.words import may_in_words, membership_text, problem_text

if TYPE_CHECKING:
    from connection_client.domain.accounts import Account, Person
    from connection_client.ui.desk import Desk

_AVATAR = 48


class Avatar(QWidget):
    """A circle with the initials."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._text = initials(name)
        self.setFixedSize(QSize(step(_AVATAR), step(_AVATAR)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent_tint))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(QColor(tokens.accent))
        painter.setFont(sized(self.font(), LARGE, strong=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class YouPage(Page):
    """Built anew when the account changes; that is rare."""

    add_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("You"))
        self._desk = desk
        self._shown: object = None
        self.sign_out = Button(_("Sign out"), desk.sign_out, icon_name="sign-out")
        self.head.addWidget(self.sign_out)
        desk.session_changed.connect(self._fill)
        desk.view_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        account = self._desk.session.account
        self.sign_out.setVisible(account is not None)
        shown = (self._desk.session, self._offline_until())
        if shown == self._shown or account is None:
            return
        self._shown = shown
        clear(self.body)
        cards: list[QWidget | int] = [self._identity(account), self._may(account)]
        if account.administrators:
            cards.append(self._administrators(account.administrators))
        cards += [self._kept(), self._others(), ApplicationsCard(self._desk), DevicesCard(self._desk)]
        self.body.addWidget(scrolled(column(*cards, space=12)))
        text = membership_text(account)
        problem = problem_text(self._desk.session.problem)
        self.notice.say(text or problem, "warning", closable=False)

    def _identity(self, account: Account) -> QFrame:
        texts = column(
            label(account.name or account.email, "heading"),
            label(account.email, "secondary", selectable=True),
            space=2,
        )
        head = line(Avatar(account.name or account.email), texts, space=16)
        head.setStretch(1, 1)
        rows: list[QWidget | int] = [box(head)]
        facts = QGridLayout()
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setHorizontalSpacing(step(24))
        facts.setVerticalSpacing(step(10))
        facts.setColumnStretch(1, 1)
        country = country_name(account.country)
        for name, value in ((_("Organisation"), account.organisation), (_("Country"), country)):
            if value:
                at = facts.rowCount()
                facts.addWidget(label(name, "secondary", wrap=False), at, 0)
                facts.addWidget(label(value, selectable=True), at, 1)
        if facts.count():
            rows += [separator(), box(facts)]
        return card(column(*rows, space=12, margins=(16, 16, 16, 16)))

    def _may(self, account: Account) -> QFrame:
        rows = [label(_("What you may do"), "section")]
        lines: list[QWidget | int] = list(rows)
        for sentence in may_in_words(account):
            granted = sentence != _("You may not download products yet")
            picture = Picture("check" if granted else "lock", "accent" if granted else "secondary")
            lines.append(box(line(picture, label(sentence), space=12)))
        return card(column(*lines, space=10, margins=(16, 12, 16, 14)))

    def _administrators(self, people: tuple[Person, ...]) -> QFrame:
        lines: list[QWidget | int] = [label(_("Your Account Administrators"), "section")]
        for person in people:
            texts = column(
                label(person.name or person.email, "strong"),
                label(person.email, "small", selectable=True),
                space=2,
            )
            button = Button(_("Write"), partial(self._desk.write_to, person), icon_name="mail")
            button.setAccessibleDescription(person.name or person.email)
            row = line(texts, button)
            row.setStretch(0, 1)
            lines.append(box(row))
        return card(column(*lines, space=10, margins=(16, 12, 16, 14)))

    def _others(self) -> OtherAccountsCard:
        others = OtherAccountsCard(self._desk)
        others.add_wanted.connect(self.add_wanted)
        return others

    def _kept(self) -> QFrame:
        session = self._desk.session
        lines: list[QWidget | int] = []
        until = self._offline_until()
        if until:
            text = _("Works offline until {moment}: so long do your licences hold without the Center.")
            lines.append(_said("waiting", text.format(moment=until)))
        if session.offline:
            lines.append(
                _said(
                    "offline", _("The Center cannot be reached just now. What is shown is what it said last.")
                )
            )
        if session.keeping is Keeping.MEMORY:
            text = _("This computer has no key store, so the sign-in holds until CONNECTION Client is quit.")
            lines.append(_said("key", text))
        else:
            lines.append(
                _said("key", _("The sign-in is kept in the key store of this computer, and nowhere else."))
            )
        return card(column(*lines, space=10, margins=(16, 14, 16, 14)))

    def _offline_until(self) -> str:
        held = [
            row.entitlement.until
            for row in self._desk.view.rows
            if row.entitlement and row.entitlement.entitled
        ]
        known = [until for until in held if until is not None]
        return moment(min(known), now()) if known else ""


def country_name(code: str) -> str:
    """The country in the language of the person; an unknown code stays as it is."""
    territory = QLocale.codeToTerritory(code)
    if territory is QLocale.Country.AnyTerritory:
        return code
    return in_own_language(QLocale.territoryToString(territory))


def _said(icon_name: str, text: str) -> QWidget:
    row = line(Picture(icon_name), label(text, "secondary"), space=12)
    row.setAlignment(row.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
    return box(row)
