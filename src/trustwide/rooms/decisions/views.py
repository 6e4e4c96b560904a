"""What people do with one question: ask it, once they have seen who decides; ask for it too; decide it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from trustwide.rooms.commons import record_page
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.gates import address_of, at_kind, at_record
from trustwide.rooms.commons.kinds import Kind, NotNow
from trustwide.rooms.decisions import access, actions, queries
from trustwide.rooms.decisions.forms import DecideForm
from trustwide.rooms.decisions.models import Decision
from trustwide.rooms.decisions.scheme import deputy_for, find_decider
from trustwide.rooms.people.acts import key_for, once
from trustwide.rooms.people.clock import today
from trustwide.rooms.places.models import Place

CHECK, LOOK = "check", "look"  # the buttons that look at the words, or at who decides, and save nothing


@at_kind(adding=True)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, organisation: Place, kind: Kind, places: list[Place]) -> HttpResponse:
    """Write a question, see who decides it, then ask."""
    sent = request.POST if request.method == "POST" else None
    form = kind.form_class(sent, places=places, initial={"place": request.GET.get("place") or places[0].slug})
    context = {"organisation": organisation, "kind": kind, "form": form, "home": None, "looks": True}
    if sent is None or CHECK in sent or "back" in sent or not form.is_valid():
        refused = sent is not None and "back" not in sent and form.errors
        return render(request, "decisions/ask.jinja", context, status=422 if refused else 200)
    if LOOK in sent:
        return render(request, "decisions/who.jinja", {**context, **_who(request, form)})
    number = add_record(
        by=request.user, kind=kind, place=form.place(), fields=form.typed(), key=form.cleaned_data["key"]
    )
    return redirect(f"/{organisation.slug}/{kind.address}/{number}/")


def _who(request: HttpRequest, form: Any) -> dict[str, Any]:
    """Who would decide it, and all that was typed, to be sent again."""
    found = find_decider(form.place(), form.question(), today())
    buttons = ("csrfmiddlewaretoken", LOOK)
    typed = [(name, value) for name, value in request.POST.items() if name not in buttons]
    deputy = deputy_for(found.person, found.place, today()) if found.person else None
    return {"found": found, "typed": typed, "deputy": deputy, "own": found.person == request.user}


@at_record(may=access.can_decide, kind="decisions")
@require_POST
def decide(request: HttpRequest, record: Decision) -> HttpResponse:
    """Give an answer; one tap is enough."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        return record_page.shown(request, record, forms={"decide": form}, status=422)
    told = {"what": form.cleaned_data["what"], "reason": form.said(), "until": form.until()}
    key = key_for(form.cleaned_data["key"], record.pk, told)
    try:
        once(by=request.user, key=key, act=lambda: actions.decide(by=request.user, decision=record, **told))
    except NotNow as refusal:
        now_it_is = queries.decision_numbered(record.pk)
        return record_page.shown(request, now_it_is, forms={"decide": form}, told=refusal, status=409)
    return redirect(address_of(record))


@at_record(may=access.can_join, kind="decisions")
@require_POST
def me_too(request: HttpRequest, record: Decision) -> HttpResponse:
    """Join those who ask."""
    actions.join_asking(by=request.user, decision=record)
    return redirect(address_of(record))
