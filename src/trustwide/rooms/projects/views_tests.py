"""What people do with a test of change, step by step, and with what failed well."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from trustwide.rooms.commons import access, record_page
from trustwide.rooms.commons.actions import SomeoneChangedThis
from trustwide.rooms.commons.gates import address_of, at_record, version_sent
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.projects import actions, actions_failures, queries
from trustwide.rooms.projects.access import can_publish, can_tell, can_test, leads_above
from trustwide.rooms.projects.forms import ProjectForm
from trustwide.rooms.projects.forms_failures import FailureForm, ThanksForm
from trustwide.rooms.projects.forms_tests import DecideForm, StudyForm, TestForm
from trustwide.rooms.projects.from_ideas import can_try
from trustwide.rooms.projects.models import SMALL_TEST, FabulousFailure, Project, TestOfChange
from trustwide.rooms.projects.views import begun, done_to, form_page, sent
from trustwide.rooms.projects.words import DECIDE, FAILURE, NEXT_TEST, STUDY, TRY_IDEA


@at_record(may=can_test, kind="projects")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, record: Project) -> HttpResponse:
    """The next test of a project, filled in from the one before where that says what comes next."""
    before = queries.last_test(request.user, record)
    first = {"trying": before.next_time, "how": before.how, "collect": before.collect} if before else {}
    initial = first if request.method == "GET" else {}
    made = TestForm(sent(request), places=[record.place], initial=initial, ideas=queries.ideas_of(record))
    form = begun(request, made)
    if not form.is_valid():
        return form_page(request, record, form, NEXT_TEST, before=before)
    after = before if before and before.act in ("adapt", "expand") else None
    number = actions.add_test(
        by=request.user, project=record, fields=form.typed(), after=after, key=form.cleaned_data["key"]
    )
    return _to(record, "tests-of-change", number)


@at_record(may=can_try, kind="ideas")
@require_http_methods(["GET", "HEAD", "POST"])
def try_idea(request: HttpRequest, record: Idea) -> HttpResponse:
    """An idea as a small test, at a place where the person may begin one."""
    places = queries.places_to_start(request.user, record.organisation)
    place = record.place.slug if record.place in places else places[0].slug
    first = {"place": place, "size": SMALL_TEST}
    first |= {"title": record.title, "trying": record.more} if request.method == "GET" else {}
    form = begun(request, ProjectForm(sent(request), places=places, initial=first))
    if not form.is_valid():
        return form_page(request, record, form, TRY_IDEA)
    given = {"place": form.place(), "fields": form.typed(), "key": form.cleaned_data["key"]}
    return _to(record, "projects", actions.try_idea(by=request.user, idea=record, **given))


def _to(record: Any, address: str, number: UUID) -> HttpResponse:
    return redirect(f"/{record.organisation.slug}/{address}/{number}/")


@at_record(may=access.can_change, kind="tests-of-change")
@require_POST
def begin(request: HttpRequest, record: TestOfChange) -> HttpResponse:
    """From here on the prediction is locked."""
    try:
        actions.begin_test(by=request.user, test=record, version=version_sent(request))
    except SomeoneChangedThis:
        return record_page.shown(request, record, told=record_page.MOVED_MEANWHILE, status=409)
    except NotNow as refusal:
        return record_page.shown(request, record, told=refusal, status=422)
    return redirect(address_of(record))


@at_record(may=access.can_change, kind="tests-of-change")
@require_http_methods(["GET", "HEAD", "POST"])
def study(request: HttpRequest, record: TestOfChange) -> HttpResponse:
    """What happened, beside what was thought."""
    form = StudyForm(record, sent(request))
    if not form.is_valid():
        return form_page(request, record, form, STUDY)
    given = {"version": form.cleaned_data["version"], "said": form.said()}
    return done_to(request, record, form, STUDY, lambda: actions.study_test(by=request.user, test=record, **given))


@at_record(may=access.can_change, kind="tests-of-change")
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, record: TestOfChange) -> HttpResponse:
    """What is done with what was learned; what is adapted goes on to the next test."""
    form = DecideForm(sent(request), initial={"version": record.version})
    if not form.is_valid():
        return form_page(request, record, form, DECIDE)
    given = {name: form.cleaned_data[name] for name in ("version", "act", "next_time")}
    answer = done_to(request, record, form, DECIDE, lambda: actions.decide_test(by=request.user, test=record, **given))
    goes_on = answer.status_code == 302 and record.of_project_id and given["act"] in ("adapt", "expand")
    return redirect(f"/{record.organisation.slug}/projects/{record.of_project_id}/test/") if goes_on else answer


@at_record(may=can_tell, kind="projects")
@require_http_methods(["GET", "HEAD", "POST"])
def tell_failure(request: HttpRequest, record: Project) -> HttpResponse:
    """What of a project failed well, begun from what its last test said."""
    initial = queries.failure_after(record) if request.method == "GET" else {}
    form = begun(request, FailureForm(sent(request), places=[record.place], initial=initial))
    if not form.is_valid():
        return form_page(request, record, form, FAILURE)
    number = actions_failures.tell_failure(
        by=request.user, project=record, fields=form.typed(), key=form.cleaned_data["key"]
    )
    return _to(record, "fabulous-failures", number)


@at_record(may=can_publish, kind="fabulous-failures")
@require_POST
def publish(request: HttpRequest, record: FabulousFailure) -> HttpResponse:
    """Its team lets everybody read it."""
    try:
        actions_failures.publish_failure(by=request.user, failure=record, version=record.version)
    except (NotNow, SomeoneChangedThis):
        return record_page.shown(request, record, told=record_page.MOVED_MEANWHILE, status=409)
    return redirect(address_of(record))


@at_record(may=leads_above, kind="fabulous-failures")
@require_POST
def thank(request: HttpRequest, record: FabulousFailure) -> HttpResponse:
    """A leader thanks its team in words."""
    form = ThanksForm(request.POST)
    if not form.is_valid():
        told = next(iter(form.errors.values()))[0]
        return record_page.shown(request, record, forms={"thanks": form}, told=told, status=422)
    text, key = form.cleaned_data["text"], form.cleaned_data["key"]
    try:
        actions_failures.thank_for_failure(by=request.user, failure=record, text=text, key=key)
    except NotNow as refusal:
        return record_page.shown(request, record, told=refusal, status=422)
    return redirect(f"{address_of(record)}#comments")
