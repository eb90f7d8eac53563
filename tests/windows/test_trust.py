# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Signatures are judged by Windows: a setup signed by osslsigncode, its certificate trusted or not."""

import ctypes
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connection_client.domain.errors import PackageChanged
from connection_client.system.windows_trust import signer_of
from tests.windows.setup_files import copied, install, package, version_now
from tests.windows.world import SETUPS, UNDER_WINE, remove_small_viewer

assert sys.platform == "win32"  # tells the type checker so, too

NAME = "Example Systems, Incorporated"


@contextmanager
def trusted() -> Iterator[None]:
    """The signer's certificate among this person's roots, for a while."""
    der = ssl.PEM_cert_to_DER_cert((SETUPS / "signer.crt").read_text())
    crypt = ctypes.WinDLL("crypt32", use_last_error=True)
    crypt.CertOpenSystemStoreW.restype = ctypes.c_void_p
    store = ctypes.c_void_p(crypt.CertOpenSystemStoreW(None, ctypes.c_wchar_p("ROOT")))
    context = ctypes.c_void_p()
    added = crypt.CertAddEncodedCertificateToStore(store, 1, der, len(der), 3, ctypes.byref(context))
    assert added, ctypes.WinError(ctypes.get_last_error())
    try:
        yield
    finally:
        crypt.CertDeleteCertificateFromStore(context)
        crypt.CertCloseStore(store, 0)


def signer_now(path: Path) -> str:
    """What a fresh process is told: Windows remembers its roots as long as a process lives."""
    program = (
        "import sys; from pathlib import Path; from connection_client.system import windows_trust as t\n"
        "print(t.signer_of(Path(sys.argv[1])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_trusted_signer_is_named() -> None:
    with trusted():
        assert signer_of(SETUPS / "signed.exe") == NAME


def test_an_unsigned_file_has_no_signer() -> None:
    assert signer_of(SETUPS / "small-10.1.0.12.exe") == ""
    assert signer_of(Path(r"C:\nothing here.exe")) == ""


@pytest.mark.skipif(UNDER_WINE, reason="Wine 8 checks the signature and not who stands behind it")
def test_a_signer_that_nobody_trusts_counts_for_nothing() -> None:
    assert signer_now(SETUPS / "signed.exe") == ""


def test_a_signed_file_that_was_changed_has_no_signer(tmp_path: Path) -> None:
    path = copied(tmp_path, "signed.exe")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with trusted():
        assert signer_of(path) == ""


def test_a_setup_is_started_only_with_the_signer_that_the_catalogue_names(tmp_path: Path) -> None:
    path = copied(tmp_path, "signed.exe")
    with trusted():
        with pytest.raises(PackageChanged):
            install(path, package(path, signer={"authenticode_subject_o": "Somebody Else"}), tmp_path)
        assert version_now() == []
        install(path, package(path, signer={"authenticode_subject_o": NAME}), tmp_path)
    assert version_now() == ["10.1.0.12"]
    remove_small_viewer()
