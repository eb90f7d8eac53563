# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The ground the other tests stand on: a Windows Python, both views of the registry."""

import platform
import sys
import winreg

assert sys.platform == "win32"  # tells the type checker so, too


def test_this_is_a_python_for_windows() -> None:
    assert sys.platform == "win32"
    assert platform.machine() == "AMD64"


def test_the_two_views_of_the_registry_are_two() -> None:
    path = r"Software\CONNECTION Client tests\views"
    for view, text in ((winreg.KEY_WOW64_32KEY, "32"), (winreg.KEY_WOW64_64KEY, "64")):
        with winreg.CreateKeyEx(winreg.HKEY_LOCAL_MACHINE, path, 0, winreg.KEY_ALL_ACCESS | view) as key:
            winreg.SetValueEx(key, "view", 0, winreg.REG_SZ, text)
    seen = []
    for view in (winreg.KEY_WOW64_32KEY, winreg.KEY_WOW64_64KEY):
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path, 0, winreg.KEY_READ | view) as key:
            seen.append(winreg.QueryValueEx(key, "view")[0])
    assert seen == ["32", "64"]
