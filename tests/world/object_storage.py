# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Object storage that speaks S3, in a process of its own on loopback."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import httpx

from tests.world.processes import end, start
from tests.world.waiting import wait_until

BUCKET = "packages"
KEY = ("example-id", "example-secret")
START_SECONDS = 60.0


@dataclass(frozen=True)
class ObjectStorage:
    """`address` without a slash at the end; `environment` makes a Center use it."""

    address: str
    key_file: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "CENTER_PACKAGES_URL": f"s3://{BUCKET}/delivery?endpoint={self.address}&region=us-east-1",
            "CENTER_PACKAGES_KEY_FILE": str(self.key_file),
        }

    def names(self) -> list[str]:
        """What lies in the bucket."""
        listed = self.client().list_objects_v2(Bucket=BUCKET)
        return sorted(one["Key"] for one in listed.get("Contents", ()))

    def client(self) -> Any:
        """The maker's own client."""
        return boto3.client(
            "s3",
            endpoint_url=self.address,
            region_name="us-east-1",
            aws_access_key_id=KEY[0],
            aws_secret_access_key=KEY[1],
        )


@contextmanager
def object_storage(folder: Path) -> Iterator[ObjectStorage]:
    """An empty bucket, until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = start(command, os.environ | {"PYTHONWARNINGS": "ignore"}, folder / "storage.log")
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _answers(address), START_SECONDS, "no object storage")
        key_file = folder / "storage.key"
        key_file.write_text("\n".join(KEY))
        storage = ObjectStorage(address, key_file)
        storage.client().create_bucket(Bucket=BUCKET)
        yield storage
    finally:
        end(process)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/moto-api/", trust_env=False).status_code < 500
    except httpx.TransportError:
        return False
