"""The chain of records from a ward's item up to the purpose, and the work below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from trustwide.rooms.commons.kinds import KINDS, Kind, kind_of
from trustwide.rooms.commons.links import CONTRIBUTES_TO, MEANINGS
from trustwide.rooms.commons.models import Link, Record
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

DEEPEST = 20  # steps: a chain from a ward to the purpose has five or six
SHOWN = 200  # records on one page, above and below each
COUNTED = 500  # links that are walked at most; beyond it a page says "more than"

LEADS_TO = """
WITH RECURSIVE above(id) AS (
    SELECT end_id FROM commons_link WHERE start_id = %s AND meaning = %s
    UNION
    SELECT link.end_id FROM commons_link link JOIN above ON link.start_id = above.id WHERE link.meaning = %s
)
SELECT 1 FROM above WHERE id = %s LIMIT 1
"""
#: Level by level, and never past what the reader may not see: `seen` stands inside the recursion.
WALK = """
WITH RECURSIVE walk(id, start_id, end_id, meaning, at, by_id, depth, visible) AS (
    SELECT link.id, link.start_id, link.end_id, link.meaning, link.at, link.by_id, 1, {seen}
    FROM commons_link link WHERE link.{near} = %s AND link.meaning = %s
    UNION
    SELECT link.id, link.start_id, link.end_id, link.meaning, link.at, link.by_id, walk.depth + 1, {seen}
    FROM walk JOIN commons_link link ON link.{near} = walk.{far}
    WHERE link.meaning = %s AND walk.visible AND walk.depth <= %s
)
"""
STEPS = "SELECT * FROM walk LIMIT %s"
NAMED = """
SELECT walk.*, record.title AS title, record.kind AS kind,
    record.local_need AS local_need, organisation.slug AS slug
FROM (SELECT * FROM walk LIMIT %s) walk
LEFT JOIN commons_record record ON record.id = walk.end_id AND walk.visible
LEFT JOIN places_place organisation ON organisation.id = record.organisation_id
"""


def leads_to(start: UUID, end: UUID) -> bool:
    """Whether a chain of links upward leads from one record to another, however long it is."""
    first, last = (prepared(each) for each in (start, end))
    with connection.cursor() as cursor:
        cursor.execute(LEADS_TO, [first, CONTRIBUTES_TO, CONTRIBUTES_TO, last])
        return cursor.fetchone() is not None


def lock_chains() -> None:
    """One upward link at a time: two people closing a circle from both ends would each see none."""
    list(Place.objects.select_for_update(no_key=True).filter(parent=None).order_by("pk").values_list("pk"))


@dataclass(frozen=True)
class Joint:
    """One record helps another. None is the one that the reader may not see."""

    lower: UUID | None
    upper: UUID | None
    at: datetime


@dataclass(frozen=True)
class Card:
    """What is shown of one record wherever a thread passes it."""

    pk: UUID
    kind: Any
    title: str
    place: str
    fact: str
    address: str
    helps: bool  # it ought to help something
    added: datetime
    closed: datetime | None


@dataclass(frozen=True)
class Neighbour:
    """A record joined with another meaning, and how; None is one that the reader may not see."""

    words: Any
    card: Card | None


@dataclass
class Way:
    """What was found in one direction."""

    joints: list[Joint] = field(default_factory=list)
    cut: set[UUID] = field(default_factory=set)  # records whose chain goes on beyond DEEPEST
    more: int = 0  # records found and not shown
    at_least: bool = False  # and there are more still


@dataclass
class Thread:
    """How a record fits: what it helps, up to the purpose; what helps it; and what else it is joined to."""

    here: Card
    cards: dict[UUID, Card]
    above: Way
    below: Way
    neighbours: list[Neighbour]


@dataclass(frozen=True)
class Part:
    """One step of "This helps: A › B › C"; without a title it is something that the reader may not see."""

    title: str = ""
    address: str = ""


@dataclass(frozen=True)
class Line:
    """The steps from the top down to what this record helps directly; `joined`, unless a step is missing above them."""

    parts: list[Part]
    joined: bool


def thread_of(person: Person, record: Record) -> Thread:
    """How a record fits, as far as the person may see. `record` came from visible_to. Four queries, and facts."""
    above = _way(_walk(person, record.pk, up=True), up=True)
    below = _way(_walk(person, record.pk, up=False), up=False)
    near = _neighbours_of(record)
    ids = {each for joint in above.joints + below.joints for each in (joint.lower, joint.upper) if each}
    ids |= {other for _, other in near} | {record.pk}
    cards = cards_of(person, ids)
    neighbours = _named({(words, cards.get(other)) for words, other in near})
    return Thread(cards[record.pk], cards, above, below, neighbours)


def line(person: Person, record: Record) -> Line:
    """What a record helps, in one line and one query: by the oldest of its links, and so on up."""
    steps = _walk(person, record.pk, up=True, ask=NAMED)
    first: dict[UUID, Any] = {}
    for each in sorted(steps, key=lambda each: (not each.visible, each.at)):
        first.setdefault(each.start_id, each)
    parts: list[Part] = []
    at, joined = record.pk, not wants(record.kind, record.local_need)
    while at in first and len(parts) < DEEPEST:
        step = first[at]
        parts.append(_part(step))
        at, joined = step.end_id, not (step.visible and wants(step.kind, step.local_need))
    return Line(parts[::-1], joined or len(parts) == DEEPEST)


def _part(step: Any) -> Part:
    if not step.visible:
        return Part()
    return Part(step.title, f"/{step.slug}/{KINDS[step.kind].address}/{step.end_id}/")


def wants(kind: str, local_need: bool) -> bool:
    """Whether a record ought to help something: a purpose need not, nor what is a local need."""
    return KINDS[kind].helps and not local_need


def seen(person: Person, column: str, *narrower: Q) -> tuple[str, tuple[Any, ...]]:
    """A condition in SQL, with its parameters: that the person may read the record whose id is in that column."""
    mine = Record.objects.visible_to(person).filter(*narrower, pk=RawSQL(column, ()))  # noqa: S611 (our own names)
    sql, parameters = mine.order_by().values("pk").query.sql_with_params()
    return f"EXISTS ({sql})", parameters


def prepared(value: UUID | None) -> Any:
    return Link._meta.get_field("start").get_db_prep_value(value, connection)


def _walk(person: Person, start: UUID, *, up: bool, ask: str = STEPS) -> list[Any]:
    """The links above or below a record, nearest first, each with its depth and whether its far end may be seen."""
    near, far = ("start_id", "end_id") if up else ("end_id", "start_id")
    condition, within = seen(person, f"link.{far}")
    sql = WALK.format(seen=condition, near=near, far=far) + ask
    first = [*within, prepared(start), CONTRIBUTES_TO]
    return list(Link.objects.raw(sql, [*first, *within, CONTRIBUTES_TO, DEEPEST, COUNTED]))


def _way(steps: list[Any], *, up: bool) -> Way:
    """The joints to show: each link once, a record's unseen neighbours as one, and no more than SHOWN records."""
    way, found, beyond, masked = Way(at_least=len(steps) >= COUNTED), set(), set(), set()
    joined: set[UUID] = set()
    for each in sorted(steps, key=lambda each: (each.depth, each.at)):
        near, far = (each.start_id, each.end_id) if up else (each.end_id, each.start_id)
        if each.depth > DEEPEST:
            way.cut.add(near)
        elif not each.visible:
            if near not in masked and near not in beyond:
                masked.add(near)
                way.joints.append(Joint(near, None, each.at) if up else Joint(None, near, each.at))
        elif far not in found and (len(found) >= SHOWN or near in beyond):
            beyond.add(far)
        elif each.pk not in joined:
            found.add(far)
            joined.add(each.pk)
            way.joints.append(Joint(each.start_id, each.end_id, each.at))
    way.more = len(beyond - found)
    return way


