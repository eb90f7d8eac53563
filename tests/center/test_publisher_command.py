# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a publisher types, and how refusals read."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from connect_center.delivery.models import Package
from connect_center.delivery.shelf import mirror
from connect_center.publisher.catalogue import Document, product_of
from connect_center.publisher.publishing import Publisher
from tests.world.packages import make_deb

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(tmp_path: Path, settings: Settings) -> Publisher:
    """The state folder that the command works on, with one application."""
    settings.CENTER_STATE = tmp_path / "state"
    deb = make_deb(tmp_path, "mesh-viewer-ses", "10.1.0.12", title="Mesh Viewer SES")
    call_command("publish", "add", str(deb))
    return Publisher(tmp_path / "state", on_prepared=mirror)


def release(document: Document, version: str) -> Document:
    found = {one["version"]: one for one in product_of(document, "mesh-viewer")["releases"]}
    chosen: Document = found[version]
    return chosen


def test_all_that_the_publisher_decides_is_taken(tmp_path: Path, publisher: Publisher) -> None:
    deb = make_deb(tmp_path, "mesh-viewer-ses", "10.2.0.7")
    call_command(
        "publish", "add", str(deb), "--name", "Mesh SES", "--severity", "critical", "--channel", "beta",
        "--kind", "upgrade", "--date", "2026-01-02", "--label", "Spring", "--rollout", "10",
        "--notes", "Faster.", "--notes-url", "https://example.com/n",
        "--cve", "CVE-2026-1", "--cve", "CVE-2026-2",
        "--applies-to", ">=10.0,<11", "--critical-below", "10.1", "--public",
    )  # fmt: skip
    document = publisher.catalogue()
    assert product_of(document, "mesh-viewer")["name"] == "Mesh SES"
    made = release(document, "10.2.0.7")
    (package,) = made.pop("packages")
    assert package["auth"] == "none"
    assert made == {
        "version": "10.2.0.7", "channel": "beta", "date": "2026-01-02", "severity": "critical",
        "kind": "upgrade", "label": "Spring", "rollout": {"percent": 10},
        "applies_to": ">=10.0,<11", "critical_below": "10.1",
        "notes": {"summary": "Faster.", "url": "https://example.com/n", "cves": ["CVE-2026-1", "CVE-2026-2"]},
    }  # fmt: skip


def test_rolling_out_and_withdrawing(publisher: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publish", "rollout", "mesh-viewer", "10.1.0.12", "10")
    assert release(publisher.catalogue(), "10.1.0.12")["rollout"] == {"percent": 10}
    call_command("publish", "rollout", "mesh-viewer", "10.1.0.12", "100")
    assert "rollout" not in release(publisher.catalogue(), "10.1.0.12")
    call_command("publish", "withdraw", "mesh-viewer", "10.1.0.12", "--reason", "It loses points.")
    assert release(publisher.catalogue(), "10.1.0.12")["withdrawn"] == {"reason": "It loses points."}
    call_command("publish", "list")
    assert capsys.readouterr().out.rstrip().endswith("100 %  withdrawn")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "nowhere.deb"], "nowhere.deb cannot be read as a Debian package"),
        (["withdraw", "chess", "1.0", "--reason", "x"], "The catalogue has no product “chess”"),
        (["rollout", "mesh-viewer", "1.0", "10"], r"Mesh Viewer SES has no release 1\.0"),
        (["rollout", "mesh-viewer", "10.1.0.12", "101"], "“101” is no share"),
        (["renew", "--root-keys", "/nowhere", "--days", "400"], "The root needs 2 of 3 root keys"),
    ],
)
def test_a_refusal_is_one_text_and_changes_nothing(
    publisher: Publisher, words: list[str], sentence: str
) -> None:
    before = publisher.catalogue()
    with pytest.raises(CommandError, match=sentence):
        call_command("publish", *words)
    assert publisher.catalogue() == before


def test_a_useless_catalogue_is_refused_with_the_reason(tmp_path: Path, publisher: Publisher) -> None:
    deb = make_deb(tmp_path, "needy-ses", "1.0", title="Needy SES", depends=["connection-client (>= 9.9)"])
    with pytest.raises(CommandError, match=r"needy 1\.0 needs connection-client 9\.9, which is not offered"):
        call_command("publish", "add", str(deb))
    assert len(publisher.catalogue()["products"]) == 1
    assert Package.objects.count() == 1


def test_a_changed_file_is_found_and_mended(
    tmp_path: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    (stored,) = publisher.files.folder.rglob("*.deb")
    stored.write_bytes(stored.read_bytes()[:-1])
    with pytest.raises(CommandError, match="is not the one that was signed"):
        call_command("publish", "check")
    call_command("publish", "add", str(tmp_path / "mesh-viewer-ses_10.1.0.12_all.deb"))
    assert "was published before" in capsys.readouterr().out
    call_command("publish", "check")
    assert "Everything that clients see is sound." in capsys.readouterr().out


def test_starting_again_and_renewing_change_nothing(
    publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    states = publisher.states()
    capsys.readouterr()
    call_command("publish", "init")
    call_command("publish", "renew")
    assert capsys.readouterr().out.count("Nothing was changed.") == 2
    assert publisher.states() == states


def test_root_keys_can_be_kept_offline(tmp_path: Path, settings: Settings) -> None:
    settings.CENTER_STATE = tmp_path / "state"
    call_command("publish", "init", "--publisher", "Example Systems", "--root-keys", str(tmp_path / "vault"))
    (tmp_path / "vault").rename(tmp_path / "offline")
    deb = make_deb(tmp_path, "mesh-viewer-ses", "1.0", title="Mesh Viewer SES")
    call_command("publish", "add", str(deb))
    with pytest.raises(CommandError, match="The root needs 2 of 3 root keys, and 0 are in"):
        call_command("publish", "renew", "--days", "400")
    call_command("publish", "renew", "--days", "400", "--root-keys", str(tmp_path / "offline"))
    publisher = Publisher(tmp_path / "state")
    assert publisher.catalogue()["publisher"] == "Example Systems"
    assert {state.role: state.version for state in publisher.states()}["root"] == 2
    assert publisher.check() == []


def test_a_folder_without_example_packages_is_refused(tmp_path: Path, publisher: Publisher) -> None:
    with pytest.raises(CommandError, match="holds no example packages"):
        call_command("example", "--packages", str(tmp_path / "state"))
    assert len(publisher.catalogue()["products"]) == 1


def test_a_disk_that_refuses_is_said(publisher: Publisher, tmp_path: Path) -> None:
    folder = publisher.files.folder / "mesh-viewer"
    folder.rename(tmp_path / "kept")
    folder.write_text("a file where a folder is wanted")
    deb = make_deb(tmp_path, "mesh-viewer-ses", "10.2.0.7")
    with pytest.raises(CommandError, match="The disk refused this"):
        call_command("publish", "add", str(deb))
    assert [one["version"] for one in product_of(publisher.catalogue(), "mesh-viewer")["releases"]] == [
        "10.1.0.12"
    ]
