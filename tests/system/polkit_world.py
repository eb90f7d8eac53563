# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A person on a computer where polkit asks, with packages whose names no other test has."""

import xml.etree.ElementTree as ET
from pathlib import Path

from connection_client.domain.texts import TEXTS
from tests.world.packages import make_deb
from tests.world.polkit import SOURCE, PolkitComputer

WELL = {"code": "", "text": ""}


class PolkitWorld:
    """`prefix` begins the names of its packages."""

    def __init__(self, computer: PolkitComputer, folder: Path, prefix: str) -> None:
        self.computer = computer
        self._folder = folder
        self._prefix = prefix

    def name(self, part: str = "viewer") -> str:
        return f"{self._prefix}-{part}"

    def package(self, part: str = "viewer", *depends: str) -> Path:
        """One in the person's folder, which this test has made."""
        program = {f"/usr/bin/{self.name(part)}": "#!/bin/sh\necho 1.0\n"}
        deb = make_deb(self._folder, self.name(part), "1.0", files=program, depends=depends)
        (placed,) = self.computer.hand_over(deb)
        return placed

    def version(self, part: str = "viewer") -> str:
        return self.computer.version(self.name(part))

    def assert_untouched(self, *kept: Path) -> None:
        """The viewer is not there in any way, and what was downloaded still is."""
        assert self.version() == ""
        assert not (self.computer.root / "usr/bin" / self.name()).exists()
        assert list((self.computer.root / "var/tmp").glob("connection-client-*")) == []
        assert all(path.exists() for path in kept)


def refused(code: str, **facts: str) -> dict[str, str]:
    """What the client says then."""
    return {"code": code, "text": TEXTS[code].format(name="Survey Viewer SES", **facts)}


def question(language: str) -> str:
    """What the policy that is shipped asks in a language."""
    policy = ET.parse(SOURCE / "resources/desktop/com.example.connection_client.policy")  # noqa: S314  # ours
    spelled = "{http://www.w3.org/XML/1998/namespace}lang"
    texts = {message.get(spelled, "en"): message.text or "" for message in policy.iter("message")}
    return texts[language]
