"""What a front page says: what needs this person, what changed, what went well. A constant number of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Exists, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from trustwide.rooms.commons.front_lines import CHANGED, NEEDS, WELL, Line, lines_for
from trustwide.rooms.front.faces import ADMINISTRATOR, BOARD, LEADER, face_of
from trustwide.rooms.jobs import queries as jobs
from trustwide.rooms.measures import queries as measures
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.models import TEAM, Place, RoleHeld
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.purpose.models import Strategy

MOST = 5  # lines of each part: a front page is read in half a minute
TEAMS = 30
APART = " · "  # between what is said of one line
EFFECTS = ("concern", "improvement")
LOOKED_THROUGH = 200  # charts among which those of their own place are sought


@dataclass(frozen=True)
class TeamLine:
    """One team in a manager's list: what its charts show, and who it is."""

    place: Place
    better: int
    worse: int
    measures: int


@dataclass(frozen=True)
class Today:
    """The whole page."""

    face: str
    roles: list[Any]
    place: Place | None = None  # where it is None they hold no role, and nothing else is said
    needs: list[Line] = field(default_factory=list)
    concerns: list[Measure] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    improvements: list[Measure] = field(default_factory=list)
    news: list[Line] = field(default_factory=list)
    teams: list[TeamLine] = field(default_factory=list)
    overview: list[Measure] = field(default_factory=list)


def today_of(person: Person) -> Today:
    reach = reach_of(person)
    face, place = face_of(reach)
    roles = [(ROLES[each.role].name, each.place) for each in reach.roles]
    if place is None:
        return Today(face, roles)
    signals, said = _signals(person, place), lines_for(person, place)
    return Today(
        face,
        roles,
        place,
        needs=_each_once([*said[NEEDS], *(_for_administrators(place) if face == ADMINISTRATOR else [])]),
        concerns=signals["concern"],
        changed=_first_of_each(said[CHANGED]),
        improvements=signals["improvement"],
        news=said[WELL],
        teams=_teams(person, place) if face == LEADER and place.level != TEAM else [],
        overview=list(measures.measures_at(person, place)) if face == BOARD else [],
    )


def _each_once(lines: list[Line]) -> list[Line]:
    """What they were told of and owe too stands there once, and says both."""
    found: dict[str, Line] = {}
    for each in lines:
        before = found.get(each.address)
        found[each.address] = replace(before, beside=_joined(before.beside, each.beside)) if before else each
    return list(found.values())


def _joined(before: Any, more: Any) -> str:
    """Both, but no question twice: what was told ends, it may be, with the words of what is owed."""
    new = [each for each in str(more).split(APART) if each not in str(before)]
    return APART.join([str(before), *new])


def _first_of_each(lines: list[Line]) -> list[Line]:
    found: dict[str, Line] = {}
    for each in lines:
        found.setdefault(each.address, each)
    return list(found.values())


def _signals(person: Person, place: Place) -> dict[str, list[Measure]]:
    """What the charts of their organisation show, the latest first; those of their own place before the others."""
    found = list(measures.signals_within(person, place.organisation, *EFFECTS)[:LOOKED_THROUGH])
    found.sort(key=lambda each: not place.holds(each.place))
    return {effect: [each for each in found if each.variation.startswith(effect)][:MOST] for effect in EFFECTS}


def _for_administrators(place: Place) -> list[Line]:
    home = place.organisation
    undone = jobs.given_up(home)
    line = Line(_("Work that did not get done"), f"/{home.slug}/jobs/", _("Trustwide could not do it by itself"))
    return [*([line] if undone else []), *_first_steps(home), *_gaps(place)]


def _first_steps(home: Place) -> list[Line]:
    """What an organisation that begins still lacks, in the order in which it is needed."""
    others = RoleHeld.objects.filter(place__organisation=home).exclude(role="administrator")
    asked = (Place.objects.filter(parent=home), others, Strategy.objects.filter(organisation=home))
    places, people, purpose = Place.objects.filter(pk=home.pk).values_list(*map(Exists, asked)).get()
    steps = (
        (places, _("Add your places"), "places:tree", _("Directorates, services and teams: one by one, or as a file")),
        (people, _("Ask your colleagues in"), "places:people", _("By invitation, or as a file of who joins")),
        (purpose, _("Say why you are here"), "purpose:strategy", _("An executive writes it. The rest hangs on it")),
    )
    return [Line(words, reverse(name, args=[home.slug]), why) for done, words, name, why in steps if not done]


def _gaps(place: Place) -> list[Line]:
    """Teams that nobody leads."""
    leads = Count("roles", filter=Q(roles__role__in=("team-leader", "manager")) & _running("roles__"))
    teams = Place.objects.open().within(place).filter(level=TEAM, kind__in=("clinical", "corporate"))
    found = teams.annotate(leads=leads).filter(leads=0).order_by("name")[:MOST]
    home = place.organisation.slug
    return [Line(each.name, f"/{home}/places/{each.slug}/", _("Nobody leads this team yet")) for each in found]


def _running(prefix: str) -> Q:
    day = today()
    return Q(**{f"{prefix}starts__lte": day}) & (Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gte": day}))


def _teams(person: Person, place: Place) -> list[TeamLine]:
    """A manager's teams, one line each, by name: never in order of how they do."""
    teams = list(Place.objects.open().within(place).filter(level=TEAM).select_related("organisation")[:TEAMS])
    visible = Measure.objects.visible_to(person).filter(place__in=teams, closed_at=None)
    rows = list(visible.values_list("place", "variation"))
    better = Counter(team for team, variation in rows if variation.startswith("improvement"))
    worse = Counter(team for team, variation in rows if variation.startswith("concern"))
    every = Counter(team for team, _any in rows)
    return [TeamLine(each, better[each.pk], worse[each.pk], every[each.pk]) for each in teams]
