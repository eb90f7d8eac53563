# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Catalogues of translated texts: brought up to date, compiled and checked, whichever program they are of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
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
_COUNTS = frozenset({"count", "n"})


@dataclass(frozen=True)
class Program:
    """A program's catalogues: `FOLDER/LANGUAGE/LC_MESSAGES/DOMAIN.po`.

    `extract` reads every text of the source, and `filled_in` names the parts of a text that are filled in.
    """

    folder: Path
    domain: str
    extract: Callable[[], Catalog]
    filled_in: Callable[[str], frozenset[str]]
    counts: frozenset[str] = _COUNTS

    @property
    def files(self) -> tuple[Path, ...]:
        """The catalogue of every language."""
        return tuple(sorted(self.folder.glob(f"*/LC_MESSAGES/{self.domain}.po")))


def load(file: Path) -> Catalog:
    """One catalogue, with the rule for plurals of its language."""
    with file.open("rb") as texts:
        return read_po(texts, locale=file.parents[1].name, domain=file.stem)


def update(program: Program) -> None:
    """Bring the texts of the source into every catalogue; what has gone from the source goes."""
    template = program.extract()
    for file in program.files:
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


def compile_all(program: Program, target: Path) -> None:
    """Write the form that gettext reads below `target`, where a catalogue is newer than it."""
    for file in program.files:
        compiled = target / file.relative_to(program.folder).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime:
            continue
        write_compiled(load(file), compiled)


def write_compiled(catalogue: Catalog, compiled: Path) -> None:
    """Write one catalogue as gettext reads it, whole or not at all."""
    compiled.parent.mkdir(parents=True, exist_ok=True)
    part = compiled.with_suffix(".part")
    with part.open("wb") as out:
        catalogue.creation_date = _NO_DAY  # else Babel writes down the moment
        write_mo(out, catalogue)
    part.replace(compiled)


def problems(program: Program) -> Iterator[str]:
    """What is wrong with the catalogues, one sentence each."""
    wanted = {_key(message): message for message in program.extract() if message.id}
    for file in program.files:
        language = file.parents[1].name
        catalogue = load(file)
        known = {_key(message): message for message in catalogue if message.id}
        yield from (f"{language}: not in the catalogue: {key}" for key in wanted.keys() - known.keys())
        yield from (f"{language}: not in the source: {key}" for key in known.keys() - wanted.keys())
        for key in wanted.keys() & known.keys():
            wrong = _wrong(program, known[key], catalogue.num_plurals)
            yield from (f"{language}: {what}: {key}" for what in wrong)


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else str(message.id)


def _wrong(program: Program, message: Message, forms: int) -> Iterator[str]:
    plural = isinstance(message.id, tuple)
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if message.fuzzy:
        yield "unsure"
    if not all(said) or (plural and len(said) != forms):
        yield "untranslated"
        return
    original = message.id[-1] if plural else str(message.id)
    needed = program.filled_in(original)
    # A form for one or two things may say the number in a word, or name the one.
    good = {needed, needed - program.counts, program.filled_in(message.id[0])} if plural else {needed}
    for text in map(str, said):
        has = program.filled_in(text)
        if has not in good:
            yield f"has {sorted(has)} where {sorted(needed)} is filled in"
        if (text[:1] == "\n", text[-1:] == "\n") != (original[:1] == "\n", original[-1:] == "\n"):
            yield "begins or ends on another line"
