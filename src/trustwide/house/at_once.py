"""What hundreds of open boards ask each second, answered before Django: whether a board has changed.

Pages are made two at a time: one thread of Python runs at once, and more that want to hold up those who only ask.

The view `devices:live` answers the same; here its answer is given again from memory, with the headers that Django put
on it, where it was looked at a moment ago. Four times a second a question goes through to Django and its database.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from trustwide.house import figures
from trustwide.rooms.devices import live

PATH = "/live/"
ROUTE = "devices:live"
#: How many pages are made at a time, and for how many seconds the next waits for its turn: a slow one stops nobody.
TURNS, PATIENCE = 2, 1.0
#: Of one answer alone, and never given to who asks next.
OWN = {"etag", "content-length", "content-type", "x-request-id", "date", "set-cookie"}
#: Who asks. The answer is the same for all, so nobody's session is read, prolonged or told to another.
WHO = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")
Start = Callable[..., Any]


class Handler(WSGIHandler):
    """Django, and before it the one question that it need not be asked."""

    kept: list[tuple[str, str]] | None = None

    def __init__(self) -> None:
        super().__init__()
        self.turns = threading.BoundedSemaphore(TURNS)

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PATH) or environ["REQUEST_METHOD"] != "GET" or not self._may_answer(environ):
            return self._in_turn(environ, start_response)
        began = time.perf_counter()
        number = live.number_at_once(path[len(PATH) :].rstrip("/"))
        if number is None or self.kept is None:
            nobody = {name: value for name, value in environ.items() if name not in WHO}
            return super().__call__(nobody, self._keeping(start_response))  # type: ignore[no-any-return]
        known = live.is_known(environ.get("HTTP_IF_NONE_MATCH", ""), number)
        body = b"" if known else str(number).encode()
        figures.count(method="GET", route=ROUTE, status=304 if known else 200, seconds=time.perf_counter() - began)
        start_response("304 Not Modified" if known else "200 OK", self._headers(number, body))
        return [body]

    def _in_turn(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        has_turn = self.turns.acquire(timeout=PATIENCE)
        try:
            return super().__call__(environ, start_response)  # type: ignore[no-any-return]
        finally:
            if has_turn:
                self.turns.release()

    def _may_answer(self, environ: dict[str, Any]) -> bool:
        """Where Django would send who asks to https, it must."""
        return environ["wsgi.url_scheme"] == "https" or not settings.SECURE_SSL_REDIRECT

    def _headers(self, number: int, body: bytes) -> list[tuple[str, str]]:
        own = [("ETag", f'"{number}"'), ("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
        return [*(self.kept or []), *(own if body else own[:1])]

    def _keeping(self, start_response: Start) -> Start:
        """Keep the headers that Django puts on such an answer."""

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if status[:3] in ("200", "304"):
                self.kept = [(name, value) for name, value in headers if name.lower() not in OWN]
            return start_response(status, headers, *more)

        return start
