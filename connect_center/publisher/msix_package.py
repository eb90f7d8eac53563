# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an MSIX package says about itself, in AppxManifest.xml at its top, and the family it belongs to.

Sources: learn.microsoft.com/uwp/schemas/appxpackage/uapmanifestschema/element-identity; for publishers' ids
learn.microsoft.com/windows/apps/desktop/modernize/package-identity-overview.
"""

import hashlib
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

_MANIFEST = "AppxManifest.xml"
_LARGEST = 1 << 20  # bytes of the manifest
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32
_BITS, _DIGIT_BITS = 64, 5
_NAME = re.compile(r"[A-Za-z0-9.-]{3,50}")
_ELSEWHERE = "ms-resource:"


@dataclass(frozen=True)
class MsixFacts:
    """Name and architecture in the manifest's words; `title` is empty where it stands in a resource."""

    name: str
    publisher: str
    version: str
    architecture: str
    title: str

    @property
    def family(self) -> str:
        """What stays the same over all versions, and what clients find the package by."""
        return f"{self.name}_{publisher_id(self.publisher)}"


def publisher_id(publisher: str) -> str:
    """Thirteen letters for the publisher's whole name: 64 bits of its SHA-256 in groups of five."""
    begin = hashlib.sha256(publisher.encode("utf-16-le")).digest()[: _BITS // 8]
    padding = -_BITS % _DIGIT_BITS
    number = int.from_bytes(begin) << padding
    places = range(_BITS + padding - _DIGIT_BITS, -1, -_DIGIT_BITS)
    return "".join(_DIGITS[(number >> place) & 31] for place in places)


def read_msix(path: Path) -> MsixFacts:
    """Read the manifest. Raises ValueError with what is wrong, OSError."""
    root = _manifest(path)
    identity = root.find("{*}Identity")
    if identity is None:
        raise ValueError(f"its {_MANIFEST} names no identity")
    name, publisher = identity.get("Name", ""), identity.get("Publisher", "")
    if not _NAME.fullmatch(name) or not publisher:
        raise ValueError(f"its {_MANIFEST} names no package or no publisher")
    title = (root.findtext("{*}Properties/{*}DisplayName") or "").strip()
    return MsixFacts(
        name,
        publisher,
        identity.get("Version", ""),
        identity.get("ProcessorArchitecture", "neutral").lower(),
        "" if title.startswith(_ELSEWHERE) else title,
    )


def _manifest(path: Path) -> ET.Element:
    try:
        with zipfile.ZipFile(path) as package, package.open(_MANIFEST) as stream:
            text = stream.read(_LARGEST + 1).decode("utf-8-sig")
        # Without document types there are no entities that could grow or lead elsewhere.
        if len(text) > _LARGEST or "<!DOCTYPE" in text:
            raise ValueError(f"its {_MANIFEST} is larger than 1 MiB or declares a document type")
        return ET.fromstring(text)  # noqa: S314  # see above
    except KeyError:
        raise ValueError(f"it holds no {_MANIFEST}; bundles of several packages are not taken") from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        ET.ParseError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ) as error:
        raise ValueError(str(error)) from error
