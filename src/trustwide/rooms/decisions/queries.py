"""Every read of this room that a page, a job or another room needs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from trustwide.rooms.decisions.models import OPEN, WAITING, Asker, Decision, SchemeLine, Step
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


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


def asks_for(person: Person, decision: Decision) -> bool:
    """Whether the person asked for it, or joined those who do."""
    return decision.created_by_id == person.pk or Asker.objects.filter(decision=decision, person=person).exists()


def waiting_for_deputy(person: Person, day: date) -> QuerySet[Decision]:
    """Open questions of those for whom the person answers that day. One query."""
    away = Q(owner__deputies__deputy=person, owner__deputies__starts__lte=day, owner__deputies__ends__gte=day)
    found = Decision.objects.visible_to(person).filter(away, stage__in=OPEN).distinct()
    return found.select_related("organisation", "owner").order_by("next_review")


def lines_of(organisation: Place) -> QuerySet[SchemeLine]:
    """Every line of the scheme there is or was, those that run first."""
    return SchemeLine.objects.filter(organisation=organisation).select_related("by", "ended_by")


def line_of(organisation: Place, number: UUID) -> SchemeLine | None:
    return SchemeLine.objects.filter(organisation=organisation, ended_at=None, pk=number).first()


def line_numbered(number: UUID | None) -> SchemeLine | None:
    """A line by which something was decided, whether it runs still or not."""
    return SchemeLine.objects.filter(pk=number).first() if number else None
