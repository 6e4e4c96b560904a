"""The first page, and search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustwide.rooms.front import queries
from trustwide.rooms.front.everything import parts_of
from trustwide.rooms.front.menu import home_of, looked_after, starts
from trustwide.rooms.people.gates import signed_in
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs this person, what changed, what went well."""
    context = {
        "today": queries.today_of(request.user),
        "starts": starts(request),
        "looked_after": looked_after(request),
        "organisation": home_of(request),
    }
    return render(request, "front/home.jinja", context)


@at_organisation
@require_safe
def everything(request: HttpRequest, organisation: Place) -> HttpResponse:
    """All that the organisation has here."""
    context = {"organisation": organisation, "parts": parts_of(request.user, organisation)}
    return render(request, "front/everything.jinja", context)
