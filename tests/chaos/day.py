# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A day at which everything goes wrong: trouble of all kinds around a person who wants to work."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import secretstorage
from secretstorage.exceptions import SecretStorageException

from tests.chaos import invariants
from tests.chaos.person import DONE, Act, Person
from tests.chaos.publisher import PRODUCT, Releases
from tests.world import key_store
from tests.world.center import Center
from tests.world.troubled_link import Trouble, TroubledLink

_CLOCKS = ("+40m", "-40m", "+2d", "-2d")
_MOST_RELEASES = 12
_TRIES_AFTERWARDS = 6
_COMMANDS = {
    ("update", PRODUCT, "--json"): 5,
    ("updates", "--json"): 2,
    ("products", "--json"): 2,
    ("status", "--json"): 2,
    ("launch", PRODUCT, "--json"): 4,
    ("history", "--json"): 1,
    ("sign-out", "--json"): 1,
}


@dataclass
class Count:
    """What happened, and how many sign-ins could be lost by it."""

    acts: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)
    sign_ins: int = 0
    sign_outs: int = 0
    lost_with_a_kill: int = 0
    lost_with_the_store: int = 0


@dataclass
class Day:
    """`secrets` grows with every token that passed and everything that the key store held."""

    center: Center
    link: TroubledLink
    releases: Releases
    person: Person
    small_disk: Path
    email: str
    secrets: set[str]
    random: random.Random
    count: Count = field(default_factory=Count)

    def begin(self) -> None:
        """Without trouble: the first release, the first sign-in, the first installation."""
        self.releases.publish()
        self._sign_in()
        self.person.keep_the_icon()
        assert self.person.act("update", PRODUCT, "--json").status == DONE
        self.check()

    def hour(self) -> None:
        """One act under some trouble, then the invariants."""
        if len(self.releases.hashes) < _MOST_RELEASES and self.random.random() < 0.15:
            self.releases.publish()
        words = self.random.choices(list(_COMMANDS), list(_COMMANDS.values()))[0]
        with self._trouble() as clock:
            self.person.keep_the_icon()
            self._do(words, kill=self.random.random() < 0.3, clock=clock)
            if self.random.random() < 0.2:
                self.count.acts[f"application: {self.person.ask_as_an_application(PRODUCT)}"] += 1
            if self.random.random() < 0.15:
                self._killed_during(self.person.kill_the_icon)
        self.check()
        if self._is_signed_out():
            self._sign_in()

    def end(self) -> None:
        """Without trouble again, everything comes to its good end by itself."""
        self._last_time(lambda: not self._is_signed_out() or self._sign_in(), "nobody could sign in")
        self._last_time(self._is_current, f"{self.releases.newest} was not installed")
        self.person.keep_the_icon()
        self._last_time(
            lambda: self.person.ask_as_an_application(PRODUCT) == "yes", "an application was not let in"
        )
        self._last_time(
            lambda: self.person.act("launch", PRODUCT, "--json").status == DONE, "it could not be opened"
        )
        self.check()

    def lost_sign_ins(self) -> tuple[int, int]:
        """How many sign-ins were needed beyond the wanted ones, and how many tokens may have been lost."""
        may = self.link.lost_renewals + self.count.lost_with_a_kill + self.count.lost_with_the_store
        return self.count.sign_ins - 1 - self.count.sign_outs, may

    def check(self) -> None:
        """Raises AssertionError with all sentences that say what does not hold."""
        self.person.look_at_the_icon()
        self._collect_secrets()
        folders = (self.person.folder, self.small_disk)
        wrong = [
            *invariants.installed_is_published(self.releases),
            *invariants.started_is_published(self.releases),
            *invariants.no_secret_outside(self.secrets, folders),
            *invariants.no_secret_shown(self.person.shown, self.secrets),
            *invariants.no_traceback(self.person.folder.glob("tray-*.log")),
            *self.person.crashes,
        ]
        assert not wrong, "\n".join(wrong)

    def _do(self, words: tuple[str, ...], *, kill: bool, clock: str) -> Act:
        before = self.link.renewals
        act = self.person.act(*words, kill=kill, clock=clock)
        self.count.acts[f"{words[0]}: {'killed' if act.killed else act.status}"] += 1
        self.count.lost_with_a_kill += act.killed and self.link.renewals > before
        self.count.sign_outs += words[0] == "sign-out"
        return act

    def _killed_during(self, kill: Callable[[], None]) -> None:
        before = self.link.renewals
        kill()
        self.count.lost_with_a_kill += self.link.renewals > before

    @contextmanager
    def _trouble(self) -> Iterator[str]:
        """One or two troubles for as long as the block runs; the clock that commands get."""
        clock = ""
        with ExitStack() as stack:
            kinds = ("line", "store", "disk", "clock", "center")
            chosen = set(self.random.choices(kinds, (5, 1, 1, 1, 1), k=self.random.choice((0, 1, 1, 2))))
            for kind in sorted(chosen):
                if kind == "clock":
                    clock = self.random.choice(_CLOCKS)
                else:
                    stack.enter_context(getattr(self, f"_{kind}")())
                self.count.troubles[kind if kind != "line" else f"line {self.link.trouble}"] += 1
            yield clock

    @contextmanager
    def _line(self) -> Iterator[None]:
        self.link.trouble = self.random.choice([each for each in Trouble if each is not Trouble.NONE])
        try:
            yield
        finally:
            self.link.trouble = Trouble.NONE

    @contextmanager
    def _store(self) -> Iterator[None]:
        before = self.link.renewals
        key_store.lock()
        try:
            yield
        finally:
            key_store.unlock()
            # What was renewed while nothing could be kept lives only as long as its process.
            self.count.lost_with_the_store += self.link.renewals - before

    @contextmanager
    def _disk(self) -> Iterator[None]:
        filler = self.small_disk / "filler"
        with suppress(OSError), filler.open("wb") as file:
            while True:
                file.write(bytes(65_536))
                file.flush()
        try:
            yield
        finally:
            filler.unlink()

    @contextmanager
    def _center(self) -> Iterator[None]:
        self.center.stop()
        try:
            yield
        finally:
            self.center.start()

    def _is_signed_out(self) -> bool:
        return self.person.act("status", "--json").value().get("status") in ("signed-out", "ended")

    def _is_current(self) -> bool:
        self.person.act("update", PRODUCT, "--json")
        return invariants.installed() == (self.releases.newest, "installed")

    def _sign_in(self) -> bool:
        act = self.person.act("sign-in", self.email, "--json")
        self.count.acts[f"sign-in: {act.status}"] += 1
        self.count.sign_ins += act.status == DONE
        return act.status == DONE

    def _last_time(self, done: Callable[[], bool], complaint: str) -> None:
        for _ in range(_TRIES_AFTERWARDS):
            if done():
                return
            time.sleep(3)
        raise AssertionError(complaint)

    def _collect_secrets(self) -> None:
        self.secrets |= self.link.tokens
        with suppress(SecretStorageException):
            bus = secretstorage.dbus_init()
            try:
                items = secretstorage.get_default_collection(bus).get_all_items()
                self.secrets |= {item.get_secret().decode() for item in items}
            finally:
                bus.close()
