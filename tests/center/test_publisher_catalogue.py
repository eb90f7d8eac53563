# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The catalogue as a document, and which catalogues are refused."""

import copy
import json
from collections.abc import Callable
from datetime import date
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from connect_center.publisher import catalogue
from connect_center.publisher.catalogue import Document, ReleaseOrder
from connect_center.publisher.checks import findings, numbers
from connect_center.publisher.errors import AlreadyPublished, NotPublished
from connect_center.publisher.package_reader import Dependency, PackageFacts

TODAY = date(2026, 11, 24)
SCHEMA = json.loads(resources.files("connect_center.publisher").joinpath("catalogue.schema.json").read_text())


def facts(package: str = "survey-viewer-ses", version: str = "10.1.0.12", **other: Any) -> PackageFacts:
    given_facts: dict[str, Any] = {
        "filename": f"{package}_{version}_all.deb",
        "package": package,
        "version": version,
        "architecture": "any",
        "title": package.replace("-", " ").title(),
        "length": 810,
        "sha256": "a" * 64,
        "installed_size": 4096,
        "depends": (),
        "programs": (package,),
    }
    return PackageFacts(**given_facts | other)


@pytest.fixture
def document() -> Document:
    """The client, and two releases of an application that needs it."""
    needs = (Dependency("connection-client", "0.1"), Dependency("python3"))
    made = catalogue.empty("Example Systems")
    made = catalogue.with_package(made, facts("connection-client", "0.1.0"), ReleaseOrder(public=True), TODAY)
    for version in ("10.1.0.12", "10.2.0.7"):
        made = catalogue.with_package(made, facts(version=version, depends=needs), ReleaseOrder(), TODAY)
    return made


def test_a_published_package_follows_the_schema(document: Document) -> None:
    Draft202012Validator(SCHEMA).validate(document)
    assert findings(document) == []


def test_what_the_catalogue_says_of_a_package(document: Document) -> None:
    product = catalogue.product_of(document, "survey-viewer")
    assert product["name"] == "Survey Viewer Ses"
    assert product["detect"] == [{"type": "dpkg", "value": "survey-viewer-ses"}]
    (package,) = catalogue.release_of(product, "10.2.0.7")["packages"]
    assert package["path"] == "survey-viewer/10.2.0.7/survey-viewer-ses_10.2.0.7_all.deb"
    assert package["auth"] == "account"
    assert package["requires"] == [{"id": "connection-client", "min": "0.1"}]
    assert package["install"]["close_apps"] == ["survey-viewer-ses"]
    client = catalogue.product_of(document, "connection-client")
    assert client["detect"][0] == {"type": "self", "value": "connection-client"}
    assert client["releases"][0]["packages"][0]["auth"] == "none"


def test_what_the_publisher_decides_is_in_the_release() -> None:
    order = ReleaseOrder(
        product_id="survey",
        name="Survey SES",
        severity="critical",
        channel="beta",
        rollout=25,
        notes="Reads semicolons.",
        cves=("CVE-2026-1",),
        applies_to=">=9.0,<11",
        critical_below="10.0",
        dated=date(2026, 1, 2),
    )
    made = catalogue.with_package(catalogue.empty("Example"), facts(), order, TODAY)
    (release,) = catalogue.product_of(made, "survey")["releases"]
    assert findings(made) == []
    assert release["rollout"] == {"percent": 25}
    assert release["notes"] == {"summary": "Reads semicolons.", "cves": ["CVE-2026-1"]}
    assert (release["severity"], release["channel"], release["date"]) == ("critical", "beta", "2026-01-02")
    assert (release["applies_to"], release["critical_below"]) == (">=9.0,<11", "10.0")


def test_the_same_package_again_changes_nothing(document: Document) -> None:
    needs = (Dependency("connection-client", "0.1"), Dependency("python3"))
    again = catalogue.with_package(document, facts(version="10.2.0.7", depends=needs), ReleaseOrder(), TODAY)
    assert again == document


def test_other_content_under_the_same_version_is_refused(document: Document) -> None:
    with pytest.raises(AlreadyPublished, match="higher version"):
        catalogue.with_package(document, facts(sha256="b" * 64), ReleaseOrder(), TODAY)


def test_another_architecture_joins_the_release(document: Document) -> None:
    arm = facts(architecture="arm64", filename="survey-viewer-ses_10.1.0.12_arm64.deb")
    made = catalogue.with_package(document, arm, ReleaseOrder(), TODAY)
    release = catalogue.release_of(catalogue.product_of(made, "survey-viewer"), "10.1.0.12")
    assert [package["arch"] for package in release["packages"]] == ["any", "arm64"]
    assert findings(made) == []


def test_withdrawing_and_rolling_out(document: Document) -> None:
    made = catalogue.rolled_out(document, "survey-viewer", "10.2.0.7", 5)
    made = catalogue.withdrawn(made, "survey-viewer", "10.1.0.12", "It loses points.")
    first, second = catalogue.product_of(made, "survey-viewer")["releases"]
    assert first["withdrawn"] == {"reason": "It loses points."}
    assert second["rollout"] == {"percent": 5}
    made = catalogue.rolled_out(made, "survey-viewer", "10.2.0.7", 100)
    assert "rollout" not in catalogue.product_of(made, "survey-viewer")["releases"][1]


