"""The pages on which somebody says who answers for them while they are away, or for somebody who is off sick."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from trustwide.rooms.people.clock import today
from trustwide.rooms.people.gates import signed_in
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places import actions_deputies, deputies
from trustwide.rooms.places.deputy_forms import AwayForm
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.people_views import person_or_404

SAID = {"named": _("It is saved. They get a letter."), "ended": _("It is ended.")}
forms_too = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@forms_too
def away(request: HttpRequest) -> HttpResponse:
    """Who answers for me, from when to when."""
    return _away(request, request.user, None)


@at_organisation(inside=True, unless=May.PEOPLE)
@forms_too
def away_of(request: HttpRequest, organisation: Place, person: UUID) -> HttpResponse:
    """The same for somebody who is off sick: who leads them says it, or who looks after people."""
    found = person_or_404(organisation, person, closed=False)
    if not deputies.may_name_for(request.user, found, organisation):
        raise PermissionDenied
    return _away(request, found, organisation)


def _away(request: HttpRequest, person: Person, organisation: Place | None) -> HttpResponse:
    """With an `organisation`, what is so there and nothing of elsewhere."""
    if "end" in request.POST:
        return _end(request, person, organisation)
    homes = [organisation] if organisation else deputies.works_in(person)
    form = AwayForm(person, homes, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data | {"starts": form.cleaned_data["starts"] or today()}
        try:
            actions_deputies.name_deputy(by=request.user, person=person, **told)
            return redirect(f"{request.path}?said=named")
        except actions_deputies.DeputyRefused as refusal:
            form.add_error("ends", refusal)
    context = {
        "form": form,
        "mine": deputies.deputies_of(person, organisation),
        "others": deputies.stands_in_for(person, today(), organisation),
        "said": SAID.get(request.GET.get("said", "")),
        "person": person,
        "own": person == request.user,
        "organisation": organisation,
    }
    return render(request, "places/away.jinja", context, status=422 if form.errors else 200)


def _end(request: HttpRequest, person: Person, organisation: Place | None) -> HttpResponse:
    try:
        row = deputies.deputy_of(person, UUID(request.POST["end"]), organisation)
    except ValueError:
        row = None
    if row is None:
        raise Http404
    actions_deputies.end_deputy(by=request.user, row=row)
    return redirect(f"{request.path}?said=ended")
