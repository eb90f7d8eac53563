# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the catalogue's words for exit codes mean for the person."""

from connection_client.domain.errors import (
    ApplicationRunning,
    DiskFull,
    InstallCancelled,
    InstallerBusy,
    InstallerFailed,
    NotInstallable,
)
from connection_client.domain.language import N_
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job

RESTART = frozenset({"reboot-required", "reboot-started"})
"""The computer has to be started anew."""

FINE = RESTART | {"ok", "already-installed", "newer-installed"}
"""The installer was content."""


def judge(job: Job, file: VerifiedFile, meaning: str, exit_code: int) -> str:
    """Give `meaning` back where it is fine; raises InstallError, DiskFull where it is not."""
    if meaning in FINE:
        return meaning
    name, length = job.name, file.package.length
    outcomes: dict[str, Exception] = {
        "cancelled": InstallCancelled(name=name),
        "busy": InstallerBusy(),
        "in-use": ApplicationRunning(name=name),
        "disk-full": DiskFull(needed=length, kept=length),
        "blocked-by-policy": NotInstallable(name=name, reason=N_("a policy of this computer forbids it")),
        "unsupported": NotInstallable(name=name, reason=N_("it is made for another system")),
    }
    raise outcomes.get(meaning, InstallerFailed(name=name, exit_code=exit_code, log=job.log))
