# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Contrast and motion as Windows has them: SystemParametersInfo, HIGHCONTRAST and client area animation."""

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from connection_client.domain.wishes import Wishes

_GET_HIGH_CONTRAST, _GET_ANIMATION = 0x0042, 0x1042
_ON = 0x00000001  # HCF_HIGHCONTRASTON


class _HighContrast(ctypes.Structure):
    """HIGHCONTRASTW."""

    _fields_ = (("size", wintypes.UINT), ("flags", wintypes.DWORD), ("scheme", wintypes.LPWSTR))


class WindowsWishes:
    """Implements the port WishesReader; read again when light or dark changes, else at the next start."""

    now = Wishes()

    def read(self) -> Wishes:
        """Ask Windows; what it does not tell is not wished."""
        if sys.platform == "win32":
            user = ctypes.WinDLL("user32")
            high = _HighContrast(size=ctypes.sizeof(_HighContrast))
            told = user.SystemParametersInfoW(_GET_HIGH_CONTRAST, high.size, ctypes.byref(high), 0)
            moves = wintypes.BOOL(1)
            user.SystemParametersInfoW(_GET_ANIMATION, 0, ctypes.byref(moves), 0)
            self.now = Wishes(contrast=bool(told and high.flags & _ON), still=not moves.value)
        return self.now

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:  # noqa: ARG002  # as the port wants it
        """Windows tells windows, not services: the one that draws asks again."""
        return lambda: None
