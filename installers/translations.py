# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client's texts and their translations: `python -m installers.translations update | compile | check`.

`update` reads the texts of the source into every catalogue, `compile` writes what the client reads, and
`check` says which text is untranslated, unsure, or loses a part that is filled in.
"""

import argparse
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
DOMAIN = "connection_client"
PSEUDO = "en_XA"
_WORDS = {"_": None, "N_": None, "translate": None, "ngettext": (1, 2)}
_ACCENTED = str.maketrans("aceinosuyzACEINOSUYZ", "åçéîñöšûýžÅÇÉÎÑÖŠÛÝŽ")
# Lines of the header that say nothing or change with every run.
_NOISE = (
    '"Generated-By',
    '"Language-Team',
    '"Last-Translator',
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Project-Id-Version',
    '"Report-Msgid',
)
_LONGER = 0.3  # German and Polish take about so much more room than English


def main(arguments: list[str] | None = None) -> int:
    """Run one task; 1 where `check` found something."""
    parser = argparse.ArgumentParser(prog="python -m installers.translations", description=__doc__)
    parser.add_argument("task", choices=("update", "compile", "check"))
    task = parser.parse_args(arguments).task
    if task == "update":
        update()
    elif task == "compile":
        compile_all(FOLDER, pseudo=True)
    else:
        found = list(problems())
        print(*found, sep="\n", end="\n" if found else "")
        return 1 if found else 0
    return 0


def extract() -> Catalog:
    """Every text of the source, with the comments for translators."""
    texts = Catalog(charset="utf-8")
    source = ROOT / "connection_client"
    for _file, _line, message, comments, _context in extract_from_dir(
        source, method_map=[("**.py", "python")], keywords=_WORDS, comment_tags=("L10N:",)
    ):
        texts.add(message, auto_comments=comments)
    return texts


def language_files() -> tuple[Path, ...]:
    """The catalogue of every language."""
    return tuple(sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po")))


def load(file: Path) -> Catalog:
    """One catalogue, with the rule for plurals of its language."""
    with file.open("rb") as texts:
        return read_po(texts, locale=file.parents[1].name, domain=DOMAIN)


def update() -> None:
    """Bring the texts of the source into every catalogue; what has gone from the source goes."""
    template = extract()
    for file in language_files():
        catalogue = load(file)
        header = catalogue.header_comment
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        catalogue.header_comment = header
        save(catalogue, file)


def save(catalogue: Catalog, file: Path) -> None:
    """Write a catalogue without dates and line numbers, which only make noise in the history."""
    file.parent.mkdir(parents=True, exist_ok=True)
    catalogue.fuzzy = False  # the header; a text that is unsure says so itself
    with file.open("wb") as out:
        write_po(out, catalogue, width=110, no_location=True, omit_header=False, sort_output=True)
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith(_NOISE)), "utf-8")


def compile_all(target: Path, *, pseudo: bool = False) -> None:
    """Write the form that gettext reads, where a catalogue is newer than it."""
    for file in language_files():
        compiled = target / file.relative_to(FOLDER).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime:
            continue
        _write(load(file), compiled)
    if pseudo:
        _write(pseudo_catalogue(), target / PSEUDO / "LC_MESSAGES" / f"{DOMAIN}.mo")


def _write(catalogue: Catalog, compiled: Path) -> None:
    compiled.parent.mkdir(parents=True, exist_ok=True)
    part = compiled.with_suffix(".part")
    with part.open("wb") as out:
        write_mo(out, catalogue)
    part.replace(compiled)


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
    """What is wrong with the catalogues, one sentence each."""
    wanted = {_key(message): message for message in extract() if message.id}
    for file in language_files():
        language = file.parents[1].name
        catalogue = load(file)
        known = {_key(message): message for message in catalogue if message.id}
        yield from (f"{language}: not in the catalogue: {key}" for key in wanted.keys() - known.keys())
        yield from (f"{language}: not in the source: {key}" for key in known.keys() - wanted.keys())
        for key in wanted.keys() & known.keys():
            yield from (f"{language}: {what}: {key}" for what in _wrong(known[key], catalogue.num_plurals))


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else str(message.id)


def _wrong(message: Message, forms: int) -> Iterator[str]:
    plural = isinstance(message.id, tuple)
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if message.fuzzy:
        yield "unsure"
    if not all(said) or (plural and len(said) != forms):
        yield "untranslated"
        return
    needed = filled_in(message.id[-1] if plural else str(message.id))
    for text in said:
        has = filled_in(str(text))
        # A form for one or two things may say the number in a word.
        if has != needed and not (plural and has == needed - {"count", "n"}):
            yield f"has {sorted(has)} where {sorted(needed)} is filled in"


def filled_in(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _text, name, _format, _conversion in string.Formatter().parse(text) if name)


if __name__ == "__main__":
    sys.exit(main())
