# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What MSIX packages are called, what of them is started, and which programs are theirs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.domain.installed import Evidence, InstalledProduct, LaunchTarget
from connection_client.system.msix_packages import application_in, is_packaged, package_named
from connection_client.system.plain_xml import plain_xml
from connection_client.system.windows_processes import is_of

FOLDER = r"C:\Program Files\WindowsApps\Microsoft.Paint_11.2404.1020.0_x64__8wekyb3d8bbwe"
TARGET = LaunchTarget(
    (r"C:\Windows\explorer.exe", r"shell:AppsFolder\Microsoft.Paint_8wekyb3d8bbwe!App"),
)
PAINT = InstalledProduct("paint", None, "11.2404.1020.0", (Evidence("msix", FOLDER),), TARGET)
ONE = '<Package xmlns="urn:a" xmlns:u="urn:b"><Applications>{}</Applications></Package>'


@pytest.mark.parametrize(
    ("full_name", "family", "version"),
    [
        (
            "Microsoft.Paint_11.2404.1020.0_x64__8wekyb3d8bbwe",
            "Microsoft.Paint_8wekyb3d8bbwe",
            "11.2404.1020.0",
        ),
        (
            "NcsiUwpApp_1000.19041.423.0_neutral_neutral_8wekyb3d8bbwe",
            "NcsiUwpApp_8wekyb3d8bbwe",
            "1000.19041.423.0",
        ),
    ],
)
def test_a_full_name_names_the_family_and_the_version(full_name: str, family: str, version: str) -> None:
    package = package_named(full_name)
    assert package is not None
    assert (package.family, package.version) == (family, version)


@given(st.text(max_size=60) | st.from_regex(r"[A-Z.]{3,9}_[0-9.]{1,9}_x64_[~a-z.]{0,5}_[a-z0-9]{12,14}"))
def test_no_name_of_a_key_makes_it_fall_over(name: str) -> None:
    package = package_named(name)
    assert package is None or package.version in name


@pytest.mark.parametrize(
    ("applications", "started"),
    [
        ("", ""),
        ('<Application Id="App"/>', "App"),
        (
            '<Application Id="A"><u:VisualElements AppListEntry="none"/></Application><Application Id="B"/>',
            "B",
        ),
        ('<Application Id="A"><u:VisualElements AppListEntry="none"/></Application>', "A"),
        ('<Application Id="A!B"/><Application/><Application Id="../x"/>', ""),
    ],
)
def test_the_application_of_the_menu_is_started(applications: str, started: str, tmp_path: Path) -> None:
    path = tmp_path / "AppxManifest.xml"
    path.write_text(ONE.format(applications), "utf-8-sig")
    manifest = plain_xml(path)
    assert manifest is not None
    assert application_in(manifest) == started


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"),
        b"<a>" + b" " * (1 << 20) + b"</a>",
        b"<a",
        b"",
    ],
)
def test_xml_that_could_grow_is_left_alone(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(content)
    assert plain_xml(tmp_path / "a.xml") is None


def test_every_program_of_a_package_is_the_product_and_explorer_is_not() -> None:
    assert is_packaged(TARGET)
    assert is_of(PAINT, FOLDER.upper() + r"\PaintApp\mspaint.exe")
    assert not is_of(PAINT, r"C:\Windows\explorer.exe")
    assert not is_of(PAINT, FOLDER + r"x\mspaint.exe")


def test_a_part_counts_where_the_program_lies_or_below() -> None:
    plain = InstalledProduct("v", None, "1", (), LaunchTarget((r"C:\V\viewer.exe",)), ("Tool.exe",))
    assert is_of(plain, r"c:\v\VIEWER.exe")
    assert is_of(plain, r"C:\V\bin\tool.exe")
    assert not is_of(plain, r"C:\W\tool.exe")
    assert not is_of(plain, r"C:\V\other.exe")
