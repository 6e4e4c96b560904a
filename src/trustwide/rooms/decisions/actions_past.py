"""Decisions that were made before, such as those of old minutes: many at once, checked once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import get_current_timezone

from trustwide.rooms.commons import search, together
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import Version
from trustwide.rooms.decisions import access
from trustwide.rooms.decisions.models import ASKED, NO, ROSE, TEST, YES, Decision, Step
from trustwide.rooms.decisions.scheme import FALLBACK, Found, Holders, Question, choose, holders_at, running_lines
from trustwide.rooms.decisions.writing import give, with_nothing
from trustwide.rooms.people.acts import NotAllowed, record_acts
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.inserting import insert_all
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.models import Place


@dataclass(frozen=True)
class Past:
    """One decision as it was made: what was asked, by whom and when, the word on it, and whether it went up first."""

    place: Place
    by: Person
    fields: dict[str, Any]
    asked_on: date
    decided_on: date
    what: str
    went_up: bool = False


@transaction.atomic
def enter_past(*, by: Person, organisation: Place, past: Iterable[Past]) -> int:
    """Enter decisions of an organisation that were made before; how many. Who decided is found from the scheme."""
    if not access.can_set_scheme(by, organisation):
        raise NotAllowed
    told = list(past)
    if any(each.place.organisation_id != organisation.pk or each.what not in (YES, NO, TEST) for each in told):
        raise NotAllowed
    places = {each.pk.hex: each for each in Place.objects.filter(organisation=organisation)}
    lines = list(running_lines(organisation))
    day = max((each.decided_on for each in told), default=today())
    holders = holders_at({FALLBACK, *ROLES}, day, Q(place__organisation=organisation))
    made = [_made(each, places, lines, holders) for each in told]
    _keep([decision for decision, _steps in made], by, organisation)
    insert_all([step for _decision, steps in made for step in steps])
    return len(made)


def _made(past: Past, places: dict[str, Place], lines: Any, holders: Holders) -> tuple[Decision, list[Step]]:
    line = [places[each] for each in past.place.line if each in places]
    asked, decided = _at(past.asked_on, 9), _at(past.decided_on, 15)
    closed = past.what != TEST
    decision = Decision(
        kind=Decision._meta.label_lower, place=past.place, organisation_id=past.place.organisation_id,
        stage=past.what, created_by=past.by, created_at=asked, updated_by=past.by, updated_at=decided,
        closed_at=decided if closed else None, decided_on=past.decided_on, **past.fields,
    )  # fmt: skip
    decision.record_ptr_id = decision.id
    decision.options = with_nothing(decision.options)
    decision.needed_by = decision.next_review or past.decided_on
    decision.next_review = None if closed else decision.next_review
    question = Question(decision.sort, decision.money, decision.reversible)
    first = choose(line, lines, holders, question)
    found = [first]
    if past.went_up:
        found.append(choose(line, lines, holders, question, above=(first.place.level, first.role), but=first.person))
    give(decision, found[-1])
    decision.first_level = first.place.level
    return decision, _steps(decision, found, asked, decided)


def _steps(decision: Decision, found: list[Found], asked: datetime, decided: datetime) -> list[Step]:
    def step(what: str, of: Found, at: datetime, by: Person | None, until: date | None) -> Step:
        return Step(decision=decision, what=what, level=of.place.level, holder=of.person, at=at, by=by, until=until)

    told = [step(ASKED, found[0], asked, decision.created_by, decision.needed_by)]
    if len(found) > 1:
        told.append(step(ROSE, found[1], _at(decision.needed_by, 7), None, decision.decided_on))
    return [*told, step(decision.stage, found[-1], decided, decision.owner, decision.next_review)]


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), get_current_timezone())


def _keep(decisions: list[Decision], by: Person, organisation: Place) -> None:
    """The rows of both tables, a version each, the rows that say who entered them, and the words for search."""
    insert_all(decisions)
    versions = [
        Version(record_id=each.pk, number=1, stage=each.stage, by=each.created_by, at=each.updated_at,
                fields={name: getattr(each, name) for name in KINDS[each.kind].typed})
        for each in decisions
    ]  # fmt: skip
    record_acts(by=by, verb="added", things=decisions, organisation=organisation.pk)
    if later := together.waiting():
        later.versions += versions
        later.worded |= {each.pk for each in decisions}
    else:
        insert_all(versions)
        search.keep_words_of([each.pk for each in decisions])
