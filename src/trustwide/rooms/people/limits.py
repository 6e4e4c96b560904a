"""How often one person may ask for what costs much, or sends something: a bucket each, which fills again with time.

Attempts to sign in are counted by allauth, by ACCOUNT_RATE_LIMITS; the counts of both stand in the same cache.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import respond_429
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from trustwide.rooms.people.clock import now
from trustwide.rooms.people.gates import View

SECONDS = 300  # in which a bucket fills: the page of refusal says to wait so long


@dataclass(frozen=True)
class Limit:
    """So many in five minutes, for each person who is signed in; of others, for each address they come from."""

    key: str
    most: int
    counts: Callable[[HttpRequest], bool]  # whether a request is one of those that are counted
    kept_in: str = "default"  # "memory", of each process, for what is asked so often that no write may hold it up

    def take(self, request: HttpRequest) -> bool:
        """Take one from the person's bucket; False where it is empty.

        Two requests at the same moment may be counted as one, which does no harm and spares a lock.
        """
        cache = caches[self.kept_in]
        name, at = f"limit:{self.key}:{_who(request)}", now().timestamp()
        left, before = cache.get(name, (float(self.most), at))
        left = min(float(self.most), left + (at - before) * self.most / SECONDS)
        if left < 1:
            return False
        cache.set(name, (left - 1, at), SECONDS)
        return True


def _who(request: HttpRequest) -> str:
    return str(request.user.pk) if request.user.is_authenticated else get_adapter().get_client_ip(request)


def _posted(request: HttpRequest) -> bool:
    return request.method == "POST"


SEARCHES = Limit("search", 120, lambda request: bool(request.GET.get("q")))
#: Asked while somebody types, so it must answer while something else holds the database's one writer.
SIMILAR = Limit("similar", 240, lambda request: bool(request.GET.get("q")), "memory")
EXPORTS = Limit("export", 60, lambda request: True)
SHEETS = Limit("sheet", 60, _posted)
INVITATIONS = Limit("invite", 60, _posted)
FILES = Limit("file", 30, _posted)
#: With no account: a whole trust may share one outside address.
RAISED = Limit("raise", 30, _posted)
CODES = Limit("answer-code", 30, _posted)


def limited(limit: Limit) -> Callable[[View], View]:
    """The view, but for who asked too often: they are told to wait."""

    def declare(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *arguments: Any, **parts: Any) -> HttpResponse:
            if limit.counts(request) and not limit.take(request):
                refused: HttpResponse = respond_429(request)
                return refused
            return view(request, *arguments, **parts)

        asked.limit = limit  # type: ignore[attr-defined]
        return asked

    return declare
