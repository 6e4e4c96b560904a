"""Who may open a page at all. Every view says so with one of these; one that says nothing is for the signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from trustwide.rooms.people.roles import May

View = Callable[..., HttpResponse]


def nobody(request: HttpRequest, **_parts: Any) -> bool:
    return False


@dataclass(frozen=True)
class Policy:
    """What a view asks of a visitor: nothing (`public`), to be signed in, to read the place, the team or the record
    that its address names, to be of that organisation itself (`inside`) or to have a right there (`unless`), to have a
    right at the place (`needs`), to be let do something to the record (`may`) or to add one of the kind (`adds`).
    With `place_alone` it is the place itself that they read, though they may not read its organisation. `lets` says
    of who is not signed in whether they pass all the same. With `visitors`, those who may not read the place, signed
    in or not, are shown what was made public there, where something was.
    """

    public: bool = False
    at_place: bool = False
    at_team: bool = False
    at_record: bool = False
    place_alone: bool = False
    inside: bool = False
    unless: May | None = None
    needs: May | None = None
    may: Callable[..., bool] | None = None
    adds: bool = False
    lets: Callable[..., bool] = nobody
    visitors: bool = False


PUBLIC, SIGNED_IN = Policy(public=True), Policy()


def public(view: View) -> View:
    """Anybody may open it, signed in or not."""
    view.policy = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Any person who is signed in; what they see there is their own."""
    view.policy = SIGNED_IN  # type: ignore[attr-defined]
    return view


def sign_in_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware: nobody passes without signing in but to a view that is declared public, or that lets them."""

    def respond(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: View, _arguments: Any, parts: Any) -> HttpResponse | None:
        policy = getattr(view, "policy", SIGNED_IN)
        if policy.public or policy.visitors or request.user.is_authenticated or policy.lets(request, **parts):
            return None
        return to_sign_in(request)

    respond.process_view = process_view  # type: ignore[attr-defined]
    return respond


def to_sign_in(request: HttpRequest) -> HttpResponse:
    return redirect("/sign-in/?" + urlencode(_asked(request)))


def _asked(request: HttpRequest) -> dict[str, str]:
    """Where to go after signing in, and why one must: a session that was at its limit says so."""
    said = {"said": "ended"} if getattr(request, "ended_at_limit", False) else {}
    return {"next": request.get_full_path(), **said} if request.method == "GET" else said
