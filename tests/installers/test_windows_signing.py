# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Authenticode by the build's own way: programs, remover, setup and MSI, with a certificate made here."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from connection_client.version import VERSION
from installers import examples, windows_bundle, windows_examples, windows_msi, windows_setup, windows_signing
from installers.build import ROOT, build_windows
from installers.errors import BuildError
from installers.windows_icon import write_icon
from installers.wine import Wine, is_installed

SMALL = 'SilentInstall silent\nRequestExecutionLevel user\nOutFile "${OUT}"\nSection\nSectionEnd\n'
COPIED = ("installers/windows/setup.nsi", "installers/debian/changelog", "connection_client/version.py")
RECIPES = ("installers/windows_setup.py", "installers/windows_msi.py")
ORGANISATION = "Example Systems, Incorporated"

pytestmark = [
    pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is missing; ./run test installs it")
    for program in ("makensis", "osslsigncode", "wixl", "msibuild")
]
Certificate = Callable[[str], Path]


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    """Makes a certificate that vouches for itself, has the build sign with it, and returns its file."""

    def make(name: str) -> Path:
        key, made = tmp_path / f"{name}.key", tmp_path / f"{name}.crt"
        options = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(made), "-days", "2"]
        purposes = ["-addext", "extendedKeyUsage=codeSigning", "-addext", "keyUsage=digitalSignature"]
        subject = f"/O={ORGANISATION}/CN={ORGANISATION}"
        command = ["openssl", "req", "-x509", *options, "-subj", subject, *purposes]
        subprocess.run(command, check=True, capture_output=True)
        use(monkeypatch, made, key)
        return made

    return make


