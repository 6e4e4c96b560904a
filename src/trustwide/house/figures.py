"""Figures for those who watch the server: counts and times of requests, what waits, and how old the backup is."""

from __future__ import annotations

import hmac
import sys
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_address

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from trustwide.house.archive import LAST_BACKUP
from trustwide.house.network_settings import LOOPBACK
from trustwide.rooms.commons import notices
from trustwide.rooms.jobs import queries as jobs
from trustwide.rooms.people.gates import public

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto")
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10)

registry = CollectorRegistry()
ProcessCollector(registry=registry)
requests = Counter("trustwide_requests", "Requests answered.", ["method", "route", "status"], registry=registry)
durations = Histogram(
    "trustwide_request_seconds", "How long answers took.", ["route"], buckets=SECONDS, registry=registry
)
failures = Counter("trustwide_exceptions", "Requests that failed unforeseen.", ["kind"], registry=registry)


def count(*, method: str, route: str, status: int, seconds: float) -> None:
    requests.labels(method, route, str(status)).inc()
    durations.labels(route).observe(seconds)


def count_failure(sender: object, request: HttpRequest | None = None, **_more: object) -> None:
    """Django tells us while it handles what went wrong."""
    kind = sys.exc_info()[0]
    failures.labels(kind.__name__ if kind else "unknown").inc()


got_request_exception.connect(count_failure, dispatch_uid="house.count_failure")


def longest_wait() -> float:
    """Seconds since the job that has waited longest should have been done."""
    oldest = jobs.oldest_waiting()
    return max(0.0, time.time() - oldest.timestamp()) if oldest else 0.0


WAITING: dict[str, tuple[str, Callable[[], float]]] = {
    "trustwide_notices_waiting": ("Notices not read, and not told in a letter yet.", notices.waiting),
    "trustwide_jobs_waiting": ("Jobs to be done, now or later.", jobs.waiting),
    "trustwide_jobs_not_done": ("Jobs that were given up.", jobs.not_done),
    "trustwide_jobs_longest_wait_seconds": ("Since the oldest job should have been done.", longest_wait),
}


class Waiting(Collector):
    """What is looked up when somebody asks, and left out where it cannot be."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            found = {name: look() for name, (_help, look) in WAITING.items()}
        except Error:
            found = {}
        yield GaugeMetricFamily("trustwide_database_up", "1: the database answers.", value=1 if found else 0)
        for name, value in found.items():
            yield GaugeMetricFamily(name, WAITING[name][0], value=value)
        last = settings.DATA / LAST_BACKUP
        if last.exists():
            age = time.time() - last.stat().st_mtime
            yield GaugeMetricFamily("trustwide_backup_age_seconds", "Since the last whole backup.", value=age)


registry.register(Waiting())


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For a watcher on this machine, or one that shows the token; nobody else learns that it is there."""
    if not (is_from_here(request) or shows_token(request)):
        raise Http404
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def is_from_here(request: HttpRequest) -> bool:
    """From this machine, and not on somebody's behalf: a proxy beside us is on this machine too."""
    try:
        near = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    host = request.get_host().rpartition(":")[0] or request.get_host()
    named_here = settings.ON_THIS_MACHINE or host in LOOPBACK
    return near and named_here and not any(name in request.headers for name in FORWARDED)


def shows_token(request: HttpRequest) -> bool:
    shown = request.headers.get("Authorization", "").encode()
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(shown, f"Bearer {settings.METRICS_TOKEN}".encode())
