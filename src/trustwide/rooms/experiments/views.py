"""The page of the safe limits, and how one experiment begins and ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.commons import record_page
from trustwide.rooms.commons.access import can_change
from trustwide.rooms.commons.actions import SomeoneChangedThis
from trustwide.rooms.commons.gates import address_of, at_record, version_sent
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.experiments import access, actions, queries
from trustwide.rooms.experiments.forms import EndForm, LimitsForm
from trustwide.rooms.experiments.limits import as_numbers, in_words
from trustwide.rooms.experiments.models import DESKS, TICKS, Experiment
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

OTHERS_SET = _("Somebody set other limits while you were writing. Nothing was saved; what you typed is still here.")


@at_organisation
@require_safe
def limits(request: HttpRequest, organisation: Place) -> HttpResponse:
    """What anybody may try here without asking, whom to ask about the rest, and what is being tried."""
    versions, contacts = queries.versions_of_limits(organisation), queries.contacts_for(organisation)
    context: dict[str, Any] = {"organisation": organisation, "versions": versions, "address_of": address_of}
    context |= {"lines": in_words(versions[0]) if versions else [], "in_words": in_words}
    context |= {"ticks": [(TICKS[name], DESKS[name], getattr(contacts, name, "")) for name in TICKS]}
    context |= {"running": list(queries.running_in(request.user, organisation)[: queries.SHOWN])}
    context |= {"may_set": access.can_set_limits(request.user, organisation)}
    context |= {"inside": reach_of(request.user).belongs_to(organisation)}
    context |= {"may_plan": queries.may_plan(request.user, organisation)}
    return render(request, "experiments/limits.jinja", context)


@at_organisation(needs=May.TRUST)
@require_http_methods(["GET", "HEAD", "POST"])
def set_limits(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Set the limits that hold from today, for the board."""
    now, contacts = queries.limits_for(organisation), queries.contacts_for(organisation)
    initial = {"number": now.number if now else 0, **as_numbers(now)}
    initial |= {name: getattr(contacts, name, "") for name in DESKS}
    form = LimitsForm(request.POST if request.method == "POST" else None, initial=initial)
    told: Any = ""
    if form.is_valid():
        try:
            actions.set_limits(by=request.user, organisation=organisation, **form.sent())
        except actions.LimitsMoved:
            told, form.data = OTHERS_SET, {**form.data.dict(), "number": str(initial["number"])}
        else:
            return redirect(f"/{organisation.slug}/safe-limits/")
    status = 409 if told else 422 if form.errors else 200
    context = {"organisation": organisation, "form": form, "told": told}
    return render(request, "experiments/set-limits.jinja", context, status=status)


@at_record(may=can_change, kind="experiments")
@require_POST
def begin(request: HttpRequest, record: Experiment) -> HttpResponse:
    """Begin it, if it is inside the limits or a decision said yes."""
    return _pressed(request, record, actions.begin_experiment)


@at_record(may=can_change, kind="experiments")
@require_POST
def ask(request: HttpRequest, record: Experiment) -> HttpResponse:
    """Ask for a decision about one that is outside the limits."""
    return _pressed(request, record, actions.ask_for_decision)


def _pressed(request: HttpRequest, record: Experiment, act: Callable[..., Any]) -> HttpResponse:
    """A button of its page; what is refused is told there."""
    try:
        act(by=request.user, experiment=record, version=version_sent(request))
    except SomeoneChangedThis as refusal:
        whole = queries.as_it_stands(refusal.record)
        return record_page.shown(request, whole, told=record_page.MOVED_MEANWHILE, status=409)
    except NotNow as refusal:
        return record_page.shown(request, queries.as_it_stands(record), told=refusal, status=422)
    return redirect(address_of(record))


@at_record(may=can_change, kind="experiments")
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, record: Experiment) -> HttpResponse:
    """Say what happened, and what becomes of it."""
    initial = {"version": record.version, "happened": record.happened}
    form = EndForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in form.SENT}
        try:
            actions.end_experiment(by=request.user, experiment=record, **given)
        except SomeoneChangedThis as refusal:
            form.data = {**form.data.dict(), "version": str(refusal.record.version)}
            return _end_page(request, record, form, told=record_page.MOVED_MEANWHILE, status=409)
        except NotNow as refusal:
            return _end_page(request, record, form, told=refusal, status=422)
        return redirect(address_of(record))
    return _end_page(request, record, form, status=422 if form.errors else 200)


def _end_page(request: HttpRequest, record: Experiment, form: EndForm, *, status: int, told: Any = "") -> HttpResponse:
    context = {"record": record, "form": form, "home": address_of(record), "told": told}
    return render(request, "experiments/end.jinja", context, status=status)
