# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An address as a QR code (ISO/IEC 18004), for the camera of another device."""

Modules = tuple[tuple[bool, ...], ...]  # rows of squares, True is dark; the quiet zone is part of it

_QUIET = 4  # squares of light around the code; the standard asks for them
_BLOCKS = {(True, True): " ", (True, False): "▄", (False, True): "▀", (False, False): "█"}


def qr_code(address: str) -> Modules:
    """The squares of the code for an address."""
    import segno  # needed only here, and rarely

    code = segno.make_qr(address, error="m")
    return tuple(tuple(bool(square) for square in row) for row in code.matrix_iter(border=_QUIET))


def in_text(modules: Modules) -> str:
    """The code for a terminal, two rows a line; it draws the light squares, as most terminals are dark."""
    light = (False,) * len(modules[0])
    padded = [*modules, light] if len(modules) % 2 else list(modules)
    pairs = zip(padded[::2], padded[1::2], strict=True)
    return "\n".join("".join(_BLOCKS[square] for square in zip(*pair, strict=True)) for pair in pairs)
