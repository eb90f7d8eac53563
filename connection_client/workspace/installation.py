# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One installation from the first byte to the proof that it worked."""

import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from connection_client.domain.catalogue import Catalogue, Package, Product, Release
from connection_client.domain.errors import (
    ApplicationRunning,
    ClientError,
    DownloadCancelled,
    FolderNotWritable,
    InstallerFailed,
    PackageChanged,
    PrerequisiteDidNotChange,
    VersionDidNotChange,
)
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.progress import Phase, Progress
from connection_client.domain.recommendations import Link
from connection_client.domain.versions import Order, compare
from connection_client.products.inventory import Inventory
from connection_client.updates.choices import ChoiceStore, Unmoved
from connection_client.updates.download import Downloads, KeptPackages, VerifiedFile
from connection_client.updates.history import INSTALLED, STARTED, History, HistoryEntry
from connection_client.updates.install import Applications, Ended, Installer, Job
from connection_client.updates.pace import MeasuredPace
from connection_client.workspace.ports import Clock, OneInstallation
from connection_client.workspace.view import InstallReport

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class Plan:
    """What to install: `chain` ends with the release's own package; `own_file` is that one if it is here.

    `prerequisites` are the other links of the chain.
    """

    product: Product
    release: Release
    chain: tuple[Package, ...]
    installed: InstalledProduct | None
    catalogue: Catalogue
    prerequisites: tuple[Link, ...] = ()
    own_file: VerifiedFile | None = None

    @property
    def before(self) -> str:
        """The version text that is here now."""
        return self.installed.version_text if self.installed is not None else ""


