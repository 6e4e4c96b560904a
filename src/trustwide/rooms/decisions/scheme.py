"""Who decides: the lowest place whose line of the scheme lets somebody, and why it goes up where nobody may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from trustwide.rooms.decisions.models import BOARD, FALLBACK, SORTS, TOP, AtTop, SchemeLine
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.deputies import answers_for
from trustwide.rooms.places.models import GROUP, LEVELS, ORGANISATION, Place, RoleHeld
from trustwide.rooms.places.reach import holds_on

Holders = dict[tuple[Any, str], list[Person]]
HEIGHT = {level: -number for number, level in enumerate(LEVELS)}


@dataclass(frozen=True)
class Question:
    """What of a question tells who decides it."""

    sort: str
    money: int | None = None
    reversible: bool = True


@dataclass(frozen=True)
class Found:
    """Who decides, in which role, at which place, by which line; nobody where `person` is None.

    `passed` says, from the lowest up, why those below do not.
    """

    person: Person | None
    place: Place
    role: str
    line: SchemeLine | None
    passed: tuple[str, ...]

    @property
    def in_role(self) -> str:
        """Such as: Manager, Elderly care."""
        return role_at(self.role, self.place)


def role_at(role: str, place: Place) -> str:
    return _("%(role)s, %(place)s") % {"role": ROLES[role].name, "place": place.name}


def pounds(sum_: int) -> str:
    return "£" + number_format(sum_, force_grouping=True)


def fits(line: SchemeLine, asked: Question) -> bool:
    """Whether a line lets its role decide such a question."""
    if line.sort != asked.sort or (line.undo_only and not asked.reversible):
        return False
    return line.limit is None or (asked.money or 0) <= line.limit


def upward(lines: Iterable[SchemeLine]) -> list[SchemeLine]:
    """Lines from the lowest level to the highest; within one, the smallest limit first."""
    return sorted(lines, key=lambda each: (HEIGHT[each.level], each.limit is None, each.limit or 0, not each.undo_only))


def may_words(line: SchemeLine) -> str:
    """What a line lets somebody decide, such as: up to £500, if it can be undone."""
    if line.limit == 0:
        return _("what costs nothing and can be undone") if line.undo_only else _("what costs nothing")
    sum_ = _("any sum") if line.limit is None else _("up to %(sum)s") % {"sum": pounds(line.limit)}
    return _("%(sum)s, if it can be undone") % {"sum": sum_} if line.undo_only else sum_


def running_lines(organisation: Place) -> Any:
    return SchemeLine.objects.filter(organisation=organisation, ended_at=None)


def find_decider(
    place: Place, asked: Question, day: date, *, above: tuple[str, str] | None = None, but: Person | None = None
) -> Found:
    """Who decides a question of that place on that day. With `above`, a level and a role, who does after those;
    `but` is passed over. Three queries.
    """
    places = list(Place.objects.above(place).exclude(level=GROUP)) or [place]
    lines = list(running_lines(place.organisation).filter(sort=asked.sort))
    where = Q(place__in=places) | Q(place__organisation=place.organisation_id, place__kind="board")
    holders = holders_at({FALLBACK, BOARD, *(each.role for each in lines)}, day, where)
    return choose(places, lines, holders, asked, above=above, but=but)


def choose(
    places: list[Place],
    lines: Iterable[SchemeLine],
    holders: Holders,
    asked: Question,
    *,
    above: tuple[str, str] | None = None,
    but: Person | None = None,
) -> Found:
    """The same once all is read: `places` from the top down to the one that asks, the lines, who holds which role."""
    there, passed = {each.level: each for each in places}, []
    mine = upward(each for each in lines if each.level in there and each.sort == asked.sort)
    for line in _after(mine, above):
        here = there[line.level]
        held = [each for each in holders.get((here.pk, line.role), []) if each != but]
        if fits(line, asked) and held:
            return Found(held[0], here, line.role, line, tuple(passed))
        passed.append(_passed(line, here, fits=fits(line, asked)))
    return _at_the_top(places[0], holders, tuple(passed), above, but)


def _at_the_top(top: Place, holders: Holders, passed: tuple[str, ...], above: Any, but: Person | None) -> Found:
    """Where no line lets anybody, an executive of the whole organisation does; where none did in time, the board."""
    said = {
        FALLBACK: _("So it goes to an executive of the whole organisation."),
        BOARD: _("So it goes to the board."),
    }
    tried = [role for role in said if above == (ORGANISATION, role)]
    for role in list(said)[list(said).index(tried[0]) + 1 if tried else 0 :]:
        passed = (*passed, said[role])
        held = [each for each in holders.get((top.pk, role), []) if each != but]
        if held:
            return Found(held[0], top, role, None, passed)
    return Found(None, top, FALLBACK, None, passed)


def _after(lines: list[SchemeLine], above: tuple[str, str] | None) -> list[SchemeLine]:
    if above is None:
        return lines
    level, _role = above
    mine = [number for number, each in enumerate(lines) if (each.level, each.role) == above]
    if mine:
        return lines[mine[-1] + 1 :]
    return [each for each in lines if HEIGHT[each.level] > HEIGHT[level]]


def holders_at(roles: Iterable[str], day: date, where: Q) -> Holders:
    """Who holds these roles at these very places, by place and role. One query.

    First the chief executive and the chair, where they are named; then whoever has held it longest. Who is on the board
    of an organisation stands at its top.
    """
    found: Holders = {}
    held = RoleHeld.objects.filter(where, holds_on(day), role__in=list(roles), person__is_active=True)
    same = {"organisation": OuterRef("place__organisation"), "role": OuterRef("role"), "person": OuterRef("person")}
    held = held.annotate(first=Exists(AtTop.objects.filter(**same)))
    for each in held.select_related("person", "place").order_by("-first", "starts", "pk"):
        for place in {each.place_id, each.place.organisation_id} if each.role == BOARD else {each.place_id}:
            found.setdefault((place, each.role), []).append(each.person)
    return found


def at_top(organisation: Place, day: date) -> dict[str, list[Person]]:
    """Those at the very top of an organisation, by role: whom a decision goes to that nobody below makes. One query."""
    here = Q(place=organisation) | Q(place__organisation=organisation, place__kind="board")
    holders = holders_at(TOP, day, here)
    return {role: holders.get((organisation.pk, role), []) for role in TOP}


def _passed(line: SchemeLine, place: Place, *, fits: bool) -> str:
    """Why it is not decided there."""
    told = {"role": ROLES[line.role].name, "place": place.name, "may": may_words(line), "sort": SORTS[line.sort]}
    if fits:
        return _("Nobody is %(role)s of %(place)s now.") % {**told, "role": str(told["role"]).lower()}
    return _("%(role)s, %(place)s: may decide %(may)s.") % told


def deputy_for(person: Person, place: Place, day: date) -> Person | None:
    """Who answers for somebody who is away that day; None where nobody need."""
    answers = answers_for(person, day, place.organisation)
    return None if answers == person else answers
