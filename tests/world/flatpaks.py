# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Makes real flatpak bundles: a runtime with nothing in it, and an application in versions."""

import gzip
import subprocess
from pathlib import Path

ID, RUNTIME = "com.example.MeshViewer", "com.example.Platform"
_APPSTREAM = (
    "<?xml version='1.0'?><components version='0.8'><component type='desktop-application'><id>{id}</id>"
    "<name>Mesh Viewer</name><summary>Meshes</summary>"
    "<releases><release version='{version}' timestamp='1700000000'/></releases></component></components>"
)


def run(*words: str) -> str:
    """What flatpak says; it has to be content."""
    done = subprocess.run(["flatpak", *words], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def make_runtime(folder: Path) -> Path:
    """The bundle of the runtime that the application names."""
    tree, file = folder / "runtime", folder / "runtime.flatpak"
    (tree / "usr").mkdir(parents=True)
    (tree / "files").mkdir()
    (tree / "metadata").write_text(f"[Runtime]\nname={RUNTIME}\nruntime={RUNTIME}/x86_64/1\n")
    run("build-export", "--arch=x86_64", "--runtime", str(folder / "repository"), str(tree), "1")
    run("build-bundle", "--runtime", "--arch=x86_64", str(folder / "repository"), str(file), RUNTIME, "1")
    return file


def make_bundle(folder: Path, version: str) -> Path:
    """The bundle of the application in a version, which AppStream data state."""
    tree, file = folder / f"app-{version}", folder / f"mesh-viewer-{version}.flatpak"
    (tree / "files/bin").mkdir(parents=True)
    (tree / "export").mkdir()
    (tree / "files/bin/mesh-viewer").write_text(f"#!/bin/sh\necho {version}\n")
    about = tree / "files/share/app-info/xmls" / f"{ID}.xml.gz"
    about.parent.mkdir(parents=True)
    about.write_bytes(gzip.compress(_APPSTREAM.format(id=ID, version=version).encode()))
    (tree / "metadata").write_text(
        f"[Application]\nname={ID}\nruntime={RUNTIME}/x86_64/1\ncommand=mesh-viewer\n"
    )
    run("build-export", "--arch=x86_64", str(folder / "repository"), str(tree), "stable")
    run("build-bundle", "--arch=x86_64", str(folder / "repository"), str(file), ID, "stable")
    return file
