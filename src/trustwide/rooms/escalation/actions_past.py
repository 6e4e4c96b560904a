"""Bringing in what was raised before, from wherever it was kept, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from trustwide.rooms.commons import search
from trustwide.rooms.commons.actions import plain
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.links import CONTRIBUTES_TO
from trustwide.rooms.commons.models import Comment, Link, Record, Version
from trustwide.rooms.escalation.models import ANSWER, ASKED, HELPED, TELL, TOLD, YES, Item, Step
from trustwide.rooms.people.acts import NotAllowed, record_acts
from trustwide.rooms.people.inserting import insert_all
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

OVER = {TELL: TOLD, YES: HELPED}


@dataclass(frozen=True)
class PastStep:
    """One step as it was: by whom (None: by itself), who had it then, until when, and what was said."""

    what: str
    at: datetime
    tier: int
    tier_name: str
    place: Place
    by: Person | None
    holder: Person | None = None
    due_at: datetime | None = None
    words: str = ""


@dataclass(frozen=True)
class Past:
    """Something that was raised and is over: the last step says how."""

    place: Place
    by: Person
    fields: dict[str, Any]
    steps: list[PastStep] = field(default_factory=list)
    helps: Record | None = None


@transaction.atomic
def bring_in(*, by: Person, organisation: Place, past: list[Past]) -> int:
    """Bring in what is over, at places of an organisation; how many. Nobody is told of what was long ago."""
    inside = all(each.place.organisation_id == organisation.pk for each in past)
    if not (inside and reach_of(by).may(May.CHANGE, organisation)):
        raise NotAllowed
    items = [_item_of(each, organisation) for each in past]
    insert_all(items)
    said = [_steps_of(item, each) for item, each in zip(items, past, strict=True)]
    steps = [step for each in said for step in each]
    insert_all([each.comment for each in steps if each.comment])
    insert_all(steps)
    insert_all([_version_of(each) for each in items])
    insert_all(_links(items, past, by))
    for each in items:
        search.keep_words(each)
    record_acts(by=by, verb="added", things=items, organisation=organisation.pk, fields=lambda _item: ["stage"])
    return len(items)


def _item_of(past: Past, organisation: Place) -> Item:
    first, last = past.steps[0], past.steps[-1]
    answered = next((each for each in past.steps if each.what == ANSWER), last)
    return Item(
        kind=Item._meta.label_lower,
        place=past.place,
        organisation=organisation,
        stage=OVER.get(last.what, TOLD),
        sharing=KINDS[Item._meta.label_lower].sharing,
        owner=answered.holder or answered.by,
        tier=answered.tier,
        given_at=answered.at,
        version=len(past.steps),
        created_at=first.at,
        created_by=past.by,
        updated_at=last.at,
        updated_by=last.by or past.by,
        closed_at=last.at,
        **past.fields,
    )


def _steps_of(item: Item, past: Past) -> list[Step]:
    steps = []
    for each in past.steps:
        # The words come just before the step that holds them, as they do when somebody answers.
        before = each.at - timedelta(seconds=1)
        said = Comment(record_id=item.pk, text=each.words, by=each.by or past.by, at=before) if each.words else None
        named = {"tier": each.tier, "tier_name": each.tier_name, "place": each.place, "by": each.by}
        known = {"holder": each.holder, "due_at": each.due_at, "comment": said, "at": each.at}
        steps.append(Step(item=item, what=each.what, **named, **known))
    return steps


def _version_of(item: Item) -> Version:
    columns = {name: item._meta.get_field(name).attname for name in KINDS[item.kind].kept}
    fields = {name: plain(getattr(item, column)) for name, column in columns.items()}
    return Version(record_id=item.pk, number=1, stage=ASKED, fields=fields, by=item.created_by, at=item.created_at)


def _links(items: list[Item], past: list[Past], by: Person) -> list[Link]:
    """What each helps. It is new, so nothing leads back to it: no circle can come of these."""
    return [
        Link(start_id=item.pk, end_id=each.helps.pk, meaning=CONTRIBUTES_TO, by=by, at=item.created_at)
        for item, each in zip(items, past, strict=True)
        if each.helps
    ]
