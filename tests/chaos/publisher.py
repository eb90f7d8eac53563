# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The publisher of the application that the person uses: each release says which it is when it starts."""

import hashlib
from pathlib import Path

from tests.world.center import ORGANISATION, Center
from tests.world.packages import make_deb

PRODUCT, PACKAGE = "chaos-viewer", "chaos-viewer-ses"
PROGRAM = Path("/usr/bin") / PACKAGE
_FILLER = {f"/usr/share/{PACKAGE}/points.bin": "0123456789abcdef" * 90_000}


class Releases:
    """What was published; `started` is the file in which every start is written down."""

    def __init__(self, center: Center, folder: Path, started: Path) -> None:
        self._center, self._folder, self.started = center, folder, started
        self.hashes: dict[str, str] = {}  # of the program, by version

    @property
    def newest(self) -> str:
        """The version that was published last."""
        return f"10.{len(self.hashes)}"

    def publish(self) -> None:
        """Release the next version; the first one comes with a licence."""
        version = f"10.{len(self.hashes) + 1}"
        program = f'#!/bin/sh\n# {version}\nsha256sum "$0" | cut -d" " -f1 >>"{self.started}"\nsleep 2\n'
        deb = make_deb(
            self._folder, PACKAGE, version, files={str(PROGRAM): program, **_FILLER},
            title="Chaos Viewer SES", compression="none",
        )  # fmt: skip
        self.hashes[version] = hashlib.sha256(program.encode()).hexdigest()
        self._center.manage("publish", "add", str(deb), "--product", PRODUCT, "--name", "Chaos Viewer SES")
        if version == "10.1":
            self._center.manage("licence", "grant", ORGANISATION, PRODUCT)