def use(monkeypatch: pytest.MonkeyPatch, made: Path, key: Path) -> None:
    monkeypatch.setenv(windows_signing.CERTIFICATE, str(made))
    monkeypatch.setenv(windows_signing.KEY, str(key))
    monkeypatch.delenv(windows_signing.TIMESTAMP, raising=False)


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source with what setup and MSI are made from, and a packed folder of two small programs."""
    for name in (windows_signing.CERTIFICATE, windows_signing.KEY):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "source"
    for name in (*COPIED, *RECIPES):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    work = root / "build" / "windows" / "work"
    work.mkdir(parents=True)
    write_icon(ROOT / "resources" / "icons" / "connection-client.svg", work / "client.ico")
    script = tmp_path / "small.nsi"
    script.write_text(SMALL)
    packed(root).mkdir()
    for name in windows_bundle.PROGRAMS:
        windows_setup.run_nsis(root, script, {"OUT": packed(root) / name})
    return root


def packed(root: Path) -> Path:
    return root / "build" / "windows" / "packed"


def is_signed(file: Path, authority: Path) -> bool:
    """Whether the signature is whole and of somebody whom this certificate vouches for."""
    command = ["osslsigncode", "verify", "-CAfile", str(authority), "-in", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode == 0 and "Signature verification: ok" in done.stdout


def test_programs_setup_and_package_are_signed(
    source: Path, certificate: Certificate, tmp_path: Path
) -> None:
    authority = certificate("publisher")
    windows_bundle.sign_programs(packed(source))
    programs = [packed(source) / name for name in windows_bundle.PROGRAMS]
    setup = windows_setup.of_bundle(source, packed(source), tmp_path / "out")
    package = windows_msi.of_bundle(source, packed(source), tmp_path / "out")
    for file in (*programs, setup, package):
        assert is_signed(file, authority), file
    # Nothing else is left beside them: a release takes the folder as it is.
    assert {path.suffix for path in (tmp_path / "out").iterdir() if path.is_file()} == {".exe", ".msi"}

    content = bytearray(setup.read_bytes())
    content[len(content) // 2] ^= 1
    setup.write_bytes(content)
    assert not is_signed(setup, authority)


def test_a_trial_build_is_not_signed(source: Path, certificate: Certificate, tmp_path: Path) -> None:
    unsigned = windows_setup.of_bundle(source, packed(source), tmp_path / "out")
    assert not is_signed(unsigned, certificate("publisher"))


@pytest.mark.parametrize("build", [windows_setup.of_bundle, windows_msi.of_bundle])
def test_another_certificate_is_another_file(
    build: Callable[[Path, Path, Path], Path],
    source: Path,
    certificate: Certificate,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = certificate("publisher")
    built = build(source, packed(source), tmp_path / "out")
    at = built.stat().st_mtime_ns
    # The same elsewhere is the same; what counts is what the files hold.
    moved = shutil.copytree(tmp_path, tmp_path / "moved", ignore=shutil.ignore_patterns("source", "out"))
    use(monkeypatch, moved / "publisher.crt", moved / "publisher.key")
    assert build(source, packed(source), tmp_path / "out").stat().st_mtime_ns == at

    second = certificate("publisher")
    built = build(source, packed(source), tmp_path / "out")
    assert is_signed(built, second)
    (tmp_path / "first.crt").write_bytes((moved / "publisher.crt").read_bytes())
    assert first == second
    assert not is_signed(built, tmp_path / "first.crt")


def test_a_key_of_somebody_else_signs_nothing(
    source: Path, certificate: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = certificate("publisher")
    certificate("other")
    use(monkeypatch, made, tmp_path / "other.key")
    # NSIS stops at the remover already.
    with pytest.raises(BuildError, match="makensis failed"):
        windows_setup.of_bundle(source, packed(source), tmp_path / "out")
    assert not list((tmp_path / "out").glob("*.exe"))


@pytest.mark.parametrize("missing", [windows_signing.CERTIFICATE, windows_signing.KEY])
def test_half_a_signature_is_a_failed_build(
    missing: str, source: Path, certificate: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate("publisher")
    (tmp_path / "empty").touch()
    for value in ("", str(tmp_path / "nowhere"), str(tmp_path / "empty")):
        monkeypatch.setenv(missing, value)
        with pytest.raises(BuildError, match=missing):
            windows_setup.of_bundle(source, packed(source), tmp_path / "out")


def test_setups_of_applications_are_signed_wherever_they_are_built(
    source: Path, certificate: Certificate, tmp_path: Path
) -> None:
    authority = certificate("publisher")
    (tmp_path / "out").mkdir()
    carried = windows_setup.of_bundle(source, packed(source), tmp_path / "out")
    built = windows_examples.build_one(ROOT, tmp_path / "out", examples.APPLICATIONS[0], carried)
    assert is_signed(built, authority)


@pytest.mark.skipif(not is_installed(), reason="Wine is not installed; ./run test installs it")
def test_the_remover_that_a_setup_writes_is_signed(
    source: Path, certificate: Certificate, tmp_path: Path
) -> None:
    authority = certificate("publisher")
    windows_bundle.sign_programs(packed(source))
    setup = windows_setup.of_bundle(source, packed(source), tmp_path / "out")
    windows = Wine(tmp_path / "wine")
    windows.prepare()
    try:
        windows.run([str(setup), "/S", "/CurrentUser"], 120)
    finally:
        windows.end()
    (remover,) = windows.drive_c.glob("users/*/AppData/Local/Programs/CONNECTION Client/uninstall.exe")
    for name in (*windows_bundle.PROGRAMS, remover.name):
        assert is_signed(remover.with_name(name), authority), name


@pytest.mark.timeout(1500)
@pytest.mark.skipif(not is_installed(), reason="Wine is not installed; ./run test installs it")
@pytest.mark.usefixtures("asked_for")
def test_a_signed_program_finds_what_is_packed_into_it(
    certificate: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signature comes after everything else in the file, where the program looks for its own code."""
    monkeypatch.delenv(windows_signing.CERTIFICATE, raising=False)
    monkeypatch.delenv(windows_signing.KEY, raising=False)
    build_windows()
    home = tmp_path / "home"
    shutil.copytree(ROOT / "build" / "windows" / "bundle" / windows_bundle.NAME, home)
    authority = certificate("publisher")
    windows_bundle.sign_programs(home)
    assert all(is_signed(home / name, authority) for name in windows_bundle.PROGRAMS)
    windows = Wine(tmp_path / "wine")
    windows.prepare()
    try:
        said = windows.run([str(home / "connection-client.exe"), "--version"], 120)
    finally:
        windows.end()
    assert said == f"CONNECTION Client {VERSION}\n"
