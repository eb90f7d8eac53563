# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Hostile names in desktop entries, the package database or the catalogue.

They are text and nothing else, are never run, and a bad entry loses only itself.
"""

import json
from pathlib import Path

import pytest

from connection_client.backend.catalogue_json import read_catalogue
from connection_client.system.desktop_entry import read_desktop_entry, split_exec
from tests.world.catalogues import catalogue_json, product_json, release_json
from tests.world.delivered import installed, release
from tests.world.delivery import Delivery

HOSTILE = ["<b>bold</b><img src=x>", "$(touch pwned)", "`touch pwned`; touch pwned", "\u202egpj.exe", "a\nb"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_in_the_list_is_only_a_name(
    world: Delivery, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world.folder)
    world.computer.install(world.deb("10.1.0.12"))
    good = product_json("survey-viewer", release(world, "10.2.0.7"), name=name)
    world.publish(good)
    workspace = world.workspace()
    workspace.refresh()
    world.install(workspace)
    assert installed(world) == "10.2.0.7"
    assert not (world.folder / "pwned").exists()


def test_a_bad_product_loses_only_itself() -> None:
    good = product_json("survey-viewer", release_json("10.2.0.7"))
    bad: object
    for bad in ({"id": "<b>"}, {"id": 7}, None, [], "x", {**good, "id": "../../etc", "name": {}}):
        document = catalogue_json(good) | {"products": [bad, good]}
        found = read_catalogue(json.dumps(document).encode(), "1.0").products
        assert "survey-viewer" in {product.id for product in found}


@pytest.mark.parametrize("word", ["$(touch pwned)", "`touch pwned`", "a;b", "%f%u|x"])
def test_a_desktop_entry_gives_arguments_and_no_shell(tmp_path: Path, word: str) -> None:
    entry = tmp_path / "a.desktop"
    entry.write_text(
        f'[Desktop Entry]\nType=Application\nName={word}\nExec=/usr/bin/viewer "{word}"\n', "utf-8"
    )
    found = read_desktop_entry(entry)
    assert split_exec('/usr/bin/viewer "x;y"') == ("/usr/bin/viewer", "x;y")
    assert found is None or found.command[0] == "/usr/bin/viewer"
