# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a bundle and a package for macOS say of themselves; every file here is made on any system.

Sources: Apple's Information Property List and Entitlements references, "Distribution Definition XML Schema",
pkgbuild(1), productbuild(1).
"""

import plistlib
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from packaging.version import Version

from connection_client.system.macos_autostart import AGENT, launch_agent

IDENTIFIER = AGENT
NAME = "CONNECTION Client"
APP = f"{NAME}.app"
OLDEST = "12.0"  # what Qt 6.9's own wheels are built for
_MAKER = "The CONNECTION Client developers"
_PROGRAM = f"/Applications/{APP}/Contents/MacOS/{NAME}"
_COMPONENT = f"{IDENTIFIER}.pkg"
COMPONENT_FILE = "client.pkg"


def numbers_of(version: str) -> str:
    """`1.2rc1` as macOS wants it: three numbers with dots."""
    major, minor, micro, *_ = (*Version(version).release, 0, 0)
    return f"{major}.{minor}.{micro}"


_LINKS = {
    "CFBundleURLName": IDENTIFIER,
    "CFBundleTypeRole": "Viewer",
    "CFBundleURLSchemes": ["connection-client"],
}


def information(version: str) -> Mapping[str, object]:
    """Info.plist beyond what PyInstaller writes of itself (name, identifier, program, icon)."""
    return {
        "CFBundleDisplayName": NAME,
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundleName": NAME,
        "CFBundleExecutable": NAME,
        "CFBundleShortVersionString": numbers_of(version),
        "CFBundleVersion": numbers_of(version),
        "CFBundleDevelopmentRegion": "en",
        "CFBundleURLTypes": [_LINKS],
        # Offered under "Open With"; never in the place of what opens packages otherwise.
        "CFBundleDocumentTypes": [
            _packages("Installer package", "com.apple.installer-package-archive", "pkg"),
            _packages("Disk image", "com.apple.disk-image-udif", "dmg"),
        ],
        "LSApplicationCategoryType": "public.app-category.utilities",
        "LSMinimumSystemVersion": OLDEST,
        "LSUIElement": True,  # an icon in the menu bar, none in the Dock
        "NSAppleEventsUsageDescription": "Applications are asked to quit before they are updated.",
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"© 2026 {_MAKER}. Apache-2.0",
        "NSPrincipalClass": "NSApplication",
        "NSRequiresAquaSystemAppearance": False,  # follow the person's dark mode
    }


def _packages(name: str, kind: str, ending: str) -> Mapping[str, object]:
    return {
        "CFBundleTypeName": name,
        "CFBundleTypeRole": "Viewer",
        "CFBundleTypeExtensions": [ending],
        "LSItemContentTypes": [kind],
        "LSHandlerRank": "Alternate",
    }


def entitlements() -> bytes:
    """What the hardened runtime is asked to allow: libffi, which ctypes is made of, writes small programs.

    And that an application which is to be updated may be asked to quit: without it, macOS refuses this to
    the client and to the `osascript` that it starts, and asks nobody. Libraries signed by others stay
    refused: all that the bundle loads is signed with it.
    """
    return plistlib.dumps(
        {
            "com.apple.security.automation.apple-events": True,
            "com.apple.security.cs.allow-unsigned-executable-memory": True,
        }
    )


def agent() -> bytes:
    """The LaunchAgent for everybody: it starts the client with each desktop; the client asks who wants it."""
    return launch_agent([_PROGRAM, "--hidden", "--with-session"])


def component() -> bytes:
    """Where pkgbuild's bundle goes: to its place, wherever a person has moved a copy, never backwards."""
    return plistlib.dumps(
        [
            {
                "RootRelativeBundlePath": f"Applications/{APP}",
                "BundleIsRelocatable": False,
                "BundleIsVersionChecked": True,  # no way back by accident
                "BundleHasStrictIdentifier": True,
                "BundleOverwriteAction": "upgrade",
            }
        ]
    )


def distribution(version: str, architecture: str) -> bytes:
    """What macOS' installer asks and shows; `architecture` is arm64 or x86_64."""
    root = ET.Element("installer-gui-script", minSpecVersion="2")
    ET.SubElement(root, "title").text = NAME
    ET.SubElement(
        root,
        "options",
        {"customize": "never", "require-scripts": "false", "hostArchitectures": architecture},
    )
    ET.SubElement(root, "domains", {"enable_anywhere": "false", "enable_localSystem": "true"})
    volume = ET.SubElement(root, "volume-check")
    oldest = ET.SubElement(volume, "allowed-os-versions")
    ET.SubElement(oldest, "os-version", min=OLDEST)
    outline = ET.SubElement(root, "choices-outline")
    ET.SubElement(outline, "line", choice="default")
    choice = ET.SubElement(root, "choice", id="default", title=NAME)
    ET.SubElement(choice, "pkg-ref", id=_COMPONENT)
    ET.SubElement(root, "pkg-ref", id=_COMPONENT, version=numbers_of(version)).text = COMPONENT_FILE
    text: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


_AS_THE_PERSON = """\
#!/bin/sh
# Runs as root: {what}
person=$(stat -f %u /dev/console)
ask() {{
    [ "$person" -gt 0 ] || return 0 # nobody is signed in
    launchctl asuser "$person" sudo -u "#$person" {program} "$@"
}}
"""
_QUOTED = f"'{_PROGRAM}'"


def before() -> str:
    """The package's preinstall: the client at the desktop ends, within 20 seconds, never by force."""
    return _AS_THE_PERSON.format(
        what="ask the client of the person at the desktop to end, and to come back.", program=_QUOTED
    ) + (
        f"[ -x {_QUOTED} ] || exit 0\n"
        "ask --quit --will-return && exit 0\n"
        "tries=0\n"
        'while [ "$tries" -lt 20 ] && ! ask --quit; do\n'
        "    sleep 1\n"
        "    tries=$((tries + 1))\n"
        "done\n"
        "exit 0\n"
    )


def after() -> str:
    """The package's postinstall: a client that ran comes back; which one did, it has noted itself."""
    return _AS_THE_PERSON.format(what="start the client again where it ran.", program=_QUOTED) + (
        "ask --hidden --returning >/dev/null 2>&1 &\nexit 0\n"
    )


def remove() -> str:
    """Takes away what the package installed; what belongs to a person stays."""
    return _AS_THE_PERSON.format(what="remove the client.", program=_QUOTED) + (
        '[ "$(id -u)" -eq 0 ] || { echo "Run this with sudo." >&2; exit 1; }\n'
        f"[ ! -x {_QUOTED} ] || ask --quit\n"
        f"rm -f '/Library/LaunchAgents/{IDENTIFIER}.plist' /usr/local/bin/connection-client\n"
        f"rm -rf '/Applications/{APP}'\n"
        f"pkgutil --forget {_COMPONENT}\n"
    )