def _neighbours_of(record: Record) -> list[tuple[Any, UUID]]:
    """What else a record is joined to, in either direction: how, and to which."""
    links = Link.objects.filter(Q(start=record.pk) | Q(end=record.pk)).exclude(meaning=CONTRIBUTES_TO)
    found = []
    for each in links[:SHOWN]:
        meaning = MEANINGS[each.meaning]
        out = each.start_id == record.pk
        found.append((meaning.words if out else meaning.back, each.end_id if out else each.start_id))
    return found


def _named(found: Iterable[tuple[Any, Card | None]]) -> list[Neighbour]:
    ordered = sorted(found, key=lambda each: (str(each[0]), each[1] is None, each[1].title if each[1] else ""))
    return [Neighbour(words, card) for words, card in ordered]


def cards_of(person: Person, ids: Iterable[UUID]) -> dict[UUID, Card]:
    """The cards of those of the records that the person may read: one query, and one for all facts."""
    mine = Record.objects.visible_to(person).filter(pk__in=ids).select_related("place", "organisation")
    records = {each.pk: each for each in mine}
    facts = _facts(records.values())
    return {pk: _card(each, kind_of(each), facts.get(pk, "")) for pk, each in records.items()}


def _facts(records: Iterable[Record]) -> dict[UUID, str]:
    """What a kind says of its records in one line; a kind that says nothing has its stage told."""
    told = {each.pk: str(kind_of(each).stage(each.stage).name) for each in records}
    asked = {each.pk: _within(kind_of(each).model) for each in records if kind_of(each).fact}
    whole = Record.objects.filter(pk__in=asked).select_related(*sorted(set(asked.values()))) if asked else ()
    for each in whole:
        fact = kind_of(each).fact
        told[each.pk] = str(fact(getattr(each, asked[each.pk]))) if fact else told[each.pk]
    return told


def _within(model: type[Record]) -> str:
    """The name by which a record leads to its row in the table of its kind."""
    return str(model._meta.get_ancestor_link(Record).remote_field.get_accessor_name())


def _card(record: Record, kind: Kind, fact: str) -> Card:
    address = f"/{record.organisation.slug}/{kind.address}/{record.pk}/"
    place, added, closed = record.place.name, record.created_at, record.closed_at
    return Card(
        record.pk, kind.one, record.title, place, fact, address, wants(kind.key, record.local_need), added, closed
    )
