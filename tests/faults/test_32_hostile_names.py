# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Hostile names in desktop entries, the package database, the registry or the catalogue.

They are text and nothing else, in the list and in the window; they are never run, and a bad entry loses only
itself.

Also shown by tests/ui/test_applications.py::test_hostile_names_are_text (no label guesses) and, in the
registry of Wine, tests/windows/test_detection.py::test_hostile_entries_are_text_and_lose_only_themselves.
"""

import json
import sys
from pathlib import Path

import pytest

from connection_client.backend.catalogue_json import read_catalogue
from connection_client.domain.catalogue import DetectRule, Product
from connection_client.domain.installed import LaunchTarget
from connection_client.system.desktop_entry import read_desktop_entry
from connection_client.system.linux_launch import LinuxPrograms
from tests.faults.desks import client, looking, publisher
from tests.world.catalogues import catalogue_json, only, product_json, release_json
from tests.world.computer import ScratchComputer
from tests.world.delivered import installed, release
from tests.world.delivery import Delivery
from tests.world.desktop import private_desktop
from tests.world.waiting import wait_until

RICH, TWO_LINES = "<b>bold</b><img src=x>", "a\nb"
HOSTILE = [RICH, "$(touch pwned)", "`touch pwned`; touch pwned", "\u202egpj.exe", TWO_LINES]
GOOD = product_json("survey-viewer", release_json("10.2.0.7"))
REPORTING = """\
#!{python} -IS
import os, sys
here = os.path.dirname(os.path.realpath(__file__))
with open(here + "/new", "w") as file:
    file.write("\\n".join(sys.argv[1:]))
os.rename(here + "/new", here + "/report")
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_in_the_list_is_only_a_name(
    world: Delivery, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world.folder)
    world.computer.install(world.deb("10.1.0.12"))
    world.publish(product_json("survey-viewer", release(world, "10.2.0.7"), name=name))
    workspace = world.workspace()
    workspace.refresh()
    assert only(workspace.view.rows).name == name  # neither cut nor taken for something else
    world.install(workspace)
    assert installed(world) == "10.2.0.7"
    assert workspace.history()[0].name == name
    assert not (world.folder / "pwned").exists()


def test_the_window_shows_names_as_they_stand(tmp_path: Path) -> None:
    """Of a rich text, assistive technology would hear what is left without its tags."""
    products = [
        product_json(f"app-{number}", release_json("1.0"), name=name) for number, name in enumerate(HOSTILE)
    ]
    with (
        publisher(tmp_path / "publisher", *products) as published,
        private_desktop(tmp_path / "desktop") as desktop,
    ):
        published.preset(desktop.session.config)
        with client(desktop.environment, tmp_path / "log"), looking(desktop.environment) as screen:
            screen.click("Applications", seconds=60)
            for name in HOSTILE:
                screen.wait_for(name)
            screen.click(RICH)
            screen.wait_for(f"Install {RICH}")
        assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"id": "<b>"}, "<b>"),
        ({"id": 7}, "?"),
        (None, "?"),
        ([], "?"),
        ("x", "?"),
        ({**GOOD, "id": "../../etc", "name": {}}, "../../etc"),
    ],
)
def test_a_bad_product_loses_only_itself(bad: object, told: str) -> None:
    document = catalogue_json(GOOD) | {"products": [bad, GOOD]}
    found = read_catalogue(json.dumps(document).encode(), "1.0")
    assert [product.id for product in found.products] == ["survey-viewer"]
    assert only(found.skipped).startswith(f"{told}: ")


@pytest.mark.parametrize(
    ("word", "argument"),
    [
        ("$(touch pwned)", None),  # within quotes, too, a shell would have to read it: no command
        ("`touch pwned`", None),
        ("a;touch pwned", "a;touch pwned"),
        ("%f%u|touch pwned", "|touch pwned"),
        ("<b>&quot;</b>", "<b>&quot;</b>"),
    ],
)
def test_a_desktop_entry_gives_arguments_and_no_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str, argument: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    program = tmp_path / "viewer"
    program.write_text(REPORTING.format(python=sys.executable))
    program.chmod(0o755)
    entry = tmp_path / "a.desktop"
    entry.write_text(f'[Desktop Entry]\nType=Application\nName={word}\nExec={program} "{word}"\n', "utf-8")
    found = read_desktop_entry(entry)
    if argument is None:
        assert found is None
        return
    assert found is not None
    assert (found.name, found.command) == (word, (str(program), argument))
    LinuxPrograms(tmp_path / "logs").start("Viewer", LaunchTarget(found.command), ())
    wait_until((tmp_path / "report").exists, 10, "the program did not start")
    assert (tmp_path / "report").read_text() == argument
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize(
    "stanza",
    [
        "Package: <b>\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n",
        "Package: survey-viewer-ses\nStatus: $(touch pwned)\nArchitecture: all\nVersion: `touch pwned`\n",
        "Package: survey-viewer-ses\nVersion\n",
        "Package: ../../etc/passwd\nStatus: install ok installed\nVersion: \u202e9\n",
        "\x00\xff\n",
    ],
)
def test_a_bad_package_loses_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stanza: str
) -> None:
    monkeypatch.chdir(tmp_path)
    computer = ScratchComputer(tmp_path / "root")
    good = "Package: survey-viewer-ses\nStatus: install ok installed\nArchitecture: all\nVersion: 10.1.0.12\n"
    computer.database.status_file.write_text(f"{stanza}\n{good}\n", "utf-8")
    found = computer.find(
        Product("survey-viewer", "Viewer", (DetectRule("dpkg", value="survey-viewer-ses"),))
    )
    assert [one.version_text for one in found] == ["10.1.0.12"]
    assert not (tmp_path / "pwned").exists()
