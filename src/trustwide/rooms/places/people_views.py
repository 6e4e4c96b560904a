"""Pages of the people of an organisation: who holds which role where, and what an administrator may do about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.people.acts import once
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.queries import linked_to, running_visits
from trustwide.rooms.people.roles import ROLES, May
from trustwide.rooms.places import actions_people, people_queries, queries
from trustwide.rooms.places.actions_roles import end_role, give_role, is_own_key
from trustwide.rooms.places.deputies import may_name_for
from trustwide.rooms.places.forms import refused
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.people_forms import EndRoleForm, GiveRoleForm, asked_of
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.places.tree import PlaceRefused

A_PAGE = 50
forms_too = require_http_methods(["GET", "HEAD", "POST"])
#: What an administrator may do with a whole account.
STEPS: dict[str, Any] = {
    "close-account": actions_people.close_account,
    "reopen-account": actions_people.reopen_account,
    "end-sessions": actions_people.end_sessions,
    "link-anew": actions_people.forget_identities,
}


@at_organisation(inside=True, unless=May.PEOPLE)
@require_safe
def everyone(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Who holds which role where."""
    may_change = reach_of(request.user).may(May.PEOPLE, organisation)
    places = queries.open_places(organisation)
    asked = asked_of(request.GET, places, by_email=may_change)
    page = Paginator(people_queries.workers(organisation, asked), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "page": page,
        "workers": people_queries.with_roles(organisation, list(page.object_list)),
        "asked": asked,
        "told": {name: request.GET[name] for name in ("q", "place", "role", "everyone") if request.GET.get(name)},
        "places": [(place.slug, words) for place, words in places],
        "roles": ROLES,
        "may_change": may_change,
    }
    return render(request, "places/people.jinja", context)


@at_organisation(inside=True, unless=May.PEOPLE)
@require_safe
def person(request: HttpRequest, organisation: Place, person: UUID) -> HttpResponse:
    """One person: their roles here, now and before; and for administrators, what can be done about them."""
    reach = reach_of(request.user)
    may_change = reach.may(May.PEOPLE, organisation)
    found = person_or_404(organisation, person, closed=may_change)
    whole = may_change and found.pk != request.user.pk and reach.looks_after(found)
    context = {
        "organisation": organisation,
        "person": found,
        "held": people_queries.roles_of(organisation, found),
        "roles": ROLES,
        "may_change": may_change,
        "may_name": found.is_active and found != request.user and may_name_for(request.user, found, organisation),
        "whole": whole,
        "visits": running_visits(found) if whole else [],
        "linked": whole and linked_to(found),
        "own_key": [each.role for each in reach.roles if found == request.user and is_own_key(found, each)],
    }
    return render(request, "places/person.jinja", context)


@at_organisation(needs=May.PEOPLE)
@forms_too
def give(request: HttpRequest, organisation: Place, person: UUID) -> HttpResponse:
    """Let them hold a role at a place, from a day to a day."""
    found = person_or_404(organisation, person)
    places = queries.open_places(organisation)
    form = GiveRoleForm(places, request.POST if request.method == "POST" else None, initial={"once": uuid4()})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        key = said.pop("once")
        try:
            once(by=request.user, key=key, act=lambda: give_role(by=request.user, person=found, **said).pk)
            return redirect("places:person", organisation=organisation.slug, person=found.pk)
        except PlaceRefused as refusal:
            refused(form, refusal)
    context = {"organisation": organisation, "person": found, "form": form}
    return render(request, "places/give-role.jinja", context, status=422 if form.errors else 200)


@at_organisation(needs=May.PEOPLE)
@forms_too
def end(request: HttpRequest, organisation: Place, person: UUID, held: UUID) -> HttpResponse:
    """End a role: now, or after a last day."""
    found = person_or_404(organisation, person)
    role = people_queries.role_of(organisation, found, held)
    if role is None:
        raise Http404
    form = EndRoleForm(role, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_role(by=request.user, held=role, on=form.cleaned_data["on"])
            return redirect("places:person", organisation=organisation.slug, person=found.pk)
        except PlaceRefused as refusal:
            form.add_error("on", refusal)
    context = {"organisation": organisation, "person": found, "held": role, "role": ROLES[role.role], "form": form}
    return render(request, "places/end-role.jinja", context, status=422 if form.errors else 200)


@at_organisation(needs=May.PEOPLE)
@require_POST
def account(request: HttpRequest, organisation: Place, person: UUID, step: str) -> HttpResponse:
    """Close an account, open it again, end its sessions, or let it be linked anew."""
    STEPS[step](by=request.user, person=person_or_404(organisation, person))
    return redirect("places:person", organisation=organisation.slug, person=person)


def person_or_404(organisation: Place, number: UUID, *, closed: bool = True) -> Person:
    found = people_queries.worker(organisation, number, closed=closed)
    if found is None:
        raise Http404
    return found
