"""The pages of every kind of record: lists, forms, the record itself. Gate, then query or action, then page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.commons import access, actions, exports, queries, record_page
from trustwide.rooms.commons import tried_before as tried
from trustwide.rooms.commons.forms import MoveForm, RecordForm
from trustwide.rooms.commons.gates import address_of, at_kind, at_record
from trustwide.rooms.commons.kinds import Kind, NotNow, kind_of
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.limits import EXPORTS, limited
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

A_PAGE = 50
CHECK = "check"  # the button that looks at the words and saves nothing
TRIED = "tried"  # the button that looks for work like it and saves nothing
FILTERS = ("place", "stage", "closed", "mine")


@at_kind
@require_safe
def record_list(request: HttpRequest, organisation: Place, kind: Kind) -> HttpResponse:
    """The records of a kind, newest first."""
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    found = queries.records_in(request.user, organisation, kind, asked)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    places = queries.places_to_add(request.user, organisation, kind)
    context = {"organisation": organisation, "kind": kind, "page": page, "asked": asked, "may_add": bool(places)}
    context["told"] = kind.tells(request.user, organisation) if kind.tells else ""
    return render(request, "commons/list.jinja", context)


@at_kind
@limited(EXPORTS)
@require_safe
def export(request: HttpRequest, organisation: Place, kind: Kind) -> HttpResponse:
    """The same list as a spreadsheet."""
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    found = queries.records_in(request.user, organisation, kind, asked)
    return exports.as_spreadsheet(kind, found, request.GET.get("format", "csv"))


@at_kind(adding=True)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organisation: Place, kind: Kind, places: list[Place]) -> HttpResponse:
    """A new record, at one of the places where this person may add one."""
    sent, looks = request.POST, kind.tried_before and TRIED in request.POST
    form = _new_form(request, kind, places, looks=looks)
    helps = queries.readable_record(request.user, form["helps"].value() or "")
    if form.is_bound and CHECK not in sent and form.is_valid():
        given = {"fields": form.typed(), "key": form.cleaned_data["key"], "helps": helps}
        number = actions.add_record(by=request.user, kind=kind, place=form.place(), **given)
        return redirect(f"/{organisation.slug}/{kind.address}/{number}/")
    home = None if reach_of(request.user).can_read_place(organisation) else "/"  # whoever may not read the list
    context = {"organisation": organisation, "kind": kind, "form": form, "helps": helps, "home": home}
    most = tried.SHOWN_BESIDE_FORM
    context["answer"] = tried.like(request.user, form["title"].value() or "", most=most) if looks else None
    return render(request, "commons/form.jinja", context, status=422 if form.errors else 200)


def _new_form(request: HttpRequest, kind: Kind, places: list[Place], *, looks: bool) -> RecordForm:
    """What was sent; or one to begin with, which holds what the address says, or what was typed by who only looks."""
    sent = request.POST if request.method == "POST" else None
    asked = {"place": request.GET.get("place") or places[0].slug, "helps": request.GET.get("helps", "")}
    asked |= _said_in_address(request, kind) if sent is None else {}
    form = kind.form_class(sent, sent and request.FILES, places=places, initial=asked)
    if looks:
        form = kind.form_class(None, places=places, initial=form.as_typed())
    form.made_for(request.user, form.places.get(form["place"].value()))
    return form  # type: ignore[no-any-return]


def _said_in_address(request: HttpRequest, kind: Kind) -> dict[str, str]:
    """What a link to the form says of the new record. Not of one that was sent: all of that is looked at as typed."""
    return {name: request.GET[name] for name in kind.form_class.Meta.fields if name in request.GET}


@at_record
@require_safe
def show(request: HttpRequest, record: Any) -> HttpResponse:
    """The record: what it says, where it stands, what was said of it, what it is joined to."""
    return record_page.shown(request, record)


@at_record(may=access.can_change)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, record: Any) -> HttpResponse:
    """Change what it says. Where somebody else did meanwhile, both texts are shown and nothing is lost."""
    sent = request.POST if request.method == "POST" else None
    form = kind_of(record).form_class(sent, instance=record)
    if sent is None or CHECK in sent or not form.is_valid():
        return _change_page(request, record, form, status=422 if form.errors else 200)
    version = form.cleaned_data["version"] or 0
    try:
        actions.change_record(by=request.user, record=record, version=version, fields=form.typed())
    except actions.SomeoneChangedThis as refusal:
        form.data = {**form.data.dict(), "version": str(refusal.record.version)}
        theirs = record_page.differences(form, refusal.record)
        return _change_page(request, refusal.record, form, status=409, theirs=theirs)
    except NotNow as refusal:
        form.add_error(form.shown()[0], str(refusal))
        return _change_page(request, record, form, status=422)
    return redirect(address_of(record))


def _change_page(
    request: HttpRequest, record: Record, form: RecordForm, *, status: int, theirs: Any = None
) -> HttpResponse:
    context = {"record": record, "kind": kind_of(record), "form": form, "theirs": theirs, "home": address_of(record)}
    context |= {"organisation": record.organisation, "by": record.updated_by if theirs is not None else None}
    return render(request, "commons/form.jinja", context, status=status)


@at_record(may=access.can_change)
@require_POST
def move(request: HttpRequest, record: Any) -> HttpResponse:
    """Move it on to another stage."""
    form = MoveForm(request.POST)
    stages = {stage.key for stage in kind_of(record).after(record.stage)}
    if not form.is_valid() or form.cleaned_data["stage"] not in stages:
        return record_page.shown(request, record, told=record_page.CANNOT_MOVE, status=422)
    try:
        actions.move_record(by=request.user, record=record, **form.cleaned_data)
    except actions.SomeoneChangedThis as refusal:
        return record_page.shown(request, refusal.record, told=record_page.MOVED_MEANWHILE, status=409)
    except NotNow as refusal:
        return record_page.shown(request, record, told=refusal, status=422)
    return redirect(address_of(record))


@at_record
@require_safe
def history(request: HttpRequest, record: Any) -> HttpResponse:
    """Every version, and who did what for those who may see it."""
    audit = queries.audit_told(record) if access.can_see_audit(request.user, record) else []
    context = {
        "record": record,
        "kind": kind_of(record),
        "changes": queries.history_of(record, request.user),
        "audit": audit,
    }
    return render(request, "commons/history.jinja", {**context, "home": address_of(record)})


@at_record(may=access.can_redact)
@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: HttpRequest, record: Any) -> HttpResponse:
    """Blank out fields for good."""
    names = [name for name in request.POST.getlist("field") if name in kind_of(record).typed]
    if request.method == "POST" and names:
        actions.redact(by=request.user, record=record, names=names)
        return redirect(address_of(record))
    fields = [(name, record._meta.get_field(name).verbose_name) for name in kind_of(record).typed]
    context = {"record": record, "fields": fields, "home": address_of(record), "wrong": request.method == "POST"}
    return render(request, "commons/redact.jinja", context, status=422 if context["wrong"] else 200)
