"""The gatekeeper of every page of a team's board, and how a shared device is known."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from trustwide.rooms.devices import queries
from trustwide.rooms.devices.models import Device
from trustwide.rooms.people.gates import Policy, View
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

COOKIE_LASTS = 400 * 24 * 3600  # as long as browsers let one last; each look at the board begins it anew


def cookie_name() -> str:
    """With TLS it is of a kind that no other site, and no plain page, could have set."""
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def remember(response: HttpResponse, token: str) -> HttpResponse:
    """Let the browser know that it is a shared device."""
    response.set_cookie(
        cookie_name(), token, COOKIE_LASTS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return response


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in."""
    return request.user if request.user.is_authenticated else None


def device_of(request: HttpRequest) -> Device | None:
    """The shared device that asks, where nobody is signed in at it; looked up once for each request."""
    if request.user.is_authenticated:
        return None
    if not hasattr(request, "_device"):
        request._device = queries.device_with(request.COOKIES.get(cookie_name(), ""))  # type: ignore[attr-defined]
    return request._device  # type: ignore[attr-defined,no-any-return]


def is_its_own_board(request: HttpRequest, organisation: str, team: str, **_more: Any) -> bool:
    """Whether a shared device asks, and the address is below its own team's board."""
    device = device_of(request)
    return device is not None and queries.team_at(organisation, team) == device.place


def at_team(view: View | None = None, *, needs: May | None = None, device: bool = False) -> Any:
    """The view is given the team that its address names. With `device`, the team's own shared devices open it too.

    Strangers get 404; insiders without the right that it `needs` there get 403; an old name leads to the new one.
    """
    if view is None:
        return lambda inner: at_team(inner, needs=needs, device=device)

    @wraps(view)
    def gate(request: HttpRequest, organisation: str, team: str, **parts: Any) -> HttpResponse:
        place, person = queries.team_at(organisation, team), person_of(request)
        if place is None or not _may_read(request, place):
            raise Http404
        if needs and not (person and reach_of(person).may(needs, place)):
            raise PermissionDenied
        if (place.organisation.slug, place.slug) != (organisation, team):
            asked, named = f"/{organisation}/board/{team}/", board_of(place)
            return redirect(request.get_full_path().replace(asked, named, 1), permanent=True)
        return view(request, place, **parts)

    lets = {"lets": is_its_own_board} if device else {}
    gate.policy = Policy(at_team=True, needs=needs, **lets)  # type: ignore[attr-defined]
    return gate


def _may_read(request: HttpRequest, team: Place) -> bool:
    person, device = person_of(request), device_of(request)
    return reach_of(person).can_read_place(team) if person else device is not None and device.place == team


def board_of(team: Place) -> str:
    """The address of a team's board."""
    return f"/{team.organisation.slug}/board/{team.slug}/"
