# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The whole client can be imported on Windows; what is made for another system is never asked for there."""

import importlib
import pkgutil

import pytest

import connection_client

OTHER_SYSTEMS = (
    "linux_",
    "local_linux",
    "macos_",
    "local_macos",
    "dpkg_",
    "elevated_install",
    "desktop_entry",
    "flatpak_install",
    "single_instance",
)


def modules() -> list[str]:
    found = pkgutil.walk_packages(connection_client.__path__, "connection_client.")
    names = (module.name for module in found)
    return [name for name in names if not name.rpartition(".")[2].startswith(OTHER_SYSTEMS)]


@pytest.mark.parametrize("name", modules())
def test_it_can_be_imported(name: str) -> None:
    assert importlib.import_module(name).__name__ == name
