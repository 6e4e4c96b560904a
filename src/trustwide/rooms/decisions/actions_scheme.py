"""Every write of who may decide what. A line is never changed: it ends, and another begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from trustwide.rooms.commons.actions import BLANKED
from trustwide.rooms.decisions import access
from trustwide.rooms.decisions.models import AtTop, SchemeLine
from trustwide.rooms.decisions.queries import named_at_top
from trustwide.rooms.decisions.scheme import at_top
from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.people.seen import must_be_seen
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

NAMES = ("sort", "level", "role", "limit", "undo_only", "committee", "why_committee")
#: What makes two lines one and the same, of which the newer stands.
SAME = ("sort", "level", "role", "undo_only")


@transaction.atomic
def set_line(*, by: Person, organisation: Place, line: dict[str, Any]) -> SchemeLine:
    """Let a role at a level decide something from now on, in place of what it might before. The same again is once."""
    if not access.can_set_scheme(by, organisation):
        raise NotAllowed
    Place.objects.select_for_update().get(pk=organisation.pk)  # of two at once, one sees what the other set
    told = {name: line[name] for name in NAMES}
    running = SchemeLine.objects.filter(organisation=organisation, ended_at=None)
    before = running.filter(**{name: told[name] for name in SAME}).first()
    if before and all(getattr(before, name) == value for name, value in told.items()):
        return before
    if before:
        _end(by, before)
    made = SchemeLine.objects.create(organisation=organisation, by=by, starts_at=now(), **told)
    record_act(by=by, verb="set-scheme", thing=made, organisation=organisation.pk, fields=NAMES)
    return made


@transaction.atomic
def end_line(*, by: Person, line: SchemeLine) -> None:
    """It lets nobody decide anything from now on; what was decided by it still names it."""
    if not access.can_set_scheme(by, line.organisation):
        raise NotAllowed
    if line.ended_at is None:
        _end(by, line)
        record_act(by=by, verb="ended-scheme", thing=line, organisation=line.organisation_id)


def _end(by: Person, line: SchemeLine) -> None:
    line.ended_at, line.ended_by = now(), by
    line.save(update_fields=["ended_at", "ended_by"])


@transaction.atomic
def name_at_top(
    *, by: Person, organisation: Place, named: Mapping[str, Person | None], seen: str | None = None
) -> None:
    """Say who is the chief executive, the chair, or both, by role; None: whoever has held the role longest, as before.

    ChangedMeanwhile where others are named than were `seen`.
    """
    if not access.can_set_scheme(by, organisation):
        raise NotAllowed
    people = at_top(organisation, today())
    if any(person not in people[role] for role, person in named.items() if person is not None):
        raise NotAllowed
    Place.objects.select_for_update().get(pk=organisation.pk)
    must_be_seen(seen, named_at_top(organisation))
    for role, person in named.items():
        _name(by, organisation, role, person)


def _name(by: Person, organisation: Place, role: str, person: Person | None) -> None:
    """The same again is nothing new."""
    before = AtTop.objects.filter(organisation=organisation, role=role)
    if before.filter(person=person).exists() or (person is None and not before.exists()):
        return
    before.delete()
    if person is not None:
        AtTop.objects.create(organisation=organisation, role=role, person=person)
    told = {"organisation": organisation.pk, "fields": [role], "related": person.pk if person else ""}
    record_act(by=by, verb="named-at-top", thing=organisation, **told)


@transaction.atomic
def blank_line(*, by: Person, line: SchemeLine) -> None:
    """Blank out what was typed of a committee and should not have been."""
    if not reach_of(by).may(May.REDACT, line.organisation):
        raise NotAllowed
    line.committee = line.why_committee = BLANKED
    line.save(update_fields=["committee", "why_committee"])
    record_act(by=by, verb="blanked-scheme", thing=line, organisation=line.organisation_id, fields=["committee"])
