"""Pages of partnerships: the list, and a form for each step."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.people.acts import once
from trustwide.rooms.people.roles import May
from trustwide.rooms.places import actions_partnership, queries
from trustwide.rooms.places.forms import NameForm
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import PartnershipMember, Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.places.tree import PlaceRefused

forms_too = require_http_methods(["GET", "HEAD", "POST"])
STEPS: dict[str, Any] = {"agree": actions_partnership.agree, "leave": actions_partnership.leave}


@at_organisation
@require_safe
def every(request: HttpRequest, organisation: Place) -> HttpResponse:
    """The partnerships of an organisation; an administrator sees who is asked, and has the buttons."""
    may_change = reach_of(request.user).may(May.PLACES, organisation)
    found = queries.partnerships_of(organisation, asked=may_change)
    context = {"organisation": organisation, "partnerships": found, "may_change": may_change}
    return render(request, "places/partnerships.jinja", context)


@at_organisation(needs=May.PLACES)
@forms_too
def begin(request: HttpRequest, organisation: Place) -> HttpResponse:
    form = NameForm(request.POST if request.method == "POST" else None, initial={"once": uuid4()})
    if request.method == "POST" and form.is_valid():
        said = {"by": request.user, "organisation": organisation, "name": form.cleaned_data["name"]}
        key = form.cleaned_data["once"]
        once(by=request.user, key=key, act=lambda: actions_partnership.make_partnership(**said).pk)
        return redirect("places:partnerships", organisation=organisation.slug)
    return _form_page(request, organisation, form, None)


@at_organisation(needs=May.PLACES)
@forms_too
def ask(request: HttpRequest, organisation: Place, partnership: str) -> HttpResponse:
    part = part_or_404(organisation, partnership)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = {"partnership": part.partnership, "other": form.cleaned_data["name"]}
        try:
            actions_partnership.ask_in(by=request.user, organisation=organisation, **said)
            return redirect("places:partnerships", organisation=organisation.slug)
        except PlaceRefused as refusal:
            form.add_error("name", refusal)
    return _form_page(request, organisation, form, part)


def _form_page(
    request: HttpRequest, organisation: Place, form: NameForm, part: PartnershipMember | None
) -> HttpResponse:
    context = {"organisation": organisation, "form": form, "part": part}
    return render(request, "places/partnership-form.jinja", context, status=422 if form.errors else 200)


@at_organisation(needs=May.PLACES)
@require_POST
def step(request: HttpRequest, organisation: Place, partnership: str, step: str) -> HttpResponse:
    """Agree, or leave: one's own organisation only."""
    STEPS[step](by=request.user, member=part_or_404(organisation, partnership))
    return redirect("places:partnerships", organisation=organisation.slug)


def part_or_404(organisation: Place, partnership: str) -> PartnershipMember:
    found = queries.part_of(organisation, partnership)
    if found is None:
        raise Http404
    return found
