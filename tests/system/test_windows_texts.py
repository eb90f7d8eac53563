# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the client reads of a Windows computer is text, and its rules hold on every system."""

import subprocess
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.domain.catalogue import InstallRecipe
from connection_client.system import windows_msix
from connection_client.system.msi_registry import packed, unpacked
from connection_client.system.shell_link import read_shell_link
from connection_client.system.windows_setups import KINDS, arguments_for, command_for, meaning_of
from connection_client.system.windows_start_menu import arguments_of

LOG = Path("install.log")
WORDS = st.lists(st.text(st.characters(exclude_characters="\0\n\r", exclude_categories=["Cs"]), max_size=12))


def test_windows_installer_s_own_form_of_a_guid() -> None:
    # As learn.microsoft.com shows it: every part reversed, the last two byte by byte.
    assert packed("{12345678-ABCD-EF01-2345-6789ABCDEF01}") == "87654321DCBA10FE325476 98BADCFE10".replace(
        " ", ""
    )


@given(st.uuids())
def test_packing_can_be_undone(identifier: uuid.UUID) -> None:
    text = f"{{{identifier}}}".upper()
    short = packed(text)
    assert short is not None
    assert unpacked(short) == text
    assert packed(str(identifier)) == short


@pytest.mark.parametrize("text", ["", "{}", "12345678", "{12345678-ABCD-EF01-2345-6789ABCDEF0G}", "x" * 32])
def test_what_is_no_guid_is_none(text: str) -> None:
    assert packed(text) is None
    assert unpacked(text) is None


@given(WORDS)
def test_arguments_are_split_as_windows_splits_them(words: list[str]) -> None:
    assert arguments_of(subprocess.list2cmdline(words)) == tuple(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("  a   b ", ("a", "b")),
        ('"a b" c', ("a b", "c")),
        (r'"C:\Program Files\x\\" y', ("C:\\Program Files\\x\\", "y")),
        (r"C:\dir\file -x", (r"C:\dir\file", "-x")),
        (r"a\"b", ('a"b',)),
        ('""', ("",)),
        ('"never closed', ("never closed",)),
    ],
)
def test_arguments_as_people_write_them(text: str, words: tuple[str, ...]) -> None:
    assert arguments_of(text) == words


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("links") / "hostile.lnk"


@given(content=st.binary(max_size=400))
def test_no_shortcut_ends_the_program(path: Path, content: bytes) -> None:
    for start in (b"", bytes.fromhex("4c0000000114020000000000c000000000000046")):
        path.write_bytes(start + content)
        link = read_shell_link(path)
        assert link is None or isinstance(link.target, str)


def test_a_folder_and_a_missing_file_are_no_shortcuts(tmp_path: Path) -> None:
    assert read_shell_link(tmp_path) is None
    assert read_shell_link(tmp_path / "missing.lnk") is None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_setup_is_called_without_a_shell(kind: str) -> None:
    file, system = Path("setup 1&2.exe"), Path("system32")
    command = command_for(InstallRecipe(kind), file, LOG, system)
    named = windows_msix.variables(kind, file, system).values()
    assert ("setup 1&2.exe" in command) != (str(file) in named)
    assert not any("{log}" in word for word in command)
    assert command[0].endswith("msiexec.exe") == (kind == "msi")
    assert command[0].endswith("powershell.exe") == (kind == "msix")


def test_powershell_s_words_are_always_the_same_and_take_no_module_of_the_person() -> None:
    for command in (windows_msix.registering(Path("s")), windows_msix.provisioning(Path("s"))):
        *_, option, script = command
        assert option == "-Command"
        assert '"' not in script  # nothing that the argument list would have to escape
        assert script.count("{") == script.count("}")
        assert (
            script.index("AutoLoadingPreference") < script.index("Import-Module") < script.index("Add-Appx")
        )


def test_the_publisher_s_arguments_count_before_the_usual_ones() -> None:
    recipe = InstallRecipe("inno", arguments={"silent": ("/QUIET",), "log": ("/L={log}",)})
    assert arguments_for(recipe, LOG) == ["/QUIET", "/L=install.log"]
    assert "/SILENT" in arguments_for(InstallRecipe("inno"), LOG)
    assert arguments_for(InstallRecipe("exe", arguments={"interactive": ()}), LOG) == []


@pytest.mark.parametrize(
    ("kind", "code", "meaning"),
    [
        ("msi", 0, "ok"),
        ("msi", 3010, "reboot-required"),
        ("burn", 1641, "reboot-started"),
        ("msi", 1602, "cancelled"),
        ("msi", 1618, "busy"),
        ("msi", 1603, "failed"),
        ("nsis", 1, "cancelled"),
        ("msi", 1, "failed"),
        ("inno", 5, "cancelled"),
        ("exe", 4294967295, "failed"),
        ("msix", 0x80073D06, "newer-installed"),
        ("msix", 0x80073D02, "in-use"),
        ("msi", 0x80073D02, "failed"),
    ],
)
def test_exit_codes_have_a_meaning(kind: str, code: int, meaning: str) -> None:
    assert meaning_of(InstallRecipe(kind), code) == meaning


def test_the_catalogue_s_exit_codes_count_first_and_negative_ones_are_understood() -> None:
    recipe = InstallRecipe("msi", exit_codes={1603: "in-use", -2147023294: "cancelled"})
    assert meaning_of(recipe, 1603) == "in-use"
    assert meaning_of(recipe, 2147944002) == "cancelled"  # the same bits, as Windows hands them over
    assert meaning_of(recipe, 3010) == "reboot-required"
