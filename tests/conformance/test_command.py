# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run conformance` is content with a whole suite that passes as a whole, and with nothing else.

The suite itself is no part of this repository; what stands in its place asks the real client.
"""

from pathlib import Path

import pytest

from tests.conformance import __main__ as command

CONFTEST = """
import pytest

def pytest_addoption(parser):
    parser.addoption("--entrypoint", required=True)

@pytest.fixture
def client(pytestconfig):
    return pytestconfig.getoption("--entrypoint")
"""
PASSING = """
import subprocess

def test_it_has_no_list(client, tmp_path):
    words = [client, "--metadata-url", "http://127.0.0.1:9", "--metadata-dir", str(tmp_path), "init"]
    (tmp_path / "root").write_text("{}")
    assert subprocess.run([*words, str(tmp_path / "root")]).returncode == 0
    assert subprocess.run([*words[:-1], "refresh"]).returncode == 1
"""
SKIPPING = "\nimport pytest\n\n@pytest.mark.skip\ndef test_skipped():\n    pass\n"
EXPECTED = "\nimport pytest\n\n@pytest.mark.xfail\ndef test_expected():\n    assert 0\n"


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    tests = tmp_path / "suite" / "tuf_conformance"
    tests.mkdir(parents=True)
    (tests / "__init__.py").touch()
    (tests / "conftest.py").write_text(CONFTEST)
    (tests / "test_basic.py").write_text(PASSING)
    return tests.parent


def test_without_a_suite_it_says_where_there_is_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for arguments in ([], [str(tmp_path)]):
        assert command.main(arguments) == 2
        assert f"git clone {command.SUITE}" in capfd.readouterr().out


def test_a_suite_that_passes_is_counted(
    suite: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert command.main([str(suite)]) == 1  # one case is no suite
    monkeypatch.setattr(command, "LEAST", 1)
    assert command.main([str(suite)]) == 0
    assert "1 of 1 cases passed" in capfd.readouterr().out


@pytest.mark.parametrize("more", ["\ndef test_failing():\n    assert 0\n", SKIPPING, EXPECTED])
def test_a_case_that_fails_or_is_left_out_fails_the_whole(
    suite: Path, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    monkeypatch.setattr(command, "LEAST", 1)
    (suite / "tuf_conformance" / "test_more.py").write_text(more)
    assert command.main([str(suite)]) == 1


def test_a_suite_that_cannot_be_read_fails(suite: Path) -> None:
    (suite / "tuf_conformance" / "test_basic.py").write_text("import nothing_of_that_name")
    assert command.main([str(suite)]) == 1
