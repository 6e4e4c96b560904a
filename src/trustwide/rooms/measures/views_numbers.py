"""Ways in to a measure: its numbers, and the days from which new limits hold."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trustwide.engines.spc.model import Problem
from trustwide.rooms.measures import actions, importing, queries
from trustwide.rooms.measures.forms import SHARES, NumbersForm, ResetForm
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

NUMBERS_SHOWN = 24


def measure_to_number(person: Person, organisation: Place, number: UUID) -> Measure:
    """The gatekeeper: strangers get 404, insiders who may not add numbers 403."""
    measure = queries.measure_for(person, organisation, number)
    if measure is None:
        raise Http404
    if not reach_of(person).may(May.MEASURE, measure.place):
        raise PermissionDenied
    return measure


@at_organisation
@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: HttpRequest, organisation: Place, record: UUID) -> HttpResponse:
    """Type, paste or send numbers; every problem at once, and nothing half-saved."""
    measure = measure_to_number(request.user, organisation, record)
    if measure.computed:  # Trustwide works it out, so there is nothing to type
        raise Http404
    form = NumbersForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if re.fullmatch(r"[0-9]{1,18}", request.POST.get("remove", "")):
        actions.remove_number(by=request.user, measure=measure, number=int(request.POST["remove"]))
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        name, content, bare = form.content(share=measure.chart in SHARES)
        read, problems = importing.read_numbers(measure, name, content)
        problems = [counted_from_one(each) for each in problems] if bare else problems
        problems = problems or _record(request.user, measure, read, put_right=form.cleaned_data["put_right"])
        if not problems:
            return redirect(f"/{organisation.slug}/measures/{measure.pk}/")
    shown = queries.numbers_of(measure)[:NUMBERS_SHOWN]
    context = {"measure": measure, "form": form, "problems": problems, "numbers": shown, "organisation": organisation}
    context["earlier"] = queries.earlier_numbers_of(measure)[:NUMBERS_SHOWN]
    return render(request, "measures/numbers.jinja", context, status=422 if problems or form.errors else 200)


def counted_from_one(problem: Problem) -> Problem:
    """Of lines that were pasted without a heading: the first is row 1."""
    return replace(problem, row=problem.row - 1) if problem.row else problem


def _record(person: Person, measure: Measure, read: list[actions.Number], *, put_right: bool) -> list[Problem]:
    try:
        actions.record_numbers(by=person, measure=measure, numbers=read, put_right=put_right)
    except actions.AlreadyThere as refusal:
        cure = _("Take these out, or tick the box to put them right.")
        return [
            Problem(_("There is another number for %(day)s already.") % {"day": f"{day:%-d %B %Y}"}, cure=cure)
            for day in refusal.periods
        ]
    return []


@at_organisation
@require_http_methods(["GET", "HEAD", "POST"])
def resets(request: HttpRequest, organisation: Place, record: UUID) -> HttpResponse:
    """Begin new limits on a day, with the reason."""
    measure = measure_to_number(request.user, organisation, record)
    form = ResetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        starts, reason = form.cleaned_data["starts"], form.cleaned_data["reason"]
        actions.reset_limits(by=request.user, measure=measure, starts=starts, reason=reason)
        return redirect(f"/{organisation.slug}/measures/{measure.pk}/")
    found = list(queries.resets_of(measure))
    context = {"measure": measure, "form": form, "resets": found, "organisation": organisation}
    return render(request, "measures/resets.jinja", context, status=422 if form.errors else 200)


@at_organisation
@require_POST
def remove_reset(request: HttpRequest, organisation: Place, record: UUID, reset: UUID) -> HttpResponse:
    measure = measure_to_number(request.user, organisation, record)
    found = queries.resets_of(measure).filter(pk=reset).first()
    if found is None:
        raise Http404
    actions.remove_reset(by=request.user, reset=found)
    return redirect(f"/{organisation.slug}/measures/{measure.pk}/resets/")
