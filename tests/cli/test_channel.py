# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A person chooses a channel; real processes, a real Center that publishes on two."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.world.center import PROJECT, running_center
from tests.world.packages import make_deb
from tests.world.session import private_session

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command(tmp_path: Path) -> Iterator[Command]:
    """10.2 is stable, 11.0 is a preview."""
    session = private_session(tmp_path / "home", key_store=False)
    with running_center(tmp_path / "center", example=False) as center, session as person:
        for version, channel in (("10.2", "stable"), ("11.0", "preview")):
            deb = make_deb(tmp_path, "plan-viewer-ses", version, title="Plan Viewer SES")
            center.manage("publish", "add", str(deb), "--public", "--channel", channel)
        policy = tmp_path / "policy.json"
        environment = {
            **person.environment,
            "PYTHONPATH": str(PROJECT),
            "CONNECTION_CLIENT_POLICY": str(policy),
        }

        def run(*words: str) -> "subprocess.CompletedProcess[str]":
            whole = [sys.executable, "-W", "error", "-m", "connection_client", *words]
            return subprocess.run(
                whole, env=environment, capture_output=True, text=True, timeout=60, check=False
            )

        root = center.state / "tuf" / "metadata" / "1.root.json"
        for key, value in (("center_url", center.address), ("trusted_root", str(root))):
            assert run("settings", "set", key, value).returncode == 0
        yield run


def offered(command: Command) -> str:
    done = command("products", "--json")
    found = {one["id"]: one["recommendation"] for one in json.loads(done.stdout)["products"]}
    return str(found["plan-viewer"]["version"])


def test_a_chosen_channel_is_offered_besides_the_stable_one(command: Command, tmp_path: Path) -> None:
    assert offered(command) == "10.2"

    assert command("settings", "set", "channel", "preview").returncode == 0
    assert offered(command) == "11.0"

    refused = command("settings", "set", "channel", "../beta")
    assert refused.returncode != 0
    assert "a name of small letters, digits and hyphens" in refused.stderr

    (tmp_path / "policy.json").write_text('{"channel": ""}')
    assert offered(command) == "10.2"
    assert "managed by your organisation" in command("settings", "set", "channel", "preview").stderr
