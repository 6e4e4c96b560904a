"""Every read of this room, shaped for the page that needs it."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

import numpy as np
from django.db.models import Count, QuerySet

from trustwide.engines.spc.analysis import Analysis
from trustwide.engines.spc.model import Batch, Settings
from trustwide.rooms.measures.models import OPEN_DATA, REPORT, Measure, MeasureSet, Observation, Upload

PLACE = "measure__place_in_set"
POINT_FIELDS = ("value", "numerator", "size", "spread", "target", "segment", "excluded", "note", "period", PLACE)


def open_data_set() -> MeasureSet | None:
    """The open data that ships with Trustwide, None before it is loaded."""
    return MeasureSet.objects.filter(kind=OPEN_DATA).first()


def reports() -> QuerySet[MeasureSet]:
    """Reports, newest first, each with `size`: how many measures it has."""
    return MeasureSet.objects.filter(kind=REPORT).annotate(size=Count("measures"))


def report(number: UUID) -> MeasureSet | None:
    return MeasureSet.objects.filter(kind=REPORT, pk=number).first()


def upload(number: UUID) -> Upload | None:
    return Upload.objects.filter(pk=number).first()


@lru_cache(maxsize=8)
def charted(measure_set: UUID) -> tuple[list[Measure], Analysis]:
    """A set's measures and their analysis, in the set's order: two queries, then remembered.

    A set never changes after it is saved, so what is remembered cannot be out of date; a removed one is only
    reached through its row.
    """
    measures = list(Measure.objects.filter(measure_set_id=measure_set).order_by("place_in_set"))
    return measures, Analysis(_batch(measures, measure_set))


def _batch(measures: list[Measure], measure_set: UUID) -> Batch:
    points = (
        Observation.objects.filter(measure__measure_set_id=measure_set)
        .order_by(PLACE, "period")
        .values_list(*POINT_FIELDS)
    )
    columns = (
        dict(zip(POINT_FIELDS, zip(*points, strict=True), strict=True)) if points else dict.fromkeys(POINT_FIELDS, ())
    )
    places = [measure.place_in_set for measure in measures]
    return Batch(
        names=[measure.name for measure in measures],
        settings=[_settings(measure) for measure in measures],
        offsets=np.searchsorted(np.array(columns[PLACE], np.int64), [*places, np.inf]).astype(np.int64),
        dates=np.array([each.replace(tzinfo=None) for each in columns["period"]], "datetime64[s]"),
        values=np.array(columns["value"], np.float64),
        segments=np.array(columns["segment"], np.int32),
        numerators=np.array(columns["numerator"], np.float64),
        sizes=np.array(columns["size"], np.float64),
        spreads=np.array(columns["spread"], np.float64),
        targets=np.array(columns["target"], np.float64),
        excluded=np.array(columns["excluded"], np.bool_),
        notes={point: note for point, note in enumerate(columns["note"]) if note},
    )


def _settings(measure: Measure) -> Settings:
    """The chart settings of a measure; its segments are already on its observations."""
    return Settings(
        chart=measure.chart,
        rules=measure.rules,
        improvement=measure.improvement,
        target=measure.target,
        screen=measure.screen,
        baseline=measure.baseline,
        multiply=measure.multiply,
        floor_zero=measure.floor_zero,
        centre=measure.centre,
        aggregate=measure.aggregate or None,
    )
