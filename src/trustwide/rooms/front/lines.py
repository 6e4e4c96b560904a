"""The lines that stand on every front page, after those of the rooms: notices, reviews, what others wrote, news."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from trustwide.rooms.commons.front_lines import CHANGED, NEEDS, WELL, FrontPart, FrontRecords, Line, register_front
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import DRAFT, Record
from trustwide.rooms.commons.queries import done_by_itself
from trustwide.rooms.escalation import queries as items
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.notices import queries as notices
from trustwide.rooms.notices.reviews import AHEAD
from trustwide.rooms.notices.telling import beside_of, link_of, title_of
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose import queries as purpose
from trustwide.rooms.purpose.models import Message

A_WEEK = timedelta(days=7)
MOST = 5  # lines of each part: a front page is read in half a minute
#: The notices by which somebody learns that an ask lies with them.
CAME = ("made-yours", "item-up", "item-rose", "item-passed", "item-not-solved")
LAST = 90  # its order: after the rooms' own


def waiting(person: Person, place: Place) -> list[Line]:
    """Objectives that wait for their word, and what others ask of them that is still theirs to do; each record once.
    What others did this week that asks for nothing is what changed. That an ask came to them is left out where all of
    those stand there in one line.

    To look at a page changes nothing, so what was asked leaves here once it was done, or its notice marked as read.
    """
    mine, words = purpose.objectives_waiting_for(person)[:MOST], _("This objective waits for your word")
    needs: dict[Any, Line] = {each.pk: Line(each.title, address_of(each), words) for each in mine}
    news: dict[Any, Line] = {}
    asks = items.asks_told_together(person).values("pk")
    for each in notices.asking_and_news(person, now() - A_WEEK).exclude(what__in=CAME, record__in=asks)[: 8 * MOST]:
        found, area = (needs, NEEDS) if each.asks else (news, CHANGED)
        found.setdefault(each.record_id or each.pk, Line(title_of(each), link_of(each), beside_of(each), area))
    return [*list(needs.values())[: 2 * MOST], *list(news.values())[:MOST]]


def reviews(person: Person, place: Place) -> QuerySet[Record]:
    """Their own records whose day of review has come, or comes within a week, and drafts that nobody else sees yet.

    Asks that wait for their answer are left out where all of those stand there in one line.
    """
    mine: QuerySet[Record] = Record.objects.filter(owner=person, closed_at=None)
    mine = mine.exclude(pk__in=items.asks_told_together(person).values("pk"))
    return mine.filter(Q(next_review__lte=today() + AHEAD) | Q(stage=DRAFT)).order_by("next_review")


def of_mine(record: Any, person: Person, place: Place) -> Line:
    kind = KINDS[record.kind]
    if record.stage == DRAFT:
        words = _("Finish your draft, or take it away")
    elif record.next_review > today():
        words = str(kind.due_by) % {"day": date_format(record.next_review, "j F Y")}
    else:
        words = str(kind.due)
    if record.stage != DRAFT and record.next_review < today():
        since = _("due since %(day)s") % {"day": date_format(record.next_review, "j F Y")}
        words = f"{words} · {since}"
    return Line(record.title, address_of(record), words)


def changed(person: Person, place: Place) -> QuerySet[Record]:
    """What others wrote this week. Measures speak by their charts, and messages have a line of their own."""
    kinds = [each for each in KINDS if each not in (Measure._meta.label_lower, Message._meta.label_lower)]
    within = Record.objects.select_related("updated_by").filter(
        place__path__startswith=place.organisation.path, kind__in=kinds
    )
    return within.filter(updated_at__gte=now() - A_WEEK).exclude(updated_by=person).order_by("-updated_at")


def by_whom(record: Record, person: Person, place: Place) -> Line:
    """Who changed it; of what Trustwide did by itself, what happened, as its history has it."""
    told = {"kind": KINDS[record.kind].one, "name": record.updated_by.name, "day": local_day(record.updated_at)}
    if by_itself := getattr(record, "by_itself", ""):
        said = _("%(kind)s, %(day)s: %(what)s") % {**told, "what": by_itself}
    else:
        said = _("%(kind)s, changed by %(name)s on %(day)s") % told
    return Line(record.title, address_of(record), said)


def note_what_came_by_itself(records: list[Record]) -> None:
    found = done_by_itself(records)
    for each in records:
        each.by_itself = found.get(each.pk, "")


def news(message: Message, person: Person, place: Place) -> Line:
    told = {"name": message.created_by.name, "day": local_day(message.created_at)}
    return Line(message.title, address_of(message), _("A message from %(name)s, %(day)s") % told)


def local_day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F")


register_front(FrontPart("waiting", NEEDS, LAST, waiting))
register_front(FrontRecords("reviews", NEEDS, LAST + 1, MOST, reviews, of_mine))
register_front(FrontRecords("changed", CHANGED, LAST + 1, MOST, changed, by_whom, note_what_came_by_itself))
register_front(FrontRecords("news", WELL, LAST, 1, lambda person, place: purpose.latest_messages(), news))
