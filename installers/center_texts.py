# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Center's texts, from its Python files and its templates, as Django's own `makemessages` finds them."""

import io
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from django.utils.translation.template import templatize

from installers.catalogues import Program

SOURCE = Path(__file__).resolve().parents[1] / "connect_center"
_WORDS = {
    "_": None,
    "lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
_FILLED_IN = re.compile(r"%(?:\((\w+)\))?[sd]")


def extract_template(
    file: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Any
) -> Iterator[Any]:
    """An extraction method of babel for Django's templates."""
    as_python = templatize(file.read().decode(), origin=getattr(file, "name", ""))
    return extract_python(io.BytesIO(as_python.encode()), keywords, comment_tags, options)


def extract() -> Catalog:
    """Every text of the Center's source, with the comments for translators."""
    texts = Catalog(charset="utf-8")
    methods: Any = [("**.py", "python"), ("**/templates/**.*", extract_template)]
    for _file, _line, message, comments, _context in extract_from_dir(
        SOURCE, method_map=methods, keywords=_WORDS, comment_tags=("L10N:",)
    ):
        texts.add(message, auto_comments=comments)
    return texts


def filled_in(text: str) -> frozenset[str]:
    """The names in `%(name)s`, and "" for a `%d` without a name."""
    return frozenset(_FILLED_IN.findall(text))


_COUNTS = frozenset({"count", "n", "number", "days", "wrong", "hidden", "shown"})
CENTER = Program(SOURCE / "locale", "django", extract, filled_in, _COUNTS)
