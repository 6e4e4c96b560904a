"""Every read of this room, shaped for the page that needs it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, OuterRef, QuerySet, Subquery

from trustwide.engines.spc.analysis import Analysis
from trustwide.engines.spc.model import Batch, Series, Settings
from trustwide.rooms.measures.models import (
    OPEN_DATA,
    REPORT,
    Charted,
    EarlierNumber,
    LimitsReset,
    Measure,
    MeasureSet,
    Observation,
    RuleSet,
    SetMeasure,
    SetObservation,
    Upload,
)
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

PLACE = "measure__place_in_set"
POINT_FIELDS = ("value", "numerator", "size", "spread", "target", "excluded", "note", "period")


def open_data_set() -> MeasureSet | None:
    """The open data that ships with Trustwide, None before it is loaded."""
    return MeasureSet.objects.filter(kind=OPEN_DATA).first()


def reports(organisation: Place) -> QuerySet[MeasureSet]:
    """An organisation's reports, newest first, each with `size`: how many measures it has."""
    found = MeasureSet.objects.filter(kind=REPORT, organisation=organisation)
    return found.annotate(size=Count("measures")).order_by("-created_at")


def report(organisation: Place, number: UUID) -> MeasureSet | None:
    return MeasureSet.objects.filter(kind=REPORT, organisation=organisation, pk=number).first()


def upload(person: Person, organisation: Place, number: UUID) -> Upload | None:
    """A file that the person sent, and is still at."""
    return Upload.objects.filter(by=person, organisation=organisation, pk=number).first()


@lru_cache(maxsize=8)
def charted(measure_set: UUID) -> tuple[list[SetMeasure], Analysis]:
    """A set's measures and their analysis, in the set's order: two queries, then remembered.

    A set never changes after it is saved, so what is remembered cannot be out of date; a removed one is only
    reached through its row.
    """
    measures = list(SetMeasure.objects.filter(measure_set_id=measure_set).order_by("place_in_set"))
    return measures, Analysis(_batch(measures, measure_set))


def _batch(measures: list[SetMeasure], measure_set: UUID) -> Batch:
    points = (
        SetObservation.objects.filter(measure__measure_set_id=measure_set)
        .order_by(PLACE, "period")
        .values_list(PLACE, "segment", *POINT_FIELDS)
    )
    places, segments, *columns = _columns(points, 2 + len(POINT_FIELDS))
    offsets = np.searchsorted(np.array(places, np.int64), [*(each.place_in_set for each in measures), np.inf])
    settings = [settings_of(measure, measure.rules) for measure in measures]
    return as_batch([measure.name for measure in measures], settings, offsets, columns, np.array(segments, np.int32))


def _columns(rows: Iterable[tuple[Any, ...]], count: int) -> list[tuple[Any, ...]]:
    """Rows of a query by column, all of them even where there is no row."""
    return list(zip(*rows, strict=True)) or [()] * count


def as_batch(
    names: list[str], settings: list[Settings], offsets: Any, columns: list[tuple[Any, ...]], segments: Any
) -> Batch:
    """Points in the order of POINT_FIELDS, by measure and then by period, as the chart engine takes them."""
    given = dict(zip(POINT_FIELDS, columns, strict=True))
    numbers = {name: np.array(given[name], np.float64) for name in ("value", "numerator", "size", "spread", "target")}
    return Batch(
        names=names,
        settings=settings,
        offsets=np.asarray(offsets, np.int64),
        dates=np.array([each.replace(tzinfo=None) for each in given["period"]], "datetime64[s]"),
        values=numbers["value"],
        segments=segments,
        numerators=numbers["numerator"],
        sizes=numbers["size"],
        spreads=numbers["spread"],
        targets=numbers["target"],
        excluded=np.array(given["excluded"], np.bool_),
        notes={point: note for point, note in enumerate(given["note"]) if note},
    )


def settings_of(measure: Charted, rules: str) -> Settings:
    """The chart settings of a measure; its segments are already on its observations."""
    return Settings(
        chart=measure.chart,
        rules=rules,
        improvement=measure.improvement,
        target=measure.target,
        screen=measure.screen,
        baseline=measure.baseline,
        multiply=measure.multiply,
        floor_zero=measure.floor_zero,
        centre=measure.centre,
        aggregate=measure.aggregate or None,
    )


