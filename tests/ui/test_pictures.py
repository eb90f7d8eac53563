# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every page in every look is what it was when somebody last looked at it, within a tolerance.

`./run python -m tests.world.pictures tests/ui/pictures` draws the references anew; look at them before you
commit them. What differs is left in the folder that a failing test names.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from tests.world.pictures import LOOKS, PLACES, draw

REFERENCES = Path(__file__).with_name("pictures")
_CELL = 4  # pixels: the smoothing of letters differs within such a square
_DIFFERENT, _MOST = 40, 0.012  # of 255 in a channel; share of the squares


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures as they are drawn today."""
    folder = tmp_path_factory.mktemp("pictures")
    draw(folder)
    return folder


def difference(one: QImage, other: QImage) -> float:
    """The share of squares that look otherwise; 1.0 for another size."""
    if one.size() != other.size():
        return 1.0
    wide, high = one.width() // _CELL, one.height() // _CELL
    smooth = Qt.TransformationMode.SmoothTransformation
    small = [
        image.convertToFormat(QImage.Format.Format_RGB32).scaled(
            wide, high, Qt.AspectRatioMode.IgnoreAspectRatio, smooth
        )
        for image in (one, other)
    ]
    pixels = [bytes(image.constBits()) for image in small]
    cells = len(pixels[0]) // 4
    different = sum(
        max(abs(pixels[0][at + c] - pixels[1][at + c]) for c in range(3)) > _DIFFERENT
        for at in range(0, len(pixels[0]), 4)
    )
    return different / cells


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PLACES)
def test_the_page_looks_as_it_did(drawn: Path, place: str, look: str) -> None:
    name = f"{place}-{look}.png"
    reference = QImage(str(REFERENCES / name))
    assert not reference.isNull(), f"no reference {name}"
    share = difference(QImage(str(drawn / name)), reference)
    assert share <= _MOST, f"{drawn / name} differs from the reference in {share:.1%} of its squares"


def test_the_comparison_sees_a_missing_button_and_another_colour() -> None:
    reference = QImage(str(REFERENCES / "applications-light.png")).convertToFormat(QImage.Format.Format_RGB32)
    without = reference.copy()
    for y in range(reference.height() // 4, reference.height() // 4 + 60):
        for x in range(reference.width() * 3 // 4, reference.width() * 3 // 4 + 120):
            without.setPixelColor(x, y, QColor("#0B6E6E"))
    assert difference(reference, without) > _MOST
    assert difference(reference, QImage(str(REFERENCES / "applications-dark.png"))) > 0.5
    assert difference(reference, reference) == 0.0


def test_the_references_stay_small() -> None:
    assert sum(file.stat().st_size for file in REFERENCES.glob("*.png")) < 1_500_000
