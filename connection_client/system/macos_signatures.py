# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether packages and applications carry the publisher's signature, by macOS's own programs.

Apple's installer looks at no signature when it is called as a program, and copied applications are looked at
only when they start. Where the catalogue names the publisher's Team ID, both the signature and Gatekeeper
have to agree; where it names none, the signed catalogue is what is trusted, and their word goes into the log.
"""

import re
from pathlib import Path

from connection_client.system.macos_work import DISTRUSTED, NOBODY, NOT_SIGNED, Failed, Work

TEAM_ID = re.compile(r"[A-Z0-9]{10}")
_LEAF = re.compile(r"^\s*1\.\s.*\((?P<team>[A-Z0-9]{10})\)\s*$", re.MULTILINE)


def check_package(work: Work, package: Path, team: str) -> None:
    """Raises Failed where the package is not signed by `team`, or Gatekeeper refuses it."""
    status, said = work.run("pkgutil", "--check-signature", str(package))
    trusted, _ = work.run("spctl", "--assess", "--type", "install", "-v", str(package))
    if team == NOBODY:
        return
    # The certificates come in the order of their chain, so the first is the signer's own.
    leaf = _LEAF.search(said.decode("utf-8", "replace"))
    if status != 0 or leaf is None or leaf["team"] != team:
        raise Failed(NOT_SIGNED, f"{package.name} is not signed by {team}")
    if trusted != 0:
        raise Failed(DISTRUSTED, f"Gatekeeper does not let {package.name} be installed")


def check_application(work: Work, application: Path, team: str) -> None:
    """Raises Failed where the application's seal is broken, `team` did not sign it, or Gatekeeper refuses it.

    An application without any signature has a broken seal: Apple's own processors would not start it.
    """
    requirement = f'=anchor apple generic and certificate leaf[subject.OU] = "{team}"'
    words = () if team == NOBODY else ("-R", requirement)
    sealed, _ = work.run("codesign", "--verify", "--deep", "--strict", *words, str(application))
    if sealed != 0:
        raise Failed(NOT_SIGNED, f"{application.name} is not signed as it should be")
    trusted, _ = work.run("spctl", "--assess", "--type", "execute", "-v", str(application))
    if team != NOBODY and trusted != 0:
        raise Failed(DISTRUSTED, f"Gatekeeper does not let {application.name} be started")
