# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether this process lives and can do its work: asked every few seconds, under any host name."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from connect_center.operation.shared_cache import SharedCache

Answer = Callable[[HttpRequest], HttpResponse]

LIVE, READY = "/health/live", "/health/ready"
_migrated = False


def answered_first(answer: Answer) -> Answer:
    """Middleware that answers before host names, sessions and redirects are looked at."""

    def with_health(request: HttpRequest) -> HttpResponse:
        if request.path_info == LIVE:
            return JsonResponse({"status": "ok"})
        if request.path_info == READY:
            return _ready()
        return answer(request)

    return with_health


def _ready() -> HttpResponse:
    """200 when database, cache and tables are there, else 503 with the name of what is not."""
    parts = {"database": _database, "migrations": _migrations, "cache": _cache}
    wrong = [name for name, works in parts.items() if not works()]
    body: dict[str, object] = {"status": "unavailable", "missing": wrong} if wrong else {"status": "ok"}
    if not wrong and SharedCache.is_away():
        body = {"status": "degraded", "missing": ["cache"]}  # it goes on, so it stays in the rotation
    response = JsonResponse(body, status=503 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        connection.close()
        return False


def _migrations() -> bool:
    """Whether the tables are as new as this program; once they are, they stay so while it runs."""
    global _migrated  # noqa: PLW0603  # asked every few seconds, and too dear for that
    try:
        if not _migrated:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False
    return _migrated


def _cache() -> bool:
    try:
        cache.set("health", DEFAULT_DB_ALIAS, 10)
        return bool(cache.get("health") == DEFAULT_DB_ALIAS)
    except Exception:  # noqa: BLE001  # every kind of cache has errors of its own
        return False
