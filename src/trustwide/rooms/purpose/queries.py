"""Every read of this room that more than one page needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import TruncMonth

from trustwide.rooms.commons.links import CAME_FROM, CONTRIBUTES_TO
from trustwide.rooms.commons.models import DRAFT, Link
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import DIRECTORATE, GROUP, ORGANISATION, Place
from trustwide.rooms.places.reach import GROUP_SHARED, PARTNERS_SHARED, PUBLIC, TEAM_SHARED, reach_of
from trustwide.rooms.purpose.agreement import Standing, standing_of
from trustwide.rooms.purpose.models import LOWER, UPPER, DocumentCheck, Message, Objective, Round, Strategy, Value

LIMITS = {GROUP: 5, ORGANISATION: 5}
FEW = 3  # live objectives of a place further down
OFFERED = 100
OPEN_STAGES = ("proposed", "live", "paused")


def limit_of(place: Place) -> int:
    """How many objectives a place may have live at a time."""
    return LIMITS.get(place.level, FEW)


def is_full(place: Place) -> bool:
    """Whether a place has as many live objectives as it may, whoever may read them."""
    return Objective.objects.filter(place=place, stage="live").count() >= limit_of(place)


def strategy_at(person: Person, organisation: Place) -> Strategy | None:
    """The strategy in use that the person may read; the latest where there are two."""
    live = Strategy.objects.visible_to(person).filter(place=organisation, stage="live")
    return live.select_related("place", "organisation", "owner").order_by("-created_at").first()


def values_at(person: Person, organisation: Place) -> QuerySet[Value]:
    """The values of an organisation that the person may read, in the order in which they were added."""
    live = Value.objects.visible_to(person).filter(place=organisation, stage="live")
    return live.select_related("place", "owner").order_by("created_at", "pk")


def live_at(person: Person, place: Place) -> QuerySet[Objective]:
    """The live objectives of one place, without those below it, that the person may read."""
    live = Objective.objects.visible_to(person).filter(place=place, stage="live")
    return live.select_related("place", "owner", "organisation").order_by("created_at", "pk")


def is_public(person: Person, organisation: Place) -> bool:
    """Whether there is a strategy that this visitor may read without belonging there."""
    return Strategy.objects.visible_to(person).filter(place=organisation, stage="live").exists()


def has_public_messages(person: Person, organisation: Place) -> bool:
    return messages_of(person, organisation).exists()


def values_to_choose(organisation: Place) -> QuerySet[Value]:
    """The values that things of an organisation can live: its own, and what its group shares with it."""
    return _to_choose(Value, organisation).filter(stage="live").order_by("created_at")


def objectives_to_choose(organisation: Place) -> QuerySet[Objective]:
    """The live objectives of an organisation itself, and of its group: what a message can be about."""
    at_top = _to_choose(Objective, organisation).filter(place=F("organisation"), stage="live")
    return at_top.order_by("created_at")


def _to_choose(model: Any, organisation: Place) -> QuerySet[Any]:
    own = Q(organisation=organisation.pk) & ~Q(sharing=TEAM_SHARED)
    groups = Q(organisation=organisation.parent_id, sharing__in=(GROUP_SHARED, PARTNERS_SHARED, PUBLIC))
    return model.objects.filter(own | groups).select_related("place")


def measures_to_choose(places: Iterable[Place]) -> QuerySet[Measure]:
    """The measures by which an objective of those places can be told: theirs, and those of the places above."""
    ids = {each for place in places for each in place.line}
    shared = ~Q(sharing=TEAM_SHARED) | Q(place__in=[place.pk for place in places])
    found = Measure.objects.filter(shared, place__in=ids, closed_at=None).select_related("place")
    return found.order_by("-place__level", "title")


def has_strategy(organisation: Place) -> bool:
    """Whether there is one at all, whoever may read it."""
    return Strategy.objects.filter(organisation=organisation, closed_at=None).exclude(stage=DRAFT).exists()


def readable_in_group(person: Person, group: Place) -> list[Place]:
    """The organisations of a group whose pages the person may open; of anything else none. One query."""
    if group.level != GROUP:
        return []
    members = Place.objects.open().filter(parent=group, level=ORGANISATION).select_related("organisation")
    return [each for each in members.order_by("name") if reach_of(person).can_read_place(each)]


def standing_in(organisation: Place, prefix: str = "") -> Q:
    """The records of an organisation; of a group its own, and those that its organisations hold themselves."""
    own = Q(**{f"{prefix}organisation": organisation})
    if organisation.level != GROUP:
        return own
    return own | Q(**{f"{prefix}place__parent": organisation, f"{prefix}place__level": ORGANISATION})


def uppers_of(objectives: Any) -> dict[UUID, UUID]:
    """The objective above each that helps one: by the oldest of its links. `objectives` are ids. One query."""
    return _first_uppers(Q(start__in=objectives))


def uppers_in(organisation: Place) -> dict[UUID, UUID]:
    """The same of all objectives of an organisation: by where they stand, as a list of them all has no end."""
    return _first_uppers(standing_in(organisation, "start__"), start__kind=Objective._meta.label_lower)


def _first_uppers(starts: Q, **more: Any) -> dict[UUID, UUID]:
    links = Link.objects.filter(starts, **more, meaning=CONTRIBUTES_TO, end__kind=Objective._meta.label_lower)
    found: dict[UUID, UUID] = {}
    for start, end in links.order_by("at", "pk").values_list("start_id", "end_id"):
        found.setdefault(start, end)
    return found


def upper_of(objective: Objective) -> Objective | None:
    """The objective above that this one helps, whole."""
    above = Objective.objects.filter(links_in__start=objective.pk, links_in__meaning=CONTRIBUTES_TO)
    return above.select_related("place", "owner", "organisation").order_by("links_in__at", "links_in__pk").first()


def rounds_of(objective: Objective) -> list[Round]:
    return list(objective.rounds.select_related("by", "comment", "upper__place"))


def round_of(objective: Objective, number: UUID) -> Round | None:
    return objective.rounds.select_related("comment").filter(pk=number).first()


def standings(objectives: Iterable[Objective], uppers: Mapping[UUID, UUID]) -> dict[UUID, Standing]:
    """How the talk about each objective stands; `uppers` are the ids of those above, by the lower one's. One query."""
    words = Round.objects.filter(objective__in=objectives, worded=F("objective__worded"))
    spoken: dict[UUID, list[Round]] = defaultdict(list)
    for each in words:
        spoken[each.objective_id].append(each)
    return {each.pk: standing_of(each, spoken[each.pk], uppers.get(each.pk)) for each in objectives}


