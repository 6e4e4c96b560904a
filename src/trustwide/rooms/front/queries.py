"""What a front page says: what needs this person, what changed, what went well. A constant number of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import DRAFT, Record
from trustwide.rooms.front.faces import ADMINISTRATOR, BOARD, LEADER, face_of
from trustwide.rooms.jobs import queries as jobs
from trustwide.rooms.measures import queries as measures
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.notices import queries as notices
from trustwide.rooms.notices.reviews import AHEAD
from trustwide.rooms.notices.telling import link_of, said_of, title_of
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.models import TEAM, Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.purpose import queries as purpose

MOST = 5  # lines of each part: a front page is read in half a minute
TEAMS = 30


@dataclass(frozen=True)
class Line:
    """One line of a front page: what to read, where it leads, and a quiet word beside it."""

    words: Any
    address: str
    beside: Any = ""


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
    place: Place | None
    roles: list[Any]
    needs: list[Line]
    concerns: list[Measure]
    improvements: list[Measure]
    news: list[Line]
    teams: list[TeamLine]
    overview: list[Measure]


def today_of(person: Person) -> Today:
    reach = reach_of(person)
    face, place = face_of(reach)
    return Today(
        face=face,
        place=place,
        roles=[(ROLES[each.role].name, each.place) for each in reach.roles],
        needs=[*_objectives(person), *_notices(person), *_reviews(person), *_for_administrators(face, place)],
        concerns=list(measures.signals_within(person, place, "concern")[:MOST]) if place else [],
        improvements=list(measures.signals_within(person, place.organisation, "improvement")[:MOST]) if place else [],
        news=_news(person),
        teams=_teams(person, place) if face == LEADER and place and place.level != TEAM else [],
        overview=list(measures.measures_at(person, place)) if place and face == BOARD else [],
    )


def address_of(record: Any) -> str:
    """Where a record's page stands; its organisation is loaded with it."""
    return f"/{record.organisation.slug}/{KINDS[record.kind].address}/{record.pk}/"


def _notices(person: Person) -> list[Line]:
    """What others did that concerns them; reviews have lines of their own."""
    found = notices.unread(person).exclude(what="review-due")[:MOST]
    return [Line(title_of(each), link_of(each), said_of(each)) for each in found]


def _objectives(person: Person) -> list[Line]:
    """Objectives that wait for their word."""
    waiting = purpose.objectives_waiting_for(person)[:MOST]
    return [
        Line(each.objective.title, address_of(each.objective), _("This objective waits for your word"))
        for each in waiting
    ]


def _reviews(person: Person) -> list[Line]:
    """Their own records whose day of review has come, or comes within a week, and drafts that nobody else sees yet."""
    mine = Record.objects.visible_to(person).filter(owner=person, closed_at=None)
    due = mine.filter(Q(next_review__lte=today() + AHEAD) | Q(stage=DRAFT)).select_related("organisation")
    return [Line(each.title, address_of(each), _of_mine(each)) for each in due.order_by("next_review")[:MOST]]


def _of_mine(record: Record) -> str:
    if record.stage == DRAFT:
        return _("Finish your draft, or take it away")
    if record.next_review > today():
        return _("Look at this again by %(day)s") % {"day": date_format(record.next_review, "j F Y")}
    return str(KINDS[record.kind].due)


def _for_administrators(face: str, place: Place | None) -> list[Line]:
    if face != ADMINISTRATOR or place is None:
        return []
    home = place.organisation
    undone = jobs.given_up(home)
    line = Line(_("Work that did not get done"), f"/{home.slug}/jobs/", _("Trustwide could not do it by itself"))
    return [*([line] if undone else []), *_gaps(place)]


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


def _news(person: Person) -> list[Line]:
    """The latest message from an executive."""
    latest = purpose.latest_messages(person)[:1]
    return [Line(each.title, address_of(each), each.created_by.name) for each in latest]


def _teams(person: Person, place: Place) -> list[TeamLine]:
    """A manager's teams, one line each, by name: never in order of how they do."""
    teams = list(Place.objects.open().within(place).filter(level=TEAM).select_related("organisation")[:TEAMS])
    visible = Measure.objects.visible_to(person).filter(place__in=teams, closed_at=None)
    rows = list(visible.values_list("place", "variation"))
    better = Counter(team for team, variation in rows if variation.startswith("improvement"))
    worse = Counter(team for team, variation in rows if variation.startswith("concern"))
    every = Counter(team for team, _any in rows)
    return [TeamLine(each, better[each.pk], worse[each.pk], every[each.pk]) for each in teams]
