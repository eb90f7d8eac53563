# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an IT department needs to install something for a person who may not: one text, no secrets."""

from connection_client.domain.catalogue import Package
from connection_client.domain.language import _
from connection_client.domain.recommendations import Recommendation
from connection_client.domain.sizes import readable_size
from connection_client.updates.context import Context


def letter_for_it(offer: Recommendation, context: Context, center: str) -> str:
    """The text; `center` is the address from which the files come."""
    before = offer.installed.version_text if offer.installed is not None else _("not installed")
    computer = context.computer
    lines = [
        _("{name} {version}").format(name=offer.product.name, version=offer.release.version_text),
        "",
        _("Installed now: {version}").format(version=before),
        _("Computer: {system}, {architecture}").format(
            system=computer.os, architecture=computer.architecture
        ),
        _("Asked for by: {who}").format(who=context.account.email if context.account else "-"),
        "",
        _("Files, in the order in which they have to be installed:"),
        *(line for package in offer.chain for line in _lines_of(package, center)),
        "",
        _("Check the SHA-256 of each file before you install it. On this person's computer,"),
        _("the following does both, as an administrator:"),
        "",
        *(f"    connection-client install {package.filename}" for package in offer.chain),
    ]
    return "\n".join(lines) + "\n"


def _lines_of(package: Package, center: str) -> list[str]:
    silent = " ".join(package.install.arguments.get("silent", ()))
    return [
        "",
        f"  {package.filename}",
        "    " + _("address: {address}").format(address=f"{center}/delivery/files/{package.path}"),
        "    "
        + _("size: {size} ({bytes} bytes)").format(size=readable_size(package.length), bytes=package.length),
        f"    SHA-256: {package.sha256}",
        "    " + _("kind: {kind}").format(kind=package.install.kind),
        *(["    " + _("unattended: {arguments}").format(arguments=silent)] if silent else []),
    ]
