# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client's and the Center's translations: `python -m installers.translations update | compile | check`.

`update` reads the texts of the sources into every catalogue, `compile` writes what the programs read, and
`check` says which text is untranslated, unsure, or loses a part that is filled in.
"""

import argparse
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract as extract_from_source
from babel.messages.extract import extract_from_dir

from installers import catalogues
from installers.catalogues import Program, load, save, write_compiled

__all__ = ["FOLDER", "PSEUDO", "compile_all", "extract", "language_files", "load", "problems", "save"]

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
DOMAIN = "connection_client"
PSEUDO = "en_XA"
_WORDS = {"_": None, "N_": None, "translate": None, "ngettext": (1, 2)}
_ACCENTED = str.maketrans("aceinosuyzACEINOSUYZ", "åçéîñöšûýžÅÇÉÎÑÖŠÛÝŽ")
_LONGER = 0.3  # German and Polish take about so much more room than English


def main(arguments: list[str] | None = None) -> int:
    """Run one task; 1 where `check` found something."""
    from installers.center_texts import CENTER  # Django is needed for this alone

    parser = argparse.ArgumentParser(prog="python -m installers.translations", description=__doc__)
    parser.add_argument("task", choices=("update", "compile", "check"))
    task = parser.parse_args(arguments).task
    if task == "update":
        catalogues.update(_client())
        catalogues.update(CENTER)
    elif task == "compile":
        compile_all(FOLDER, pseudo=True)
        catalogues.compile_all(CENTER, CENTER.folder)
    else:
        found = [*problems(), *(f"Center, {what}" for what in catalogues.problems(CENTER))]
        print(*found, sep="\n", end="\n" if found else "")
        return 1 if found else 0
    return 0


def extract() -> Catalog:
    """Every text of the client's source, with the comments for translators."""
    texts = Catalog(charset="utf-8")
    source = ROOT / "connection_client"
    for _file, _line, message, comments, _context in extract_from_dir(
        source, method_map=[("**.py", "python")], keywords=_WORDS, comment_tags=("L10N:",)
    ):
        texts.add(message, auto_comments=comments)
    # What administrators read in the templates for Group Policy speaks the client's languages, too.
    with (ROOT / "installers" / "policy_admx.py").open("rb") as templates:
        for _line, message, comments, _context in extract_from_source(
            "python", templates, keywords=_WORDS, comment_tags=("L10N:",)
        ):
            texts.add(message, auto_comments=comments)
    return texts


def _client() -> Program:
    return Program(FOLDER, DOMAIN, extract, filled_in)


def language_files() -> tuple[Path, ...]:
    """The client's catalogue of every language."""
    return _client().files


def compile_all(target: Path, *, pseudo: bool = False) -> None:
    """Write what the client reads below `target`, where a catalogue is newer than it."""
    catalogues.compile_all(_client(), target)
    if pseudo:
        write_compiled(pseudo_catalogue(), target / PSEUDO / "LC_MESSAGES" / f"{DOMAIN}.mo")


def pseudo_catalogue() -> Catalog:
    """English with accents, longer by a third, in brackets."""
    catalogue = extract()
    catalogue.locale = "en"
    for message in catalogue:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            said = tuple(pseudo_text(str(text)) for text in ids)
            message.string = said if isinstance(message.id, tuple) else said[0]
    return catalogue


def pseudo_text(text: str) -> str:
    """`Open` becomes `[Öpéñ ~]`; what is filled in stays as it is."""
    parts = [
        literal.translate(_ACCENTED) + (f"{{{name}}}" if name is not None else "")
        for literal, name, _format, _conversion in string.Formatter().parse(text)
    ]
    return f"[{''.join(parts)}{' ~~~~' * round(len(text) * _LONGER / 5)}]"


def problems() -> Iterator[str]:
    """What is wrong with the client's catalogues, one sentence each."""
    return catalogues.problems(_client())


def filled_in(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _text, name, _format, _conversion in string.Formatter().parse(text) if name)


if __name__ == "__main__":
    sys.exit(main())
