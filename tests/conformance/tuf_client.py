# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""init, refresh and download as tuf-conformance asks for them; exit status 0 or 1.

Source: CLIENT-CLI.md of github.com/theupdateframework/tuf-conformance.
"""

import argparse
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx
from tuf.api.exceptions import DownloadError, RepositoryError

from connection_client.backend.trust import TrustedUpdater
from connection_client.backend.tuf_fetchers import HttpFetcher

# What the client is shipped with; no metadata, so not named like some.
SHIPPED = "shipped-root"


def main() -> int:
    """Run one command."""
    options = _parser().parse_args()
    folder: Path = options.metadata_dir
    if options.command == "init":
        shutil.copyfile(options.trusted_root, folder / SHIPPED)
        shutil.copyfile(options.trusted_root, folder / "root.json")
        return 0
    try:
        with httpx.Client(trust_env=False, timeout=20) as client:
            _update(options, client)
    except (RepositoryError, DownloadError, OSError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


def _update(options: argparse.Namespace, client: httpx.Client) -> None:
    updater = TrustedUpdater(
        options.metadata_dir,
        options.metadata_url,
        options.target_base_url,
        HttpFetcher(client),
        (options.metadata_dir / SHIPPED).read_bytes(),
        datetime.now(UTC),
        options.target_dir,
    )
    updater.refresh()
    for name in options.target_name if options.command == "download" else ():
        target = updater.get_targetinfo(name)
        if target is None:
            raise RepositoryError(f"{name} is not there")
        if updater.find_cached_target(target) is None:
            updater.download_target(target)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--metadata-url", default="")
    parser.add_argument("--metadata-dir", type=Path, required=True)
    parser.add_argument("--target-name", action="append", default=[])
    parser.add_argument("--target-dir", type=Path)
    parser.add_argument("--target-base-url", default="")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("init").add_argument("trusted_root", type=Path)
    commands.add_parser("refresh")
    commands.add_parser("download")
    return parser


if __name__ == "__main__":
    sys.exit(main())
