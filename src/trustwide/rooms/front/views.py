"""The first page, and search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustwide.rooms.front import queries
from trustwide.rooms.front.menu import home_of, looked_after, starts
from trustwide.rooms.people.gates import signed_in


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
