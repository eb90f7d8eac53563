# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a Windows computer needs of the lock files."""

from pathlib import Path

from installers.windows_python import requirements_of

LOCKS = Path(__file__).resolve().parents[2] / "requirements"


def test_the_client_gets_what_its_lock_names_for_windows_and_nothing_of_linux() -> None:
    wanted = dict(requirements_of(LOCKS / "client.txt"))
    assert "pywin32-ctypes" in wanted
    assert "secretstorage" not in wanted
    assert "jeepney" not in wanted
    assert all(" --hash=sha256:" in line for line in wanted.values())


def test_a_statement_is_what_pip_takes(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "# a remark\none==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
        "two==2.0 ; python_full_version < '3.11' \\\n    --hash=sha256:cc\n"
    )
    assert dict(requirements_of(lock)) == {"one": "one==1.0 --hash=sha256:aa --hash=sha256:bb"}
