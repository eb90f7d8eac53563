# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is installed as flatpak, for this person or for everybody."""

import configparser
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from connection_client.domain.catalogue import Product
from connection_client.domain.installed import Evidence, LaunchTarget
from connection_client.products.detector import Finding
from connection_client.system.linux_detection import rules_of
from connection_client.system.program_output import lines_of

_COLUMNS = "application,version,branch,installation"
# Application ids are names in reverse order of a domain (flatpak-metadata(5)).
_ID = re.compile(r"[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*){2,}")
_FIELDS = 4
_CHANGED = ".changed"


def changed_files(environment: Mapping[str, str] = os.environ, root: Path = Path("/")) -> tuple[Path, ...]:
    """What flatpak touches after each change, one for each installation; source: flatpak-installation(5)."""
    data = environment.get("XDG_DATA_HOME", "") or str(Path.home() / ".local/share")
    own = environment.get("FLATPAK_USER_DIR", "") or f"{data}/flatpak"
    everybodys = environment.get("FLATPAK_SYSTEM_DIR", "") or str(root / "var/lib/flatpak")
    folders = (own, everybodys, *_further_installations(root / "etc/flatpak/installations.d"))
    return tuple(Path(folder) / _CHANGED for folder in folders)


def _further_installations(settings: Path) -> Iterator[str]:
    """Those that an administrator laid elsewhere, say on another disk."""
    for file in sorted(settings.glob("*.conf")):
        parser = configparser.RawConfigParser(strict=False, delimiters=("=",))
        with suppress(OSError, UnicodeError, configparser.Error):
            parser.read_string(file.read_text("utf-8"))
        for section in parser.sections():
            folder = parser[section].get("path", "").strip("'\"")
            if folder.startswith("/"):
                yield folder


class FlatpakDetector:
    """Implements `products.detector.Detector` with the rules of type `flatpak`."""

    def __init__(self, program: str = "flatpak") -> None:
        self._program = program

    def find(self, products: Sequence[Product]) -> Iterable[Finding]:
        """Every wanted application, with how to start it."""
        wanted = rules_of(products, "flatpak")
        program = shutil.which(self._program) if wanted else None
        if program is None:
            return ()
        return tuple(
            _findings(program, lines_of([program, "list", "--app", f"--columns={_COLUMNS}"]), wanted)
        )


def _findings(
    program: str, lines: Iterable[str], wanted: dict[str, tuple[Product, int]]
) -> Iterator[Finding]:
    for line in lines:
        fields = line.split("\t")
        if len(fields) != _FIELDS or fields[0] not in wanted or not _ID.fullmatch(fields[0]):
            continue
        name, version, branch, installation = fields
        product, place = wanted[name]
        # Without AppStream data there is no version; some publishers name their branches after it.
        text = version or (branch if branch[:1].isdigit() else "")
        yield Finding(
            product_id=product.id,
            strength=place,
            version_text=text,
            evidence=Evidence("flatpak", f"{name} ({installation})", text),
            launch=LaunchTarget((program, "run", f"--{_scope(installation)}", name)),
        )


def _scope(installation: str) -> str:
    return installation if installation in ("user", "system") else f"installation={installation}"
