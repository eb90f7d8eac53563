# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The kit for applications as a wheel of its own: `connection_client_sdk`, standard library only.

A wheel of nothing but Python is an archive with three more files (PEP 427), so it is written
here, the same bytes each time, without a build back end that would have to be installed first.
"""

import base64
import hashlib
import time
import zipfile
from pathlib import Path

from installers import deb, stamp
from installers.client import client_version

PACKAGE = "connection_client_sdk"
_RECIPE = ("sdk_wheel.py",)
_METADATA = """\
Metadata-Version: 2.4
Name: connection-client-sdk
Version: {version}
Summary: What an SES application asks CONNECTION Client: who is signed in, and whether they may work.
License-Expression: Apache-2.0
License-File: LICENSE
Requires-Python: >=3.11
Classifier: Typing :: Typed
Description-Content-Type: text/markdown

"""
_WHEEL = "Wheel-Version: 1.0\nGenerator: connection-client\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def build(root: Path, out: Path) -> Path:
    """Build the wheel into `out`, or return the one that is there and still true."""
    version = client_version(root)
    inputs = [root / "connection_client/sdk", root / "docs/broker.md", root / "LICENSE"]
    inputs += [root / "installers" / name for name in _RECIPE]
    current = stamp.fingerprint(root, inputs, version)
    wheel = out / f"{PACKAGE}-{version}-py3-none-any.whl"
    if not stamp.is_current(wheel, current):
        unfinished = wheel.with_suffix(".part")
        _write(unfinished, _content(root, version), deb.release_time(root / "installers/debian/changelog"))
        unfinished.replace(wheel)
        stamp.keep(wheel, current)
    return wheel


def _content(root: Path, version: str) -> dict[str, bytes]:
    """All files by their name in the archive; the package under its own name."""
    content: dict[str, bytes] = {}
    for module in sorted((root / "connection_client/sdk").glob("*.py")):
        text = module.read_text("utf-8").replace("connection_client.sdk", PACKAGE)
        content[f"{PACKAGE}/{module.name}"] = text.encode()
    content[f"{PACKAGE}/py.typed"] = b""
    facts = f"{PACKAGE}-{version}.dist-info"
    document = (root / "docs/broker.md").read_text("utf-8")
    content[f"{facts}/licenses/LICENSE"] = (root / "LICENSE").read_bytes()
    content[f"{facts}/METADATA"] = (_METADATA.format(version=version) + document).encode()
    content[f"{facts}/WHEEL"] = _WHEEL.encode()
    lines = [f"{name},sha256={_digest(file)},{len(file)}" for name, file in content.items()]
    content[f"{facts}/RECORD"] = "\n".join([*lines, f"{facts}/RECORD,,", ""]).encode()
    return content


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def _write(wheel: Path, content: dict[str, bytes], seconds: int) -> None:
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in content.items():
            entry = zipfile.ZipInfo(name, time.gmtime(seconds)[:6])
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file)
