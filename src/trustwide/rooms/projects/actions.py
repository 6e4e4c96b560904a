"""Every write to a project and to its tests that commons does not do by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import access, notices
from trustwide.rooms.commons.actions import add_record, change_record, link_records, move_record
from trustwide.rooms.commons.kinds import KINDS, NotNow
from trustwide.rooms.commons.links import CAME_FROM
from trustwide.rooms.commons.together import added
from trustwide.rooms.ideas.actions_ideas import begin_trying
from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.people.acts import NotAllowed, once, record_act
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.seen import must_be_seen
from trustwide.rooms.places.models import Place
from trustwide.rooms.projects import queries
from trustwide.rooms.projects.access import can_set_rigour, can_test, forget_team
from trustwide.rooms.projects.models import MOST_BESIDE, HoursHad, Member, Project, ProjectMeasure, Rigour, TestOfChange
from trustwide.rooms.projects.standing import LIVE, PAUSED
from trustwide.rooms.projects.standing_kept import keep_standing

PROJECT = Project._meta.label_lower
TEST = TestOfChange._meta.label_lower
A_WEEK = timedelta(days=7)
NOT_PLANNED = _("It began already, or is over.")
NOT_RUNNING = _("It is not running: begin it first.")
NOT_STUDIED = _("Say first what happened.")


def add_test(
    *, by: Person, project: Project, fields: dict[str, Any], after: TestOfChange | None = None, key: UUID | None = None
) -> UUID:
    """The next test of a project's series, joined to it, and to the one `after` which it comes; its id."""
    if not (can_test(by, project) and notices.can_read(by, project)):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _test(by, project, fields, after)))


def _test(by: Person, project: Project, fields: dict[str, Any], after: TestOfChange | None) -> UUID:
    _lock(project)  # one number each, whoever comes at once
    last = project.tests.order_by("-number").values_list("number", flat=True).first() or 0
    told = {"sharing": project.sharing, **fields, "of_project": project, "number": last + 1}
    given: dict[str, Any] = {"kind": KINDS[TEST], "place": project.place, "fields": told, "helps": project}
    number = add_record(by=by, **given, may=lambda *_new: can_test(by, project))
    if after is not None:
        link_records(by=by, start=added(TestOfChange, number, "place"), meaning=CAME_FROM, end=after)
    keep_standing([project])
    return number


def _at(test: TestOfChange, stage: str, otherwise: Any) -> None:
    """NotNow where it is not at that step. Who may is asked by the change that follows."""
    if test.stage != stage:
        raise NotNow(otherwise)


@transaction.atomic
def begin_test(*, by: Person, test: TestOfChange, version: int) -> None:
    """From here on its prediction is locked. A test that begins without one may say it later, and says so then."""
    _at(test, "planned", NOT_PLANNED)
    look_on = test.next_review or today() + A_WEEK
    change_record(by=by, record=test, version=version, fields={"started_at": now(), "next_review": look_on})
    move_record(by=by, record=test, version=test.version, stage="running")
    _stand(test)


@transaction.atomic
def study_test(*, by: Person, test: TestOfChange, version: int, said: dict[str, Any]) -> None:
    """What happened, beside what was thought; a prediction among what is `said` comes afterwards."""
    _at(test, "running", NOT_RUNNING)
    change_record(by=by, record=test, version=version, fields={**said, "studied_at": now()})
    move_record(by=by, record=test, version=test.version, stage="studied")
    _stand(test)


@transaction.atomic
def decide_test(*, by: Person, test: TestOfChange, version: int, act: str, next_time: str = "") -> None:
    """What is done with what was learned; with that, the test is over."""
    _at(test, "studied", NOT_STUDIED)
    change_record(by=by, record=test, version=version, fields={"act": act, "next_time": next_time})
    move_record(by=by, record=test, version=test.version, stage="done")
    _stand(test)


def _stand(test: TestOfChange) -> None:
    if test.of_project:
        keep_standing([test.of_project])


@transaction.atomic
def end_project(
    *,
    by: Person,
    project: Project,
    version: int,
    how: str,
    reason: str,
    kept: str = "",
    hours: int | None = None,
    handed_to: str = "",
    again_if: str = "",
    until: date | None = None,
) -> None:
    """End it, pause it `until` a day, or go on in another way until then; its team is told, and thanked."""
    fields = {"end_reason": reason, "kept": kept, "hours_freed": hours, "handed_to": handed_to, "again_if": again_if}
    if how in (LIVE, PAUSED):
        fields |= {"next_review": until} | ({"stop_on": until} if how == LIVE else {})
    change_record(by=by, record=project, version=version, fields=fields)
    if project.stage != how:
        move_record(by=by, record=project, version=project.version, stage=how)
    keep_standing([project])
    team = [each.person for each in project.members.select_related("person") if each.person]
    notices.tell({each.pk: each for each in team}.values(), project, by=by, what="project-ended")


