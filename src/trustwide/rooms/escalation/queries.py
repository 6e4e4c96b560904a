"""Every read of items that a page, a job or a board needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from trustwide.rooms.commons.links import CONTRIBUTES_TO
from trustwide.rooms.commons.models import Link, Notice
from trustwide.rooms.escalation.codes import hashes_of
from trustwide.rooms.escalation.models import (
    ANSWER,
    ANSWERED,
    ANSWERING,
    ARRIVALS,
    KNOW,
    LATE,
    STOP,
    TOLD,
    WAITING,
    Door,
    Item,
    Step,
    Tier,
)
from trustwide.rooms.escalation.tiers import tiers_of
from trustwide.rooms.escalation.when import last_working_evening
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.deputies import stands_in_for
from trustwide.rooms.places.models import DIRECTORATE, GROUP, ORGANISATION, Place, RoleHeld
from trustwide.rooms.places.reach import holds_on
from trustwide.rooms.purpose.models import Objective

HIGH = (DIRECTORATE, ORGANISATION, GROUP)
MOST_SHOWN = 60
USUAL_HIGH = 3
LATELY = timedelta(days=14)
RELATED = ("place", "place__organisation", "organisation", "owner", "created_by")


def item_numbered(number: UUID) -> Item:
    found: Item = Item.objects.select_related(*RELATED).get(pk=number)
    return found


def is_waiting(item: Item) -> bool:
    return item.stage in WAITING


def steps_of(item: Item) -> list[Step]:
    """Its story, in order."""
    return list(Step.objects.filter(item=item.pk).select_related("by", "holder", "place", "comment"))


def is_to_rise(item: Item) -> bool:
    """Past its day, and asking for something; at the top that is told once for each day that was set."""
    if item.stage not in WAITING or item.sort == KNOW or item.due_at is None or item.due_at > now():
        return False
    return not Step.objects.filter(item=item.pk, what=LATE, due_at=item.due_at).exists()


def items_to_rise(moment: datetime) -> QuerySet[Item]:
    """What is past its day. "Just so you know" asks for nothing, so it does not rise."""
    told = Step.objects.filter(item=OuterRef("pk"), what=LATE, due_at=OuterRef("due_at"))
    waiting = Item.objects.filter(stage__in=WAITING, due_at__lte=moment).exclude(sort=KNOW)
    return waiting.filter(~Exists(told)).order_by("due_at")


def items_left() -> list[tuple[UUID, UUID]]:
    """What waits and lies with nobody, or with somebody who leads nowhere above it today; with its organisation."""
    leads = RoleHeld.objects.filter(
        holds_on(today()), role__in=ANSWERING, person__is_active=True, place__closed_on=None
    )
    waiting = Item.objects.filter(stage__in=WAITING).filter(~Exists(leads.filter(person=OuterRef("owner"))))
    return list(waiting.order_by("pk").values_list("pk", "organisation"))


def aims_for(person: Person, item: Item) -> QuerySet[Any]:
    """The live objectives of an item's place and those above, the nearest first; none where it helps one."""
    helps = Link.objects.filter(start=item.pk, meaning=CONTRIBUTES_TO)
    live = Objective.objects.visible_to(person).filter(place__in=item.place.line, stage="live")
    return live.filter(~Exists(helps)).select_related("place").order_by("-place__path", "created_at")


def asks_of(person: Person, organisation: Place) -> QuerySet[Item]:
    """What waits there for somebody's answer, or for that of those they stand in for; and answers still to be told."""
    away = [each.person_id for each in stands_in_for(person, today(), organisation)]
    to_tell = Q(stage=ANSWERED, next_review__lte=today())
    mine = Item.objects.visible_to(person).filter(organisation=organisation, owner__in=[person.pk, *away])
    found: QuerySet[Item] = mine.filter(Q(stage__in=WAITING) | to_tell).select_related(*RELATED)
    return found.order_by(F("due_at").asc(nulls_last=True), "created_at", "pk")


def asks_told_together(person: Person) -> QuerySet[Item]:
    """What waits for a person in an organisation where more than one does: a front page tells of all of it at once."""
    mine = Item.objects.visible_to(person).filter(owner=person, stage__in=WAITING)
    others = mine.filter(organisation=OuterRef("organisation")).exclude(pk=OuterRef("pk"))
    together: QuerySet[Item] = mine.filter(Exists(others))
    return together


def last_said(items: list[Item]) -> dict[UUID, Step]:
    """The last words that were said with a step of each, where there are any."""
    said = Step.objects.filter(item__in=[each.pk for each in items], comment__isnull=False)
    return {each.item_id: each for each in said.select_related("comment", "by").order_by("at", "pk")}


def high_tiers(organisation: Place) -> list[int]:
    """The tiers that answer for a whole directorate, or for more."""
    return [each.number for each in tiers_of(organisation) if each.level in HIGH]