@dataclass(frozen=True)
class Waiting:
    """An objective that waits for the word of somebody's side, and the one above it."""

    objective: Objective
    upper: Objective
    standing: Standing


def objectives_waiting_for(person: Person) -> list[Objective]:
    """Open objectives of which the person owns the side whose word is awaited. Two queries, one where there are none.

    The upper one of each is that of the oldest of its links, as in `uppers_of`.
    """
    links = Link.objects.filter(meaning=CONTRIBUTES_TO, end__kind=Objective._meta.label_lower)
    mine = Objective.objects.filter(owner=person, stage__in=OPEN_STAGES).values("pk")
    above = links.filter(start=OuterRef("pk")).order_by("at", "pk")
    readable = Objective.objects.visible_to(person).filter(stage__in=OPEN_STAGES).select_related("organisation")
    near = readable.filter(Q(pk__in=mine) | Q(pk__in=links.filter(end__in=mine).values("start")))
    joined = near.annotate(upper=_first(above.values("end")), above=_first(above.values("end__owner")))
    found: list[Any] = list(joined.order_by("updated_at"))
    told = standings(found, {each.pk: each.upper for each in found})
    owners = {each.pk: {LOWER: each.owner_id, UPPER: each.above} for each in found}
    return [each for each in found if owners[each.pk].get(told[each.pk].waits_for) == person.pk]


def _first(found: QuerySet[Any]) -> Subquery:
    return Subquery(found[:1], output_field=UUIDField())


