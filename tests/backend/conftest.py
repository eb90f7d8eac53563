# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The settings of a computer in whose environment no proxy is named."""

from pathlib import Path

import pytest

from connection_client.storage.settings import SettingsFile
from tests.world.proxies import forget_proxies


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SettingsFile:
    forget_proxies(monkeypatch)
    (tmp_path / "config").mkdir()
    return SettingsFile(tmp_path / "config", tmp_path / "policy.json")
