"""Search over everything that a person may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustwide.rooms.front.search_page import page_of
from trustwide.rooms.people.gates import signed_in
from trustwide.rooms.people.limits import SEARCHES, limited


@signed_in
@limited(SEARCHES)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was looked for, and what was found of it."""
    return render(request, "front/search.jinja", {"page": page_of(request.user, request.GET)})
