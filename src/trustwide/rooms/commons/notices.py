"""What people are told, and why: each notice says it in a sentence. A room adds its own with `register`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import together
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import Comment, Notice, Record
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


@dataclass(frozen=True)
class NoticeKind:
    """One thing that people are told of. Words are lazy translations.

    `sentence` may name %(who)s did it, and %(day)s of a review. `when` is the line by which people choose how they are
    told; without it nobody is told by name. `in_channel` is the line by which a team chooses it for its channel.
    `page` is where one about a place leads, below the organisation. Front pages leave out what their room tells of
    there in its `own_line`.

    `asks` is for one that asks something of its reader: which notices of it are still that reader's to do. Those stand
    under "needs you"; one without it is news, which asks for nothing.
    """

    key: str
    sentence: Any
    when: Any = ""
    in_channel: Any = ""
    page: str = "channels/"
    own_line: bool = False
    asks: Callable[[Person], Q] | None = None
    is_news: bool = False  # to whoever wrote the record, whom it does not ask


MADE_YOURS = "made-yours"
WHAT: dict[str, NoticeKind] = {}
#: Called with what happened to a record, by whom, in the transaction in which it happened.
LISTENERS: list[Callable[..., None]] = []


def register(kind: NoticeKind) -> None:
    """Called once by each kind's room, as it is loaded."""
    if kind.key in WHAT:
        raise ValueError(f"{kind.key} is registered already")
    WHAT[kind.key] = kind


def theirs(person: Person, *stages: str) -> Q:
    """Those of what lies with the person, while it is open, or while it stands at one of some stages."""
    mine = Q(record__owner=person.pk, record__closed_at=None)
    return mine & Q(record__stage__in=stages) if stages else mine


def _waits_for_them(person: Person) -> Q:
    """What was made theirs, until it is over or, where its kind waits for an answer, until that was given."""
    waits = {kind.key: kind.waits for kind in KINDS.values() if kind.waits}
    found = theirs(person) & ~Q(record__kind__in=waits)
    for key, stages in waits.items():
        found |= theirs(person, *stages) & Q(record__kind=key)
    return found


def _not_replied_to(person: Person) -> Q:
    """Where they were named, and have said nothing there since."""
    return Q(~Exists(Comment.objects.filter(record=OuterRef("record"), by=person.pk, at__gte=OuterRef("at"))))


for _kind in (
    NoticeKind(MADE_YOURS, _("%(who)s made this yours"), _("Somebody makes something mine"), asks=_waits_for_them),
    NoticeKind("added", _("%(who)s added this"), in_channel=_("Something is added")),
    NoticeKind("moved", _("%(who)s moved this on"), _("Somebody moves on what is mine"), _("Something is moved on")),
    NoticeKind(
        "commented", _("%(who)s commented on this"), _("Somebody comments on what is mine"), _("Somebody comments")
    ),
    NoticeKind(
        "attached", _("%(who)s attached a file"), _("Somebody attaches a file to what is mine"), _("A file is attached")
    ),
    NoticeKind("mentioned", _("%(who)s mentioned you"), _("Somebody mentions me"), asks=_not_replied_to),
    NoticeKind(
        "linked",
        _("%(who)s joined something to this"),
        _("Somebody joins something to what is mine"),
        _("Things are joined"),
    ),
    NoticeKind(
        "redacted",
        _("%(who)s blanked out words here that should not have been typed"),
        _("Somebody blanks out my words"),
    ),
    NoticeKind(
        "review-due",
        _("Look at this again by %(day)s"),
        _("It is time to look at something of mine again"),
        _("It is time to look at something again"),
        own_line=True,
    ),
    NoticeKind(
        "channel-off",
        _("Its channel did not answer, so we stopped sending to it"),
        _("A channel that I set up stops"),
        asks=lambda _person: Q(),
    ),
):
    register(_kind)


def tell(people: Iterable[Person], record: Record, *, by: Person | None, what: str) -> None:
    """Leave a notice for each of those who may read the record; nobody is told of what they did themselves."""
    notices = [Notice(person=person, record_id=record.pk, what=what, by=by) for person in people if person != by]
    if later := together.waiting():
        later.notices += notices
    else:
        Notice.objects.bulk_create(each for each in notices if can_read(each.person, record))


def tell_owner(record: Record, *, by: Person | None, what: str, but: Iterable[Person] = ()) -> None:
    """Tell the owner, unless they did it, or are told already."""
    if record.owner is not None and record.owner not in but:
        tell([record.owner], record, by=by, what=what)


def tell_of_place(person: Person, place: Place, *, what: str, by: Person | None = None) -> None:
    """Tell somebody of a place where they set something up, or of what is about no record."""
    Notice.objects.create(person=person, place=place, what=what, by=by)


def happened(record: Record, *, by: Person | None, what: str) -> None:
    """Let whoever listens know, such as the channels of teams; of what is loaded as history nobody is."""
    if together.waiting():
        return
    for listener in LISTENERS:
        listener(record, by=by, what=what)


def sentence_of(what: str, by: Person | None, record: Record | None) -> str:
    """What happened, in a sentence; where somebody added it for its owner, in the words of its kind."""
    day = date_format(record.next_review, "j F Y") if record and record.next_review else ""
    is_new = what == MADE_YOURS and record and by and record.created_by_id == by.pk
    words = (KINDS[record.kind].made_yours if record and is_new else "") or WHAT[what].sentence
    return str(words) % {"who": by.name if by else "Trustwide", "day": day}


def can_read(person: Person, record: Record) -> bool:
    if together.waiting():
        return together.may_read(person, record)
    return Record.objects.visible_to(person).filter(pk=record.pk).exists()


def waiting() -> int:
    """How many notices nobody has read and no letter has told, in the whole installation."""
    return Notice.objects.filter(read_at=None, sent_at=None).count()
