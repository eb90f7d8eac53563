# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The one list of applications that every door shows, and what can be done with it."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from connection_client.domain.errors import ClientError, DownloadCancelled, NotInstallable
from connection_client.domain.language import N_
from connection_client.domain.progress import Phase, Progress
from connection_client.domain.recommendations import Blocker, Recommendation
from connection_client.updates.choices import Choices
from connection_client.updates.context import Context
from connection_client.updates.history import HistoryEntry, settled
from connection_client.version import VERSION
from connection_client.workspace.files import match_file, open_file
from connection_client.workspace.for_it import letter_for_it
from connection_client.workspace.going_back import close, earlier_version, plan_back
from connection_client.workspace.installation import Installation, OnProgress, Plan
from connection_client.workspace.meter import Meter
from connection_client.workspace.observer import Observer, Seen
from connection_client.workspace.plans import plan_of, plan_of_file
from connection_client.workspace.refusals import put_off, refusal
from connection_client.workspace.rows import rows_of
from connection_client.workspace.running import RunningApplications
from connection_client.workspace.shown_view import Listener, ShownView
from connection_client.workspace.view import FileMatch, InstallReport, View

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 2.0  # between two looks at what runs


class Workspace:
    """Thread-safe; every method but `view` and `subscribe` may take its time."""

    def __init__(self, observer: Observer, installation: Installation) -> None:
        self._observer = observer
        self._installation = installation
        self._asking = threading.Lock()
        self._looking = threading.RLock()
        self._seen = Seen()
        self._stamp: object = None
        self._shown = ShownView()

    @property
    def view(self) -> View:
        """What is known, at once."""
        return self._shown.view

    @property
    def running(self) -> RunningApplications:
        """Those of its applications that run now."""
        return RunningApplications(lambda: self._shown.view, self._observer.applications)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every new view, on any thread; gives back what ends it."""
        return self._shown.subscribe(listener)

    def open(self) -> View:
        """The list from what is kept and what is installed, without network."""
        with self._looking:
            state = self._observer.kept_catalogue()
            return self._look(Seen(state, manual=False, problem=state.problem))

    def refresh(self, manual: bool = False) -> View:  # noqa: FBT001, FBT002  # agreed with both doors
        """Ask the Center; what stood in the way is in the view. A manual check does not wait for rollouts."""
        with self._asking:
            state = self._observer.newest_catalogue()
            problem = state.problem or self._observer.ask_for_entitlements()
            # Nobody who wants to install waits for a slow network.
            with self._looking:
                return self._look(Seen(state, manual, problem))

    def look_again(self) -> View:
        """Detect and evaluate again with the list that is here, say after a sign-in or an installation."""
        with self._looking:
            return self._look(self._seen)

    def look_if_changed(self) -> bool:
        """Look again where something was installed or removed since the last look, by whomever; cheap."""
        with self._looking:
            changed = self._stamp not in (None, self._observer.inventory.stamp())
            if changed:
                self._look(self._seen)
            return changed

    def install(
        self,
        product_id: str,
        on_progress: OnProgress,
        cancelled: threading.Event,
        *,
        unattended: bool = False,
    ) -> InstallReport:
        """Bring the recommended release with all that it needs; raises the ClientError that stopped it.

        An unattended one waits for a network without a meter and for the maintenance window, and puts off a
        download that goes on when the network becomes metered: what has arrived is kept.
        """
        context = self._context()
        recommendation = self._recommended(product_id, context)
        refused = refusal(recommendation, context, self._seen.problem, unattended=unattended)
        if refused is not None:
            raise refused
        plan = plan_of(recommendation, context)
        if not unattended:
            return self._run(plan, on_progress, cancelled)
        meter = Meter(self._observer.surroundings, on_progress, cancelled)
        try:
            return self._run(plan, meter.tell, cancelled)
        except DownloadCancelled as error:
            raise (put_off(plan.product.name) if meter.ran_out else error) from error

    def install_when_closed(
        self, product_id: str, on_progress: OnProgress, cancelled: threading.Event
    ) -> InstallReport:
        """As `install`, as soon as the running application has ended by itself; raises as it does."""
        while self._waits_for_closing(product_id):
            on_progress(Progress(Phase.WAITING))
            if cancelled.wait(_LOOK_SECONDS):
                raise DownloadCancelled(kept=0)
        return self.install(product_id, on_progress, cancelled)

    def go_back(self, product_id: str, on_progress: OnProgress, cancelled: threading.Event) -> InstallReport:
        """Install the kept package of the release before; the one that is left is not offered again.

        Raises NotInstallable where none is kept, and as `install` does.
        """
        plan = plan_back(product_id, self._trusted_context(), self._installation.kept)
        try:
            report = self._run(plan, on_progress, cancelled)
        finally:
            close(plan)
        self._observer.choices.skip(product_id, plan.before)
        self.look_again()
        return report

    def letter_for_it(self, product_id: str, center: str) -> str:
        """What IT needs to install what is recommended; raises NotInstallable."""
        context = self._context()
        return letter_for_it(self._recommended(product_id, context), context, center)

    def examine_file(self, path: Path) -> FileMatch:
        """What the file is; raises FileNotKnown, FileNotReadable, NotInstallable, CatalogueError."""
        context = self._trusted_context()
        with open_file(path) as handle:
            return match_file(path, handle, context)

    def install_file(self, path: Path, on_progress: OnProgress, cancelled: threading.Event) -> InstallReport:
        """Install an administrator's file by the same path; raises as `examine_file` and `install` do."""
        context = self._trusted_context()
        with open_file(path) as handle:
            match = match_file(path, handle, context)
            return self._run(plan_of_file(match, handle, context), on_progress, cancelled)

    def history(self) -> tuple[HistoryEntry, ...]:
        """What was installed from here, newest first."""
        return settled(self._installation.history.entries(), VERSION, self._installation.clock())

    def choices(self) -> Choices:
        """What the person decided about updates."""
        return self._observer.choices.read()

    def ignored(self) -> frozenset[str]:
        """The products that are left alone."""
        return self.choices().ignored

    def skip(self, product_id: str) -> View:
        """Do not offer the recommended release again; a newer one will be."""
        row = self._shown.view.row(product_id)
        if row is not None and row.recommendation is not None:
            self._observer.choices.skip(product_id, row.recommendation.release.version_text)
        return self.look_again()

    def offer_again(self, product_id: str) -> View:
        """Offer again what was skipped of the product."""
        self._observer.choices.offer_again(product_id)
        return self.look_again()

    def remind(self, product_id: str, at: datetime | None) -> View:
        """Say nothing about the product before `at` (aware); None takes that back."""
        self._observer.choices.remind(product_id, at)
        return self.look_again()

    def ignore(self, product_id: str, *, ignored: bool = True) -> View:
        """Leave the product alone, or look after it again."""
        self._observer.choices.ignore(product_id, ignored=ignored)
        return self.look_again()

    def _waits_for_closing(self, product_id: str) -> bool:
        return Blocker.APPLICATION_RUNNING in self._recommended(product_id, self._context()).blockers

    def _recommended(self, product_id: str, context: Context) -> Recommendation:
        row = self._view_of(context).row(product_id)
        if row is not None and row.recommendation is not None:
            return row.recommendation
        name = row.name if row is not None else product_id
        raise NotInstallable(name=name, reason=N_("nothing newer is offered for it"))

    def _run(self, plan: Plan, on_progress: OnProgress, cancelled: threading.Event) -> InstallReport:
        product_id = plan.product.id

        def tell(progress: Progress) -> None:
            self._shown.mark(product_id, progress)
            on_progress(progress)

        try:
            tell(Progress(Phase.WAITING))
            return self._installation.run(plan, tell, cancelled)
        finally:
            self._shown.mark(product_id, None)
            self.look_again()

    def _context(self) -> Context:
        with self._looking:
            return self._observer.context(self._seen.state, manual=self._seen.manual)

    def _trusted_context(self) -> Context:
        context = self._context()
        if not context.catalogue_installable and isinstance(self._seen.problem, ClientError):
            raise self._seen.problem
        return context

    def _look(self, seen: Seen) -> View:
        self._seen = seen
        self._stamp = self._observer.inventory.stamp()
        for loss in seen.state.catalogue.skipped:
            _log.info("left out of the list of applications: %s", loss)
        return self._shown.show(self._view_of(self._observer.context(seen.state, manual=seen.manual)))

    def _view_of(self, context: Context) -> View:
        kept = self._installation.kept
        rows = tuple(
            replace(row, earlier=earlier_version(row.product_id, context, kept)) if row.installed else row
            for row in rows_of(context, self._observer.entitlements.of)
        )
        pace = self._installation.pace.bytes_per_second
        return View(rows, self._seen.state.confirmed_at, self._seen.problem, pace)
