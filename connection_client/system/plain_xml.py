# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""XML that others wrote, read so that it can neither grow nor lead elsewhere."""

from pathlib import Path
from xml.etree import ElementTree as ET

_LARGEST = 1 << 20  # bytes


def plain_xml(path: Path) -> ET.Element | None:
    """The root of a file in UTF-8; None where it is missing, larger than 1 MiB, broken, or declares a type.

    Without document types there are no entities. Other encodings could hide one, so they are left alone.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        text = content.decode("utf-8-sig")
        if len(content) > _LARGEST or "<!DOCTYPE" in text:
            return None
        return ET.fromstring(text)  # noqa: S314  # see above
    except (OSError, ET.ParseError, ValueError, LookupError):
        return None
