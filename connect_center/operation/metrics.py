# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How many requests there are and how long they take, for Prometheus.

With several workers the counts are shared through the folder that `PROMETHEUS_MULTIPROC_DIR` names.
"""

import hmac
import ipaddress
import os
import time
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client import REGISTRY as OF_THIS_PROCESS
from prometheus_client.multiprocess import MultiProcessCollector

from connect_center import environment

Answer = Callable[[HttpRequest], HttpResponse]

REQUESTS = Counter("center_requests_total", "Answered requests", ["method", "view", "status"])
SECONDS = Histogram(
    "center_request_seconds",
    "Time until the answer stands",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1.0, 3.0, 10.0),
)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def measured(answer: Answer) -> Answer:
    """Middleware that counts every answer under the name of its view, never under an address."""

    def with_count(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = answer(request)
        match = request.resolver_match
        view = (match.view_name or match._func_path) if match else "none"  # noqa: SLF001  # views without a name
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(method, view, response.status_code).inc()
        SECONDS.labels(view).observe(time.perf_counter() - started)
        return response

    return with_count


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For this computer, or for whoever has the token in `CENTER_METRICS_TOKEN_FILE`."""
    if not _may_read(request):
        raise Http404
    registry = OF_THIS_PROCESS
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # joins the registry
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    token = environment.secret("CENTER_METRICS_TOKEN_FILE")
    if token:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), token.encode())
    through_proxy = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not through_proxy and _is_here(request.META.get("REMOTE_ADDR", ""))


def _is_here(address: str) -> bool:
    if not address:  # a Unix socket
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
