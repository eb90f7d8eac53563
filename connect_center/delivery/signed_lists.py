# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The signed repository for everybody. A file is read once: no answer mixes two versions."""

import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

_METADATA_NAME = re.compile(r"(?:[0-9]{1,9}\.[a-z][a-z0-9-]*|timestamp)\.json")
_TARGET_NAME = re.compile(r"(?:[a-z][a-z0-9-]*/)*[0-9a-f]{64}\.[A-Za-z0-9._-]+")
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


@require_safe
def metadata_file(_request: HttpRequest, name: str) -> HttpResponse:
    """GET /tuf/metadata/…: signed metadata; only the timestamp ever changes under its name."""
    if not _METADATA_NAME.fullmatch(name):
        raise Http404
    return _answer(Path("metadata", name), _ASK_AGAIN if name == "timestamp.json" else _FOR_EVER)


@require_safe
def target_file(_request: HttpRequest, path: str) -> HttpResponse:
    """GET /tuf/targets/…: signed targets; their names hold their hash."""
    if not _TARGET_NAME.fullmatch(path):
        raise Http404
    return _answer(Path("targets", path), _FOR_EVER)


def _answer(path: Path, caching: str) -> HttpResponse:
    try:
        content = (Path(settings.CENTER_STATE) / "tuf" / path).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    kind = "application/json" if path.suffix == ".json" else "application/octet-stream"
    answer = HttpResponse(content, content_type=kind)
    answer["ETag"] = f'"{hashlib.sha256(content).hexdigest()}"'
    answer["Cache-Control"] = caching
    return answer
