"""What a front page says: what needs this person, what changed, what went well. A constant number of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from trustwide.rooms.commons.front_lines import AREAS, CHANGED, NEEDS, WELL, Line, lines_of
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import DRAFT, Record
from trustwide.rooms.front.faces import ADMINISTRATOR, BOARD, LEADER, face_of
from trustwide.rooms.jobs import queries as jobs
from trustwide.rooms.measures import queries as measures
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.notices import queries as notices
from trustwide.rooms.notices.reviews import AHEAD
from trustwide.rooms.notices.telling import link_of, said_of, title_of
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.models import TEAM, Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.purpose import queries as purpose
from trustwide.rooms.purpose.models import Message

MOST = 5  # lines of each part: a front page is read in half a minute
TEAMS = 30
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
    place: Place | None
    roles: list[Any]
    needs: list[Line]
    concerns: list[Measure]
    changed: list[Line]
    improvements: list[Measure]
    news: list[Line]
    teams: list[TeamLine]
    overview: list[Measure]


def today_of(person: Person) -> Today:
    reach = reach_of(person)
    face, place = face_of(reach)
    signals = _signals(person, place) if place else {each: [] for each in EFFECTS}
    said = {area: lines_of(area, person, place) if place else [] for area in AREAS}
    return Today(
        face=face,
        place=place,
        roles=[(ROLES[each.role].name, each.place) for each in reach.roles],
        needs=_each_once([*said[NEEDS], *_waiting(person), *_reviews(person), *_for_administrators(face, place)]),
        concerns=signals["concern"],
        changed=[*said[CHANGED], *_changed(person, place)] if place else [],
        improvements=signals["improvement"],
        news=[*said[WELL], *_news(person)],
        teams=_teams(person, place) if face == LEADER and place and place.level != TEAM else [],
        overview=list(measures.measures_at(person, place)) if place and face == BOARD else [],
    )


def _each_once(lines: list[Line]) -> list[Line]:
    """What they were told of and owe too stands there once, by what comes first: the news says more than the day."""
    first: dict[str, Line] = {}
    for each in lines:
        first.setdefault(each.address, each)
    return list(first.values())


def address_of(record: Any) -> str:
    """Where a record's page stands; its organisation is loaded with it."""
    return f"/{record.organisation.slug}/{KINDS[record.kind].address}/{record.pk}/"


def _waiting(person: Person) -> list[Line]:
    """Objectives that wait for their word, and what others did that concerns them; each record once."""
    asked = [each.objective for each in purpose.objectives_waiting_for(person)[:MOST]]
    lines = {each.pk: Line(each.title, address_of(each), _("This objective waits for your word")) for each in asked}
    news = notices.unread(person).exclude(what="review-due").exclude(record__in=list(lines))  # reviews: own lines
    for each in news[: 4 * MOST]:
        lines.setdefault(each.record_id or each.pk, Line(title_of(each), link_of(each), said_of(each)))
    return list(lines.values())[: 2 * MOST]


def _signals(person: Person, place: Place) -> dict[str, list[Measure]]:
    """What the charts of their organisation show, the latest first; those of their own place before the others."""
    found = list(measures.signals_within(person, place.organisation, *EFFECTS)[:LOOKED_THROUGH])
    found.sort(key=lambda each: not place.holds(each.place))
    return {effect: [each for each in found if each.variation.startswith(effect)][:MOST] for effect in EFFECTS}


def _changed(person: Person, place: Place) -> list[Line]:
    """What others wrote this week. Measures speak by their charts, and messages have a line of their own."""
    since = now() - timedelta(days=7)
    within = Record.objects.visible_to(person).filter(place__path__startswith=place.organisation.path)
    found = within.filter(updated_at__gte=since, kind__in=KINDS).exclude(updated_by=person)
    found = found.exclude(kind__in=[each._meta.label_lower for each in (Measure, Message)])
    newest = found.select_related("organisation", "updated_by").order_by("-updated_at")[:MOST]
    return [Line(each.title, address_of(each), _by_whom(each)) for each in newest]


def _by_whom(record: Record) -> str:
    told = {"kind": KINDS[record.kind].one, "name": record.updated_by.name, "day": local_day(record.updated_at)}
    return _("%(kind)s, changed by %(name)s on %(day)s") % told


def local_day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F")


def _reviews(person: Person) -> list[Line]:
    """Their own records whose day of review has come, or comes within a week, and drafts that nobody else sees yet."""
    mine = Record.objects.visible_to(person).filter(owner=person, closed_at=None)
    due = mine.filter(Q(next_review__lte=today() + AHEAD) | Q(stage=DRAFT)).select_related("organisation")
    return [Line(each.title, address_of(each), _of_mine(each)) for each in due.order_by("next_review")[:MOST]]


def _of_mine(record: Record) -> str:
    if record.stage == DRAFT:
        return _("Finish your draft, or take it away")
    if record.next_review > today():
        return str(KINDS[record.kind].due_by) % {"day": date_format(record.next_review, "j F Y")}
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
    said = _("A message from %(name)s, %(day)s")
    latest = purpose.latest_messages(person)[:1]
    told = [(each, {"name": each.created_by.name, "day": local_day(each.created_at)}) for each in latest]
    return [Line(each.title, address_of(each), said % words) for each, words in told]


def _teams(person: Person, place: Place) -> list[TeamLine]:
    """A manager's teams, one line each, by name: never in order of how they do."""
    teams = list(Place.objects.open().within(place).filter(level=TEAM).select_related("organisation")[:TEAMS])
    visible = Measure.objects.visible_to(person).filter(place__in=teams, closed_at=None)
    rows = list(visible.values_list("place", "variation"))
    better = Counter(team for team, variation in rows if variation.startswith("improvement"))
    worse = Counter(team for team, variation in rows if variation.startswith("concern"))
    every = Counter(team for team, _any in rows)
    return [TeamLine(each, better[each.pk], worse[each.pk], every[each.pk]) for each in teams]