def charts_of(measures: Iterable[Measure], rules: dict[UUID, str] | None = None) -> dict[UUID, Series]:
    """The analysed series of each of some measures that the person may see: three queries for any number of them, two
    where the `rules` of their organisations are known already.

    Measures with no number yet are left out.
    """
    measures = sorted(measures, key=lambda each: each.pk)
    points = Observation.objects.filter(measure__in=[each.pk for each in measures]).order_by("measure_id", "period")
    owners, *columns = _columns(points.values_list("measure_id", *POINT_FIELDS), 1 + len(POINT_FIELDS))
    counts = Counter(owners)
    with_points = [each for each in measures if each.pk in counts]
    if not with_points:
        return {}
    offsets = np.concatenate([[0], np.cumsum([counts[each.pk] for each in with_points])]).astype(np.int64)
    segments, reasons = _segments(with_points, offsets, columns[POINT_FIELDS.index("period")])
    rules = rules_of({each.organisation_id for each in with_points}) if rules is None else rules
    batch = as_batch(
        [each.title for each in with_points],
        [settings_of(each, rules.get(each.organisation_id, "nhs")) for each in with_points],
        offsets,
        columns,
        segments,
    )
    for point, reason in reasons.items():
        batch.notes[point] = "; ".join(filter(None, [reason, batch.notes.get(point, "")]))
    return dict(zip((each.pk for each in with_points), Analysis(batch), strict=True))


def _segments(measures: list[Measure], offsets: Any, periods: tuple[Any, ...]) -> tuple[Any, dict[int, str]]:
    """By point, its segment counted from 1; and the reason of each reset, at the point that begins it."""
    resets: dict[UUID, list[tuple[Any, str]]] = defaultdict(list)
    for owner, starts, reason in LimitsReset.objects.filter(measure__in=[each.pk for each in measures]).values_list(
        "measure_id", "starts", "reason"
    ):
        resets[owner].append((starts, reason))
    segments, reasons = np.ones(len(periods), np.int32), {}
    for place, measure in enumerate(measures):
        first, last = int(offsets[place]), int(offsets[place + 1])
        days = [each.date() for each in periods[first:last]]
        for starts, reason in sorted(resets[measure.pk]):
            at = bisect_left(days, starts)
            segments[first + at : last] += 0 < at < len(days)
            if at < len(days):
                reasons[first + at] = reason
    return segments, reasons


def rules_of(organisations: Iterable[UUID]) -> dict[UUID, str]:
    """The rules that each organisation chose; those that chose none are left out and use `nhs`."""
    return dict(RuleSet.objects.filter(organisation__in=organisations).values_list("organisation_id", "rules"))


def rules_at(organisation: str) -> Subquery:
    """The rules of an organisation, to be read with what stands there: None where it chose none."""
    return Subquery(RuleSet.objects.filter(organisation=OuterRef(organisation)).values("rules")[:1])


def measures_at(person: Person, place: Place) -> QuerySet[Measure]:
    """The live measures at a place itself that the person may see, in the order of their titles."""
    return Measure.objects.visible_to(person).filter(place=place, closed_at=None).order_by("title")


def measures_on_wall(team: Place, person: Person | None) -> QuerySet[Measure]:
    """The live measures of a team that its board shows, in the order of their titles."""
    return Measure.objects.on_wall(team, person).filter(place=team, closed_at=None).order_by("title", "pk")


def getting_better(team: Place) -> QuerySet[Measure]:
    """What gets better in a team's organisation, the latest to change first, whoever may read it."""
    live = Measure.objects.filter(organisation=team.organisation_id, closed_at=None)
    return live.filter(variation__startswith="improvement").order_by("-changed_since", "title", "pk")


def measures_to_number(person: Person, team: Place) -> QuerySet[Measure]:
    """The live measures of a team whose numbers people type, of those that the person may see."""
    return measures_at(person, team).filter(computed="").select_related("place")


def signals_within(person: Person, place: Place, *effects: str) -> QuerySet[Measure]:
    """The live measures at a place and below whose charts show one of the effects, the latest to change first."""
    shows = [f"{effect}_{way}" for effect in effects for way in ("high", "low")]
    within = Measure.objects.visible_to(person).filter(place__path__startswith=place.path, closed_at=None)
    return within.filter(variation__in=shows).select_related("place", "organisation").order_by("-changed_since")


def measure_for(person: Person, organisation: Place, number: UUID) -> Measure | None:
    """A measure of an organisation that the person may see."""
    visible = Measure.objects.visible_to(person).select_related("place", "place__organisation", "owner")
    return visible.filter(organisation=organisation, pk=number).first()


def numbers_of(measure: Measure) -> QuerySet[Observation]:
    return measure.observations.order_by("-period")


def earlier_numbers_of(measure: Measure) -> QuerySet[EarlierNumber]:
    """What its numbers said before they were put right or taken away, the latest change first."""
    return measure.earlier_numbers.select_related("by")


def resets_of(measure: Measure) -> QuerySet[LimitsReset]:
    return measure.resets.select_related("by").order_by("starts")
