"""Raising with no account by the QR code of a team, and reading the answer by a code."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.devices.gates import at_team, board_of
from trustwide.rooms.escalation import actions_door, codes, queries
from trustwide.rooms.escalation.actions_clock import note_read
from trustwide.rooms.escalation.answer_page import told_to_code
from trustwide.rooms.escalation.forms import CodeForm, DoorForm, HelpedForm, OpenForm
from trustwide.rooms.escalation.tiers import ring_of
from trustwide.rooms.people.gates import public
from trustwide.rooms.people.limits import CODES, RAISED, limited
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place

forms_too = require_http_methods(["GET", "HEAD", "POST"])
NO_SUCH_CODE = _("Nothing was raised with that code. Check the ten letters")


@public
@limited(RAISED)
@never_cache
@forms_too
def raise_here(request: HttpRequest, organisation: str, door: str) -> HttpResponse:
    """The form behind a team's QR code. Who fills it in is asked for nothing; they are given a code."""
    found = codes.door_with(door)
    if found is None or found.team.organisation.slug != organisation:
        raise Http404
    sent, nobody = request.POST if request.method == "POST" else None, codes.somebody()
    form = OpenForm(nobody, found.team, sent)
    if sent is not None and form.is_valid():
        told = {"team": found.team, "fields": form.typed(), "key": form.cleaned_data["key"]}
        return _given(request, queries.item_numbered(actions_door.raise_without_account(by=nobody, **told)))
    context = {"team": found.team, "form": form}
    return render(request, "escalation/raise-here.jinja", context, status=422 if form.errors else 200)


def _given(request: HttpRequest, item: Any) -> HttpResponse:
    """The code, as the answer to the form itself: no address leads to it."""
    context = {"item": item, "code": codes.in_parts(codes.code_for(item.pk)), "ring": ring_of(item)}
    return render(request, "escalation/code-given.jinja", context | told_to_code(item))


@public
@limited(CODES)
@never_cache
@forms_too
def answer(request: HttpRequest) -> HttpResponse:
    """What became of something, for whoever has its code; and whether it helped."""
    sent = request.POST if request.method == "POST" else None
    form = CodeForm(sent)
    item = queries.item_by_code(form.cleaned_data["code"]) if sent is not None and form.is_valid() else None
    if item is None:
        if sent is not None and not form.errors:
            form.add_error("code", NO_SUCH_CODE)
        return render(request, "escalation/ask-code.jinja", {"form": form}, status=422 if form.errors else 200)
    said = HelpedForm(sent) if sent is not None and "helped" in sent else None
    told, status = _say(item, said)
    found = queries.item_numbered(item.pk)
    context = {"item": found, "code": form.cleaned_data["code"], "told": told, "said": said or HelpedForm()}
    return render(request, "escalation/by-code.jinja", context | told_to_code(found), status=status)


def _say(item: Any, form: HelpedForm | None) -> tuple[Any, int]:
    """Note what they say, or that they have read the answer; what is wrong, if anything."""
    if form is None:
        note_read(item=item)
        return "", 200
    if not form.is_valid():
        return next(iter(form.errors.values()))[0], 422
    said = form.cleaned_data
    try:
        actions_door.say_by_code(by=codes.somebody(), item=item, helped=said["helped"] == "yes", words=said["words"])
    except NotNow as refusal:
        return refusal, 409
    return "", 200


@at_team(needs=May.CHANGE)
@never_cache
@forms_too
def door(request: HttpRequest, team: Place) -> HttpResponse:
    """A team's QR code: to print, to renew, to close."""
    form = DoorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        do = form.cleaned_data["do"]
        actions_door.set_door(by=request.user, team=team, is_open=do != "close", renew=do == "renew")
        return redirect(f"{board_of(team)}raise-code/")
    found = queries.door_of(team)
    address = codes.address_of_door(found) if found and found.is_open else ""
    context = {"team": team, "address": address, "code": codes.picture_of(address) if address else ""}
    context |= {"board": board_of(team), "was": found is not None}
    return render(request, "escalation/door.jinja", context, status=422 if form.errors else 200)
