"""Pages of the tree of places: find, read or act, render."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from trustwide.rooms.people.acts import once
from trustwide.rooms.people.roles import ROLES, May
from trustwide.rooms.places import actions, queries
from trustwide.rooms.places.forms import AddForm, CloseForm, MergeForm, MoveForm, RenameForm, ReopenForm, refused
from trustwide.rooms.places.gates import at_organisation, at_place
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.places.standing import told_before
from trustwide.rooms.places.tree import PlaceRefused

forms_too = require_http_methods(["GET", "HEAD", "POST"])
#: Each change of a place: its form, its action, and the words of its page.
CHANGES: dict[str, tuple[Any, Any, Any, Any]] = {
    "rename": (RenameForm, actions.rename_place, _("Rename"), _("The old name stays in its history.")),
    "move": (MoveForm, actions.move_place, _("Move"), _("All that stands below it moves with it.")),
    "merge": (MergeForm, actions.merge_places, _("Merge"), _("It closes, and another place carries on in its stead.")),
    "close": (CloseForm, actions.close_place, _("Close"), _("Nobody can add anything to a place that is closed.")),
    "reopen": (ReopenForm, actions.reopen_place, _("Reopen"), _("What stood here goes on. Its history stays.")),
}


@at_organisation
@require_safe
def tree(request: HttpRequest, organisation: Place) -> HttpResponse:
    """All places of an organisation or a group."""
    closed = request.GET.get("closed") == "yes"
    context = {
        "organisation": organisation,
        "branch": queries.tree(organisation, closed=closed),
        "closed": closed,
        "may_change": reach_of(request.user).may(May.PLACES, organisation),
    }
    return render(request, "places/tree.jinja", context)


@at_place
@require_safe
def place(request: HttpRequest, found: Place) -> HttpResponse:
    """One place: what is below, who works there, its history."""
    reach, home = reach_of(request.user), found.organisation
    context = {
        "place": found,
        "above": queries.above(found),
        "reads_above": reach.can_read_place(home),
        "branch": queries.tree(found),
        "people": queries.people_at(found) if reach.knows_people_of(home) else None,
        "roles": ROLES,
        "may_invite": reach.may(May.PEOPLE, home) and not found.closed_on,
        "history": queries.history(found, by_whom=reach.may(May.AUDIT, found)),
        "changes": changes_of(found) if reach.may(May.PLACES, home) else {},
    }
    return render(request, "places/place.jinja", context)


def changes_of(place: Place) -> dict[str, Any]:
    """What can become of a place as it stands, in words: one that was merged stays as it is."""
    if place.merged_into_id:
        return {}
    return {key: words[2] for key, words in CHANGES.items() if (key == "reopen") == bool(place.closed_on)}


@at_organisation(needs=May.PLACES)
@forms_too
def add(request: HttpRequest, organisation: Place) -> HttpResponse:
    initial = {"once": uuid4(), "parent": organisation.pk}
    form = AddForm(organisation, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        try:
            key = form.cleaned_data["once"]
            number = once(by=request.user, key=key, act=lambda: actions.add_place(by=request.user, **said).pk)
            return redirect(queries.place_numbered(number).home)
        except PlaceRefused as refusal:
            refused(form, refusal)
    context = {"organisation": organisation, "form": form}
    return render(request, "places/add.jinja", context, status=422 if form.errors else 200)


@at_organisation(needs=May.PLACES)
@forms_too
def change(request: HttpRequest, organisation: Place, slug: str, change: str) -> HttpResponse:
    """Rename, move, merge, close or reopen a place; what is refused comes back with what was typed."""
    found = place_or_404(organisation, slug)
    kind, act, verb, words = CHANGES[change]
    initial = {"seen": found.version, "name": found.name}
    form = kind(found, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            act(by=request.user, place=found, **form.said())
            return redirect(found.home)
        except PlaceRefused as refusal:
            refused(form, refusal)
            found = place_or_404(organisation, slug)
    context = {"place": found, "form": form, "change": change, "verb": verb, "words": words}
    context["standing"] = told_before(request.user, found, change) if "sure" in form.fields else []
    return render(request, "places/change.jinja", context, status=422 if form.errors else 200)


def place_or_404(organisation: Place, slug: str) -> Place:
    found = queries.place_at(organisation, slug)
    if found is None:
        raise Http404
    return found
