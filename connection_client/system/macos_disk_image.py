# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a disk image holds: attached where nobody else looks, read only, and always detached (hdiutil(1))."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from connection_client.domain.property_list import dictionary_in
from connection_client.system.macos_work import NOT_OPENED, UNSUITABLE, Failed, Work

_HIDDEN = "."
_WANTED = (".app", ".pkg")
_START, _END = b"<?xml", b"</plist>"


@contextmanager
def attached(work: Work, image: Path) -> Iterator[tuple[Path, ...]]:
    """The folders of its file systems; raises Failed where it cannot be opened."""
    words = ("-nobrowse", "-readonly", "-noautoopen", "-mountrandom", str(work.private), "-plist")
    # An image with a licence prints it and waits for a letter; it comes as the publisher wants it installed.
    _, said = work.run("hdiutil", "attach", str(image), *words, answer=b"Y\n")
    devices, folders = _mounted(said)
    try:
        yield folders
    finally:
        for device in sorted(devices, key=len)[:1]:  # the whole disk, whose name its parts begin with
            if work.run("hdiutil", "detach", device)[0] != 0:
                work.run("hdiutil", "detach", device, "-force")


def only_content(folders: Sequence[Path]) -> Path:
    """The one application or package at the top of an image; raises Failed where there is another number.

    What is hidden, and the link to /Applications that people drag things to, do not count.
    """
    names = [path for folder in folders for path in folder.iterdir() if not path.name.startswith(_HIDDEN)]
    found = [path for path in names if path.suffix.lower() in _WANTED and not path.is_symlink()]
    if len(found) != 1:
        raise Failed(UNSUITABLE, f"it holds {', '.join(ascii(path.name) for path in found) or 'nothing'}")
    return found[0]


def _mounted(said: bytes) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """The devices and the folders in the answer of hdiutil, which may stand behind a licence."""
    start, end = said.find(_START), said.rfind(_END)
    try:
        entities = dictionary_in(said[max(start, 0) : end + len(_END)]).get("system-entities")
    except ValueError as error:
        raise Failed(NOT_OPENED, "hdiutil could not attach it") from error
    found = [one for one in entities if isinstance(one, dict)] if isinstance(entities, list) else []
    devices = tuple(str(one["dev-entry"]) for one in found if "dev-entry" in one)
    return devices, tuple(Path(str(one["mount-point"])) for one in found if "mount-point" in one)
