# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Runs setups on Windows: the file is locked, checked once more, its signer looked at, and then started.

The lock is held until the setup has ended, so nobody can change a byte between check and start.
"""

import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from connection_client.domain.catalogue import Package
from connection_client.domain.errors import (
    DiskFull,
    FolderNotWritable,
    InstallerFailed,
    NeedsRights,
    PackageChanged,
)
from connection_client.domain.installed import OWN_PRODUCT
from connection_client.domain.language import N_, _
from connection_client.system import windows_msix, windows_process, windows_setups
from connection_client.system.install_outcomes import FINE, RESTART, judge
from connection_client.system.windows_elevated_install import Request
from connection_client.system.windows_elevation import Elevation, Refused
from connection_client.system.windows_folders import KnownFolder, known_folder
from connection_client.system.windows_locked_file import open_locked
from connection_client.system.windows_near import near_file, near_log
from connection_client.system.windows_registry import Branch, values_of
from connection_client.system.windows_trust import signer_of
from connection_client.updates.download import VerifiedFile, matches
from connection_client.updates.install import Ended, Job

_POLICIES = r"Software\Microsoft\Windows\CurrentVersion\Policies\System"
_DENY = 0  # ConsentPromptBehaviorUser: whoever is no administrator is not even asked
_REFUSES_WITHIN = 3.0  # seconds in which a setup of ours has told what it does not do
_REQUIRED, _ASKS, _NEVER = "required", ("required", "self"), ("none", "prohibited")
_GOES_ON = "goes-on"
_STILL_ACTIVE = 259  # what Windows says of a process that runs
_SIGNER = "authenticode_subject_o"


class WindowsInstaller:
    """Implements `updates.install.Installer`; whoever makes it closes it.

    `in_the_way`: this process uses files that the client's own setup replaces, and nobody can ask it to end,
    as the setup asks the client in the tray. So it leaves by itself, once that setup has begun.
    """

    def __init__(
        self,
        elevation: Elevation | None = None,
        is_elevated: Callable[[], bool] = windows_process.is_elevated,
        *,
        in_the_way: bool = False,
    ) -> None:
        self._elevation = elevation or Elevation()
        self._is_elevated = is_elevated
        self._in_the_way = in_the_way
        self._name = ""

    @property
    def under_way(self) -> str:
        """What is being installed now, in words; empty where nothing is."""
        return _("{name} is being installed.").format(name=self._name) if self._name else ""

    def close(self) -> None:
        """Give administrator rights back."""
        self._elevation.close()

    def obstacle(self, package: Package) -> str:
        """Why the package cannot be installed here, in words."""
        if package.os != "windows":
            return N_("it is made for another system")
        if package.install.kind not in windows_setups.KINDS:
            return N_("this version of CONNECTION Client does not know how")
        return ""

    def can_elevate(self) -> bool:
        """Whether administrator rights are there or can be asked for."""
        if self._is_elevated():
            return True
        return values_of(Branch("HKLM", 64), _POLICIES).get("consentpromptbehavioruser") != _DENY

    def install(self, job: Job) -> Ended:
        """Lock, check and run each setup; raises InstallError, DiskFull, FolderNotWritable."""
        self._name = job.name
        with ExitStack() as locks:
            locks.callback(self._forget_name)
            _make_folder(job.log.parent)
            for file in job.files:
                _lock(file, locks)
            meanings = [self._run(job, file) for file in job.files]
            return Ended(restart=not RESTART.isdisjoint(meanings), goes_on=_GOES_ON in meanings)

    def _forget_name(self) -> None:
        self._name = ""

    def _run(self, job: Job, file: VerifiedFile) -> str:
        """What its end means, in the catalogue's words; _GOES_ON where it will end after this process."""
        try:
            exit_code = self._exit_code(job, file)
        except Refused as refused:
            raise _not_taken(file, str(refused)) from refused
        except OSError as error:
            raise _not_started(job, error) from error
        if exit_code is None:
            return _GOES_ON
        return judge(job, file, windows_setups.meaning_of(file.package.install, exit_code), exit_code)

    def _exit_code(self, job: Job, file: VerifiedFile) -> int | None:
        """Run to the end, with the person's consent where rights are needed; None where it goes on alone."""
        if file.package.install.kind == windows_msix.KIND:
            return self._packaged_exit_code(job, file)
        own = self._in_the_way and job.product_id == OWN_PRODUCT and file is job.files[-1]
        patience = _REFUSES_WITHIN if own else None
        with near_log(job.log) as log:
            if self._wants_rights(job, file):
                return self._elevation.run(_request(file, log), patience)
            try:
                with near_file(file) as near:
                    return _started(file, near, log, job.log, patience)
            except OSError as error:
                needs_rights = getattr(error, "winerror", 0) == windows_process.ELEVATION_REQUIRED
                if not needs_rights or file.package.install.elevation in _NEVER:
                    raise
            return self._elevation.run(_request(file, log), patience)

    def _packaged_exit_code(self, job: Job, file: VerifiedFile) -> int:
        """Everybody who signs in later is provided for with rights; this person gets it without, at once."""
        code = 0
        if file.package.install.scope == "machine":
            code = self._elevation.run(_request(file, job.log)) or 0
            if windows_setups.meaning_of(file.package.install, code) not in FINE:
                return code
        with near_file(file) as near:
            return _started(file, near, job.log, job.log, None) or code

    def _wants_rights(self, job: Job, file: VerifiedFile) -> bool:
        """A setup that asks by itself is spared its own question where the batch has asked already."""
        if self._is_elevated():
            return False
        wanted = [
            one.package.install.elevation for one in job.files if one.package.install.elevation in _ASKS
        ]
        own = file.package.install.elevation
        return own == _REQUIRED or (own in _ASKS and (self._elevation.is_open or len(wanted) > 1))


