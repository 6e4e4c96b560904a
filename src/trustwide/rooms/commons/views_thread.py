"""How a record fits: what it helps, and what helps it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from trustwide.rooms.commons import access, actions, threads
from trustwide.rooms.commons.gates import address_of, at_record
from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.commons.thread_outline import outline, story
from trustwide.rooms.commons.thread_picture import draw_thread

MOST_STEPS = 6


@at_record
@require_safe
def thread(request: HttpRequest, record: Any) -> HttpResponse:
    """The picture, the same as a list, and what happened above."""
    thread = threads.thread_of(request.user, record)
    steps = steps_asked(request.GET.get("steps", ""))
    told = {"thread": thread, "outline": outline(thread), "story": story(thread), "picture": draw_thread(thread, steps)}
    may_say = kind_of(record).helps and access.can_change(request.user, record)
    page = {"record": record, "home": address_of(record), "may_say": may_say, "steps": steps, "most": MOST_STEPS}
    return render(request, "commons/thread.jinja", {**told, **page})


def steps_asked(said: str) -> int:
    """How many steps of the work below to draw: what the address asks for, where that makes sense."""
    return int(said) if said in {str(each) for each in range(1, MOST_STEPS + 1)} else 2


@at_record(may=access.can_change)
@require_POST
def local_need(request: HttpRequest, record: Any) -> HttpResponse:
    """Say that a record is a local need, which helps nothing above it; or take that back."""
    actions.say_local_need(by=request.user, record=record, local=request.POST.get("local") != "no")
    return redirect(f"{address_of(record)}thread/")
