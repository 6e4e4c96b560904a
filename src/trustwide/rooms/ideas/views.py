"""What people do with a problem: tell how it looks from one side, ask all staff, reply."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from trustwide.rooms.commons import access as records
from trustwide.rooms.commons import record_page
from trustwide.rooms.commons.actions import SomeoneChangedThis
from trustwide.rooms.commons.gates import address_of, at_record
from trustwide.rooms.ideas import access, actions, queries
from trustwide.rooms.ideas.forms import AngleForm, AskForm, ReplyForm
from trustwide.rooms.ideas.models import Problem
from trustwide.rooms.people.clock import today

A_PAGE = 50


@at_record(may=access.can_frame, kind="problems")
@require_POST
def angle(request: HttpRequest, record: Problem) -> HttpResponse:
    """Tell how it looks from one side."""
    form = AngleForm(request.POST)
    if not form.is_valid():
        return record_page.shown(request, record, forms={"angle": form}, status=422)
    given = {name: form.cleaned_data[name] for name in ("role", "said", "key")}
    actions.add_angle(by=request.user, problem=record, **given)
    return redirect(f"{address_of(record)}#angles")


@at_record(may=access.can_ask_everyone, kind="problems")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, record: Problem) -> HttpResponse:
    """Ask all staff about it."""
    until = record.asks_until or today() + actions.ASKED_FOR
    first = {"version": record.version, "until": until, "unnamed": record.unnamed}
    form, told = AskForm(request.POST if request.method == "POST" else None, initial=first), ""
    if form.is_valid():
        try:
            actions.ask_everyone(by=request.user, problem=record, **form.cleaned_data)
        except SomeoneChangedThis:
            told = record_page.MOVED_MEANWHILE
        else:
            return redirect(address_of(record))
    context = {"record": record, "form": form, "told": told, "home": address_of(record)}
    return render(request, "ideas/ask.jinja", context, status=409 if told else 422 if form.errors else 200)


@at_record(kind="problems")
@require_http_methods(["GET", "HEAD", "POST"])
def replies(request: HttpRequest, record: Problem) -> HttpResponse:
    """What was replied to a board's question, and one's own reply."""
    if record.asks_until is None:
        raise Http404
    may = access.can_reply(request.user, record)
    own = queries.reply_of(record, request.user)
    form = ReplyForm(request.POST if request.method == "POST" else None, initial={"text": own.text if own else ""})
    if request.method == "POST" and not may:
        raise PermissionDenied
    if form.is_valid():
        actions.reply(by=request.user, problem=record, text=form.cleaned_data["text"])
        return redirect(f"{address_of(record)}replies/")
    return _replies_page(request, record, {"form": form if may else None, "own": own})


def _replies_page(request: HttpRequest, record: Problem, context: dict[str, Any]) -> HttpResponse:
    page = Paginator(queries.replies_to(record), A_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count or queries.count_of_replies(record)
    told = {"record": record, "home": address_of(record), "page": page, "count": count, **context}
    told["may_redact"] = records.can_redact(request.user, record)
    form = context["form"]
    return render(request, "ideas/replies.jinja", told, status=422 if form is not None and form.errors else 200)


@at_record(may=records.can_redact, kind="problems")
@require_POST
def redact_reply(request: HttpRequest, record: Problem, reply: UUID) -> HttpResponse:
    found = queries.reply_at(record, reply)
    if found is None:
        raise Http404
    actions.redact_reply(by=request.user, reply=found)
    return redirect(f"{address_of(record)}replies/")