def test_what_is_not_there_is_named_with_what_is(document: Document) -> None:
    with pytest.raises(NotPublished, match="connection-client, survey-viewer"):
        catalogue.withdrawn(document, "mesh-viewer", "1.0", "x")
    with pytest.raises(NotPublished, match=r"10\.1\.0\.12, 10\.2\.0\.7"):
        catalogue.rolled_out(document, "survey-viewer", "9.9", 5)


def test_the_clients_own_list_holds_the_client_alone(document: Document) -> None:
    own = catalogue.only(document, "connection-client")
    assert [product["id"] for product in own["products"]] == ["connection-client"]
    assert findings(own) == []


# ---- what no client could use --------------------------------------------------------------------
def _survey(document: Document) -> Document:
    return catalogue.product_of(document, "survey-viewer")


def _package(document: Document) -> Any:
    return _survey(document)["releases"][0]["packages"][0]


def _arp_rule(document: Document) -> None:
    _survey(document)["detect"].append({"type": "arp-name", "name": "^Survey ("})


def _twin(document: Document) -> None:
    document["products"].append(copy.deepcopy(_survey(document)))


def _same_rule(document: Document) -> None:
    twin = copy.deepcopy(_survey(document)) | {"id": "other", "releases": []}
    document["products"].append(twin)


def _same_version(document: Document) -> None:
    twin = copy.deepcopy(_survey(document)["releases"][0]) | {"version": "10.01.0.12.0"}
    twin["packages"][0]["path"] = "elsewhere/x.deb"
    _survey(document)["releases"].append(twin)


def _cycle(document: Document) -> None:
    client = catalogue.product_of(document, "connection-client")
    client["releases"][0]["packages"][0]["requires"] = [{"id": "survey-viewer"}]


def _withdrawn_client(document: Document) -> None:
    catalogue.product_of(document, "connection-client")["releases"][0]["withdrawn"] = {"reason": "x"}


USELESS: dict[str, tuple[Callable[[Document], object], str]] = {
    "schema number": (lambda d: d.update(schema=2), "schema: 1 was expected"),
    "no way to detect": (lambda d: _survey(d).update(detect=[]), "survey-viewer detect"),
    "severity": (
        lambda d: _survey(d)["releases"][0].update(severity="high"),
        "survey-viewer 10.1.0.12 severity",
    ),
    "date": (lambda d: _survey(d)["releases"][0].update(date="2026-13-01"), "survey-viewer 10.1.0.12 date"),
    "path climbs": (lambda d: _package(d).update(path="a/../b"), "path"),
    "hash": (lambda d: _package(d).update(sha256="A" * 64), "sha256"),
    "empty file": (lambda d: _package(d).update(length=0), "length"),
    "min_client": (lambda d: d.update(min_client="soon"), "min_client “soon”"),
    "product twice": (_twin, "survey-viewer is listed 2 times"),
    "file twice": (
        lambda d: _survey(d)["releases"][1]["packages"][0].update(path=_package(d)["path"]),
        "belongs to 2 packages",
    ),
    "same rule": (_same_rule, "detected by the same rule"),
    "same version": (_same_version, "has 2 releases 10.1.0.12"),
    "pattern": (_arp_rule, "cannot be read"),
    "huge version": (lambda d: _survey(d)["releases"][0].update(version="99999999999"), "is larger than"),
    "empty range": (lambda d: _survey(d)["releases"][0].update(applies_to=">=11,<10"), "no version at all"),
    "odd range": (lambda d: _survey(d)["releases"][0].update(applies_to="<1..2"), "no version"),
    "upper ends": (lambda d: _survey(d)["releases"][0].update(applies_to="<10,<11"), "two upper ends"),
    "critical": (lambda d: _survey(d)["releases"][0].update(critical_below="99"), "never met"),
    "wrong installer": (lambda d: _package(d)["install"].update(type="msi"), "cannot be installed as msi"),
    "wrong system": (lambda d: _package(d).update(os="windows"), "windows cannot install"),
    "placeholder": (
        lambda d: _package(d)["install"].update(args={"silent": ["{target}"]}),
        "placeholder that clients do not fill",
    ),
    "prerequisite": (
        lambda d: _package(d).update(requires=[{"id": "gone"}]),
        "needs gone, which is not offered",
    ),
    "prerequisite too old": (
        lambda d: _package(d).update(requires=[{"id": "connection-client", "min": "2.0"}]),
        "needs connection-client 2.0",
    ),
    "prerequisite withdrawn": (_withdrawn_client, "needs connection-client 0.1, which is not offered"),
    "circle": (_cycle, "needs itself"),
}


@pytest.mark.parametrize("case", USELESS)
def test_a_catalogue_that_no_client_could_use_is_found(document: Document, case: str) -> None:
    spoil, expected = USELESS[case]
    spoil(document)
    found = findings(document)
    assert any(expected in finding for finding in found), found


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), st.integers(0, 3))
def test_leading_zeros_and_trailing_zero_parts_do_not_count(parts: list[int], zeros: int) -> None:
    plain = ".".join(map(str, parts))
    padded = ".".join(f"0{part}" for part in [*parts, *[0] * zeros])
    assert numbers(plain) == numbers(padded)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), st.integers(0, 4))
def test_a_raised_part_is_newer(parts: list[int], place: int) -> None:
    raised = list(parts)
    raised[min(place, len(parts) - 1)] += 1
    assert numbers(".".join(map(str, raised))) > numbers(".".join(map(str, parts)))
