# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The same inputs give the same bytes, and what is current is not built again."""

import hashlib
import os
import shutil
import time
from pathlib import Path

import pytest

from installers import client, examples, stamp, vendor
from installers.build import main
from installers.errors import BuildError
from tests.installers.conftest import SOURCE


def build_applications(out: Path) -> tuple[Path, ...]:
    """Both versions of one application; the others are made the same way."""
    app = examples.APPLICATIONS[0]
    return tuple(examples.build_one(SOURCE, out, app, version) for version in examples.VERSIONS)


def digests(paths: tuple[Path, ...]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def compiled(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.pyc")
    }


def test_applications_are_reproducible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    first = build_applications(tmp_path / "first")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LC_ALL", "C")
    time.tzset()
    second = build_applications(tmp_path / "second")
    assert digests(first) == digests(second)


def test_compiled_texts_do_not_say_when(tmp_path: Path) -> None:
    client.compile_translations(SOURCE / "resources/translations", tmp_path)
    found = [path.read_bytes() for path in tmp_path.rglob("*.mo")]
    assert len(found) >= 9
    for content in found:
        assert b"POT-Creation-Date: 2000-01-01 00:00+0000" in content


def test_the_client_is_reproducible(client_package: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in ("connection_client", "resources", "installers"):
        shutil.copytree(SOURCE / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    (source / "requirements").mkdir()
    shutil.copyfile(SOURCE / "requirements/client.txt", source / "requirements/client.txt")
    # The dependencies are large and tested below; here they come from the build that was made already.
    for name in ("vendor", ".stamps"):
        shutil.copytree(SOURCE / "build/debian" / name, source / "build/debian" / name, copy_function=os.link)
    found: list[dict[str, str]] = []
    for run in ("first", "second"):
        (tmp_path / run).mkdir()
        found.append(digests((client.build(source, tmp_path / run),)))
    assert found[0] == found[1]
    assert client_package.name in found[0]


def test_compiled_dependencies_depend_on_no_time_and_no_place(client_package: Path, tmp_path: Path) -> None:
    vendored = SOURCE / "build/debian/vendor"
    shipped = compiled(vendored / "joserfc")
    again = tmp_path / "elsewhere"
    shutil.copytree(vendored / "joserfc", again / "joserfc", ignore=shutil.ignore_patterns("__pycache__"))
    vendor.compile_all(again, "/opt/connection-client/vendor")
    assert client_package.exists()
    assert compiled(again / "joserfc") == shipped
    assert len(shipped) > 10


def test_what_is_current_is_left_alone(tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in build_applications(tmp_path)}
    assert {path: path.stat().st_mtime_ns for path in build_applications(tmp_path)} == before


def test_a_lost_package_is_built_again(tmp_path: Path) -> None:
    paths = build_applications(tmp_path)
    paths[0].unlink()
    assert build_applications(tmp_path)[0].exists()


def test_the_time_of_the_source_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = digests(build_applications(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert all(first[name] != digest for name, digest in digests(build_applications(tmp_path)).items())


@pytest.mark.parametrize("change", ["content", "name", "new file", "fact"])
def test_every_change_of_an_input_is_seen(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / "a.py").write_text("a = 1\n")
    before = stamp.fingerprint(tmp_path, [folder], "3.11")
    match change:
        case "content":
            (folder / "a.py").write_text("a = 2\n")
        case "name":
            (folder / "a.py").rename(folder / "b.py")
        case "new file":
            (folder / "b.py").touch()
    assert stamp.fingerprint(tmp_path, [folder], "3.12" if change == "fact" else "3.11") != before


def test_times_and_compiled_files_are_no_inputs(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("a = 1\n")
    before = stamp.fingerprint(tmp_path, [tmp_path])
    os.utime(tmp_path / "a.py", (0, 0))
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/a.cpython-311.pyc").touch()
    assert stamp.fingerprint(tmp_path, [tmp_path]) == before


def test_a_failed_build_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object) -> Path:
        raise BuildError("dpkg-deb is missing. Install dpkg.")

    monkeypatch.setattr(client, "build", fail)
    assert main(["deb", "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "dpkg-deb is missing. Install dpkg.\n"


def test_a_folder_is_named_from_where_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What packs for Windows Installer runs elsewhere, and would take the word for a folder there."""

    def fail(_root: Path, out: Path) -> Path:
        raise BuildError(str(out))

    monkeypatch.setattr(client, "build", fail)
    monkeypatch.chdir(tmp_path)
    assert main(["deb", "--out", "dist"]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'dist'}\n"