def arrivals(person: Person, organisation: Place, since: datetime) -> list[Step]:
    """What came to those tiers since a moment, the latest first."""
    items = Item.objects.visible_to(person).filter(organisation=organisation)
    came = Step.objects.filter(item__in=items.values("pk"), what__in=ARRIVALS, tier__in=high_tiers(organisation))
    near = ("item__place", "item__owner", "item__organisation", "place", "by", "holder")
    shown = came.filter(at__gte=since).select_related(*near)
    return list(shown.order_by("-at", "-pk")[:MOST_SHOWN])


def waiting_high(person: Person, organisation: Place) -> list[Item]:
    """What waits at those tiers, the most pressing first."""
    items = Item.objects.visible_to(person).filter(organisation=organisation, tier__in=high_tiers(organisation))
    waiting = items.filter(stage__in=WAITING).select_related(*RELATED)
    return list(waiting.order_by(F("due_at").asc(nulls_last=True), "pk")[:MOST_SHOWN])


def answers_since(person: Person, organisation: Place, since: datetime) -> list[Step]:
    """What was answered at those tiers since a moment, the latest first."""
    items = Item.objects.visible_to(person).filter(organisation=organisation)
    said = Step.objects.filter(item__in=items.values("pk"), what=ANSWER, at__gte=since)
    shown = said.filter(tier__in=high_tiers(organisation))
    shown = shown.select_related("item__place", "item__organisation", "place", "by", "holder", "comment")
    return list(shown.order_by("-at", "-pk")[:MOST_SHOWN])


def directorates(organisation: Place) -> list[Place]:
    return list(Place.objects.filter(organisation=organisation, level=DIRECTORATE).order_by("name"))


def items_read() -> list[tuple[UUID, UUID]]:
    """Those answered whose answer has been read by who raised them, with their organisation."""
    read = Notice.objects.filter(
        record=OuterRef("pk"), person=OuterRef("created_by"), what="item-answered", read_at__isnull=False
    )
    newest = Step.objects.filter(item=OuterRef(OuterRef("pk")), what=ANSWER).order_by("-at").values("at")[:1]
    answered = Item.objects.filter(stage=ANSWERED).filter(Exists(read.filter(at__gte=Subquery(newest))))
    return list(answered.order_by("pk").values_list("pk", "organisation"))


def waiting_counts(person: Person, organisation: Place) -> tuple[int, int, int]:
    """How many wait for the person's answer; how many of all came to the high tiers since the last working day, and
    how many are late there. One query: the organisation's own tiers are looked up in it.
    """
    waiting = Item.objects.visible_to(person).filter(organisation=organisation, stage__in=WAITING)
    own = Tier.objects.filter(organisation=organisation)
    high = Q(tier__in=own.filter(level__in=HIGH).values("number")) | (Q(tier__gte=USUAL_HIGH) & ~Exists(own))
    high &= ~Q(sort=KNOW)
    counts = waiting.aggregate(
        mine=Count("pk", filter=Q(owner=person)),
        rose=Count("pk", filter=high & Q(given_at__gte=last_working_evening(now()))),
        late=Count("pk", filter=high & Q(due_at__lt=now())),
    )
    return counts["mine"], counts["rose"], counts["late"]


def to_say_of(person: Person) -> QuerySet[Item]:
    """What the person raised that was answered lately, and of which no notice asks them already."""
    told = Notice.objects.filter(record=OuterRef("pk"), person=person, read_at=None, what="item-answered")
    mine = Item.objects.filter(created_by=person, stage__in=(ANSWERED, TOLD)).exclude(sort=KNOW)
    lately: QuerySet[Item] = mine.filter(updated_at__gte=now() - LATELY).filter(~Exists(told))
    return lately.order_by("-updated_at")


def item_by_code(code: str) -> Item | None:
    """What somebody with no account raised, by the code they were given. It opens nothing else."""
    found: Item | None = Item.objects.filter(code_hash__in=hashes_of(code)).select_related(*RELATED).first()
    return found


def door_of(team: Place) -> Door | None:
    return _doors(team).first()


def _doors(team: Place) -> QuerySet[Door]:
    return Door.objects.filter(team=team).select_related("team__organisation")


def waiting_at(team: Place) -> QuerySet[Item]:
    """A team's open items, whoever may read them: what is not safe before all others, then the most pressing."""
    waiting = Item.objects.filter(place=team, stage__in=WAITING).select_related("owner")
    safe = Case(When(sort=STOP, then=0), default=1)
    return waiting.order_by(safe, F("due_at").asc(nulls_last=True), "pk")


def door_on_wall(team: Place, person: Person | None) -> Door | None:
    """A team's way in for those with no account, with the latest thing of theirs that was answered, as its board may
    show it: its title is `told`, the words of the answer are `answer`; both None where there is none. One query.
    """
    mine = Item.objects.on_wall(team, person).filter(place=team, code_hash__isnull=False)
    lately = mine.filter(stage__in=(ANSWERED, TOLD), updated_at__gte=now() - LATELY).order_by("-updated_at")
    said = Step.objects.filter(item=Subquery(lately.values("pk")[:1]), what=ANSWER, comment__isnull=False)
    told = Subquery(lately.values("title")[:1])
    answer = Subquery(said.order_by("-at", "-pk").values("comment__text")[:1])
    return _doors(team).annotate(told=told, answer=answer).first()
