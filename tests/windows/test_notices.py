# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Toasts: what is handed to Windows; Wine has none, and says so."""

import sys
from xml.etree import ElementTree as ET

import pytest

from connection_client.domain.notices import Notice
from connection_client.system.windows_notices import WindowsNotices, as_toast, can_show
from tests.windows.world import UNDER_WINE

assert sys.platform == "win32"  # tells the type checker so, too

ACTIONS = (("update-all", "Update all"), ("open", "Open"))
NOTICE = Notice("updates", "2 updates available", "Survey <b>Viewer</b> & \x07Co", ACTIONS)


def test_texts_stay_texts_and_buttons_say_what_they_do() -> None:
    toast = ET.fromstring(as_toast(NOTICE))  # noqa: S314  # our own
    assert toast.attrib["launch"] == "default"
    assert [text.text for text in toast.iter("text")] == ["2 updates available", "Survey <b>Viewer</b> & Co"]
    buttons = [(button.attrib["arguments"], button.attrib["content"]) for button in toast.iter("action")]
    assert buttons == list(ACTIONS)
    assert "actions" not in as_toast(Notice("key", "Title", "Text"))


def test_what_was_pressed_is_heard_until_somebody_stops_listening() -> None:
    heard: list[tuple[str, str]] = []
    notices = WindowsNotices()
    end = notices.subscribe(lambda key, action: heard.append((key, action)))
    notices._press("updates", "update-all")  # as Windows does
    notices._press("updates", "")
    end()
    notices._press("updates", "open")
    assert heard == [("updates", "update-all"), ("updates", "default")]


@pytest.mark.skipif(not UNDER_WINE, reason="this Windows shows toasts")
def test_a_windows_without_toasts_is_noticed() -> None:
    assert not can_show()
    assert WindowsNotices().show(NOTICE) is False
