"""How a record fits: what it helps, and what helps it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from trustwide.rooms.commons import access, actions, threads
from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.commons.thread_outline import outline, story
from trustwide.rooms.commons.thread_picture import draw_thread
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place

MOST_STEPS = 6


@at_organisation
@require_safe
def thread(request: HttpRequest, organisation: Place, kind: str, record: UUID) -> HttpResponse:
    """The picture, the same as a list, and what happened above."""
    found = threads.record_at(request.user, organisation, kind, record)
    if found is None:
        raise Http404
    thread = threads.thread_of(request.user, found)
    steps = steps_asked(request.GET.get("steps", ""))
    told = {"thread": thread, "outline": outline(thread), "story": story(thread), "picture": draw_thread(thread, steps)}
    may_say = kind_of(found).helps and access.can_change(request.user, found)
    page = {"record": found, "kind": kind_of(found), "may_say": may_say, "steps": steps, "most": MOST_STEPS}
    return render(request, "commons/thread.jinja", {**told, **page})


def steps_asked(said: str) -> int:
    """How many steps of the work below to draw: what the address asks for, where that makes sense."""
    return int(said) if said in {str(each) for each in range(1, MOST_STEPS + 1)} else 2


@at_organisation
@require_POST
def local_need(request: HttpRequest, organisation: Place, kind: str, record: UUID) -> HttpResponse:
    """Say that a record is a local need, which helps nothing above it; or take that back."""
    found = threads.record_at(request.user, organisation, kind, record)
    if found is None:
        raise Http404
    actions.say_local_need(by=request.user, record=found, local=request.POST.get("local") != "no")
    return redirect("thread:page", organisation=organisation.slug, kind=kind, record=record)
