"""All objectives of an organisation from the top down: who helps what, what is joined to nothing, how deep it goes.

A handful of queries whatever the size, and one walk over what they bring.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.links import CONTRIBUTES_TO
from trustwide.rooms.commons.models import Link, Record
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import DIRECTORATE, SERVICE, TEAM, Place
from trustwide.rooms.purpose.agreement import Standing
from trustwide.rooms.purpose.models import Objective
from trustwide.rooms.purpose.queries import OPEN_STAGES, standing_in, standings, uppers_in

WORK_SHOWN = 50


@dataclass
class Branch:
    """One objective with those below that help it."""

    objective: Objective
    standing: Standing
    waits_for: str = ""  # the place that has the next word
    below: list[Branch] = field(default_factory=list)

    def count(self) -> int:
        return len(list(walk([self]))) - 1


@dataclass(frozen=True)
class Depth:
    """How far down the organisation's objectives reach in one directorate: places that hold one, of all there are."""

    directorate: Place
    objectives: int
    services: tuple[int, int]
    teams: tuple[int, int]


@dataclass(frozen=True)
class Cascade:
    roots: list[Branch]  # the organisation's own, and those that help its group
    loose: list[Branch]  # joined to nothing above, though they stand further down
    depths: list[Depth]
    work: list[Record]  # the first of those that help no objective
    work_count: int
    local_needs: list[Record]  # the first of those that help nothing above, and whose people said that they need not
    local: int
    states: dict[str, int]


def cascade_of(person: Person, organisation: Place) -> Cascade:
    """As far as the person may read; to a group's belong its organisations' own. Nine queries."""
    mine = Objective.objects.visible_to(person).filter(standing_in(organisation), stage__in=OPEN_STAGES)
    found = mine.select_related("place", "organisation").order_by("place__path", "created_at", "pk")
    whole = {each.pk: each for each in found}
    uppers = {lower: upper for lower, upper in uppers_in(organisation).items() if lower in whole}
    away = set(uppers.values()) - set(whole)
    readable = Objective.objects.visible_to(person).filter(pk__in=away).select_related("place", "organisation")
    above = {each.pk: each for each in readable}
    known = {**above, **whole}
    joined = {lower: known[upper] for lower, upper in uppers.items() if upper in known}
    told = standings(found, {lower: upper.pk for lower, upper in joined.items()})
    branches = {each.pk: _branch(each, told[each.pk], joined.get(each.pk)) for each in found}
    roots, loose = _hang(branches, joined)
    depths = _depths(organisation, [each.objective for each in walk(roots)])
    work, count, needs = _work_without(person, organisation, set(whole) | set(above))
    needs = [each.pk for each in found if each.local_need and each.pk not in joined] + needs
    shown = Record.objects.filter(pk__in=needs[:WORK_SHOWN]).select_related("place", "organisation")
    states: dict[str, int] = defaultdict(int)
    for each in told.values():
        states[each.state] += 1
    return Cascade(roots, loose, depths, work, count, list(shown), len(needs), dict(states))


def _branch(objective: Objective, standing: Standing, upper: Objective | None) -> Branch:
    place = {"lower": objective.place, "upper": upper.place if upper else None}.get(standing.waits_for)
    return Branch(objective, standing, place.name if place else "")


def _hang(branches: dict[UUID, Branch], joined: dict[UUID, Objective]) -> tuple[list[Branch], list[Branch]]:
    """Each branch under the one that it helps; those that hang on nothing here, at the top or loose."""
    roots, loose = [], []
    for pk, branch in branches.items():
        upper = joined.get(pk)
        if upper is not None and upper.pk in branches:
            branches[upper.pk].below.append(branch)
        elif upper is not None or branch.objective.place.is_root:
            roots.append(branch)
        elif not branch.objective.local_need:
            loose.append(branch)
    return roots, loose


def walk(branches: Iterable[Branch]) -> Iterable[Branch]:
    """All branches and what hangs on them, each after the one that it hangs on."""
    waiting = list(branches)[::-1]
    while waiting:
        branch = waiting.pop()
        yield branch
        waiting += branch.below[::-1]


def _depths(organisation: Place, objectives: list[Objective]) -> list[Depth]:
    """For each directorate. A place counts where an objective of its own hangs on the organisation's."""
    places = list(Place.objects.open().filter(organisation=organisation).order_by("path"))
    directorates = {each.pk.hex: each for each in places if each.level == DIRECTORATE}
    within: dict[str, list[Place]] = defaultdict(list)
    for each in places:
        for key in directorates.keys() & each.line:
            within[key].append(each)
    held = Counter(each.place_id for each in objectives)
    found = []
    for key, directorate in directorates.items():
        services, teams = (_share(within[key], level, held) for level in (SERVICE, TEAM))
        found.append(Depth(directorate, sum(held[each.pk] for each in within[key]), services, teams))
    return sorted(found, key=lambda each: each.directorate.name)


def _share(places: list[Place], level: str, holding: Container[UUID]) -> tuple[int, int]:
    of_level = [each.pk for each in places if each.level == level]
    return sum(pk in holding for pk in of_level), len(of_level)


def _work_without(person: Person, organisation: Place, objectives: set[UUID]) -> tuple[list[Record], int, list[UUID]]:
    """Open records that ought to help something and lead to no objective: the first, how many, and the local needs."""
    kinds = [key for key, kind in KINDS.items() if kind.helps and kind.model is not Objective]
    open_ones = Record.objects.visible_to(person).filter(organisation=organisation, closed_at=None, kind__in=kinds)
    made_by_people = open_ones.filter(Q(measure=None) | Q(measure__computed=""))  # nobody joins up what is worked out
    rows = list(made_by_people.order_by("kind", "-updated_at").values_list("pk", "local_need"))
    direct = _told_by(organisation)
    lower: dict[UUID, list[UUID]] = defaultdict(list)
    links = Link.objects.filter(meaning=CONTRIBUTES_TO).filter(
        Q(start__organisation=organisation) | Q(end__organisation=organisation)
    )
    for start, end in links.values_list("start_id", "end_id"):
        lower[end].append(start)
    reached, waiting = set(objectives), [*objectives, *direct]
    while waiting:
        for each in lower.get(waiting.pop(), ()):
            if each not in reached:
                reached.add(each)
                waiting.append(each)
    without = [pk for pk, is_local in rows if pk not in reached and pk not in direct and not is_local]
    local = [pk for pk, is_local in rows if is_local]
    shown = Record.objects.filter(pk__in=without[:WORK_SHOWN]).select_related("place", "organisation")
    return list(shown), len(without), local


def _told_by(organisation: Place) -> set[UUID]:
    """The measures that objectives name as their own."""
    named = Objective.objects.filter(organisation=organisation, told_by__isnull=False)
    return set(named.values_list("told_by_id", flat=True))
