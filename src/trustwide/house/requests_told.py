"""What is told of each request: a line of the log, and figures for those who watch the server."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from trustwide.house import figures
from trustwide.house.logs import REQUESTS

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
NO_ROUTE = "none"
log = logging.getLogger(REQUESTS)


def tell_of_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the outermost: the route's name and not the address, who by id alone, and how long it took."""

    def respond(request: HttpRequest) -> HttpResponse:
        began, number = time.perf_counter(), uuid4().hex
        response = get_response(request)
        took, route = time.perf_counter() - began, route_of(request)
        method = request.method if request.method in METHODS else "other"
        figures.count(method=str(method), route=route, status=response.status_code, seconds=took)
        response["X-Request-Id"] = number  # so that somebody can say which one went wrong
        told = {"method": method, "route": route, "status": response.status_code, "ms": round(1000 * took, 1)}
        log.info("request", extra={**told, "person": person_of(request), "request_id": number})
        return response

    return respond


def route_of(request: HttpRequest) -> str:
    """The name that the address has in our own list of them."""
    found = request.resolver_match
    return (found.view_name or found.route) if found else NO_ROUTE


def person_of(request: HttpRequest) -> str | None:
    """The id of who asked, where the request has looked that up already: a line of the log is worth no query."""
    person = getattr(request, "_cached_user", None)
    return str(person.pk) if person is not None and person.pk else None
