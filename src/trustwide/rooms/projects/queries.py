"""Every read of this room, each through what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from trustwide.engines.spc.model import Series
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.queries import places_to_add
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.measures.queries import charts_of, rules_at
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.places.reach import holds_on
from trustwide.rooms.projects.models import SIZES, Member, Project, ProjectMeasure, Rigour, TestOfChange
from trustwide.rooms.projects.rigour import asks

SHOWN = 50
OFFERED = 40  # measures to choose from


def tests_of(person: Person, project: Project) -> list[TestOfChange]:
    """Its tests that the person may read, in their series."""
    found = list(TestOfChange.objects.visible_to(person).filter(of_project=project).order_by("number")[:SHOWN])
    for each in found:
        each.organisation = project.organisation
    return found


def member_of(project: Project, number: UUID) -> Member | None:
    return project.members.filter(pk=number).first()


def measures_of(person: Person, project: Project) -> list[Measure]:
    """Those that tell of it and that the person may read, the one that it is judged by first."""
    told = Measure.objects.visible_to(person).filter(told_of__project=project).select_related("place", "organisation")
    return list(told.annotate(rules=rules_at("organisation")).order_by("told_of__position"))


def chart_of(measure: Any) -> Series | None:
    """The chart of one of those; its rules came with it. Two queries."""
    return charts_of([measure], {measure.organisation_id: measure.rules or "nhs"}).get(measure.pk)


def measures_to_choose(person: Person, project: Project) -> QuerySet[Measure]:
    """Live measures at the project's place and above it, the nearest first, and those that it has."""
    near, has = Q(place__in=project.place.line, closed_at=None), Q(pk__in=project.told_by.values("measure"))
    found = Measure.objects.visible_to(person).filter(near | has)
    return found.select_related("place").order_by("-place__path", "title")[:OFFERED]


def chosen_measures(project: Project) -> list[UUID]:
    return list(ProjectMeasure.objects.filter(project=project).values_list("measure", flat=True))


def hours_noted(project: Project) -> dict[str, int]:
    """The hours that its team had, by month."""
    return {f"{each.month:%Y-%m}": each.hours for each in project.hours.all()}


def people_called(organisation: Place, name: str) -> list[Person]:
    """The people of an organisation of just that name, two at most."""
    here = RoleHeld.objects.filter(holds_on(today()), place__organisation=organisation)
    found = Person.objects.filter(is_active=True, name__iexact=" ".join(name.split()), pk__in=here.values("person"))
    return list(found.order_by("pk")[:2])


def months_to_tell() -> list[date]:
    """This month and the two before it, the last whole one first."""
    day = today()
    count = day.year * 12 + day.month - 1
    this, last, before = (date(each // 12, each % 12 + 1, 1) for each in (count, count - 1, count - 2))
    return [last, this, before]


def ideas_of(project: Project) -> list[str]:
    return [line for line in project.ideas.splitlines() if line.strip()]


def failure_after(project: Project) -> dict[str, Any]:
    """What a failure of a project begins with: what its last test that was given up said."""
    last = project.tests.filter(act="abandon").order_by("-number").first()
    if last is None:
        return {"title": project.title, "why": project.end_reason}
    told = {"title": project.title, "what_tried": last.trying, "predicted": last.prediction, "happened": last.happened}
    return {**told, "differently": last.learned}


def names_among(organisation: Place, names: list[str]) -> set[str]:
    """Those of some names that people of an organisation bear."""
    here = RoleHeld.objects.filter(holds_on(today()), place__organisation=organisation)
    found = Person.objects.filter(name__in=names[:200], pk__in=here.values("person"))
    return set(found.values_list("name", flat=True))


def project_of(person: Person, test: TestOfChange) -> Project | None:
    """The project that a test is of, where the person may read it."""
    mine = Project.objects.visible_to(person).select_related("organisation", "place")
    found: Project | None = mine.filter(pk=test.of_project_id).first() if test.of_project_id else None
    return found


def neighbours_of(person: Person, test: TestOfChange) -> tuple[TestOfChange | None, TestOfChange | None]:
    """The tests before and after it in its series. One query."""
    if not test.of_project_id:
        return None, None
    near = TestOfChange.objects.visible_to(person).filter(of_project=test.of_project_id)
    found = {each.number: each for each in near.filter(number__in=(test.number - 1, test.number + 1))}
    return found.get(test.number - 1), found.get(test.number + 1)


def last_test(person: Person, project: Project) -> TestOfChange | None:
    mine = TestOfChange.objects.visible_to(person).filter(of_project=project).exclude(stage="dropped")
    found: TestOfChange | None = mine.select_related("place", "organisation").order_by("-number").first()
    return found


def places_to_start(person: Person, organisation: Place) -> list[Place]:
    return places_to_add(person, organisation, KINDS[Project._meta.label_lower])


def asked_by_size(organisation: Place) -> dict[str, tuple[str, ...]]:
    """What an organisation asks of each size. One query."""
    chosen = Rigour.objects.filter(organisation=organisation).values_list("asks", flat=True).first() or {}
    return {size: asks(chosen, size) for size in SIZES}


def first_of_month(day: date, back: int = 0) -> date:
    count = day.year * 12 + day.month - 1 - back
    return date(count // 12, count % 12 + 1, 1)


def leaders_of(organisation: Place) -> list[Person]:
    """The executives of the organisation as a whole: those who owe what was promised."""
    held = RoleHeld.objects.filter(holds_on(today()), place=organisation, role="executive", person__is_active=True)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("name")[:SHOWN])


@dataclass(frozen=True)
class Stops:
    """What an organisation's stop list tells."""

    due: list[Project]
    paused: list[Project]
    ended: list[Project]
    hours: int
    told: int  # of how many the hours are known
    count: int  # how many stopped or were handed over in the last year


def stops_of(person: Person, organisation: Place) -> Stops:
    """Whose day has come, what is paused, what ended in the last year. Four queries."""
    mine = Project.objects.visible_to(person).filter(organisation=organisation)
    whole = mine.select_related("place", "organisation", "owner")
    ended = mine.filter(stage__in=("stopped", "handed-over"), closed_at__gte=now() - timedelta(days=365))
    count = ended.aggregate(hours=Sum("hours_freed"), told=Count("hours_freed"), count=Count("pk"))
    return Stops(
        list(whole.filter(stage="live", stop_on__lte=today()).order_by("stop_on")[:SHOWN]),
        list(whole.filter(stage="paused").order_by("next_review")[:SHOWN]),
        list(whole.filter(pk__in=ended.values("pk")).order_by("-closed_at")[:SHOWN]),
        count["hours"] or 0, count["told"], count["count"],
    )  # fmt: skip
