# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is installed, seen in a real registry that was written as well-known installers write it."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from connection_client.domain.catalogue import Catalogue, DetectRule, Product
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.versions import Version
from connection_client.products.inventory import Inventory
from connection_client.system.msi_registry import packed
from connection_client.system.windows_detection import RegistryDetector
from connection_client.system.windows_registry import UNINSTALL, Branch
from tests.windows.world import FOR_ALL, FOR_ALL_32, FOR_ONE, installed, key, registered, value_of

assert sys.platform == "win32"  # tells the type checker so, too

UPGRADE = "{11111111-2222-3333-4444-555555555555}"
PRODUCT = "{A1B2C3D4-E5F6-4711-8899-AABBCCDDEEFF}"
# As these installers register themselves: kind of key, name, version text, publisher.
WELL_KNOWN: dict[str, tuple[Branch, str, str, str, int | None]] = {
    "inno": (FOR_ONE, "{B2F1A3C0-0000-4000-8000-000000000001}_is1", "Inno Made 7.1", "7.1", 7),
    "nsis": (FOR_ALL_32, "NSIS Made", "NSIS Made 2.9.1", "2.9.1", 2),
    "squirrel": (FOR_ONE, "SquirrelMade", "Squirrel Made", "1.0.9134", 1),
    "7-zip": (FOR_ALL, "7-Zip", "7-Zip 23.01 (x64)", "23.01", 23),
    "vendor with architecture": (FOR_ALL, "Arch", "Arch", "10.17.02.61 (x64)", 10),
    "commas of VERSIONINFO": (FOR_ALL, "Commas", "Commas", "8, 1, 0, 5", 8),
    "leading v": (FOR_ONE, "Leading", "Leading", "v3.4.5", 3),
    "a year": (FOR_ALL_32, "Year", "Year 2024", "2024", 2024),
    "a build date": (FOR_ALL, "Built", "Built", "built 2021-04-01", None),
    "marketing": (FOR_ALL, "Marketing", "Marketing", "CONNECT Edition Update 17", None),
    "pre-release": (FOR_ALL, "Beta", "Beta", "4.2.0-rc1", None),
    "nothing": (FOR_ALL, "Silent", "Silent", "", None),
}


def scan(*products: Product) -> tuple[InstalledProduct, ...]:
    return Inventory([RegistryDetector()]).scan(Catalogue("Example Systems", products))


def by_name(name: str, **fields: str) -> Product:
    return Product("modeller", "Modeller", (DetectRule("arp-name", name=name, **fields),))


@pytest.mark.parametrize("case", WELL_KNOWN)
def test_well_known_installers_are_found_with_their_version(case: str) -> None:
    branch, name, shown, version, major = WELL_KNOWN[case]
    product = Product("it", "It", (DetectRule("arp-key", value=name.upper()),))
    with registered(branch, name, DisplayName=shown, DisplayVersion=version, Publisher="Somebody"):
        (found,) = scan(product)
    assert found.version_text == version
    assert (found.version and found.version.parts[0]) == major
    assert found.evidence[0].where.startswith(branch.hive)


def test_an_alias_makes_a_marketing_name_comparable() -> None:
    rule = DetectRule("arp-key", value="Marketing")
    aliases = {"CONNECT Edition Update 17": "10.17.0.0"}
    product = Product("m", "M", (rule,), version_aliases=aliases)
    with registered(FOR_ALL, "Marketing", DisplayName="M", DisplayVersion="CONNECT Edition Update 17"):
        assert [found.version for found in scan(product)] == [Version.parse("10.17")]


def test_the_two_entries_of_one_program_are_one_line() -> None:
    product = by_name(r"CONNECTION Client", publisher="example systems")
    client: dict[str, str | int] = {"DisplayName": "CONNECTION Client", "Publisher": "Example Systems"}
    with (
        registered(FOR_ALL, PRODUCT, DisplayVersion="11.00.03.14", **client),
        registered(FOR_ALL_32, "{b}", DisplayVersion="11.0.3.14", **client),
    ):
        (found,) = scan(product)
    assert found.version == Version((11, 0, 3, 14))
    assert len(found.evidence) == 2


