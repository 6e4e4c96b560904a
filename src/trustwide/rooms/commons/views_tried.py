"""Work like what somebody types, while they type it and on a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustwide.rooms.commons import tried_before as tried
from trustwide.rooms.people.limits import SIMILAR, limited
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place

PART = "part"  # what a script asks for: the list alone


@at_organisation
@limited(SIMILAR)
@require_safe
def tried_before(request: HttpRequest, organisation: Place) -> HttpResponse:
    """What is most like what is asked, of all that the person may read."""
    part = request.GET.get("as") == PART
    most = tried.SHOWN_BESIDE_FORM if part else tried.SHOWN
    answer = tried.like(request.user, request.GET.get("q", ""), most=most)
    context = {"organisation": organisation, "answer": answer, "typing": part}
    return render(request, "commons/tried-list.jinja" if part else "commons/tried.jinja", context)
