"""What people do on an item's page, and the page of all that waits for somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.commons import record_page
from trustwide.rooms.commons.gates import address_of, at_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.escalation import access, actions, asks_page, overnight_page
from trustwide.rooms.escalation.forms import AgreeForm, AnswerForm, HelpedForm
from trustwide.rooms.escalation.tiers import tiers_of
from trustwide.rooms.escalation.tiers_form import TiersForm
from trustwide.rooms.people.acts import key_for, once
from trustwide.rooms.people.roles import ROLES, May
from trustwide.rooms.people.seen import ChangedMeanwhile, look_again, refused
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import LEVEL_WORDS, Place

MOVED = _("It was passed on while you were reading. Here it is as it stands now; your words are below.")
SET = _("It is saved. What is raised from now on goes this way.")
CHOOSE = _("Choose one of the buttons.")


@at_record(kind="items", may=access.can_answer)
@require_POST
def answer(request: HttpRequest, record: Any) -> HttpResponse:
    """Answer, say when the next word comes, ask for more help, or say that it was told."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _refused(request, record, form, _first(form), 422)
    try:
        said = form.cleaned_data
        key = key_for(said["key"], record.pk, *(said[each] for each in ("what", "words", "until")))
        once(by=request.user, key=key, act=lambda: act_on(request, record, said))
    except NotNow as refusal:
        return _refused(request, record, form, refusal, 409)
    if "back" in request.POST:
        following = request.POST["back"]
        where = f"#ask-{following}" if is_id(following) else ""
        return redirect(f"/{record.organisation.slug}/asks/?said={form.cleaned_data['what']}{where}")
    return redirect(f"{address_of(record)}#story")


def _refused(request: HttpRequest, record: Any, form: Any, told: Any, status: int) -> HttpResponse:
    """The page from which it was sent, with what was typed."""
    if "back" in request.POST:
        return asks_page.shown(request, record.organisation, refused={record.pk: form}, told=told, status=status)
    return record_page.shown(request, record, forms={"answer": form}, told=told, status=status)


def is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@at_organisation(inside=True)
@never_cache
@require_safe
def asks(request: HttpRequest, organisation: Place) -> HttpResponse:
    """All that waits there for the answer of whoever asks."""
    return asks_page.shown(request, organisation)


@at_organisation(inside=True)
@never_cache
@require_safe
def overnight(request: HttpRequest, organisation: Place) -> HttpResponse:
    """What rose since the last working day, what is late, and what was answered."""
    context = overnight_page.context_of(request.user, organisation)
    return render(request, "escalation/overnight.jinja", {"organisation": organisation, **context})


@at_organisation(inside=True)
@require_safe
def tiers(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Who answers what is raised, and by when."""
    told = {"tiers": tiers_of(organisation), "may_set": access.can_set_tiers(request.user, organisation)}
    said = SET if request.GET.get("said") == "set" else ""
    context = {"organisation": organisation, "roles": ROLES, "levels": LEVEL_WORDS, "said": said, **told}
    return render(request, "escalation/tiers.jinja", context)


@at_organisation(needs=May.TIERS)
@require_http_methods(["GET", "HEAD", "POST"])
def set_tiers(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Set who answers, and by when."""
    form, theirs = TiersForm(tiers_of(organisation), request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        given = {"tiers": form.tiers(), "seen": form.cleaned_data["seen"]}
        try:
            actions.set_tiers(by=request.user, organisation=organisation, **given)
            return redirect(f"/{organisation.slug}/tiers/?said=set")
        except ChangedMeanwhile:
            theirs = look_again(form, form.initial["seen"])
    context = {"organisation": organisation, "form": form, "theirs": theirs}
    return render(request, "escalation/set-tiers.jinja", context, status=refused(form, theirs))


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
