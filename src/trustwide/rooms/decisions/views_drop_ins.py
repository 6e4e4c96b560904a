"""Drop-ins: which there are, offering some, booking one."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.decisions import access, actions_drop_ins, drop_ins
from trustwide.rooms.decisions.models import Slot
from trustwide.rooms.decisions.scheme_forms import BookForm, OfferForm
from trustwide.rooms.people.clock import now
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place

forms_too = require_http_methods(["GET", "HEAD", "POST"])


@at_organisation(inside=True)
@require_safe
def every(request: HttpRequest, organisation: Place) -> HttpResponse:
    """The drop-ins of the coming weeks by day; of whoever decides one question, where it is named."""
    question = drop_ins.question_numbered(request.user, organisation, request.GET.get("about", ""))
    decider = question.owner if question else None
    slots = drop_ins.coming(organisation, [decider] if decider else [])
    days = [(day, list(found)) for day, found in groupby(slots, day_of)]
    context = {"organisation": organisation, "days": days, "question": question, "decider": decider}
    context["may_offer"] = access.can_offer(request.user, organisation)
    return render(request, "decisions/drop-ins.jinja", context)


@at_organisation(inside=True)
@forms_too
def offer(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Offer some quarters of an hour, one after the other."""
    if not access.can_offer(request.user, organisation):
        raise PermissionDenied
    form = OfferForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = {"starts": form.starts(), "where": form.cleaned_data["where"]}
        try:
            actions_drop_ins.offer_slots(by=request.user, organisation=organisation, **told)
            return redirect("decisions:drop-ins", organisation=organisation.slug)
        except NotNow as refusal:
            form.add_error("first", str(refusal))
    context = {"organisation": organisation, "form": form}
    return render(request, "decisions/offer.jinja", context, status=422 if form.errors else 200)


@at_organisation(inside=True)
@forms_too
def one(request: HttpRequest, organisation: Place, slot: UUID) -> HttpResponse:
    """Book a drop-in; whoever booked it cancels it here, and whoever offered it calls it off."""
    found = slot_or_404(organisation, slot)
    form = BookForm(
        request.POST if request.method == "POST" else None, initial={"decision": request.GET.get("about", "")}
    )
    if "leave" in request.POST or "call-off" in request.POST:
        return _end(request, found)
    if "blank" in request.POST and (booking := drop_ins.booking_of(found)):
        actions_drop_ins.blank_booking(by=request.user, booking=booking)
        return redirect("decisions:drop-in", organisation=organisation.slug, slot=found.pk)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        question = drop_ins.question_numbered(request.user, organisation, told["decision"])
        try:
            actions_drop_ins.book_slot(by=request.user, slot=found, about=told["about"], decision=question)
            return redirect("decisions:drop-in", organisation=organisation.slug, slot=found.pk)
        except NotNow as refusal:
            form.add_error("about", str(refusal))
    return _page(request, found, form)


def _page(request: HttpRequest, slot: Slot, form: BookForm) -> HttpResponse:
    booking = drop_ins.booking_of(slot)
    mine, theirs = slot.person == request.user, booking is not None and booking.person == request.user
    question = drop_ins.question_numbered(request.user, slot.organisation, form["decision"].value() or "")
    context: dict[str, Any] = {"organisation": slot.organisation, "slot": slot, "form": form, "question": question}
    context |= {
        "when": day_of(slot),
        "mine": mine,
        "theirs": theirs,
        "booking": booking,
        "may_blank": booking is not None and bool(booking.about) and access.can_blank(request.user, booking),
        "past": slot.starts_at <= now(),
    }
    return render(request, "decisions/drop-in.jinja", context, status=422 if form.errors else 200)


def _end(request: HttpRequest, slot: Slot) -> HttpResponse:
    if "call-off" in request.POST:
        actions_drop_ins.call_off_slot(by=request.user, slot=slot)
    elif booking := drop_ins.booking_of(slot):
        actions_drop_ins.leave_slot(by=request.user, booking=booking)
    return redirect("decisions:drop-ins", organisation=slot.organisation.slug)


@at_organisation(inside=True)
@require_safe
def calendar(request: HttpRequest, organisation: Place, slot: UUID) -> HttpResponse:
    """The drop-in for one's own calendar."""
    found = slot_or_404(organisation, slot)
    address = request.build_absolute_uri(f"/{organisation.slug}/drop-ins/{found.pk}/")
    response = HttpResponse(drop_ins.as_calendar(found, address), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="drop-in.ics"'
    return response


def day_of(slot: Slot) -> str:
    return date_format(localtime(slot.starts_at), "l j F")


def slot_or_404(organisation: Place, number: UUID) -> Slot:
    found = drop_ins.slot_numbered(organisation, number)
    if found is None:
        raise Http404
    return found
