"""What a front page says: what needs this person, what changed, what went well. A constant number of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import DRAFT, Notice, Record
from trustwide.rooms.commons.notices import WHAT
from trustwide.rooms.front.faces import ADMINISTRATOR, BOARD, LEADER, face_of
from trustwide.rooms.measures import queries as measures
from trustwide.rooms.measures.models import Measure
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
        needs=[
            *_objectives(person),
            *_notices(person),
            *_reviews(person),
            *(_gaps(place) if face == ADMINISTRATOR and place else []),
        ],
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
    """What others did that concerns them, of records that they may still read."""
    still = Record.objects.visible_to(person)
    unread = Notice.objects.filter(person=person, read_at=None, record__in=still)
    found = unread.select_related("record__organisation", "by").order_by("-at", "-pk")[:MOST]
    return [Line(each.record.title, address_of(each.record), _said(each)) for each in found]


def _said(notice: Notice) -> str:
    return str(WHAT[notice.what]) % {"who": notice.by.name if notice.by else "Trustwide"}


def _objectives(person: Person) -> list[Line]:
    """Objectives that wait for their word."""
    waiting = purpose.objectives_waiting_for(person)[:MOST]
    return [
        Line(each.objective.title, address_of(each.objective), _("This objective waits for your word"))
        for each in waiting
    ]


def _reviews(person: Person) -> list[Line]:
    """Their own records whose day of review has come, and drafts that nobody else can see yet."""
    mine = Record.objects.visible_to(person).filter(owner=person, closed_at=None)
    due = mine.filter(Q(next_review__lte=today()) | Q(stage=DRAFT)).select_related("organisation")
    draft = _("Finish your draft, or take it away")
    return [
        Line(each.title, address_of(each), draft if each.stage == DRAFT else KINDS[each.kind].due)
        for each in due.order_by("next_review")[:MOST]
    ]


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
