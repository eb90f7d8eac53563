# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Moments at which it is worth looking again: this computer woke up, or the session was unlocked.

Windows tells it to windows alone, so a hidden one waits for it on a thread of its own. The same window is
asked whether the session may end: not in the middle of an installation, which then stands as the reason on
Windows' own page. Everything else is on the disk at any moment, so there is nothing to save.
"""

import ctypes
import logging
import sys
import threading
from collections.abc import Callable
from ctypes import wintypes

_LOG = logging.getLogger(__name__)
_CLOSE, _DESTROY, _POWER, _SESSION = 0x0010, 0x0002, 0x0218, 0x02B1
_MAY_END, _ENDS = 0x0011, 0x0016  # WM_QUERYENDSESSION, WM_ENDSESSION
_RESUMED, _UNLOCKED = 0x12, 0x8  # PBT_APMRESUMEAUTOMATIC, WTS_SESSION_UNLOCK
_NAME = "CONNECTION Client wakeups"
Listener = Callable[[], None]


class WindowsWakeups:
    """Listens from the first subscription until `close`; listeners are called on its thread.

    `under_way` says why the session should not end now, in words; empty where it may.
    """

    def __init__(self, under_way: Callable[[], str] = str) -> None:
        self._under_way = under_way
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._thread: threading.Thread | None = None
        self.window = 0

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at each such moment; returns a function that ends it."""
        with self._lock:
            self._listeners.append(listener)
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="wakeups", daemon=True)
                self._thread.start()
        self._ready.wait()
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def close(self) -> None:
        """Stop listening."""
        if sys.platform == "win32" and self._thread is not None and self.window:
            ctypes.WinDLL("user32").PostMessageW(wintypes.HWND(self.window), _CLOSE, 0, 0)
            self._thread.join(timeout=5)

    def _hear(self, message: int, meaning: int) -> None:
        if (message, meaning) in ((_POWER, _RESUMED), (_SESSION, _UNLOCKED)):
            for listener in tuple(self._listeners):
                listener()

    def _listen(self) -> None:
        try:
            if sys.platform == "win32":
                _run_window(self)
        except OSError as error:
            _LOG.info("no word of sleep and locks: %r", error)
        finally:
            self._ready.set()


if sys.platform == "win32":
    _Procedure = ctypes.WINFUNCTYPE(
        ctypes.c_ssize_t, wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM
    )

    class _WindowClass(ctypes.Structure):
        """WNDCLASSW."""

        _fields_ = (
            ("style", wintypes.UINT),
            ("procedure", _Procedure),
            ("class_extra", ctypes.c_int),
            ("window_extra", ctypes.c_int),
            ("instance", wintypes.HINSTANCE),
            ("icon", wintypes.HICON),
            ("cursor", wintypes.HANDLE),
            ("background", wintypes.HBRUSH),
            ("menu", wintypes.LPCWSTR),
            ("name", wintypes.LPCWSTR),
        )

    def _answered(window: int, message: int, reason: str) -> int:
        """1 where the session may end; where it may not, Windows shows the reason and lets the person choose.

        https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-shutdownblockreasoncreate
        """
        user, handle = ctypes.WinDLL("user32"), wintypes.HWND(window)
        if message == _MAY_END and reason:
            user.ShutdownBlockReasonCreate(handle, ctypes.c_wchar_p(reason))
            return 0
        user.ShutdownBlockReasonDestroy(handle)
        return 1 if message == _MAY_END else 0

    def _user32() -> ctypes.WinDLL:
        user = ctypes.WinDLL("user32", use_last_error=True)
        user.CreateWindowExW.restype = wintypes.HWND
        user.DefWindowProcW.restype = ctypes.c_ssize_t
        user.DefWindowProcW.argtypes = (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
        return user

    def _hand_on_messages(user: ctypes.WinDLL) -> None:
        message = wintypes.MSG()
        while user.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
            user.DispatchMessageW(ctypes.byref(message))

    def _run_window(wakeups: WindowsWakeups) -> None:
        """Make the window and hand on its messages until it is closed; raises OSError."""
        user = _user32()

        def procedure(window: int, message: int, meaning: int, rest: int) -> int:
            if message == _DESTROY:
                user.PostQuitMessage(0)
                return 0
            if message in (_MAY_END, _ENDS):
                return _answered(window, message, wakeups._under_way())  # noqa: SLF001  # its own window
            wakeups._hear(message, meaning)  # noqa: SLF001
            return int(user.DefWindowProcW(window, message, meaning, rest))

        kept = _Procedure(procedure)
        kind = _WindowClass(procedure=kept, name=f"{_NAME} {id(wakeups)}")
        if not user.RegisterClassW(ctypes.byref(kind)):
            raise ctypes.WinError(ctypes.get_last_error())
        # No message-only window: those are left out where Windows tells everybody.
        window = user.CreateWindowExW(
            0, ctypes.c_wchar_p(kind.name), ctypes.c_wchar_p(_NAME), 0, 0, 0, 0, 0, None, None, None, None
        )
        if not window:
            raise ctypes.WinError(ctypes.get_last_error())
        ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification(wintypes.HWND(window), 0)
        wakeups.window = int(window)
        wakeups._ready.set()  # noqa: SLF001
        _hand_on_messages(user)
        wakeups.window = 0
        user.UnregisterClassW(ctypes.c_wchar_p(kind.name), None)