def add_member(
    *, by: Person, project: Project, does: str, person: Person | None = None, name: str = "", key: UUID | None = None
) -> UUID:
    """Somebody in its team: a person, once for each part; or a part such as "a carer", where they have no account."""
    if not access.can_change(by, project):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _member(by, project, does, person, name)))


def _member(by: Person, project: Project, does: str, person: Person | None, name: str) -> UUID:
    if person is None:
        member, is_new = Member.objects.create(project=project, does=does, name=name, by=by), True
    else:
        member, is_new = Member.objects.get_or_create(project=project, does=does, person=person, defaults={"by": by})
    if is_new:
        forget_team(project)
        _tell(by, "joined-team", member, project)
        keep_standing([project])
        notices.tell([person] if person else [], project, by=by, what="in-team")
    return member.pk


@transaction.atomic
def remove_member(*, by: Person, member: Member) -> None:
    """Out of the team: by whoever may change the project, and by oneself."""
    project = Project.objects.select_related("place").get(pk=member.project_id)
    if by.pk != member.person_id and not access.can_change(by, project):
        raise NotAllowed
    _tell(by, "left-team", member, project)
    member.delete()
    keep_standing([project])


@transaction.atomic
def choose_measures(*, by: Person, project: Project, measures: list[Any], seen: str | None = None) -> None:
    """Which measures tell of it, the one that it is judged by first; each of them one that `by` can read.

    ChangedMeanwhile where others tell of it than were `seen`.
    """
    if not access.can_change(by, project) or not all(notices.can_read(by, each) for each in measures):
        raise NotAllowed
    _lock(project)
    must_be_seen(seen, *queries.chosen_measures(project))
    project.told_by.all().delete()
    chosen = list(dict.fromkeys(each.pk for each in measures))[: 1 + MOST_BESIDE]
    rows = [ProjectMeasure(project=project, measure_id=pk, position=place) for place, pk in enumerate(chosen)]
    ProjectMeasure.objects.bulk_create(rows)
    _tell(by, "chose-measures", project, project)
    keep_standing([project])


@transaction.atomic
def note_hours(*, by: Person, project: Project, month: date, hours: int, seen: str | None = None) -> None:
    """The hours that its team had in a month; typed again, they are put right.

    ChangedMeanwhile where other hours are noted than were `seen`.
    """
    if not access.can_change(by, project):
        raise NotAllowed
    _lock(project)
    must_be_seen(seen, queries.hours_noted(project))
    had, _new = HoursHad.objects.update_or_create(
        project=project, month=month, defaults={"hours": hours, "by": by, "at": now()}
    )
    newest = project.hours.first()
    Project.objects.filter(pk=project.pk).update(hours_month=newest.month, hours_had=newest.hours)
    _tell(by, "noted-hours", had, project)


def try_idea(*, by: Person, idea: Idea, place: Place, fields: dict[str, Any], key: UUID | None = None) -> UUID:
    """A project in which an idea is tried, joined to it; its id."""
    if not (access.can_add(by, KINDS[PROJECT], place) and notices.can_read(by, idea)):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _try_idea(by, idea, place, fields)))


def _try_idea(by: Person, idea: Idea, place: Place, fields: dict[str, Any]) -> UUID:
    number = add_record(by=by, kind=KINDS[PROJECT], place=place, fields=fields)
    begin_trying(by=by, idea=idea, work=added(Project, number, "place"))
    return number


@transaction.atomic
def set_rigour(*, by: Person, organisation: Place, asks: dict[str, list[str]], seen: str | None = None) -> None:
    """What the organisation asks of work of each size. ChangedMeanwhile where it asks other things than were `seen`."""
    if not can_set_rigour(by, organisation):
        raise NotAllowed
    Place.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    must_be_seen(seen, queries.asked_by_size(organisation))
    rigour, _new = Rigour.objects.update_or_create(organisation=organisation, defaults={"asks": asks})
    record_act(
        by=by, verb="set-rigour", thing=rigour, organisation=organisation.pk, fields=["asks"], related=organisation.pk
    )


def _lock(project: Project) -> None:
    """Ours until the transaction ends."""
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)


def _tell(by: Person, verb: str, thing: Any, project: Project) -> None:
    record_act(by=by, verb=verb, thing=thing, organisation=project.organisation_id, related=project.pk)
