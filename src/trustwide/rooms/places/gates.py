"""The gatekeeper of every page that stands in an organisation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from trustwide.rooms.people.gates import Policy, View, to_sign_in
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places import queries
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

Visitors = Callable[[Person, Place], bool]


def at_organisation(
    view: View | None = None,
    *,
    needs: May | None = None,
    inside: bool = False,
    unless: May | None = None,
    visitors: Visitors | None = None,
    below: Callable[..., bool] | None = None,
) -> Any:
    """The view is given the organisation (or group) that its address names, in place of the name.

    Strangers get 404, and so does whoever is not of the organisation where only its own people are `inside`,
    `unless` they have that right there, as an administrator of its group has; insiders without the right that it
    `needs` get 403; an old name leads to the new one.
    Where `visitors` finds something public for them, strangers and those who are not signed in are let in too:
    the view reads through `visible_to` as ever. `below` lets in, by what the address names, who acts at a place below.
    """
    asked = {"needs": needs, "inside": inside, "unless": unless}
    if view is None:
        return partial(at_organisation, **asked, visitors=visitors, below=below)

    @wraps(view)
    def gate(request: HttpRequest, organisation: str, **parts: Any) -> HttpResponse:
        place = queries.organisation_at(organisation)
        reach = reach_of(request.user)
        reads = place is not None and _let_in(request, place, visitors, below and partial(below, **parts))
        if not (reads or request.user.is_authenticated):
            return to_sign_in(request)
        if not reads:
            raise Http404
        if inside and not (reach.belongs_to(place) or (unless and reach.may(unless, place))):
            raise Http404
        if place.slug != organisation:
            return redirect(request.get_full_path().replace(f"/{organisation}/", f"/{place.slug}/", 1), permanent=True)
        if needs and not reach.may(needs, place):
            raise PermissionDenied
        return view(request, place, **parts)

    gate.policy = Policy(at_place=True, visitors=visitors is not None, **asked)  # type: ignore[attr-defined]
    return gate


def at_place(view: View) -> View:
    """The view is given the place that its address names. A guest reads the place they were asked to, and no other
    of its organisation; an old name leads to the new one.
    """

    @wraps(view)
    def gate(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
        home = queries.organisation_at(organisation)
        found = queries.place_at(home, slug) if home else None
        if found is None or not reach_of(request.user).can_read_place(found):
            raise Http404
        if request.path != found.home:
            return redirect(found.home, permanent=True)
        return view(request, found)

    gate.policy = Policy(at_place=True, place_alone=True)  # type: ignore[attr-defined]
    return gate


def _let_in(request: HttpRequest, place: Place, *others: Visitors | None) -> bool:
    """Who reads it; and whoever one of the other rules lets in."""
    may = [reach_of(request.user).can_read_place, *(partial(each, request.user) for each in others if each)]
    return any(rule(place) for rule in may)
