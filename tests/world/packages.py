# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Makes small real Debian packages with dpkg-deb."""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

DESKTOP_ENTRY = """[Desktop Entry]
Type=Application
Name={title}
Exec=/usr/bin/{name} %f
Terminal=false
"""


def make_deb(
    folder: Path,
    name: str,
    version: str,
    *,
    files: Mapping[str, str] | None = None,
    depends: Sequence[str] = (),
    title: str = "",
    architecture: str = "all",
    compression: str = "gzip",
    after_unpacking: str = "",
) -> Path:
    """Build `{name}_{version}_{architecture}.deb` in `folder` and return its path.

    `files` maps absolute paths to contents; those below /usr/bin become executable. A `title` adds the
    desktop entry `{name}.desktop` which starts /usr/bin/{name}. The same arguments give the same bytes;
    the compression "none" is quick for large files. `after_unpacking` is a shell script that dpkg runs then.
    """
    entry = {f"/usr/share/applications/{name}.desktop": DESKTOP_ENTRY.format(title=title, name=name)}
    contents = {**(files or {}), **(entry if title else {})}
    deb = folder / f"{name}_{version}_{architecture}.deb"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        tree = Path(temporary)
        for path, text in contents.items():
            _write(tree / path.lstrip("/"), text, executable=path.startswith("/usr/bin/"))
        _write(tree / "DEBIAN" / "control", _control(name, version, architecture, depends, title, contents))
        if after_unpacking:
            _write(tree / "DEBIAN" / "postinst", f"#!/bin/sh\n{after_unpacking}\n", executable=True)
        return _packed(tree, deb, compression)


def _packed(tree: Path, deb: Path, compression: str) -> Path:
    tree.chmod(0o755)
    command = ["dpkg-deb", "--root-owner-group", f"-Z{compression}", "--build", str(tree), str(deb)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return deb


def _control(
    name: str,
    version: str,
    architecture: str,
    depends: Sequence[str],
    title: str,
    contents: Mapping[str, str],
) -> str:
    size = max(1, sum(len(text) for text in contents.values()) // 1024)
    lines = [
        f"Package: {name}",
        f"Version: {version}",
        f"Architecture: {architecture}",
        "Maintainer: Example Systems <packages@example.com>",
        f"Installed-Size: {size}",
        *([f"Depends: {', '.join(depends)}"] if depends else []),
        f"Description: {title or name}",
        " A package for tests.",
    ]
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str, *, executable: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755 if executable else 0o644)
