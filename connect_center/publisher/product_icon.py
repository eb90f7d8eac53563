# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The picture of a product that clients show before it is installed: PNG or SVG, from a package or a file.

Sources: Icon Theme Specification 0.13 for the places, PNG (W3C, third edition) section 11.2.1 for the size.
"""

import struct
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from debian.debfile import DebFile

from connect_center.publisher.errors import PackageNotReadable

LARGEST = 64 << 10  # bytes
_WIDEST = 1024  # pixels
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG_ROOTS = ("svg", "{http://www.w3.org/2000/svg}svg")
_SIZES = ("scalable", "256x256", "128x128", "96x96", "64x64", "48x48")


def target_of(product_id: str) -> str:
    """The name under which it is signed, beside the catalogue."""
    return f"catalogue/{product_id}.icon"


def read_icon(path: Path) -> bytes:
    """The picture in a file. Raises PackageNotReadable where clients could not show it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PackageNotReadable(
            f"{path} cannot be read ({error.strerror}). Nothing was published."
        ) from error
    if not is_icon(content):
        raise PackageNotReadable(
            f"{path.name} is no icon that clients show. Nothing was published. Give a PNG or SVG of at most "
            f"{LARGEST >> 10} KiB and {_WIDEST} pixels."
        )
    return content


def is_icon(content: bytes) -> bool:
    """Whether clients can show it."""
    if len(content) > LARGEST:
        return False
    if content.startswith(_PNG):
        return len(content) > 24 and 0 < max(struct.unpack(">II", content[16:24])) <= _WIDEST  # noqa: PLR2004  # IHDR
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return False  # without document types there are no entities that could grow or lead elsewhere
    try:
        return ET.fromstring(content).tag in _SVG_ROOTS  # noqa: S314  # see above
    except (ET.ParseError, ValueError, LookupError):
        return False


def icon_in(path: Path) -> bytes:
    """The icon that a Debian package brings for its application; empty where there is none to show."""
    if path.suffix != ".deb":
        return b""
    with DebFile(str(path)) as deb:
        files = {PurePosixPath("/", member.name): member.name for member in deb.data.tgz() if member.isfile()}
        names = [entry.stem for entry in files if entry.match("/usr/share/applications/*.desktop")]
        for size in _SIZES:
            for name in names:
                place = PurePosixPath("/usr/share/icons/hicolor", size, "apps", name)
                for suffix in (".svg", ".png"):
                    inside = files.get(place.with_name(name + suffix))
                    content = deb.data.get_content(inside) if inside is not None else b""
                    if isinstance(content, bytes) and content and is_icon(content):
                        return content
    return b""
