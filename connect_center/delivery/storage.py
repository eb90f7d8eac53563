# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Packages in object storage: brought there when they are published, handed out by links that soon end."""

from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages

from connect_center.delivery.models import Package
from connect_center.publisher.errors import StorageUnreachable

PACKAGE_TYPE = "application/vnd.debian.binary-package"


def is_remote() -> bool:
    """Whether packages are handed out by object storage, not by the Center."""
    return "packages" in settings.STORAGES


def bring(path: str, file: Path) -> bool:
    """Copy a package to the object storage; False when it is there. Raises StorageUnreachable, OSError."""
    if not is_remote():
        return False
    storage: Any = storages["packages"]
    try:
        if storage.exists(path) and storage.size(path) == file.stat().st_size:
            return False
        with file.open("rb") as stream:
            storage.save(path, File(stream, name=file.name))
    except (BotoCoreError, ClientError) as error:
        raise StorageUnreachable(
            f"{file.name} could not be brought to the object storage ({error}). "
            "What clients see is kept. Run this again when the storage can be reached."
        ) from error
    return True


def link(package: Package, method: str) -> str:
    """An address of the package that holds for some minutes and this method, GET or HEAD."""
    storage: Any = storages["packages"]
    parameters = {
        "ResponseContentDisposition": f'attachment; filename="{package.filename}"',
        "ResponseContentType": PACKAGE_TYPE,
    }
    found: str = storage.url(package.path, parameters=parameters, http_method=method)
    return found
