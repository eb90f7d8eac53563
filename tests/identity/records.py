# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a run of these tests has shown, kept in `build/identity.json` for the tables of docs/identity.md."""

import json
import re
from pathlib import Path

from connection_client.domain.errors import ClientError
from connection_client.domain.texts import explain

PROJECT = Path(__file__).parents[2]
KEPT = PROJECT / "build" / "identity.json"
PROVIDERS = ("Center", "oidc-provider", "canaille")

Rows = dict[str, dict[str, str]]  # the table's rows: name, then column: verdict
_capabilities: Rows = {}
_refusals: Rows = {}


def capability(provider: str, what: str, verdict: str = "yes") -> None:
    """The provider was seen to do this."""
    _capabilities.setdefault(what, {})[provider] = verdict


def refusal(forgery: str, error: ClientError) -> None:
    """The client refused this, with the sentence that the person reads."""
    sentence = explain(error).partition(". ")[0]
    _refusals[forgery] = {"verdict": re.sub(r"127\.0\.0\.1:\d+", "accounts.example", sentence)}


def load() -> dict[str, Rows]:
    """What the runs so far have shown."""
    if not KEPT.exists():
        return {"capabilities": {}, "refusals": {}}
    kept: dict[str, Rows] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept


def save() -> None:
    """Add what this run has shown."""
    if not _capabilities and not _refusals:
        return
    kept = load()
    for what, verdicts in _capabilities.items():
        kept["capabilities"].setdefault(what, {}).update(verdicts)
    kept["refusals"].update(_refusals)
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
