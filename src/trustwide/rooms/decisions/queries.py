"""Every read of this room that a page, a job or another room needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from trustwide.rooms.commons.models import Notice
from trustwide.rooms.decisions.models import OPEN, WAITING, Asker, AtTop, Decision, SchemeLine, Step
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.deputies import running_on
from trustwide.rooms.places.models import ORGANISATION, Place

MOST_DECIDED = 5_000  # that the page of what would let decisions be made lower looks through


def decision_numbered(number: UUID) -> Decision:
    found: Decision = Decision.objects.select_related(
        "place__organisation", "organisation", "owner", "created_by", "line"
    ).get(pk=number)
    return found


def silent(day: date) -> QuerySet[Decision]:
    """Those whose day is past with no word, and those that nobody is left to decide."""
    late = Q(next_review__lt=day) | Q(owner=None) | Q(owner__is_active=False)
    return Decision.objects.filter(late, stage__in=WAITING).order_by("pk")


def steps_of(decision: Decision) -> list[Step]:
    return list(decision.steps.select_related("by", "holder", "comment"))


def askers_of(decision: Decision) -> list[Person]:
    """Who asked, the first first."""
    joined = Asker.objects.filter(decision=decision).select_related("person")
    return [decision.created_by, *(each.person for each in joined)]


def told_of_answer(decision: Decision) -> list[Person]:
    """Who was told that it was answered."""
    told = Notice.objects.filter(record=decision.pk, what="decided").values("person")
    return list(Person.objects.filter(pk__in=told).order_by("name", "pk"))


def asks_for(person: Person, decision: Decision) -> bool:
    """Whether the person asked for it, or joined those who do."""
    return decision.created_by_id == person.pk or Asker.objects.filter(decision=decision, person=person).exists()


def waiting_on_front(person: Person, top: Place | None) -> QuerySet[Decision]:
    """Open questions of those for whom the person answers today; and, of the organisation at whose top they stand,
    what nobody decided there by the first day that was asked for.
    """
    day = today()
    away = running_on(day).filter(deputy=person, person=OuterRef("owner"), organisation=OuterRef("organisation"))
    found = Q(Exists(away), stage__in=OPEN)
    if top is not None:
        found |= Q(organisation=top, stage__in=WAITING, level=ORGANISATION, needed_by__lt=day)
    return Decision.objects.filter(found).select_related("owner").order_by("next_review", "pk")


def lines_of(organisation: Place) -> QuerySet[SchemeLine]:
    """Every line of the scheme there is or was, those that run first."""
    return SchemeLine.objects.filter(organisation=organisation).select_related("by", "ended_by")


def named_at_top(organisation: Place) -> dict[str, UUID]:
    """Who is named as chief executive and as chair, by role."""
    return dict(AtTop.objects.filter(organisation=organisation).values_list("role", "person"))


def line_of(organisation: Place, number: UUID) -> SchemeLine | None:
    return SchemeLine.objects.filter(organisation=organisation, ended_at=None, pk=number).first()


def line_numbered(number: UUID | None) -> SchemeLine | None:
    """A line by which something was decided, whether it runs still or not."""
    return SchemeLine.objects.filter(pk=number).first() if number else None


def days_of_decided(place: Place, level: str, since: date) -> list[tuple[date, date]]:
    """The day of asking and of the first word for what was decided at a level, at a place and below, since a day."""
    found = Decision.objects.filter(place__path__startswith=place.path, level=level, decided_on__gte=since)
    told = found.order_by("decided_on", "pk").values_list("created_at", "decided_on")
    return [(localtime(asked).date(), decided) for asked, decided in told]


def decided_within(person: Person, organisation: Place, since: date) -> list[tuple[Any, ...]]:
    """Of what was decided in an organisation since a day, as the person may read it: the level of its place, where it
    began and where it was decided, what it was about, its money, whether it can be undone. One query.
    """
    found = Decision.objects.visible_to(person).filter(organisation=organisation, decided_on__gte=since)
    names = ("place__level", "first_level", "level", "sort", "money", "reversible")
    return list(found.order_by("-decided_on", "pk").values_list(*names)[:MOST_DECIDED])


def measures_of_days(person: Person, organisation: Place, keys: Iterable[str]) -> list[Measure]:
    """The measures of days to decide that the organisation has."""
    found = Measure.objects.visible_to(person).filter(place=organisation, computed__in=list(keys), closed_at=None)
    return list(found.select_related("organisation", "place").order_by("created_at", "pk"))
