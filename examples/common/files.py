# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the readers of file formats share."""

from pathlib import Path

LARGEST_FILE = 256 * 1024 * 1024


class FileNotReadable(Exception):
    """A file that cannot be shown; the text says why, for a person."""


def read_bytes(path: Path) -> bytes:
    """The whole file; raises FileNotReadable with the reason in words."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileNotReadable(f"{path.name} is larger than this viewer can show (256 MB).")
        return path.read_bytes()
    except OSError as error:
        raise FileNotReadable(f"{path.name} cannot be read: {error.strerror}.") from error


def read_text(path: Path) -> str:
    """The file as text: UTF-8, or Latin-1 where it is not."""
    content = read_bytes(path)
    if b"\0" in content:
        raise FileNotReadable(f"{path.name} is not a text file.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")
