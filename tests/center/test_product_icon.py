# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The icon of a product: read from its package or given, signed beside the list, refused where it is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from connect_center.publisher.catalogue import ReleaseOrder
from connect_center.publisher.errors import PackageNotReadable, RepositoryMissing
from connect_center.publisher.product_icon import LARGEST, icon_in, read_icon
from connect_center.publisher.publishing import Publisher
from tests.world.icon_files import png, svg
from tests.world.packages import make_deb

PROJECT = Path(__file__).parents[2]
HICOLOR = "/usr/share/icons/hicolor"
TARGET = "catalogue/survey-viewer.icon"
TEAL = svg("teal")


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path / "state")
    assert made.initialise("Example Systems")
    return made


def package(folder: Path, version: str, icon: bytes = TEAL) -> Path:
    """A package with an application and its icon."""
    name = "survey-viewer-ses"
    files = {f"{HICOLOR}/scalable/apps/{name}.svg": icon.decode()} if icon else {}
    return make_deb(folder, name, version, title="Survey Viewer SES", files=files)


def test_the_icon_of_the_package_is_signed_with_the_release(tmp_path: Path, publisher: Publisher) -> None:
    publisher.add(package(tmp_path, "10.1.0.12"), ReleaseOrder())
    assert publisher.repository.read(TARGET) == TEAL
    assert publisher.check() == []


def test_a_release_without_icon_keeps_the_one_that_is_shown(tmp_path: Path, publisher: Publisher) -> None:
    publisher.add(package(tmp_path, "10.1.0.12"), ReleaseOrder())
    publisher.add(package(tmp_path, "10.2.0.7", b""), ReleaseOrder())
    assert publisher.repository.read(TARGET) == TEAL


def test_another_icon_alone_is_news(tmp_path: Path, publisher: Publisher) -> None:
    deb, picture = package(tmp_path, "10.1.0.12", b""), png(64, 64, 1, 2, 3)
    publisher.add(deb, ReleaseOrder())
    with pytest.raises(RepositoryMissing):
        publisher.repository.read(TARGET)
    assert publisher.add(deb, ReleaseOrder(icon=picture)).new
    assert publisher.repository.read(TARGET) == picture
    assert not publisher.add(deb, ReleaseOrder(icon=picture)).new


def test_only_the_icon_of_the_application_is_taken(tmp_path: Path) -> None:
    files = {f"{HICOLOR}/scalable/mimetypes/survey.svg": TEAL.decode()}
    files[f"{HICOLOR}/scalable/apps/other.svg"] = TEAL.decode()
    assert icon_in(make_deb(tmp_path, "survey", "1.0", title="Survey", files=files)) == b""
    setup = tmp_path / "setup.exe"
    setup.touch()
    assert icon_in(setup) == b""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + b"0" * 30,
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        TEAL + b" " * LARGEST,
        png(1025, 8, 1, 2, 3),
        png(8, 8, 1, 2, 3)[:20],
    ],
    ids=["empty", "GIF", "page", "entities", "too long", "too wide", "cut"],
)
def test_what_clients_could_not_show_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "icon.png"
    path.write_bytes(content)
    with pytest.raises(PackageNotReadable, match="PNG or SVG of at most 64 KiB and 1024 pixels"):
        read_icon(path)


def test_the_command_takes_a_file_and_names_what_is_wrong_with_it(tmp_path: Path) -> None:
    (tmp_path / "icon.svg").write_bytes(TEAL)
    (tmp_path / "icon.txt").write_text("teal")
    deb = package(tmp_path, "10.1.0.12", b"")

    def add(icon: str) -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-m",
            "connect_center",
            "--state",
            str(tmp_path / "state"),
            "publish",
            "add",
        ]
        return subprocess.run(
            [*command, str(deb), "--icon", str(tmp_path / icon)],
            cwd=PROJECT, capture_output=True, text=True, check=False,
        )  # fmt: skip

    refused = add("icon.txt")
    assert refused.returncode == 2
    assert "Nothing was published" in refused.stderr
    subprocess.run(
        [sys.executable, "-m", "connect_center", "--state", str(tmp_path / "state"), "migrate"],
        cwd=PROJECT, capture_output=True, check=True,
    )  # fmt: skip
    published = add("icon.svg")
    assert published.returncode == 0, published.stderr
    assert Publisher(tmp_path / "state").repository.read(TARGET) == TEAL