@dataclass(frozen=True)
class Installation:
    """Carries out plans, one at a time for the person, whatever door they came through."""

    downloads: Downloads
    installer: Installer
    applications: Applications
    inventory: Inventory
    choices: ChoiceStore
    history: History
    alone: OneInstallation
    logs: Path
    clock: Clock
    kept: KeptPackages | None = None
    pace: MeasuredPace = field(default_factory=MeasuredPace)

    def run(self, plan: Plan, on_progress: OnProgress, cancelled: threading.Event) -> InstallReport:
        """Install; raises DownloadError, InstallError, NetworkError or SignInError, and nothing changed."""
        log = self._log_of(plan)
        try:
            with self.alone():
                after, ended = self._carry_out(plan, log, on_progress, cancelled)
        except ClientError as error:
            if not isinstance(error, DownloadCancelled):
                self._remember(plan, self._found(plan), error.code, log)
            raise
        self._remember(plan, after, STARTED if ended.goes_on else INSTALLED, log, restart=ended.restart)
        on_progress(Progress(Phase.DONE))
        names = plan.product.id, plan.product.name
        return InstallReport(*names, plan.before, after, _existing(log), ended.restart, ended.goes_on)

    def _carry_out(
        self, plan: Plan, log: Path, on_progress: OnProgress, cancelled: threading.Event
    ) -> tuple[str, Ended]:
        with ExitStack() as stack:
            files = self._fetch(plan, stack, on_progress, cancelled)
            self._refuse_while_running(plan)
            if cancelled.is_set():
                raise DownloadCancelled(kept=sum(file.package.length for file in files))
            on_progress(Progress(Phase.INSTALLING))
            ended = self._install(self._job(plan, files, log))
            if isinstance(ended, Ended) and ended.goes_on:  # it runs from the file that was downloaded
                return plan.release.version_text, ended
            on_progress(Progress(Phase.DETECTING))
            after = self._judge(plan, ended, log)
            if self.kept is not None:
                self.kept.keep(plan.product.id, files[-1])
        for package in plan.chain:
            self.downloads.discard(package)
        return after, ended if isinstance(ended, Ended) else Ended()

    def _fetch(
        self, plan: Plan, stack: ExitStack, on_progress: OnProgress, cancelled: threading.Event
    ) -> tuple[VerifiedFile, ...]:
        own = plan.own_file
        wanted = plan.chain if own is None else plan.chain[:-1]
        with self.pace.measured(on_progress) as tell:
            whole = _Whole(wanted, tell)
            files = [
                stack.enter_context(self.downloads.fetch(package, whole.of(package), cancelled))
                for package in wanted
            ]
        return tuple(files) if own is None else (*files, own)

    def _refuse_while_running(self, plan: Plan) -> None:
        if plan.installed is not None and self.applications.running([plan.installed]):
            raise ApplicationRunning(name=plan.product.name)
        names = {link.product.id: link.product.name for link in plan.prerequisites}
        there = [one for one in self._scan(plan) if one.product_id in names] if names else []
        for product_id in sorted(self.applications.running(there)):
            raise ApplicationRunning(name=names[product_id])

    def _install(self, job: Job) -> InstallerFailed | Ended:
        """An installer's failure waits for detection: what is on the disk decides."""
        try:
            return self.installer.install(job)
        except InstallerFailed as failure:
            return failure
        except PackageChanged:
            for file in job.files:
                if not file.is_genuine():
                    self.downloads.discard(file.package)
            raise

    @staticmethod
    def _job(plan: Plan, files: tuple[VerifiedFile, ...], log: Path) -> Job:
        return Job(plan.product.name, files, log, plan.product.id, plan.release.version_text)

    def _judge(self, plan: Plan, ended: InstallerFailed | Ended, log: Path) -> str:
        everything = self._scan(plan)
        found = [one for one in everything if one.product_id == plan.product.id]
        after = self._judge_own(plan, found, ended, log)
        if isinstance(ended, InstallerFailed) or not ended.restart:
            self._judge_prerequisites(plan, everything, ended, log)
        return after

    def _judge_prerequisites(
        self, plan: Plan, everything: Sequence[InstalledProduct], ended: InstallerFailed | Ended, log: Path
    ) -> None:
        """What the application needs has to be there as well, or it may not even start."""
        for link in plan.prerequisites:
            found = [one for one in everything if one.product_id == link.product.id]
            if any(compare(one.version, link.release.version) is not Order.OLDER for one in found):
                continue
            if isinstance(ended, InstallerFailed):
                raise ended
            there = self._remember_unmoved(link.product, link.release, found)
            needed, name = link.product.name, plan.product.name
            raise PrerequisiteDidNotChange(name=name, needed=needed, version=there or "-", log=log)

    def _judge_own(
        self, plan: Plan, found: Sequence[InstalledProduct], ended: InstallerFailed | Ended, log: Path
    ) -> str:
        orders = {compare(one.version, plan.release.version): one for one in found}
        if Order.SAME in orders:
            return orders[Order.SAME].version_text
        if isinstance(ended, InstallerFailed):
            raise ended
        after = found[-1].version_text if found else ""
        if ended.restart:  # what was in use is replaced when the computer starts: nothing moved yet
            return after
        if Order.NEWER in orders and after != plan.before:
            return orders[Order.NEWER].version_text
        self._remember_unmoved(plan.product, plan.release, found)
        raise VersionDidNotChange(name=plan.product.name, version=after or "-", log=log)

    def _remember_unmoved(self, product: Product, release: Release, found: Sequence[InstalledProduct]) -> str:
        """The version that is still there."""
        there = found[-1].version_text if found else ""
        with suppress(FolderNotWritable):
            self.choices.remember_unmoved(Unmoved(product.id, release.version_text, there))
        return there

    def _scan(self, plan: Plan) -> Sequence[InstalledProduct]:
        return self.inventory.scan(plan.catalogue)

    def _found(self, plan: Plan) -> str:
        found = [one for one in self._scan(plan) if one.product_id == plan.product.id]
        return found[-1].version_text if found else ""

    def _remember(self, plan: Plan, after: str, outcome: str, log: Path, *, restart: bool = False) -> None:
        names = plan.product.id, plan.product.name
        now, kept_log = self.clock(), _existing(log)
        entry = HistoryEntry(now, *names, plan.before, after, outcome, kept_log, restart)
        # A full disk is what may be told of here; it must not hide how the operation ended.
        with suppress(FolderNotWritable):
            self.history.add(entry)

    def _log_of(self, plan: Plan) -> Path:
        return self.logs / f"{self.clock():%Y%m%d-%H%M%S}-{plan.product.id}.log"


class _Whole:
    """Progress of several downloads as one."""

    def __init__(self, packages: Sequence[Package], on_progress: OnProgress) -> None:
        self._total = sum(package.length for package in packages)
        self._before = {
            package.sha256: sum(earlier.length for earlier in packages[:place])
            for place, package in enumerate(packages)
        }
        self._on_progress = on_progress

    def of(self, package: Package) -> OnProgress:
        """What the download of one package reports to."""
        before = self._before[package.sha256]

        def tell(progress: Progress) -> None:
            done = before + progress.done
            left = (self._total - done) / progress.rate if progress.rate > 0 else None
            self._on_progress(Progress(progress.phase, done, self._total, progress.rate, left))

        return tell


def _existing(log: Path) -> Path | None:
    return log if log.exists() else None
