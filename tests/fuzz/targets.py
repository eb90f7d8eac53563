# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is fuzzed: a way to make inputs, and what has to hold for each of them."""

import json
import plistlib
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from connection_client.backend.catalogue_json import read_catalogue
from connection_client.domain.catalogue import Catalogue
from connection_client.domain.errors import CatalogueNotReadable, ClientTooOld
from connection_client.domain.versions import Order, Version, compare, read_version
from connection_client.products.inventory import Inventory
from connection_client.storage.managed_policies import PREFERENCES_DOMAIN, ManagedPreferences
from connection_client.system.desktop_detection import AppStreamDetector
from connection_client.system.desktop_entry import read_desktop_entry, split_exec
from connection_client.system.dpkg_database import DpkgDatabase
from connection_client.system.linux_detection import DpkgDetector
from connection_client.system.macos_detection import RECEIPTS, BundleDetector, ReceiptDetector
from connection_client.system.shell_link import read_shell_link
from connection_client.system.windows_detection import _Scan
from connection_client.system.windows_registry import Branch, _entry
from connection_client.system.windows_start_menu import StartMenu
from tests.fuzz.broker import CALLERS, attack
from tests.world.catalogues import catalogue_json, package_json, product_json, release_json
from tests.world.macintosh import IDENTIFIER, make_bundle

_FOLDER: Final = Path(tempfile.mkdtemp(prefix="fuzz-"))
_TEXT: Final = st.text(max_size=60)
_JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=12,
)
_GOOD: Final = catalogue_json(
    product_json(
        "survey-viewer",
        release_json(
            "10.2.0.7",
            package_json(requires=[{"id": "connection-client", "min": "0.1"}]),
            applies_to=">=10,<11",
            rollout={"percent": 10, "salt": "x"},
            withdrawn={"reason": "it breaks"},
            critical_below="10.1",
        ),
        version_aliases={"Update 17": "10.17"},
        end_of_support=[{"versions": "<9", "date": "2026-01-01"}],
    )
)
_RULES: Final = [
    {"type": "dpkg", "value": "survey-viewer-ses"},
    {"type": "appstream", "value": "com.example.Survey"},
    {"type": "arp-key", "value": "survey"},
    {"type": "arp-name", "name": "Survey.*", "publisher": "Example Systems"},
    {"type": "file-version", "path": "%ProgramFiles%\\\\Survey\\\\survey.exe"},
    {"type": "macos-bundle", "value": IDENTIFIER},
    {"type": "macos-receipt", "value": IDENTIFIER},
]


def _lines(*keys: str) -> st.SearchStrategy[bytes]:
    """Files of keys and values, half of them well-formed."""
    line = st.builds(lambda key, mark, value: f"{key}{mark}{value}", st.sampled_from(keys), _MARKS, _TEXT)
    return st.lists(line | _TEXT, max_size=20).map(lambda lines: "\n".join(lines).encode()) | st.binary(
        max_size=400
    )


_MARKS: Final = st.sampled_from(["=", ": ", " = ", ""])


def _file(name: str, content: bytes) -> Path:
    path = _FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _known() -> Catalogue:
    product = product_json("survey-viewer", release_json("10.2.0.7"), detect=_RULES)
    return read_catalogue(json.dumps(catalogue_json(product)).encode(), "1.0")


_KNOWN: Final = _known()
_NO_TOOLS: Final = str(_FOLDER / "no tools")
make_bundle(_FOLDER / "Applications", "Survey Viewer", "10.2")


def _desktop_entry(content: bytes) -> None:
    entry = read_desktop_entry(_file("entry.desktop", b"[Desktop Entry]\nType=Application\n" + content))
    if entry is not None:
        assert entry.command[0]
        assert not any("\0" in word for word in entry.command)


def _exec(line: str) -> None:
    assert all("\0" not in word for word in split_exec(line))


def _dpkg(content: bytes) -> None:
    _file("var/lib/dpkg/status", b"Package: survey-viewer-ses\n" + content)
    assert len(Inventory([DpkgDetector(DpkgDatabase(_FOLDER))]).scan(_KNOWN)) <= content.count(b"Package") + 1


def _appstream(content: bytes) -> None:
    _file("metainfo/a.metainfo.xml", content)
    Inventory([AppStreamDetector([_FOLDER])]).scan(_KNOWN)


def _preferences(content: bytes) -> None:
    _file(f"{PREFERENCES_DOMAIN}.plist", content)
    assert all(isinstance(name, str) for name in ManagedPreferences(_FOLDER).values())


def _info_plist(content: bytes) -> None:
    """One damaged application beside a good one, and a damaged receipt."""
    _file("Applications/Damaged.app/Contents/Info.plist", content)
    _file(f"{RECEIPTS}/{IDENTIFIER}.plist", content)
    detectors = BundleDetector([_FOLDER / "Applications"]), ReceiptDetector(_FOLDER, _NO_TOOLS)
    found = Inventory(detectors).scan(_KNOWN)
    assert any(one.version_text == "10.2" for one in found)
    assert all(one.version_text.isprintable() for one in found)


