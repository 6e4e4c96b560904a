"""Every read of notices: only those of records and places that the person may still read."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from trustwide.rooms.commons.models import Notice, Record
from trustwide.rooms.commons.notices import WHAT
from trustwide.rooms.notices.models import EMAIL, NOT, Channel, Choice
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

COUNT_TO = 99


def choice_of(person: Person) -> Choice:
    """What the person chose, or the usual."""
    return Choice.objects.filter(person=person).first() or Choice(person=person)


class Way(Func):
    """The way that was chosen for a kind of notice, from all the `ways` of a choice; null where none was."""

    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" ->> ")

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        template = """JSON_EXTRACT(%(expressions)s || '"')"""
        return self.as_sql(compiler, connection, template=template, arg_joiner=""", '$."' || """)


def notices_of(person: Person) -> QuerySet[Notice]:
    """What the person is told of here, the newest first: what they may read, and did not choose away. One query.

    Each record is looked up by itself: a list of all that they may read grows.
    """
    record = Record.objects.visible_to(person).filter(pk=OuterRef("record"))
    readable = Exists(record) | Q(place__organisation__in=reach_of(person).organisations)
    ways = Subquery(Choice.objects.filter(person=person).values("ways"))
    mine = Notice.objects.filter(readable, person=person).alias(way=Coalesce(Way(ways, "what"), Value(EMAIL)))
    return mine.exclude(way=NOT).select_related("record__organisation", "place__organisation", "by")


def unread(person: Person) -> QuerySet[Notice]:
    return notices_of(person).filter(read_at=None)


def asking_and_news(person: Person, since: datetime) -> QuerySet[Notice]:
    """Of what they have not read, first what asks something of them that is still theirs to do (`asks`), then what
    is news since a moment. One query.

    That something went up asks one and is news to whoever wrote it; to those who had it in between it is neither.
    """
    moves = [key for key, kind in WHAT.items() if kind.is_news]
    plain = [key for key, kind in WHAT.items() if not (kind.asks or kind.own_line)]
    news = Q(what__in=plain) | Q(what__in=moves, record__created_by=person)
    marked = unread(person).annotate(asks=Case(When(_still_asks(person), then=Value(True)), default=Value(False)))
    return marked.filter(Q(asks=True) | (news & Q(at__gte=since))).order_by("-asks", "-at", "-pk")


def _still_asks(person: Person) -> Q:
    found = Q(pk=None)
    for key in _asking():
        found |= Q(what=key) & WHAT[key].asks(person)  # type: ignore[misc]
    return found


def _asking() -> list[str]:
    """The kinds of notice that ask something, and of which the front page says so."""
    return [key for key, kind in WHAT.items() if kind.asks and not kind.own_line]


def unread_count(person: Person) -> int:
    """How many wait to be read. Every page asks for it."""
    return unread(person).count()


def unread_first(person: Person) -> QuerySet[Notice]:
    """All of them, those not read yet before the others."""
    seen = Case(When(read_at=None, then=0), default=1)
    return notices_of(person).order_by(seen, "-at", "-pk")


def by_day(notices: list[Notice]) -> list[tuple[bool, datetime, list[Notice]]]:
    """As a page shows them: whether they were read, the day, and the notices of it."""

    def day(notice: Notice) -> Any:
        return notice.read_at is not None, timezone.localdate(notice.at)

    found = [(read, list(each)) for (read, _day), each in groupby(notices, day)]
    return [(read, each[0].at, each) for read, each in found]


def notice_of(person: Person, number: UUID) -> Notice | None:
    return Notice.objects.filter(person=person, pk=number).first()


def organisations_of(person: Person) -> list[Place]:
    """The organisations in which the person holds a role."""
    homes = {each.place.organisation_id: each.place.organisation for each in reach_of(person).roles}
    return list(homes.values())


def places_with_channels(person: Person, organisation: Place) -> list[Place]:
    """The open places of an organisation whose channels the person may set, by the order of the tree."""
    reach, places = reach_of(person), Place.objects.open().filter(organisation=organisation)
    if not any(each.place.holds(organisation) for each in reach.roles):
        places = places.within_any(each.place for each in reach.roles)
    found = places.select_related("organisation").order_by("path")
    return [place for place in found if reach.may(May.CHANNELS, place)]


def may_set(person: Person, channel: Channel) -> bool:
    return reach_of(person).may(May.CHANNELS, channel.place)


def channels_of(places: list[Place]) -> list[Channel]:
    found = Channel.objects.filter(place__in=places)
    return list(found.select_related("place__organisation", "set_by"))


def channel_of(organisation: Place, number: UUID) -> Channel | None:
    found = Channel.objects.filter(place__organisation=organisation, pk=number)
    return found.select_related("place__organisation", "set_by").first()


def reader(number: str | None) -> Person | None:
    """Whoever a letter was sent to, by the id in its link."""
    return Person.objects.filter(pk=number).first() if number else None


def moment(told: str) -> datetime:
    """When a page was shown, as its form tells; now where it does not."""
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        return now()
    return min(found, now()) if found.tzinfo else now()
