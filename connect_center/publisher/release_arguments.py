# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a publisher types about a release."""

import json
import re
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from connect_center.publisher.catalogue import EVERYBODY, ReleaseOrder
from connect_center.publisher.errors import PackageNotReadable
from connect_center.publisher.package_reader import Stated
from connect_center.publisher.product_icon import read_icon

_SIGNERS = {"team_id": re.compile(r"[A-Z0-9]{10}"), "authenticode_subject_o": re.compile(r".{1,200}")}


def add_release_arguments(parser: ArgumentParser) -> None:
    """The options of `publish add`."""
    _add_file_arguments(parser)
    _add_rule_arguments(parser)
    _add_offer_arguments(parser)


def _add_file_arguments(parser: ArgumentParser) -> None:
    """What the files are."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=".deb, .rpm, .AppImage, .exe, .msi, .msix, .pkg or .dmg",
    )
    parser.add_argument("--product", default="", help="the product's id; else from the package's name")
    parser.add_argument("--name", default="", help="the product's name; else from its desktop entry")
    parser.add_argument("--version", default="", help="where the file does not say it")
    parser.add_argument("--arch", default="", choices=("x64", "x86", "arm64", "universal", "any"))
    parser.add_argument(
        "--scope", default="", choices=("user", "machine"),
        help="for whom it is installed, where the file leaves that open; user needs no rights",
    )  # fmt: skip
    parser.add_argument(
        "--silent", action="append", default=[], metavar="ARGUMENT",
        help="an argument with which a setup asks nothing, such as --silent=/quiet; can be repeated",
    )  # fmt: skip
    parser.add_argument("--draft", type=_draft, help="the product that import-winget printed")


def _add_rule_arguments(parser: ArgumentParser) -> None:
    """How clients find, check and show the product."""
    parser.add_argument(
        "--detect", action="append", default=[], type=_rule, metavar="TYPE=VALUE",
        help="how clients find the product, such as macos-bundle=example.viewer; can be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--signer", action="append", default=[], type=_signer, metavar="KEY=VALUE",
        help="who has to have signed the file: team_id=ABCDE12345 on macOS, "
        "authenticode_subject_o=ORGANISATION on Windows; can be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--icon", type=_icon, default=b"", metavar="FILE",
        help="what clients show for the product before it is installed, PNG or SVG; else from the .deb",
    )  # fmt: skip


def _add_offer_arguments(parser: ArgumentParser) -> None:
    """Who is offered them, and with which words."""
    parser.add_argument("--severity", default="recommended", choices=("critical", "recommended", "optional"))
    parser.add_argument("--channel", default="stable")
    parser.add_argument("--kind", default="update", choices=("update", "upgrade"))
    parser.add_argument("--date", type=date.fromisoformat, help="YYYY-MM-DD; else today")
    parser.add_argument("--label", default="", help="the release's name beside its number")
    parser.add_argument("--rollout", type=percent, default=EVERYBODY, help="per cent of the computers")
    parser.add_argument("--notes", default="", help="what is new, in a sentence or two")
    parser.add_argument("--notes-url", default="")
    parser.add_argument(
        "--cve", action="append", default=[], help="a weakness that is closed; can be repeated"
    )
    parser.add_argument(
        "--applies-to", default="", help="installed versions it is offered to, such as >=10.0,<11"
    )
    parser.add_argument("--critical-below", default="", help="installed versions below this must update")
    parser.add_argument("--public", action="store_true", help="downloads need no account")


def order_of(options: dict[str, Any]) -> ReleaseOrder:
    """What they say together."""
    draft = options["draft"] or {}
    (release,) = draft.get("releases") or [{}]
    notes = release.get("notes", {})
    return ReleaseOrder(
        product_id=options["product"] or draft.get("id", ""),
        name=options["name"] or draft.get("name", ""),
        stated=Stated(options["version"] or release.get("version", ""), options["arch"], options["scope"]),
        silent=tuple(options["silent"]),
        signer=tuple(options["signer"]),
        detect=tuple(options["detect"]),
        draft=options["draft"],
        icon=options["icon"],
        severity=options["severity"],
        channel=options["channel"],
        kind=options["kind"],
        dated=options["date"],
        label=options["label"],
        rollout=options["rollout"],
        notes=options["notes"] or notes.get("summary", ""),
        notes_url=options["notes_url"] or notes.get("url", ""),
        cves=tuple(options["cve"]),
        applies_to=options["applies_to"],
        critical_below=options["critical_below"],
        public=options["public"],
    )


def _rule(text: str) -> dict[str, str]:
    kind, _, value = text.partition("=")
    if not kind or not value:
        raise ArgumentTypeError(f"“{text}” is no rule; give its type and value, such as arp-key=Viewer")
    field = {"arp-name": "name", "file-version": "path"}.get(kind, "value")
    return {"type": kind, field: value}


def _signer(text: str) -> tuple[str, str]:
    key, _, value = text.partition("=")
    if key not in _SIGNERS or not _SIGNERS[key].fullmatch(value):
        raise ArgumentTypeError(
            f"“{text}” names no signer; give team_id and ten capitals and digits, "
            "or authenticode_subject_o and the organisation in its certificate"
        )
    return key, value


def _icon(text: str) -> bytes:
    try:
        return read_icon(Path(text))
    except PackageNotReadable as error:
        raise ArgumentTypeError(str(error)) from error


def _draft(text: str) -> dict[str, Any]:
    try:
        draft: dict[str, Any] = json.loads(Path(text).read_text(encoding="utf-8"))
        (_release,) = draft["releases"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArgumentTypeError(f"{text} is no draft ({error}); make it with import-winget") from error
    return draft


def percent(text: str) -> int:
    """A share from 0 to 100."""
    if not text.isascii() or not text.isdigit() or int(text) > EVERYBODY:
        raise ArgumentTypeError(f"“{text}” is no share; give a number from 0 to 100")
    return int(text)
