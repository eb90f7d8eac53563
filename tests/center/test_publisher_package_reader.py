# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is read from a package, and which packages are refused."""

from pathlib import Path

import pytest

from connect_center.publisher.errors import PackageNotReadable
from connect_center.publisher.package_reader import Dependency, read_package
from tests.world.packages import make_deb


def test_facts_come_from_the_package_itself(tmp_path: Path) -> None:
    path = make_deb(
        tmp_path,
        "survey-viewer-ses",
        "10.1.0.12",
        files={"/usr/bin/survey-viewer-ses": "#!/bin/sh\n", "/usr/share/doc/survey/x": "y" * 6000},
        depends=["connection-client (>= 0.1)", "python3-tk | python3-tkinter", "libc6 (<< 3)"],
        title="Survey Viewer SES",
    )
    facts = read_package(path)
    assert (facts.package, facts.version, facts.architecture) == ("survey-viewer-ses", "10.1.0.12", "any")
    assert facts.title == "Survey Viewer SES"
    assert facts.programs == ("survey-viewer-ses",)
    assert facts.length == path.stat().st_size
    assert facts.installed_size == 5 * 1024
    assert facts.depends == (
        Dependency("connection-client", "0.1"),
        Dependency("python3-tk"),
        Dependency("libc6"),
    )


def test_without_a_desktop_entry_the_synopsis_names_it(tmp_path: Path) -> None:
    facts = read_package(make_deb(tmp_path, "quiet-tool", "1.2"))
    assert (facts.title, facts.programs) == ("quiet-tool", ())


@pytest.mark.parametrize("version", ["1:2.3", "10.1.0.12-1", "2.0~beta", "1.2.3.4.5.6"])
def test_a_version_whose_order_is_a_guess_is_refused(tmp_path: Path, version: str) -> None:
    path = make_deb(tmp_path, "tool", version).rename(tmp_path / "tool.deb")
    with pytest.raises(PackageNotReadable, match="order clients could only guess"):
        read_package(path)


def test_an_architecture_without_clients_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageNotReadable, match="s390x"):
        read_package(make_deb(tmp_path, "tool", "1.0", architecture="s390x"))


def test_a_name_that_clients_refuse_is_refused(tmp_path: Path) -> None:
    path = make_deb(tmp_path, "tool", "1.0").rename(tmp_path / "tool 1.0.deb")
    with pytest.raises(PackageNotReadable, match="no file name"):
        read_package(path)


@pytest.mark.parametrize("keep", [0, 8, 70, 200, 500])
def test_half_a_package_is_refused(tmp_path: Path, keep: int) -> None:
    path = make_deb(tmp_path, "tool", "1.0", title="Tool")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(PackageNotReadable, match="cannot be read"):
        read_package(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageNotReadable, match="cannot be read"):
        read_package(tmp_path / "nowhere.deb")
