# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where packages are handed out from, as the operator says by environment variables.

`CENTER_PACKAGES_URL` names object storage with an S3 interface: `s3://bucket/folder?endpoint=https://…&region=…`.
The file named by `CENTER_PACKAGES_KEY_FILE` holds the key's id and, on the next line, its secret; without it
the surroundings give them (the role of the computer, as boto3 finds it). `CENTER_PACKAGES_CDN` is the address
of a CDN in front of it, `CENTER_PACKAGES_CDN_KEY_ID` and `CENTER_PACKAGES_CDN_KEY_FILE` what signs its links.
"""

import os
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from connect_center import environment
from connect_center.environment import SettingNotReadable

LINK_SECONDS = 300


def packages() -> dict[str, Any]:
    """The entry `packages` of Django's STORAGES, or nothing: then files lie in the state folder."""
    url = os.environ.get("CENTER_PACKAGES_URL", "")
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname:
        raise SettingNotReadable("CENTER_PACKAGES_URL", "it has to look like s3://bucket/folder.")
    query = dict(parse_qsl(parts.query))
    options = {
        "bucket_name": parts.hostname,
        "location": parts.path.strip("/"),
        "endpoint_url": query.get("endpoint"),
        "region_name": query.get("region"),
        "signature_version": "s3v4",
        "addressing_style": "path" if query.get("endpoint") else "auto",
        "file_overwrite": True,  # a path stands for one content for ever; a second try writes the same
        "querystring_auth": True,
        "querystring_expire": environment.number("CENTER_PACKAGES_LINK_SECONDS", LINK_SECONDS),
        **_key(),
        **_cdn(),
    }
    return {"packages": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}}


def _key() -> dict[str, Any]:
    lines = environment.secret("CENTER_PACKAGES_KEY_FILE").split()
    if not lines:
        return {}
    if len(lines) != 2:  # noqa: PLR2004  # an id and a secret
        raise SettingNotReadable("CENTER_PACKAGES_KEY_FILE", "the file has to hold an id and a secret.")
    return {"access_key": lines[0], "secret_key": lines[1]}


def _cdn() -> dict[str, Any]:
    url = os.environ.get("CENTER_PACKAGES_CDN", "")
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise SettingNotReadable("CENTER_PACKAGES_CDN", "it has to look like https://packages.example.")
    signing = {
        "cloudfront_key_id": os.environ.get("CENTER_PACKAGES_CDN_KEY_ID", ""),
        "cloudfront_key": environment.secret("CENTER_PACKAGES_CDN_KEY_FILE").encode(),
    }
    if not all(signing.values()):
        raise SettingNotReadable("CENTER_PACKAGES_CDN", "its links need a key: its id, and a file.")
    return {"custom_domain": parts.netloc, "url_protocol": f"{parts.scheme}:", **signing}
