# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The package for macOS: the bundle, the start with each desktop, the command line; signed and notarised.

Three names in the environment, all for a published package: CONNECTION_MACOS_APPLICATION_IDENTITY ("Developer
ID Application: …"), CONNECTION_MACOS_INSTALLER_IDENTITY ("Developer ID Installer: …"), and
CONNECTION_MACOS_NOTARY_PROFILE, as `xcrun notarytool store-credentials` keeps it in the Keychain.
"""

import os
import platform
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from installers import client, macos_bundle, macos_files
from installers.errors import BuildError

_APPLICATION = "CONNECTION_MACOS_APPLICATION_IDENTITY"
_INSTALLER = "CONNECTION_MACOS_INSTALLER_IDENTITY"
_NOTARY = "CONNECTION_MACOS_NOTARY_PROFILE"


@dataclass(frozen=True)
class Signing:
    """Who signs and who notarises; empty names mean a trial build that macOS warns of."""

    application: str = ""
    installer: str = ""
    notary: str = ""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Signing":
        """What the environment names; raises BuildError where a part is missing that the others need."""
        signing = cls(*(environment.get(name, "") for name in (_APPLICATION, _INSTALLER, _NOTARY)))
        if signing.notary and not (signing.application and signing.installer):
            raise BuildError(f"Notarising needs {_APPLICATION} and {_INSTALLER} as well.")
        return signing


def build(root: Path, out: Path) -> Path:
    """Build the package into `out`; raises BuildError, on any other system than macOS at once."""
    signing = Signing.of(os.environ)
    bundle = macos_bundle.build(root)
    version, architecture = client.client_version(root), platform.machine()
    work = root / "build" / "macos" / "package"
    lay_out(bundle, work, version, architecture)
    out.mkdir(parents=True, exist_ok=True)
    package = out / f"connection-client-{version}-{architecture}.pkg"
    for command in steps(work, bundle, package, version, signing):
        macos_bundle.run(command)
    return package


def lay_out(bundle: Path, work: Path, version: str, architecture: str) -> None:
    """Everything that pkgbuild and productbuild read, below `work`."""
    shutil.rmtree(work, ignore_errors=True)
    root = work / "root"
    for folder in ("Applications", "Library/LaunchAgents", "usr/local/bin"):
        (root / folder).mkdir(parents=True)
    shutil.copytree(bundle, root / "Applications" / macos_files.APP, symlinks=True)
    program = f"/Applications/{macos_files.APP}/Contents/MacOS/{macos_files.NAME}"
    (root / "usr" / "local" / "bin" / "connection-client").symlink_to(program)
    agent = root / "Library" / "LaunchAgents" / f"{macos_files.IDENTIFIER}.plist"
    agent.write_bytes(macos_files.agent())
    agent.chmod(0o644)  # launchd passes over what others may write
    (work / "component.plist").write_bytes(macos_files.component())
    (work / "distribution.xml").write_bytes(macos_files.distribution(version, architecture))
    (work / "scripts").mkdir()
    for name, text in (("preinstall", macos_files.before()), ("postinstall", macos_files.after())):
        script = work / "scripts" / name
        script.write_text(text, "utf-8")
        script.chmod(0o755)


def steps(work: Path, bundle: Path, package: Path, version: str, signing: Signing) -> Iterator[list[str]]:
    """The commands from the signed bundle to the notarised package, in their order."""
    yield ["/usr/bin/codesign", "--verify", "--deep", "--strict", str(bundle)]
    component = work / macos_files.COMPONENT_FILE
    facts = {
        "--root": work / "root",
        "--component-plist": work / "component.plist",
        "--scripts": work / "scripts",
        "--identifier": f"{macos_files.IDENTIFIER}.pkg",
        "--version": macos_files.numbers_of(version),
        "--install-location": "/",
        "--ownership": "recommended",
    }
    yield ["/usr/bin/pkgbuild", *_words(facts), str(component)]
    product: dict[str, object] = {"--distribution": work / "distribution.xml", "--package-path": work}
    if signing.installer:
        product |= {"--sign": signing.installer}
    yield ["/usr/bin/productbuild", *_words(product), str(package)]
    if signing.notary:
        waiting = ["--keychain-profile", signing.notary, "--wait"]
        yield ["/usr/bin/xcrun", "notarytool", "submit", str(package), *waiting]
        yield ["/usr/bin/xcrun", "stapler", "staple", str(package)]
        yield ["/usr/sbin/spctl", "--assess", "--type", "install", str(package)]


def _words(facts: Mapping[str, object]) -> list[str]:
    return [word for name, value in facts.items() for word in (name, str(value))]
