"""Who may do what to a record. Reading is `visible_to`; this is the rest. Predicates only."""

from __future__ import annotations

from trustwide.rooms.commons.kinds import Kind, kind_of
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of


def can_add(person: Person, kind: Kind, place: Place) -> bool:
    """Whether the person may add one of that kind there."""
    fits = not kind.levels or place.level in kind.levels
    lets = kind.lets_add is not None and kind.lets_add(person, place)
    return fits and place.closed_on is None and (lets or reach_of(person).may(kind.add, place))


def can_change(person: Person, record: Record) -> bool:
    """The owner and the writer, while they hold a role there; and those who may change what others added.

    Where a kind has a team, so may whoever is of it and holds a role somewhere that adds things; of some kinds the team
    alone, whatever roles others hold above it.
    """
    reach, kind = reach_of(person), kind_of(record)
    theirs = person.pk in (record.owner_id, record.created_by_id)
    if theirs and reach.may(May.ADD, record.place):
        return True
    if not kind.team_alone and reach.may(May.CHANGE, record.place):
        return True
    return kind.team is not None and reach.may_anywhere(May.ADD) and kind.team(person, record)


def can_comment(person: Person, record: Record) -> bool:
    """Anybody who reads it and holds a role that comments, where its kind takes comments; it came from visible_to."""
    kind = kind_of(record)
    if not reach_of(person).may_anywhere(May.COMMENT):
        return False
    whole = record if kind.takes_comments is None or isinstance(record, kind.model) else whole_of(record)
    return kind.takes_comments is None or kind.takes_comments(whole)


def can_attach(person: Person, record: Record) -> bool:
    """Whoever may comment on it and may change it, or reads its place: not all who read what is public."""
    if not can_comment(person, record):
        return False
    return reach_of(person).can_read_place(record.place) or can_change(person, record)


def whole_of(record: Record) -> Record:
    """A record that was read as any kind, with the fields that its own kind has."""
    found: Record = kind_of(record).model.objects.get(pk=record.pk)
    return found


def can_redact(person: Person, record: Record) -> bool:
    return reach_of(person).may(May.REDACT, record.place)


def can_see_audit(person: Person, record: Record) -> bool:
    return reach_of(person).may(May.AUDIT, record.place)
