"""The pages of this room about all of an organisation: where one starts, what is asked, what stops, room to improve."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.roles import May
from trustwide.rooms.people.seen import ChangedMeanwhile, look_again, mark_of, refused
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.projects import actions, queries
from trustwide.rooms.projects import space as room_to_improve
from trustwide.rooms.projects.forms import ProjectForm, RigourForm
from trustwide.rooms.projects.gates import at_start
from trustwide.rooms.projects.models import SIZE_WORDS
from trustwide.rooms.projects.project_page import hours_words
from trustwide.rooms.projects.rigour import ALWAYS, CAN_ASK, WHAT_FOR, words_of


@at_start
@require_safe
def start(request: HttpRequest, organisation: Place, places: list[Place]) -> HttpResponse:
    """How big is it? What is just done takes one line, here."""
    asked = {"place": request.GET.get("place") or places[0].slug, "size": "just-do-it"}
    form = ProjectForm(places=places, initial=asked)
    context = {"organisation": organisation, "form": form, "sizes": SIZE_WORDS, "what_for": WHAT_FOR, **asked}
    context["may_set"] = reach_of(request.user).may(May.CHANGE, organisation)
    context["helps"] = request.GET.get("helps", "")
    return render(request, "projects/start.jinja", context)


@at_organisation(needs=May.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def rigour(request: HttpRequest, organisation: Place) -> HttpResponse:
    """What is asked of work of each size."""
    asked, theirs = queries.asked_by_size(organisation), None
    form = RigourForm(asked, request.POST if request.method == "POST" else None)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.set_rigour(by=request.user, organisation=organisation, asks=form.asks(), seen=seen)
            return redirect(request.path)
        except ChangedMeanwhile:
            theirs = look_again(form, mark_of(asked))
    context = {"organisation": organisation, "sizes": SIZE_WORDS, "what_for": WHAT_FOR, "form": form, "theirs": theirs}
    context |= {"always": ALWAYS, "fields": [(name, words_of(name)) for name in CAN_ASK]}
    return render(request, "projects/rigour.jinja", context, status=refused(form, theirs))


@at_organisation
@require_safe
def space(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Hours promised and hours had, by directorate: what is missing is owed by those who promised."""
    day = today()
    since = queries.first_of_month(day, back=room_to_improve.MONTHS)
    told = room_to_improve.space_of(request.user, organisation, since)
    context = {"organisation": organisation, "told": told, "leaders": queries.leaders_of(organisation)}
    return render(request, "projects/space.jinja", context)


@at_organisation
@require_safe
def stops(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Whose stop date has come, what stopped, and the hours that this freed."""
    told = queries.stops_of(request.user, organisation)
    context = {"organisation": organisation, "told": told, "address_of": address_of, "hours_words": hours_words}
    return render(request, "projects/stops.jinja", context)