def _make_folder(logs: Path) -> None:
    """Setups write their logs only where a folder is; the first installation finds none."""
    try:
        logs.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotWritable(path=str(logs), reason=error.strerror or "") from error


def _request(file: VerifiedFile, log: Path) -> Request:
    package = file.package
    return Request(
        path=str(file.path),
        sha256=package.sha256,
        length=package.length,
        kind=package.install.kind,
        arguments=tuple(windows_setups.arguments_for(package.install, log)),
        signer=package.signer.get(_SIGNER, ""),
    )


def _lock(file: VerifiedFile, locks: ExitStack) -> None:
    """Hold the file against everybody, and check what is held: not what was there before."""
    try:
        locked = locks.enter_context(open_locked(file.path))
    except OSError as error:
        raise PackageChanged(filename=file.package.filename) from error
    if not matches(locked, file.package):
        raise PackageChanged(filename=file.package.filename)
    wanted = file.package.signer.get(_SIGNER, "")
    if wanted and signer_of(file.path) != wanted:
        raise PackageChanged(filename=file.package.filename)


def _started(file: VerifiedFile, near: Path, log: Path, told: Path, patience: float | None) -> int | None:
    """Run the setup that lies `near`; its own log is at `log`, what it prints beside `told`."""
    recipe, system = file.package.install, known_folder(KnownFolder.SYSTEM) or Path(r"C:\Windows\System32")
    command = windows_setups.command_for(recipe, near, log, system)
    beside = told.with_suffix(".output.log")  # many setups write their own log: ours stays out of its way
    try:
        output = beside.open("wb")
    except OSError as error:
        raise FolderNotWritable(path=str(told.parent), reason=error.strerror or "") from error
    with output:
        setup = windows_process.spawn(
            command, None, output, windows_msix.variables(recipe.kind, near, system)
        )
    try:
        return setup.wait(patience)
    except subprocess.TimeoutExpired:
        setup.returncode = _STILL_ACTIVE  # it outlives this process on purpose, which Popen would complain of
        return None


def _not_taken(file: VerifiedFile, why: str) -> Exception:
    if why == "disk-full":
        return DiskFull(needed=file.package.length, kept=file.package.length)
    return PackageChanged(filename=file.package.filename)


def _not_started(job: Job, error: OSError) -> Exception:
    code = int(getattr(error, "winerror", 0) or 0)
    if code in (windows_process.CANCELLED, windows_process.ELEVATION_REQUIRED):
        return NeedsRights(name=job.name)
    return InstallerFailed(name=job.name, exit_code=code, log=job.log)
