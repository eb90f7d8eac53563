# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Desktop entries are other people's text: read by the specification, never run, never fatal."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.system.desktop_entry import DesktopEntry, read_desktop_entry, split_exec


def entry(folder: Path, text: str | bytes) -> DesktopEntry | None:
    path = folder / "viewer.desktop"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_desktop_entry(path)


def test_an_application_says_how_it_is_started(tmp_path: Path) -> None:
    found = entry(
        tmp_path,
        "# a comment\n[Desktop Entry]\nType=Application\nName=Viewer\nName[de]=Betrachter\n"
        "Exec=/usr/bin/viewer --open %f\nPath=/usr/share/viewer\n\n[Desktop Action new]\nExec=/bin/false\n",
    )

    assert found is not None
    assert found.target().command == ("/usr/bin/viewer", "--open")
    assert found.target().working_folder == Path("/usr/share/viewer")
    assert found.name == "Viewer"
    assert found.is_shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[Desktop Entry]\nType=Link\nExec=/bin/x\n",
        "[Desktop Entry]\nType=Application\n",
        "[Desktop Entry]\nType=Application\nExec=\n",
        "[Desktop Entry]\nType=Application\nExec=/bin/x\nHidden=true\n",
        "Type=Application\nExec=/bin/x\n",
        "[Other]\nType=Application\nExec=/bin/x\n",
        b"\x00" * 100,
        b"[Desktop Entry]\nType=Application\nExec=/bin/x\n" + b"#" * 300_000,
    ],
)
def test_what_starts_nothing_gives_nothing(tmp_path: Path, text: str | bytes) -> None:
    assert entry(tmp_path, text) is None


def test_a_missing_file_gives_nothing(tmp_path: Path) -> None:
    assert read_desktop_entry(tmp_path / "missing.desktop") is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("viewer", ("viewer",)),
        ('"/opt/my apps/viewer" --name "a \\"b\\" \\$c"', ("/opt/my apps/viewer", "--name", 'a "b" $c')),
        ("viewer %f %F %u %U %i %c %k", ("viewer",)),
        ("viewer --file=%f 100%%", ("viewer", "--file=", "100%")),
        ("  viewer \t x ", ("viewer", "x")),
    ],
)
def test_exec_is_split_by_the_specification(line: str, words: tuple[str, ...]) -> None:
    assert split_exec(line) == words


@pytest.mark.parametrize(
    "line",
    [
        "",
        " ",
        "%f",
        '""',
        'viewer "open',
        "viewer; rm -rf /",
        "viewer $(id)",
        "viewer `id`",
        "a | b",
        "a > b",
        "a&b",
        "x" + " y" * 70,
    ],
)
def test_what_a_shell_would_have_to_read_is_no_command(line: str) -> None:
    assert split_exec(line) == ()


@given(st.text(max_size=80))
def test_no_line_makes_it_fall_over(line: str) -> None:
    words = split_exec(line)

    assert all("\0" not in word for word in words)
    assert not words or words[0]


@given(st.binary(max_size=300))
def test_no_file_makes_it_fall_over(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("entry")
    found = entry(folder, b"[Desktop Entry]\nType=Application\nExec=/bin/x " + content)

    assert found is None or found.command[0] == "/bin/x"
