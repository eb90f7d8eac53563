# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an organisation sets through the system's own management: Group Policy, macOS profiles.

Both places can be written by administrators alone.
"""

import sys
from pathlib import Path

from connection_client.domain.property_list import LARGEST, dictionary_in
from connection_client.domain.settings import SETTINGS
from connection_client.domain.settings_errors import SettingsNotReadable

if sys.platform == "win32":
    import winreg

REGISTRY_KEY = r"Software\Policies\CONNECTION Client"
PREFERENCES_DOMAIN = "com.example.connection_client"
_PREFERENCES = Path("/Library/Managed Preferences")


class RegistryPolicy:
    """Values of Group Policy on Windows; those for the computer count before those for the person."""

    place = rf"HKLM and HKCU\{REGISTRY_KEY}"
    problem: SettingsNotReadable | None = None

    def values(self) -> dict[str, object]:
        """What is set now; the registry has no true and false, so numbers stand for them."""
        flags = {setting.policy_key for setting in SETTINGS if isinstance(setting.default, bool)}
        found: dict[str, object] = {}
        if sys.platform == "win32":
            for hive in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
                found |= _values_of(hive)
        return {
            name: bool(value) if name in flags and value in (0, 1) else value for name, value in found.items()
        }


if sys.platform == "win32":

    def _values_of(hive: int) -> dict[str, object]:
        found: dict[str, object] = {}
        try:
            with winreg.OpenKey(hive, REGISTRY_KEY, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as key:
                for place in range(winreg.QueryInfoKey(key)[1]):
                    name, value, _ = winreg.EnumValue(key, place)
                    found[name] = value
        except OSError:
            return {}
        return found


class ManagedPreferences:
    """Values of a configuration profile on macOS, as the system writes them down."""

    def __init__(self, folder: Path = _PREFERENCES) -> None:
        self._path = folder / f"{PREFERENCES_DOMAIN}.plist"
        self.problem: SettingsNotReadable | None = None

    @property
    def place(self) -> str:
        """Where it lies, for people."""
        return str(self._path)

    def values(self) -> dict[str, object]:
        """What is set now."""
        self.problem = None
        try:
            with self._path.open("rb") as file:
                values = dictionary_in(file.read(LARGEST + 1))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            self.problem = SettingsNotReadable(path=self.place, reason=str(error))
            return {}
        # What begins with Payload belongs to the profile itself.
        return {name: value for name, value in values.items() if not name.startswith("Payload")}
