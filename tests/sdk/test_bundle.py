# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The kit finds the client's bundle for macOS."""

from pathlib import Path

import pytest

from connection_client.sdk.start import in_bundle


def test_the_program_is_found_for_everybody_and_for_one_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    folders = (str(tmp_path / "all"), "~/Applications")
    assert in_bundle(folders) is None
    programs = tmp_path / "Applications" / "CONNECTION Client.app" / "Contents" / "MacOS"
    programs.mkdir(parents=True)
    (programs / "CONNECTION Client").touch()
    assert in_bundle(folders) == str(programs / "CONNECTION Client")
