"""What people do on an item's page, and the page of all that waits for somebody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from trustwide.rooms.commons import record_page
from trustwide.rooms.commons.gates import address_of, at_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.escalation import access, actions
from trustwide.rooms.escalation.forms import AgreeForm, AnswerForm, HelpedForm

MOVED = _("It was passed on while you were reading. Here it is as it stands now; your words are below.")
CHOOSE = _("Choose one of the buttons.")


@at_record(kind="items", may=access.can_answer)
@require_POST
def answer(request: HttpRequest, record: Any) -> HttpResponse:
    """Answer, say when the next word comes, ask for more help, or say that it was told."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return record_page.shown(request, record, forms={"answer": form}, told=_first(form), status=422)
    try:
        act_on(request, record, form.cleaned_data)
    except NotNow as refusal:
        return record_page.shown(request, record, forms={"answer": form}, told=refusal, status=409)
    return redirect(f"{address_of(record)}#story")


def act_on(request: HttpRequest, record: Any, said: dict[str, Any]) -> None:
    """What the pressed button does. NotNow where the item went on to another tier since the page was read."""
    if said["tier"] not in (None, record.tier):
        raise NotNow(MOVED)
    given = {"by": request.user, "item": record}
    match said["what"]:
        case "answer":
            actions.answer_item(**given, words=said["words"], told=said["told"])
        case "promise":
            actions.promise_word(**given, words=said["words"], until=said["until"])
        case "up":
            actions.pass_up(**given, words=said["words"])
        case "seen":
            actions.see_item(**given)
        case "tell":
            actions.tell_raiser(**given)


def _first(form: Any) -> Any:
    return next(iter(form.errors.values()))[0]


@at_record(kind="items", may=access.raised_it)
@require_POST
def helped(request: HttpRequest, record: Any) -> HttpResponse:
    """Who raised it says whether the answer helped."""
    form = HelpedForm(request.POST)
    if not form.is_valid():
        return record_page.shown(request, record, forms={"helped": form}, told=_first(form), status=422)
    said = form.cleaned_data
    try:
        actions.say_helped(by=request.user, item=record, helped=said["helped"] == "yes", words=said["words"])
    except NotNow as refusal:
        return record_page.shown(request, record, forms={"helped": form}, told=refusal, status=409)
    return redirect(f"{address_of(record)}#story")


@at_record(kind="items", may=access.raised_it)
@require_POST
def agree(request: HttpRequest, record: Any) -> HttpResponse:
    """Who raised it says whether a later day will do."""
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return record_page.shown(request, record, told=CHOOSE, status=422)
    try:
        actions.agree_to_wait(by=request.user, item=record, agrees=form.cleaned_data["agrees"] == "yes")
    except NotNow as refusal:
        return record_page.shown(request, record, told=refusal, status=409)
    return redirect(f"{address_of(record)}#story")
