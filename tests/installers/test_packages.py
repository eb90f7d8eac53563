# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the packages say and hold, by Debian's own tools."""

import ast
import os
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from connection_client.system import elevated_install
from installers.vendor import QT_MODULES
from tests.installers.conftest import SOURCE
from tests.installers.documented import MEGABYTE, is_as_documented

EXAMPLES = {
    f"{product}-ses_{version}_all.deb"
    for product in ("survey-viewer", "mesh-viewer", "drawing-viewer")
    for version in ("10.1.0.12", "10.2.0.7")
}


def field(package: Path, name: str) -> str:
    command = ["dpkg-deb", "-f", str(package), name]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def listing(package: Path) -> list[list[str]]:
    """Mode, owner, size, day, time and path of everything inside."""
    lines = subprocess.run(["dpkg-deb", "-c", str(package)], capture_output=True, text=True, check=True)
    return [line.split(maxsplit=5) for line in lines.stdout.splitlines()]


def paths(package: Path) -> list[str]:
    return [entry[5].removeprefix("./") for entry in listing(package)]


def test_the_client_and_six_applications_are_built(packages: dict[str, Path], client_package: Path) -> None:
    assert set(packages) == EXAMPLES | {client_package.name}
    assert re.fullmatch(r"connection-client_[0-9.]+_amd64\.deb|.*_arm64\.deb", client_package.name)


def test_the_client_is_small_enough(client_package: Path) -> None:
    assert client_package.stat().st_size < 60 * MEGABYTE
    assert is_as_documented(client_package)


def test_everything_belongs_to_root_and_nothing_is_writable_by_others(packages: dict[str, Path]) -> None:
    for package in packages.values():
        entries = listing(package)
        assert {entry[1] for entry in entries} == {"root/root"}
        assert {entry[0] for entry in entries} <= {"drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--"}


def test_qt_comes_without_what_a_widgets_program_never_loads(client_package: Path) -> None:
    inside = "\n".join(paths(client_package))
    for unwanted in ("Qml", "Quick", "Designer", "Qt/qml/", "/include/", ".pyi\n", "typesystems", "Sql"):
        assert unwanted not in inside
    assert "PySide6/Qt/plugins/platforms/libqxcb.so" in inside
    assert "PySide6/Qt/plugins/iconengines/libqsvgicon.so" in inside
    assert "PySide6/Qt/translations/qtbase_de.qm" in inside


def test_only_the_clients_own_dependencies_are_in_it(client_package: Path) -> None:
    inside = paths(client_package)
    top = {
        path.split("/")[3]
        for path in inside
        if path.startswith("opt/connection-client/vendor/") and path[29:]
    }
    assert {"httpx", "keyring", "tuf", "PySide6", "joserfc"} <= top
    assert {"django", "pytest", "mypy", "pip", "babel", "bin"}.isdisjoint(top)
    assert not any("connect_center" in path for path in inside)


def test_every_module_is_compiled(packages: dict[str, Path]) -> None:
    for package in packages.values():
        inside = paths(package)
        sources = {path for path in inside if path.endswith(".py")}
        compiled = {re.sub(r"__pycache__/(.+)\.cpython-\d+\.pyc$", r"\1.py", path) for path in inside}
        assert sources - compiled == {
            path for path in inside if path.endswith(".py") and path not in compiled
        }
        assert sources <= compiled


def test_the_client_imports_no_part_of_qt_that_is_left_out() -> None:
    imported: set[str] = set()
    for file in (SOURCE / "connection_client").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "PySide6":
                imported |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
                imported.add(str(node.module).split(".")[1])
    assert imported <= set(QT_MODULES)


def test_an_application_brings_the_client_along(packages: dict[str, Path]) -> None:
    for name in EXAMPLES:
        assert field(packages[name], "Depends").split(", ") == [
            "connection-client (>= 0.1)",
            "python3 (>= 3.11)",
            "python3-tk",
        ]


def test_measuring_is_new_in_the_second_version(packages: dict[str, Path]) -> None:
    for name in EXAMPLES:
        measuring = any(path.endswith("/measure.py") for path in paths(packages[name]))
        assert measuring == ("10.2.0.7" in name)


def test_the_fields_name_the_version(packages: dict[str, Path]) -> None:
    for name, package in packages.items():
        expected = name.removesuffix(".deb").split("_")
        assert [field(package, f) for f in ("Package", "Version", "Architecture")] == expected


def test_desktop_entries_are_valid(unpacked: Path) -> None:
    entries = [
        *(unpacked / "usr/share/applications").iterdir(),
        unpacked / "etc/xdg/autostart/connection-client.desktop",
    ]
    assert len(entries) == 5
    done = subprocess.run(
        ["desktop-file-validate", *map(str, entries)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_every_entry_has_its_icon_and_its_program(unpacked: Path) -> None:
    for entry in (unpacked / "usr/share/applications").iterdir():
        text = entry.read_text()
        icon = re.search(r"^Icon=(.+)$", text, re.MULTILINE)
        program = re.search(r"^Exec=(\S+)", text, re.MULTILINE)
        assert icon is not None
        assert program is not None
        assert (unpacked / f"usr/share/icons/hicolor/scalable/apps/{icon[1]}.svg").is_file()
        assert (unpacked / "usr/bin" / program[1]).stat().st_mode & 0o111


def test_the_client_starts_hidden_with_the_session(unpacked: Path) -> None:
    entry = (unpacked / "etc/xdg/autostart/connection-client.desktop").read_text()
    assert "\nExec=connection-client --hidden --with-session\n" in entry


def test_the_question_for_a_password_names_the_program_that_asks(unpacked: Path) -> None:
    (policy,) = (unpacked / "usr/share/polkit-1/actions").iterdir()
    (program,) = re.findall(r"exec\.path\">([^<]+)<", policy.read_text())
    elevated = unpacked / program.lstrip("/")

    assert os.access(elevated, os.X_OK)
    assert subprocess.run([str(elevated)], check=False).returncode == elevated_install.MISUSED
    assert ET.parse(policy).getroot().tag == "policyconfig"  # noqa: S314  # our own file


def test_the_description_for_software_centres_is_valid(unpacked: Path) -> None:
    from shutil import which

    if which("appstreamcli") is None:
        pytest.skip("appstreamcli is not installed")
    (metainfo,) = (unpacked / "usr/share/metainfo").iterdir()
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", str(metainfo)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
