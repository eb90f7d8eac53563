# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Notices by Windows' own toasts, with buttons (Windows.UI.Notifications, through PyWinRT).

Windows decides about do-not-disturb and presentations. It shows toasts of programs that it knows by the
identity of their shortcut in the Start Menu. Buttons act while the client runs, which shows them.
"""

import hashlib
import logging
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from connection_client.domain.notices import PRESSED, Listener, Notice
from connection_client.system.windows_shortcut import APP_ID

if sys.platform == "win32" and TYPE_CHECKING:
    from winrt.system import Object
    from winrt.windows.ui.notifications import ToastNotification

_LOG = logging.getLogger(__name__)
_GROUP = "connection-client"


def as_toast(notice: Notice) -> str:
    """The toast in the words of its schema; texts are texts, whatever they contain.

    https://learn.microsoft.com/uwp/schemas/tiles/toastschema/root-elements
    """
    toast = ET.Element("toast", launch=PRESSED)
    visual = ET.SubElement(ET.SubElement(toast, "visual"), "binding", template="ToastGeneric")
    for text in (notice.title, notice.text):
        ET.SubElement(visual, "text").text = "".join(one for one in text if one.isprintable() or one == "\n")
    if notice.actions:
        buttons = ET.SubElement(toast, "actions")
        for name, verb in notice.actions:
            ET.SubElement(buttons, "action", content=verb, arguments=name, activationType="foreground")
    return ET.tostring(toast, "unicode")


def can_show(app_id: str = APP_ID) -> bool:
    """Whether this Windows has toasts at all."""
    if sys.platform == "win32":
        try:
            from winrt.windows.ui.notifications import ToastNotificationManager

            ToastNotificationManager.create_toast_notifier(app_id)
        except (OSError, ImportError) as error:
            _LOG.info("no toasts: %r", error)
        else:
            return True
    return False


class WindowsNotices:
    """Implements `domain.notices.Notices`."""

    def __init__(self, app_id: str = APP_ID) -> None:
        self._app_id = app_id
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []
        if sys.platform == "win32":
            self._shown: dict[str, ToastNotification] = {}

    def show(self, notice: Notice) -> bool:
        """Show it; False where Windows shows none of this program."""
        if sys.platform == "win32":
            try:
                with self._lock:
                    return self._shown_now(notice)
            except OSError as error:
                _LOG.info("no notice: %r", error)
        return False

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(key, action)`, on a thread of Windows, when something is pressed."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _press(self, key: str, action: str) -> None:
        for listener in tuple(self._listeners):
            listener(key, action or PRESSED)

    if sys.platform == "win32":

        def _shown_now(self, notice: Notice) -> bool:
            from winrt.windows.data.xml.dom import XmlDocument
            from winrt.windows.ui.notifications import (
                NotificationSetting,
                ToastActivatedEventArgs,
                ToastNotification,
                ToastNotificationManager,
            )

            notifier = ToastNotificationManager.create_toast_notifier(self._app_id)
            if notifier.setting != NotificationSetting.ENABLED:
                return False
            document = XmlDocument()
            document.load_xml(as_toast(notice))
            toast = ToastNotification(document)
            # One of the same tag takes the place of the one before; a tag has 64 characters at most.
            toast.tag, toast.group = hashlib.sha256(notice.key.encode()).hexdigest()[:32], _GROUP

            def pressed(_toast: "ToastNotification", what: "Object") -> None:
                self._press(notice.key, what.as_(ToastActivatedEventArgs).arguments)

            toast.add_activated(pressed)
            notifier.show(toast)
            self._shown[notice.key] = toast  # whoever is let go hears nothing any more
            return True