def test_versions_side_by_side_are_lines_of_their_own() -> None:
    product = by_name(r"Modeller \d{4}")
    with (
        registered(FOR_ALL, "m22", DisplayName="Modeller 2022", DisplayVersion="22.1"),
        registered(FOR_ONE, "m23", DisplayName="Modeller 2023", DisplayVersion="23.0"),
    ):
        assert sorted(found.version_text for found in scan(product)) == ["22.1", "23.0"]


def test_a_name_must_fit_as_a_whole_and_come_from_its_publisher() -> None:
    product = by_name("Modeller", publisher="Example Systems", exclude="Language Pack")
    with ExitStack() as stack:
        for number, (name, publisher) in enumerate(
            [
                ("Modeller Extras", "Example Systems"),
                ("Modeller", "Somebody Else"),
                ("My Modeller", "Example Systems"),
            ]
        ):
            values = {"DisplayName": name, "DisplayVersion": "1.0", "Publisher": publisher}
            stack.enter_context(registered(FOR_ALL, f"name {number}", **values))
        assert scan(product) == ()


def test_language_packs_updates_and_hidden_components_are_not_the_product() -> None:
    product = by_name(r"Modeller.*", exclude="Language Pack")
    with (
        registered(FOR_ALL, "p1", DisplayName="Modeller Language Pack", DisplayVersion="1"),
        registered(FOR_ALL, "p2", DisplayName="Modeller", DisplayVersion="1", SystemComponent=1),
        registered(FOR_ALL, "p3", DisplayName="Modeller Fix", DisplayVersion="1", ParentKeyName="M"),
    ):
        assert scan(product) == ()


def test_an_upgrade_code_leads_to_the_product_of_windows_installer() -> None:
    code, product = packed(UPGRADE), packed(PRODUCT)
    rules = (DetectRule("msi-upgrade-code", value=UPGRADE.lower()),)
    with (
        key(FOR_ALL, rf"Software\Classes\Installer\UpgradeCodes\{code}", **{str(product): ""}),
        registered(FOR_ALL, PRODUCT, DisplayName="Example Modeller", DisplayVersion="10.17.02.61"),
    ):
        (found,) = scan(Product("example.modeller", "Example Modeller", rules))
    assert found.version == Version((10, 17, 2, 61))
    assert UPGRADE.lower() in found.evidence[0].where


def test_windows_installer_knows_the_version_of_a_product_that_hides_itself() -> None:
    code, product = packed(UPGRADE), packed(PRODUCT)
    with (
        key(FOR_ONE, rf"Software\Microsoft\Installer\UpgradeCodes\{code}", **{str(product): ""}),
        key(FOR_ONE, rf"Software\Microsoft\Installer\Products\{product}", Version=0x0A110002),
    ):
        (found,) = scan(Product("m", "M", (DetectRule("msi-upgrade-code", value=UPGRADE),)))
    assert found.version_text == "10.17.2"


@pytest.mark.parametrize("text", ["{11111111", "no code", "", "{" + "G" * 36 + "}"])
def test_what_is_no_upgrade_code_finds_nothing(text: str) -> None:
    assert scan(Product("m", "M", (DetectRule("msi-upgrade-code", value=text),))) == ()


def test_the_version_of_a_file_is_read_without_running_it() -> None:
    folder = Path(os.environ["ProgramFiles"]) / "Example" / "Modeller"  # noqa: SIM112  # its name on Windows
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "modeller.exe").write_bytes(Path(sys.executable).read_bytes())
    rule = DetectRule("file-version", path=r"%ProgramFiles%\Example\Modeller\modeller.exe")
    (found,) = scan(Product("m", "M", (rule,)))
    assert found.version_text.startswith("{}.{}.".format(*sys.version_info[:2]))
    assert found.launch is not None
    assert found.launch.command == (str(folder / "modeller.exe"),)


