"""What people do with one project: end it, name its team and its measures, say what hours it had."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from trustwide.rooms.commons import access, record_page, tried_before
from trustwide.rooms.commons.actions import SomeoneChangedThis
from trustwide.rooms.commons.gates import address_of, at_record
from trustwide.rooms.commons.kinds import KINDS, NotNow
from trustwide.rooms.commons.views import TRIED
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.seen import ChangedMeanwhile, look_again, mark_of, refused
from trustwide.rooms.projects import actions, queries
from trustwide.rooms.projects.access import team_of
from trustwide.rooms.projects.forms import EndForm, HoursForm, MeasuresForm, MemberForm
from trustwide.rooms.projects.models import Project
from trustwide.rooms.projects.words import END, HOURS, TEAM, Heading


def form_page(
    request: HttpRequest, record: Any, form: Any, heading: Heading, *, told: Any = "", status: int = 0, **more: Any
) -> HttpResponse:
    """One form about a record: what it is for, what was wrong, its button."""
    status = status or (422 if form.errors else 200)
    context = {"record": record, "form": form, "told": told, "home": address_of(record), "heading": heading, **more}
    looks = getattr(form, "places", None) and "trying" in form.fields  # something new, that others may have tried
    context |= {"looks": looks, "answer": None}
    if looks and TRIED in request.POST:
        asked, most = form["title"].value() or "", tried_before.SHOWN_BESIDE_FORM
        context["answer"] = tried_before.like(request.user, asked, most=most)  # type: ignore[arg-type]
    return render(request, "projects/form.jinja", context, status=status)


def done_to(request: HttpRequest, record: Any, form: Any, heading: Heading, act: Any, **more: Any) -> HttpResponse:
    """Do it, and go back to the record; or say why not, with all that was typed."""
    try:
        act()
    except SomeoneChangedThis as refusal:
        form.data = {**form.data.dict(), "version": str(refusal.record.version)}
        return form_page(request, record, form, heading, told=record_page.MOVED_MEANWHILE, status=409, **more)
    except NotNow as refusal:
        return form_page(request, record, form, heading, told=refusal, status=422, **more)
    return redirect(address_of(record))


def sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def begun(request: HttpRequest, form: Any) -> Any:
    """The form of a new record; of who only looks whether it was tried before, with what was typed and no errors."""
    if TRIED in request.POST:
        form.initial, form.is_bound = form.as_typed(), False
    return form


@at_record(may=access.can_change, kind="projects")
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, record: Project) -> HttpResponse:
    """End a project, pause it, hand it over, or go on in another way."""
    first = {"version": record.version, "how": request.GET.get("how", "")}
    form = EndForm(record.size, sent(request), initial=first)
    if not form.is_valid():
        return form_page(request, record, form, END)
    given = {name: form.cleaned_data[name] for name in ("how", *form.SENT)}
    return done_to(request, record, form, END, lambda: actions.end_project(by=request.user, project=record, **given))


@at_record(may=access.can_change, kind="projects")
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, record: Project) -> HttpResponse:
    """Who is in the team; one more."""
    form = MemberForm(record, sent(request))
    if not form.is_valid():
        status = 422 if form.errors else 200
        return form_page(request, record, form, TEAM, status=status, team=team_of(record))
    given = form.cleaned_data
    who = {"person": form.person} if form.person else {"name": given["name"]}
    actions.add_member(by=request.user, project=record, does=given["does"], key=given["key"], **who)
    return redirect(f"{address_of(record)}team/")


@at_record(may=access.can_change, kind="projects")
@require_POST
def remove_member(request: HttpRequest, record: Project, member: UUID) -> HttpResponse:
    """Out of the team; the action refuses those who may not."""
    found = queries.member_of(record, member)
    if found is None:
        raise Http404
    actions.remove_member(by=request.user, member=found)
    return redirect(f"{address_of(record)}#team")


@at_record(may=access.can_change, kind="projects")
@require_http_methods(["GET", "HEAD", "POST"])
def measures(request: HttpRequest, record: Project) -> HttpResponse:
    """Which measures tell of it."""
    offered = queries.measures_to_choose(request.user, record)
    first, *also = [str(each) for each in queries.chosen_measures(record)] or [""]
    seen, theirs = mark_of(*queries.chosen_measures(record)), None
    form = MeasuresForm(offered, sent(request), initial={"first": first, "also": also, "seen": seen})
    if form.is_valid():
        given = {"measures": form.given(), "seen": form.cleaned_data["seen"]}
        try:
            actions.choose_measures(by=request.user, project=record, **given)
            return redirect(address_of(record))
        except ChangedMeanwhile:
            theirs = look_again(form, seen)
    may_add = access.can_add(request.user, KINDS[Measure._meta.label_lower], record.place)
    context = {"record": record, "home": address_of(record), "form": form, "may_add": may_add, "theirs": theirs}
    return render(request, "projects/measures.jinja", context, status=refused(form, theirs))


@at_record(may=access.can_change, kind="projects")
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, record: Project) -> HttpResponse:
    """The hours that the team had in a month."""
    form = HoursForm(queries.hours_noted(record), sent(request))
    if not form.is_valid():
        return form_page(request, record, form, HOURS)
    given = {"month": form.months[form.cleaned_data["month"]], "hours": form.cleaned_data["hours"]}
    try:
        actions.note_hours(by=request.user, project=record, seen=form.cleaned_data["seen"], **given)
    except ChangedMeanwhile:
        return form_page(request, record, form, HOURS, theirs=form.differ(), status=409)
    return redirect(f"{address_of(record)}#space")
