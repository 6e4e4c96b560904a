"""The gatekeeper of every page that stands in an organisation."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from trustwide.rooms.people.gates import Policy, View
from trustwide.rooms.people.roles import May
from trustwide.rooms.places import queries
from trustwide.rooms.places.reach import reach_of


def at_organisation(view: View | None = None, *, needs: May | None = None, inside: bool = False) -> Any:
    """The view is given the organisation (or group) that its address names, in place of the name.

    Strangers get 404, and so does whoever is not of the organisation where only its own people are `inside`;
    insiders without the right that it `needs` get 403; an old name leads to the new one.
    """
    if view is None:
        return lambda inner: at_organisation(inner, needs=needs, inside=inside)

    @wraps(view)
    def gate(request: HttpRequest, organisation: str, **parts: Any) -> HttpResponse:
        place = queries.organisation_at(organisation)
        if place is None or not reach_of(request.user).can_read_place(place):
            raise Http404
        if inside and not reach_of(request.user).belongs_to(place):
            raise Http404
        if place.slug != organisation:
            return redirect(request.get_full_path().replace(f"/{organisation}/", f"/{place.slug}/", 1), permanent=True)
        if needs and not reach_of(request.user).may(needs, place):
            raise PermissionDenied
        return view(request, place, **parts)

    gate.policy = Policy(at_place=True, inside=inside, needs=needs)  # type: ignore[attr-defined]
    return gate
