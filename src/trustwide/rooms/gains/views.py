"""The page of what an organisation kept, and what people do with one gain."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.commons import record_page
from trustwide.rooms.commons.access import can_change, can_redact
from trustwide.rooms.commons.actions import SomeoneChangedThis
from trustwide.rooms.commons.gates import address_of, at_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.gains import actions, page, queries
from trustwide.rooms.gains.access import can_answer
from trustwide.rooms.gains.forms import TenForm, VerdictForm
from trustwide.rooms.gains.models import Gain
from trustwide.rooms.gains.rounds import day_of, next_day, round_now
from trustwide.rooms.people.clock import today
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place

A_PAGE = 30
SOON = timedelta(days=30)
forms_too = require_http_methods(["GET", "HEAD", "POST"])


@at_organisation
@require_safe
def kept(request: HttpRequest, organisation: Place) -> HttpResponse:
    """What we kept, what is to be looked at soon, and what is no longer as it was."""
    gains = queries.gains_of(request.user, organisation)
    due = list(gains.filter(next_review__lte=today() + SOON)[: queries.SHOWN])
    context: dict[str, Any] = {"organisation": organisation, "due": due, "address_of": address_of, "today": today()}
    context |= {"changed": queries.changed_in(request.user, organisation), "fact_of": page.fact_of}
    context |= {"page": Paginator(gains.order_by("-created_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))}
    return render(request, "gains/kept.jinja", context)


@at_record(may=can_change, kind="gains")
@forms_too
def verdict(request: HttpRequest, record: Gain) -> HttpResponse:
    """What we make of it today."""
    initial = {"version": record.version, "verdict": "", "again_on": f"{next_day(record):%-d/%-m/%Y}"}
    form = VerdictForm(record, request.POST if request.method == "POST" else None, initial=initial)
    told: Any = ""
    if form.is_valid():
        try:
            actions.give_verdict(by=request.user, gain=record, **form.sent())
            return redirect(f"{address_of(record)}#story")
        except SomeoneChangedThis as refusal:
            form.data = {**form.data.dict(), "version": str(refusal.record.version)}
            told = record_page.MOVED_MEANWHILE
    status = 409 if told else 422 if form.errors else 200
    context = {"record": record, "form": form, "home": address_of(record), "told": told}
    return render(request, "gains/verdict.jinja", context, status=status)


@at_record(may=can_answer, kind="gains")
@forms_too
def answers(request: HttpRequest, record: Gain) -> HttpResponse:
    """The ten sentences, answered alone."""
    months = round_now(record)
    form = TenForm(
        queries.own_answers(request.user, record, months), request.POST if request.method == "POST" else None
    )
    told: Any = ""
    if form.is_valid():
        try:
            actions.answer_ten(by=request.user, gain=record, given=form.given())
            return redirect(f"{address_of(record)}#ten")
        except NotNow as refusal:
            told = refusal
    context = {"record": record, "form": form, "home": address_of(record), "told": told, "months": months}
    context |= {"first_asked": day_of(record, 3)}
    return render(request, "gains/answers.jinja", context, status=422 if told or form.errors else 200)


@at_record(may=can_redact, kind="gains")
@require_POST
def blank(request: HttpRequest, record: Gain, verdict: UUID) -> HttpResponse:
    """Blank the words of a verdict."""
    found = queries.verdict_of(record, verdict)
    if found is None:
        raise Http404
    actions.blank_verdict(by=request.user, gain=record, verdict=found)
    return redirect(f"{address_of(record)}#story")