def _registry(programs: list[tuple[str, dict[str, Any]]]) -> None:
    entries = [_entry(Branch("HKLM", 64), key, values) for key, values in programs]
    for finding in _Scan(entries, StartMenu(), {}).find(_KNOWN.products):
        assert finding.product_id == "survey-viewer"


def _shell_link(content: bytes) -> None:
    read_shell_link(_file("a.lnk", content))


def _catalogue(content: bytes) -> None:
    with suppress(CatalogueNotReadable, ClientTooOld):
        read_catalogue(content, "1.0")


def _mutated(changes: list[tuple[int, Any]]) -> None:
    """A good catalogue in which some values were replaced by anything."""
    whole = json.loads(json.dumps(_GOOD))
    for number, value in changes:
        places = list(_places(whole))
        holder, key = places[number % len(places)]
        holder[key] = value
    _catalogue(json.dumps(whole, allow_nan=True).encode("utf-8", "surrogatepass"))


def _places(value: Any) -> Any:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield value, key
        yield from _places(inner)


def _versions(texts: tuple[str, str, str]) -> None:
    first, second, third = (read_version(text, {"Update 17": "10.17"}) for text in texts)
    opposite = {Order.OLDER: Order.NEWER, Order.NEWER: Order.OLDER}
    there, back = compare(first, second), compare(second, first)
    assert opposite.get(there, there) is back
    if there is Order.OLDER and compare(second, third) is Order.OLDER:
        assert compare(first, third) is Order.OLDER
    if first is not None:
        assert Version.parse(str(first)) == first


_NUMBERS: Final = st.lists(st.integers(0, 300).map(str), min_size=1, max_size=5)
_VERSION_TEXT: Final = st.builds(
    lambda start, parts, mark, end: start + mark.join(parts) + end,
    st.sampled_from(["", "v", " ", "0"]),
    _NUMBERS,
    st.sampled_from([".", ",", ", ", ".0", "-"]),
    st.sampled_from(["", ".0", " (x64)", "-beta", "\n"]),
)
_PLIST_KEYS: Final = st.sampled_from(
    [
        "CFBundleIdentifier",
        "CFBundleShortVersionString",
        "CFBundleVersion",
        "PackageVersion",
    ]
)
_PLIST_VALUES: Final = st.dictionaries(
    _TEXT | _PLIST_KEYS,
    st.text(max_size=9)
    | st.sampled_from([IDENTIFIER, "10.2", "../x", 9, b"x"])
    | st.lists(st.floats(), max_size=3),
)


def _dumped(values: dict[str, Any], binary: bool, cut: int, noise: bytes) -> bytes:  # noqa: FBT001
    kind = plistlib.FMT_BINARY if binary else plistlib.FMT_XML
    try:
        content = plistlib.dumps(values, fmt=kind)
    except ValueError:  # control characters
        content = b""
    place = cut % (len(content) + 1)
    return content[:place] + noise + content[place + len(noise) :]


_PLISTS: Final = st.builds(
    _dumped, _PLIST_VALUES, st.booleans(), st.integers(0, 999), st.binary(max_size=4)
) | st.binary(max_size=300).map(lambda tail: b"bplist00" + tail)
_REGISTRY_VALUES: Final = st.dictionaries(
    st.sampled_from(
        ["displayname", "displayversion", "publisher", "installlocation", "displayicon", "systemcomponent"]
    ),
    _TEXT | st.integers() | st.binary(max_size=20) | st.none() | st.sampled_from(["Survey Viewer", "10.2"]),
)

TARGETS: Final[dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], None]]]] = {
    "desktop-entries": (
        _lines("Exec", "Name", "Path", "Hidden", "NoDisplay", "[Desktop Entry]"),
        _desktop_entry,
    ),
    "exec-lines": (st.text("ab \"\\\\$`%fFuU\t\0;|'", max_size=40), _exec),
    "dpkg-status": (_lines("Package", "Status", "Version", "Architecture", ""), _dpkg),
    "appstream": (
        st.lists(
            st.sampled_from(
                ["<component>", "</component>", "<id>", "</id>", "com.example.Survey", "&a;", "<!--"]
            )
            | _TEXT,
            max_size=12,
        ).map(lambda parts: "".join(parts).encode())
        | st.binary(max_size=200),
        _appstream,
    ),
    "info-plist": (_PLISTS, _info_plist),
    "managed-preferences": (_PLISTS, _preferences),
    "registry": (st.lists(st.tuples(_TEXT | st.just("survey"), _REGISTRY_VALUES), max_size=5), _registry),
    "shell-links": (
        st.binary(max_size=300).map(
            lambda tail: bytes.fromhex("4c0000000114020000000000c000000000000046") + tail
        ),
        _shell_link,
    ),
    "catalogue": (st.binary(max_size=300) | _JSON.map(lambda value: json.dumps(value).encode()), _catalogue),
    "catalogue-values": (st.lists(st.tuples(st.integers(0, 999), _JSON), max_size=3), _mutated),
    "versions": (st.tuples(*[_VERSION_TEXT | _TEXT] * 3), _versions),
    "broker": (CALLERS, attack),
}
