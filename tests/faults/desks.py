# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Clients as processes on a desktop of their own."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

from demonstration.stage import preset_client
from tests.world.catalogues import Json, catalogue_json
from tests.world.center import Center
from tests.world.desktop import Desktop, private_desktop
from tests.world.faulty_server import FaultyServer, faulty_server
from tests.world.form_browser import form_browser
from tests.world.packages import make_deb
from tests.world.processes import end, start
from tests.world.screen import Screen
from tests.world.tuf_repository import TufRepository
from tests.world.visitor import Visitor

ROOT = Path(__file__).parents[2]
PASSWORD = "Quiet-meadow-314"  # of whom tests/world/visitor.py registers
FIRST_PAGE = "E-mail address"  # what somebody sees who was never signed in


@contextlib.contextmanager
def client(environment: Mapping[str, str], log: Path, *words: str) -> Iterator["Popen[bytes]"]:
    """The client from the source tree; every warning of Python is an error."""
    own = {**environment, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    process = start([sys.executable, "-m", "connection_client", *words], own, log)
    try:
        yield process
    finally:
        end(process)


@contextlib.contextmanager
def looking(environment: Mapping[str, str]) -> Iterator[Screen]:
    """Eyes and hands on the desktop."""
    with contextlib.closing(Screen(environment)) as eyes:
        yield eyes


def run(environment: Mapping[str, str], *words: str) -> None:
    """A command of the same person, which has to end well."""
    whole = [sys.executable, "-m", "connection_client", *words]
    own = {**environment, "PYTHONPATH": str(ROOT)}
    subprocess.run(whole, env=own, capture_output=True, timeout=60, check=True)


@dataclass(frozen=True)
class Publisher:
    """A signed list on a server that knows no accounts."""

    server: FaultyServer
    repository: TufRepository

    def preset(self, config: Path, **more: object) -> None:
        """What IT sets before the first start: the address, the first trusted keys, and `more`."""
        config.mkdir(parents=True, exist_ok=True)
        root = self.repository.metadata / "1.root.json"
        known = {"center_url": self.server.address, "trusted_root": str(root), **more}
        (config / "settings.json").write_text(json.dumps(known))


@contextlib.contextmanager
def publisher(folder: Path, *products: Json) -> Iterator[Publisher]:
    """These products, signed and served for as long as the block runs."""
    repository = TufRepository(folder)
    repository.publish(catalogue_json(*products), own=catalogue_json())
    with faulty_server() as server:
        server.mounts = {"/tuf/": folder}
        yield Publisher(server, repository)


@contextlib.contextmanager
def person(center: Center, folder: Path, email: str, password: str) -> Iterator[Desktop]:
    """A desktop whose client knows the Center, and a browser in which somebody signs in there."""
    with private_desktop(folder / "desktop") as desktop:
        preset_client(desktop.session.config, center.address, center.state)
        browser = form_browser(folder / "browser", email, password)
        yield desktop.with_variables(BROWSER=str(browser))


def looks_of(environment: Mapping[str, str], *, minute_ms: float, looks: int) -> Generator[Any, None, None]:
    """What a client that looks by itself says of each look; see tests/faults/looks.py."""
    command = [sys.executable, "-m", "tests.faults.looks", f"{minute_ms:g}", str(looks)]
    with subprocess.Popen(
        command, env={**environment, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield from map(json.loads, process.stdout)
            assert process.wait(60) == 0
        finally:
            process.kill()


def registered(center: Center, address: str) -> None:
    """Somebody registers at the Center, by form and mail, with PASSWORD."""
    with Visitor(center) as visitor:
        visitor.register(address)
        visitor.confirm(center.wait_for_mail(address))


def published_at(center: Center, folder: Path, product: str, *, public: bool) -> str:
    """An application in the Center's list, for everybody or for those with the role; its name there."""
    name = product.replace("-", " ").title() + " SES"
    deb = make_deb(
        folder, f"{product}-ses", "10.1", files={f"/usr/bin/{product}-ses": "#!/bin/sh\n"}, title=name
    )
    words = ["publish", "add", str(deb), "--product", product, "--name", name]
    center.manage(*words, *(["--public"] if public else []))
    return name


def organisation(center: Center, name: str, domain: str) -> None:
    """An organisation of the Center that lets people of its domain in without waiting; Olga Berg leads it."""
    if name not in center.manage("organisation", "list"):
        contact = ("--fulfilment-contact", f"olga@{domain}", "--name", "Olga Berg")
        center.manage("organisation", "add", name, "--country", "DE", *contact)
        center.manage("organisation", "domain", name, domain, "--approve")
