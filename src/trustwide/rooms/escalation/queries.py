"""Every read of items that a page, a job or a board needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from trustwide.rooms.commons.links import CONTRIBUTES_TO
from trustwide.rooms.commons.models import Link
from trustwide.rooms.escalation.models import ANSWERING, KNOW, LATE, WAITING, Item, Step
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import RoleHeld
from trustwide.rooms.places.reach import holds_on
from trustwide.rooms.purpose.models import Objective

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
