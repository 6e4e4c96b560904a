"""What people do with a mini business case: its benefits, its numbers agreed, and whether it happened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.commons import record_page
from trustwide.rooms.commons.access import can_change, can_redact
from trustwide.rooms.commons.actions import SomeoneChangedThis
from trustwide.rooms.commons.gates import address_of, at_record, version_sent
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.resources import access, actions, looking_back, queries
from trustwide.rooms.resources.case_pdf import case_as_pdf
from trustwide.rooms.resources.forms import BenefitForm, LookBackForm, PartnerForm
from trustwide.rooms.resources.models import Benefit, Case

forms_too = require_http_methods(["GET", "HEAD", "POST"])


@at_record(may=can_change, kind="cases")
@forms_too
def add_benefit(request: HttpRequest, record: Case) -> HttpResponse:
    """One thing that it is thought to bring."""
    return _benefit(request, record, None)


@at_record(may=can_change, kind="cases")
@forms_too
def change_benefit(request: HttpRequest, record: Case, benefit: UUID) -> HttpResponse:
    """Change one, or take it out."""
    return _benefit(request, record, _found(record, benefit))


def _benefit(request: HttpRequest, case: Case, benefit: Benefit | None) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    removes = benefit is not None and "remove" in request.POST
    form = BenefitForm(sent, instance=benefit, initial={"version": case.version})
    context = {"record": case, "benefit": benefit, "form": form, "home": address_of(case)}
    if sent is None or not (removes or form.is_valid()):
        return _form(request, "benefit", context)
    try:
        if benefit is not None and removes:
            actions.remove_benefit(by=request.user, case=case, version=version_sent(request), benefit=benefit)
        else:
            seen = form.cleaned_data["version"]
            actions.set_benefit(by=request.user, case=case, version=seen, fields=form.typed(), benefit=benefit)
    except (SomeoneChangedThis, NotNow) as refusal:
        return _refused(request, "benefit", context, refusal)
    return redirect(f"{address_of(case)}#benefits")


@at_record(may=can_change, kind="cases")
@require_POST
def ask_to_agree(request: HttpRequest, record: Case) -> HttpResponse:
    """Ask somebody to look at the numbers."""
    form = PartnerForm(queries.partners_to_choose(record, request.user), request.POST)
    if not form.is_valid():
        return record_page.shown(request, record, forms={"partner": form}, status=422)
    try:
        actions.ask_to_agree(by=request.user, case=record, **form.cleaned_data)
    except SomeoneChangedThis as refusal:
        return _moved(request, record, refusal)
    return redirect(f"{address_of(record)}#numbers")


@at_record(may=access.can_agree, kind="cases")
@require_POST
def agree(request: HttpRequest, record: Case) -> HttpResponse:
    """Agree to the numbers as they stand."""
    try:
        actions.agree_numbers(by=request.user, case=record, version=version_sent(request))
    except SomeoneChangedThis as refusal:
        return _moved(request, record, refusal)
    return redirect(f"{address_of(record)}#numbers")


@at_record(may=can_change, kind="cases")
@forms_too
def look_back(request: HttpRequest, record: Case) -> HttpResponse:
    """Did it happen? What was seen of each benefit."""
    benefits = queries.benefits_of(record)
    months = looking_back.next_look(benefits)
    sent = request.POST if request.method == "POST" else None
    form = LookBackForm(benefits, sent, initial={"version": record.version})
    context = {"record": record, "form": form, "months": months, "home": address_of(record)}
    context |= {"in_time": looking_back.is_time(record, months), "early": looking_back.too_early(record, months)}
    if sent is None or not form.is_valid():
        return _form(request, "look-back", context)
    try:
        seen = form.cleaned_data["version"]
        actions.look_back(by=request.user, case=record, version=seen, seen=form.seen())
    except (SomeoneChangedThis, NotNow) as refusal:
        return _refused(request, "look-back", context, refusal)
    return redirect(f"{address_of(record)}#benefits")


@at_record(kind="cases")
@require_safe
def case_pdf(request: HttpRequest, record: Case) -> HttpResponse:
    """The case on one sheet of A4."""
    response = HttpResponse(case_as_pdf(record), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="case.pdf"'
    return response


@at_record(may=can_redact, kind="cases")
@require_POST
def blank(request: HttpRequest, record: Case, benefit: UUID) -> HttpResponse:
    """Blank the words of a benefit."""
    actions.blank_benefit(by=request.user, case=record, benefit=_found(record, benefit))
    return redirect(f"{address_of(record)}#benefits")


def _found(case: Case, number: UUID) -> Benefit:
    found = queries.benefit_of(case, number)
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, name: str, context: dict[str, Any], status: int = 0) -> HttpResponse:
    status = status or (422 if context["form"].errors else 200)
    return render(request, f"resources/{name}.jinja", {"told": "", **context}, status=status)


def _refused(request: HttpRequest, name: str, context: dict[str, Any], refusal: Exception) -> HttpResponse:
    """What was typed stays; the next try is about how the case stands now."""
    if isinstance(refusal, SomeoneChangedThis):
        form = context["form"]
        form.data = {**request.POST.dict(), "version": str(refusal.record.version)}
        return _form(request, name, {**context, "told": record_page.MOVED_MEANWHILE}, status=409)
    return _form(request, name, {**context, "told": refusal}, status=422)


def _moved(request: HttpRequest, record: Case, refusal: SomeoneChangedThis) -> HttpResponse:
    now: Any = refusal.record
    now.place, now.organisation = record.place, record.organisation
    return record_page.shown(request, now, told=record_page.MOVED_MEANWHILE, status=409)
