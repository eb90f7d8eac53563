# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The picture that another device's camera reads, read back by zbar."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from connection_client.identity.qr_code import Modules, in_text, qr_code

ADDRESS = "https://center.firm.example/identity/o/device?code=WLKD-KWJT"


def drawn(modules: Modules, path: Path) -> Path:
    """The squares as black and white picture elements, eight each way."""
    size = len(modules)
    picture = Image.new("1", (size, size), 1)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            picture.putpixel((x, y), 0 if dark else 1)
    picture.resize((size * 8, size * 8)).save(path)
    return path


def from_text(text: str) -> Modules:
    """What a terminal shows, as squares again."""
    upper = {" ": True, "▄": True, "▀": False, "█": False}
    lower = {" ": True, "▄": False, "▀": True, "█": False}
    rows = []
    for line in text.splitlines():
        rows += [tuple(upper[block] for block in line), tuple(lower[block] for block in line)]
    return tuple(rows[: len(rows[0])])


@pytest.mark.parametrize("address", [ADDRESS, "http://127.0.0.1:8765/device", ADDRESS * 8])
def test_a_camera_reads_the_address(address: str, tmp_path: Path) -> None:
    picture = drawn(qr_code(address), tmp_path / "code.png")
    read = subprocess.run(["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, check=True)
    assert read.stdout.decode().strip() == address


def test_a_terminal_shows_the_same_squares() -> None:
    modules = qr_code(ADDRESS)
    text = in_text(modules)
    assert from_text(text) == modules
    assert len({len(line) for line in text.splitlines()}) == 1
