# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`publish`: what a publisher types. Each action ends in one sentence; a refusal exits with 1."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from connect_center.delivery.models import Package
from connect_center.delivery.shelf import mirror
from connect_center.delivery.storage import bring
from connect_center.publisher.catalogue import EVERYBODY
from connect_center.publisher.errors import PublishError
from connect_center.publisher.publishing import Publisher
from connect_center.publisher.release_arguments import add_release_arguments, order_of, percent
from connect_center.publisher.winget import read_manifests

_PUBLISHER = "CONNECT Center"
_ENDS_SOON = 3  # the exit code of `check` when all is sound but not for long


class Command(BaseCommand):
    help = "Sign and publish releases, so that clients see them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        init = actions.add_parser("init", help="make the keys and an empty, signed catalogue")
        _add_root_keys(init)
        init.add_argument("--publisher", default=_PUBLISHER, help="who signs, as clients show it")
        add_release_arguments(actions.add_parser("add", help="publish a package"))
        withdraw = actions.add_parser("withdraw", help="take a release back")
        _add_release(withdraw)
        withdraw.add_argument("--reason", required=True, help="what people read about it")
        rollout = actions.add_parser("rollout", help="offer a release to a share of the computers")
        _add_release(rollout)
        rollout.add_argument("percent", type=percent)
        actions.add_parser("list", help="what clients see now")
        check = actions.add_parser("check", help="whether signatures, catalogue and files are sound")
        check.add_argument("--days", type=int, default=1, help="exit with 3 when something ends so soon")
        actions.add_parser("upload", help="bring all packages to the object storage")
        winget = actions.add_parser("import-winget", help="draft a product from winget manifests")
        winget.add_argument("files", nargs="+", type=Path, metavar="MANIFEST.yaml")
        winget.add_argument("--product", default="", help="the product's id; else from the manifest's")
        _add_signing(actions)

    def handle(self, *_args: Any, action: str, root_keys: Path | None = None, **options: Any) -> None:
        publisher = Publisher(
            Path(settings.CENTER_STATE), root_keys=root_keys, on_prepared=mirror, on_stored=bring
        )
        try:
            for line in getattr(self, f"_{action.replace('-', '_')}")(publisher, options):
                self.stdout.write(line)
        except PublishError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be used ({error}). What clients see is kept. "
                "If this Center never ran, make its tables first: migrate"
            ) from error
        except OSError as error:
            raise CommandError(
                f"The disk refused this ({error}). What clients see is kept. Mend it and run this again."
            ) from error

    def _init(self, publisher: Publisher, options: dict[str, Any]) -> Iterator[str]:
        if publisher.initialise(options["publisher"]):
            yield "The keys are made, and an empty catalogue is signed. Next: publish add FILE.deb"
        else:
            yield "This was done before. Nothing was changed."

    def _add(self, publisher: Publisher, options: dict[str, Any]) -> Iterator[str]:
        publisher.initialise(_PUBLISHER)
        for path in options["files"]:
            published = publisher.add(path, order_of(options))
            state = "is published" if published.new else "was published before; nothing was changed"
            yield f"{published.name} {published.facts.version} {state}."

    def _withdraw(self, publisher: Publisher, options: dict[str, Any]) -> Iterator[str]:
        publisher.withdraw(options["product"], options["version"], options["reason"])
        yield f"{options['product']} {options['version']} is withdrawn. Clients show the reason."

    def _rollout(self, publisher: Publisher, options: dict[str, Any]) -> Iterator[str]:
        publisher.roll_out(options["product"], options["version"], options["percent"])
        product, version, percent = options["product"], options["version"], options["percent"]
        yield f"{product} {version} is offered to {percent} % of the computers."

    def _list(self, publisher: Publisher, _options: dict[str, Any]) -> Iterator[str]:
        for product in publisher.catalogue()["products"]:
            for release in product["releases"]:
                words = [
                    product["id"],
                    *(release[name] for name in ("version", "channel", "severity", "date")),
                ]
                words.append(f"{release.get('rollout', {}).get('percent', EVERYBODY)} %")
                yield "  ".join(words + (["withdrawn"] if "withdrawn" in release else []))

    def _check(self, publisher: Publisher, options: dict[str, Any]) -> Iterator[str]:
        found = publisher.check()
        for state in publisher.states():
            yield f"{state.role}: version {state.version}, signed until {state.expires:%Y-%m-%d %H:%M} UTC"
        if found:
            raise CommandError("\n".join(found))
        ending = publisher.ending(timedelta(days=options["days"]))
        if ending:
            raise CommandError("\n".join(ending), returncode=_ENDS_SOON)
        yield "Everything that clients see is sound."

    def _rotate(self, publisher: Publisher, options: dict[str, Any]) -> Iterator[str]:
        publisher.rotate(options["role"])
        yield f"{options['role']} has a new key. Destroy the copies of the old one, and keep one of the new."

    def _delegate(self, publisher: Publisher, options: dict[str, Any]) -> Iterator[str]:
        publisher.delegate(options["role"], options["pattern"])
        yield f"{options['role']} signs {options['pattern']} from now on, with a key of its own."

    def _take_back(self, publisher: Publisher, options: dict[str, Any]) -> Iterator[str]:
        publisher.take_back(options["role"])
        yield f"{options['role']} signs nothing any longer. Its key can be destroyed."

    def _prune(self, publisher: Publisher, options: dict[str, Any]) -> Iterator[str]:
        removed = publisher.prune(timedelta(days=options["days"]))
        yield f"Removed: {len(removed)}." if removed else "Nothing is so old. Nothing was changed."

    def _upload(self, publisher: Publisher, _options: dict[str, Any]) -> Iterator[str]:
        paths = Package.objects.order_by("path").values_list("path", flat=True)
        brought = [path for path in paths if bring(path, publisher.files.folder / path)]
        yield f"Brought: {len(brought)}." if brought else "All packages are where they are handed out from."

    def _import_winget(self, _publisher: Publisher, options: dict[str, Any]) -> Iterator[str]:
        draft = read_manifests(options["files"], options["product"])
        yield json.dumps(draft.product, ensure_ascii=False, indent=1)
        for sentence in draft.open_points:
            self.stderr.write(sentence)

    def _renew(self, publisher: Publisher, options: dict[str, Any]) -> Iterator[str]:
        renewed = publisher.renew(timedelta(days=options["days"]))
        yield (
            f"Signed anew: {', '.join(renewed)}." if renewed else "Nothing ends so soon. Nothing was changed."
        )


def _add_root_keys(parser: ArgumentParser) -> None:
    parser.add_argument("--root-keys", type=Path, help="the folder of the root keys, if it is elsewhere")


def _add_release(parser: ArgumentParser) -> None:
    parser.add_argument("product", help="the product's id, as `publish list` shows it")
    parser.add_argument("version")


def _add_signing(actions: Any) -> None:
    """What is done with signatures and keys; `actions` is argparse's own kind of action."""
    renew = actions.add_parser("renew", help="sign anew what ends soon")
    _add_root_keys(renew)
    renew.add_argument("--days", type=int, default=2, help="what ends within so many days")
    rotate = actions.add_parser("rotate", help="change the key of a role, or with “root” all root keys")
    _add_root_keys(rotate)
    rotate.add_argument("role")
    delegate = actions.add_parser("delegate", help="let a new role sign a folder of targets")
    delegate.add_argument("role")
    delegate.add_argument("pattern", help="such as partner/*")
    actions.add_parser("take-back", help="end a delegation").add_argument("role")
    prune = actions.add_parser("prune", help="remove signed lists that were superseded long ago")
    prune.add_argument("--days", type=int, default=30, help="what was superseded so many days ago")
