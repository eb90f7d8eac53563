# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Programs that Windows finds by their names, in a real registry."""

import os
import sys
from pathlib import Path

import pytest

from connection_client.domain.catalogue import Catalogue, DetectRule, Product
from connection_client.domain.installed import InstalledProduct
from connection_client.products.inventory import Inventory
from connection_client.system.windows_detection import RegistryDetector
from connection_client.system.windows_registry import APP_PATHS
from tests.windows.world import FOR_ALL, FOR_ONE, key

assert sys.platform == "win32"  # tells the type checker so, too


def scan(*products: Product) -> tuple[InstalledProduct, ...]:
    return Inventory([RegistryDetector()]).scan(Catalogue("Example Systems", products))


@pytest.mark.parametrize("form", ['"{}"', "{}", r"%ProgramFiles%\Example\Finder\finder.exe"])
def test_an_app_path_finds_a_program_with_its_version(form: str) -> None:
    folder = Path(os.environ["ProgramFiles"]) / "Example" / "Finder"  # noqa: SIM112  # its name on Windows
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "finder.exe"
    program.write_bytes(Path(sys.executable).read_bytes())
    product = Product("f", "Finder", (DetectRule("app-path", value="FINDER.exe"),))
    with key(FOR_ONE, rf"{APP_PATHS}\finder.exe", default=form.format(program)):
        (found,) = scan(product)
    assert found.version_text.startswith("{}.{}.".format(*sys.version_info[:2]))
    assert found.launch is not None
    assert found.launch.command == (str(program),)
    program.unlink()
    with key(FOR_ALL, rf"{APP_PATHS}\finder.exe", default=str(program)):
        assert scan(product) == ()  # the entry outlived its program


@pytest.mark.parametrize("value", ["", r"..\Uninstall", "missing.exe", r"a\b.exe"])
def test_an_app_path_leads_to_no_other_key(value: str) -> None:
    assert scan(Product("f", "Finder", (DetectRule("app-path", value=value),))) == ()
