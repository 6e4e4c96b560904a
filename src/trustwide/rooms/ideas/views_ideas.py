"""What people do with an idea: support it, answer it, tell what came of it, make it part of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from trustwide.rooms.commons import access as records
from trustwide.rooms.commons import record_page
from trustwide.rooms.commons.gates import address_of, at_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.ideas import access, queries
from trustwide.rooms.ideas import actions_ideas as actions
from trustwide.rooms.ideas.forms import AnswerForm, OutcomeForm, WordsForm
from trustwide.rooms.ideas.models import Idea

CHOOSE = _("Choose the idea that this one becomes part of")


@at_record(may=access.can_support, kind="ideas")
@require_POST
def support(request: HttpRequest, record: Idea) -> HttpResponse:
    """Support it, or take that back."""
    do = actions.take_back_support if request.POST.get("back") else actions.support_idea
    do(by=request.user, idea=record)
    return redirect(f"{address_of(record)}#support")


@at_record(may=access.can_word_anew, kind="ideas")
@require_POST
def word_anew(request: HttpRequest, record: Idea) -> HttpResponse:
    """Say it in later words."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        return record_page.shown(request, record, forms={"words": form}, status=422)
    text, key = form.cleaned_data["later"], form.cleaned_data["key"]
    actions.word_anew(by=request.user, idea=record, text=text, key=key)
    return redirect(f"{address_of(record)}#support")


@at_record(may=access.can_answer, kind="ideas")
@require_POST
def answer(request: HttpRequest, record: Idea) -> HttpResponse:
    """Reply to it, with one button."""
    return _said(request, record, AnswerForm(request.POST), actions.answer_idea, "answer")


@at_record(may=records.can_change, kind="ideas")
@require_POST
def outcome(request: HttpRequest, record: Idea) -> HttpResponse:
    """Tell what came of it."""
    return _said(request, record, OutcomeForm(request.POST), actions.tell_outcome, "outcome")


def _said(request: HttpRequest, record: Idea, form: Any, act: Callable[..., Any], name: str) -> HttpResponse:
    if not form.is_valid():
        return record_page.shown(request, record, forms={name: form}, status=422)
    given = {each: form.cleaned_data[each] for each in ("what", "said", "key")}
    try:
        act(by=request.user, idea=record, **given)
    except NotNow as refusal:
        return record_page.shown(request, record, forms={name: form}, told=refusal, status=422)
    return redirect(f"{address_of(record)}#answers")


@at_record(may=records.can_change, kind="ideas")
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, record: Idea) -> HttpResponse:
    """Choose the idea that it becomes part of."""
    if request.method == "POST":
        into = queries.idea_to_merge_into(request.user, record, request.POST.get("into", ""))
        if into and record.closed_at is None:
            actions.merge_ideas(by=request.user, idea=record, into=into)
            return redirect(address_of(into))
    words = request.GET.get("words", "")[:100]
    found = queries.ideas_to_merge_into(request.user, record, words)
    wrong = CHOOSE if request.method == "POST" else ""
    context = {"record": record, "home": address_of(record), "words": words, "found": found, "told": wrong}
    return render(request, "ideas/merge.jinja", context, status=422 if wrong else 200)
