"""What people do with one value or objective: the yearly talk, the word of each side, starting and stopping."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from trustwide.rooms.commons import access, record_page
from trustwide.rooms.commons.actions import SomeoneChangedThis
from trustwide.rooms.commons.gates import address_of, at_record, version_sent
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.purpose import actions, queries
from trustwide.rooms.purpose.access import can_answer
from trustwide.rooms.purpose.forms import AnswerForm, ReviewForm, StopForm
from trustwide.rooms.purpose.models import Objective, Value


@at_record(may=access.can_change, kind="values")
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, record: Value) -> HttpResponse:
    """Record the yearly talk about a value."""
    form = ReviewForm(request.POST if request.method == "POST" else None, initial={"version": record.version})
    if form.is_valid():
        try:
            actions.review_value(by=request.user, value=record, **_sent(form))
        except SomeoneChangedThis as refusal:
            return _again(request, refusal.record, form, "review")
        return redirect(address_of(record))
    return _page(request, record, form, "review")


@at_record(may=can_answer, kind="objectives")
@require_POST
def answer(request: HttpRequest, record: Objective) -> HttpResponse:
    """Say one side's word on an objective."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return record_page.shown(request, record, forms={"answer": form}, status=422)
    given = form.cleaned_data
    told = {"what": given["what"], "worded": given["worded"], "text": given["words"], "key": given["key"]}
    try:
        actions.answer_objective(by=request.user, objective=record, **told)
    except SomeoneChangedThis as refusal:
        told = record_page.MOVED_MEANWHILE
        return record_page.shown(request, _whole(record, refusal), forms={"answer": form}, told=told, status=409)
    return redirect(f"{address_of(record)}#talk")


def _whole(record: Any, refusal: SomeoneChangedThis) -> Any:
    """The record as it stands now, with the places that the page needs."""
    refusal.record.place, refusal.record.organisation = record.place, record.organisation
    return refusal.record


@at_record(may=can_answer, kind="objectives")
@require_POST
def take(request: HttpRequest, record: Objective, turn: UUID) -> HttpResponse:
    """Take the words that the other side proposed."""
    found = queries.round_of(record, turn)
    if found is None:
        raise Http404
    form = AnswerForm({**request.POST.dict(), "what": "agree"})
    try:
        actions.take_wording(by=request.user, objective=record, answer=found, version=version_sent(request))
    except SomeoneChangedThis as refusal:
        told = record_page.MOVED_MEANWHILE
        return record_page.shown(request, _whole(record, refusal), forms={"answer": form}, told=told, status=409)
    return redirect(f"{address_of(record)}#talk")


@at_record(may=access.can_change, kind="objectives")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, record: Objective) -> HttpResponse:
    """Make an objective live; where its place is full, ask which one stops."""
    live = list(queries.live_at(request.user, record.place)) if queries.is_full(record.place) else None
    sent = request.POST if request.method == "POST" else None
    form = StopForm(sent, stopping=live, initial={"version": record.version}) if live is not None else None
    if sent is not None and (form is None or form.is_valid()):
        given = _sent(form) if form else {"version": record.version}
        stop = next((each for each in live or [] if str(each.pk) == form.cleaned_data["stop"]), None)
        try:
            actions.start_objective(by=request.user, objective=record, stop=stop, **given)
        except SomeoneChangedThis as refusal:
            return _again(request, refusal.record, form, "start", record)
        except NotNow as refusal:
            return _page(request, record, form, "start", told=refusal, status=422)
        return redirect(address_of(record))
    return _page(request, record, form, "start")


@at_record(may=access.can_change, kind="objectives")
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, record: Objective) -> HttpResponse:
    """Stop an objective, with the reason and the hours it frees."""
    form = StopForm(request.POST if request.method == "POST" else None, initial={"version": record.version})
    if form.is_valid():
        try:
            actions.stop_objective(by=request.user, objective=record, **_sent(form))
        except SomeoneChangedThis as refusal:
            return _again(request, refusal.record, form, "stop", record)
        return redirect(address_of(record))
    return _page(request, record, form, "stop")


def _sent(form: Any) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.SENT}


def _page(request: HttpRequest, record: Any, form: Any, name: str, told: Any = "", status: int = 0) -> HttpResponse:
    status = status or (422 if form is not None and form.errors else 200)
    context = {"record": record, "form": form, "told": told, "home": address_of(record), "does": name}
    return render(request, f"purpose/{name}.jinja", context, status=status)


def _again(request: HttpRequest, now: Any, form: Any, name: str, record: Any = None) -> HttpResponse:
    """The form as it was typed, on the record as somebody else left it."""
    if record is not None:
        now.place, now.organisation = record.place, record.organisation
    if form is not None:
        form.data = {**form.data.dict(), "version": str(now.version)}
    return _page(request, now, form, name, told=record_page.MOVED_MEANWHILE, status=409)