@pytest.mark.parametrize(
    "path",
    [
        r"\\server\share\x.exe",
        r"%USERNAME%\x.exe",
        "relative.exe",
        r"\\?\C:\x.exe",
        r"Z:x.exe",
        "",
    ],
)
def test_a_rule_looks_at_no_other_place(path: str) -> None:
    assert scan(Product("m", "M", (DetectRule("file-version", path=path),))) == ()


@pytest.fixture
def hostile() -> Iterator[str]:
    name = "<b>Modeller</b> & calc.exe\t\u202egpj.exe %PATH% $(reboot)"
    with (
        registered(FOR_ALL, "hostile", DisplayName=name, DisplayVersion="1.0", DisplayIcon="calc.exe & x,0"),
        registered(FOR_ALL, "no name", DisplayVersion="2.0"),
        registered(FOR_ALL, "a number for a name", DisplayName=17, DisplayVersion=3),
        registered(FOR_ALL, "endless", DisplayName="M" * 60_000, DisplayVersion="9" * 60_000),
        registered(FOR_ALL, "drive", DisplayName="Drive", DisplayVersion="1", InstallLocation="C:\\"),
    ):
        yield name


def test_hostile_entries_are_text_and_lose_only_themselves(hostile: str) -> None:
    rules = (DetectRule("arp-key", value="hostile"),)
    good = Product("good", "Good", (DetectRule("arp-key", value="good"),))
    everything = Product("all", "All", (DetectRule("arp-name", name=r"(?s).*"),))
    broken = Product("broken", "Broken", (DetectRule("arp-name", name="(["),))
    with registered(FOR_ONE, "good", DisplayName="Good", DisplayVersion="5.0"):
        found = scan(Product("bad", "Bad", rules), broken, everything, good)
    assert [(entry.product_id, entry.version_text) for entry in found if entry.product_id == "good"] == [
        ("good", "5.0")
    ]
    assert all(len(entry.version_text) <= 4096 for entry in found)
    assert all(entry.launch is None for entry in found if entry.product_id == "bad")


@pytest.mark.parametrize("scope", ["user", "machine"])
def test_a_real_setup_is_found_with_its_start(scope: str) -> None:
    product = Product("small-viewer", "Small Viewer SES", (DetectRule("arp-key", value="small-viewer"),))
    with installed("10.1.0.12", scope):
        (found,) = scan(product)
    assert found.version == Version((10, 1, 0, 12))
    assert found.evidence[0].where.startswith("HKCU" if scope == "user" else "HKLM (64-bit)")
    assert found.launch is not None
    program, *arguments = found.launch.command
    assert program.endswith(r"\Small Viewer SES\viewer.exe")
    assert arguments == ["--from", "start menu"]
    assert scan(product) == ()


def test_an_app_path_starts_a_program_without_a_shortcut() -> None:
    home = r"C:\Tools\Pathfinder"
    program = rf"{home}\pathfinder.exe"
    app_path = r"Software\Microsoft\Windows\CurrentVersion\App Paths\pathfinder.exe"
    with (
        registered(FOR_ALL, "pathfinder", DisplayName="Pathfinder", DisplayVersion="1", InstallLocation=home),
        key(FOR_ALL, app_path, default=program),
    ):
        (found,) = scan(Product("p", "P", (DetectRule("arp-key", value="pathfinder"),)))
    assert found.launch is not None
    assert found.launch.command == (program,)


def test_every_one_of_many_programs_is_found() -> None:
    names = [f"many {number}" for number in range(200)]
    products = [Product(name.replace(" ", "-"), name, (DetectRule("arp-key", value=name),)) for name in names]
    with ExitStack() as stack:
        for name in names:
            stack.enter_context(registered(FOR_ALL, name, DisplayName=name, DisplayVersion="1.0"))
        assert len(scan(*products)) == len(names)
    assert value_of(FOR_ALL, rf"{UNINSTALL}\many 0", "DisplayName") is None