def live_counts(organisation: Place) -> Counter[UUID]:
    """How many objectives are live at each place of an organisation: a count, whoever may read them."""
    live = Objective.objects.filter(organisation=organisation, stage="live").values("place")
    return Counter({each["place"]: each["count"] for each in live.annotate(count=Count("pk")).order_by()})


def latest_messages() -> QuerySet[Message]:
    """Posted messages, the newest first, whoever may read them."""
    return Message.objects.filter(stage="posted").select_related("created_by").order_by("-created_at")


def messages_for_board(team: Place) -> QuerySet[Message]:
    """The posted messages of a team's organisation, and of its group, the newest first, whoever may read them."""
    above = (team.organisation_id, team.organisation.parent_id)
    posted = Message.objects.filter(stage="posted", organisation__in=above).select_related("created_by")
    return posted.order_by("-created_at", "-pk")


def messages_of(person: Person, organisation: Place) -> QuerySet[Message]:
    posted = latest_messages().visible_to(person).filter(organisation=organisation)  # type: ignore[attr-defined]
    return posted.select_related("organisation")  # type: ignore[no-any-return]


def messages_by_month(place: Place) -> dict[date, int]:
    """How many messages were posted at a place and below in each month that has any, by its first day.

    A count, for a measure that all of the organisation reads: it says nothing of what any message holds.
    """
    posted = Message.objects.filter(place__path__startswith=place.path).exclude(stage=DRAFT)
    months = (
        posted.annotate(month=TruncMonth("created_at")).values("month").annotate(count=Count("pk")).order_by("month")
    )
    return {each["month"].date(): each["count"] for each in months.order_by("month")}


def check_to_read(number: UUID) -> DocumentCheck | None:
    """A document whose text waits to be read."""
    waiting = DocumentCheck.objects.filter(pk=number).exclude(text="")
    return waiting.select_related("place__organisation", "organisation", "created_by").first()


def checks_around(person: Person, check: DocumentCheck) -> tuple[DocumentCheck | None, DocumentCheck | None]:
    """The earlier check of the same document and the later one, of those that the person may read."""
    links = Link.objects.filter(Q(start=check.pk) | Q(end=check.pk), meaning=CAME_FROM)
    ends = dict(links.order_by("at", "pk").values_list("end_id", "start_id"))  # by the older one; the newest follows
    checks = DocumentCheck.objects.visible_to(person).filter(pk__in={*ends, *ends.values()} - {check.pk})
    found = {each.pk: each for each in checks.select_related("organisation")}
    earlier = next((found[old] for old, new in ends.items() if new == check.pk and old in found), None)
    return earlier, found.get(ends.get(check.pk))


def checks_read(person: Person, organisation: Place) -> list[Any]:
    """The documents of an organisation that were read, oldest first: what was found, without its words. One query.

    `superseded` says that a later version was read.
    """
    newer = DocumentCheck.objects.filter(
        links_out__end=OuterRef("pk"), links_out__meaning=CAME_FROM, closed_at=None, read_at__isnull=False
    )
    read = DocumentCheck.objects.visible_to(person).filter(organisation=organisation, closed_at=None)
    found = read.exclude(read_at=None).defer("quotes", "text").select_related("place")
    return list(found.annotate(superseded=Exists(newer)).order_by("created_at", "pk"))


def values_to_look_for(organisation: Place) -> QuerySet[Value]:
    """What its documents are checked for: its own values; its group's where it has none."""
    values = values_to_choose(organisation)
    own = values.filter(organisation=organisation.pk)
    return own if own.exists() else values


def aims_to_look_for(organisation: Place) -> QuerySet[Objective]:
    return objectives_to_choose(organisation).filter(organisation=organisation.pk)


def values_looked_for(person: Person, organisation: Place) -> list[Value]:
    """Of those, what the person may read. Two queries."""
    chosen = values_to_look_for(organisation).order_by().values("pk")
    return list(Value.objects.visible_to(person).filter(pk__in=chosen).order_by("created_at", "pk"))


def directorates_of(organisation: Place) -> dict[str, str]:
    """The names of an organisation's directorates, by their path."""
    found = Place.objects.filter(organisation=organisation, level=DIRECTORATE).order_by("name")
    return dict(found.values_list("path", "name"))
