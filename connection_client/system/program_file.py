# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a program file says of itself: the kind of computer it is made for, and what has to interpret it."""

from pathlib import Path

_ELF, _SCRIPT, _HEAD = b"\x7fELF", b"#!", 256
_BIG_ENDIAN = 2
# e_machine of the ELF header (elf(5)), by the names that uname(1) uses.
_MACHINES = {
    0x03: "i686",
    0x15: "ppc64",
    0x16: "s390x",
    0x28: "armv7l",
    0x3E: "x86_64",
    0xB7: "aarch64",
    0xF3: "riscv64",
    0x102: "loongarch64",
}


def architecture_of(program: Path) -> str:
    """The machine that an ELF program is made for; empty for other files and unknown machines."""
    head = _head(program)
    if not head.startswith(_ELF) or len(head) < 20:  # noqa: PLR2004  # up to e_machine
        return ""
    machine = head[18:20] if head[5] == _BIG_ENDIAN else head[19:17:-1]
    return _MACHINES.get(int.from_bytes(machine, "big"), "")


def interpreter_of(program: Path) -> str:
    """The interpreter that a script names in its first line; empty for other files."""
    head = _head(program)
    if not head.startswith(_SCRIPT):
        return ""
    words = head[2:].split(b"\n", 1)[0].split()
    return words[0].decode("utf-8", "replace") if words else ""


def _head(program: Path) -> bytes:
    try:
        with program.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""
