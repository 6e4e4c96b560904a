"""Every write of this room: each is one transaction, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import F

from trustwide.engines.spc.model import Batch, Series, Settings
from trustwide.engines.spc.words import since
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.together import added, at_the_end
from trustwide.rooms.measures import queries
from trustwide.rooms.measures.computed import COMPUTED, Computed, Number
from trustwide.rooms.measures.models import (
    OPEN_DATA,
    REPORT,
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
from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.inserting import insert_all
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

KEEP_UPLOADS = timedelta(days=1)
ROWS_AT_ONCE = 5_000
COUNTED = ("value", "numerator", "size")
NUMBER_FIELDS = (*COUNTED, "note")
LABELS = ("org_code", "org_name", "unit")


@dataclass
class AlreadyThere(Exception):
    """These periods have another number already; nothing was saved."""

    periods: list[date]


@transaction.atomic
def save_open_data(*, title: str, batch: Batch, source: str, labels: list[dict[str, str]] | None = None) -> MeasureSet:
    """Store open data, which is nobody's. `labels` give each measure its LABELS."""
    measure_set = MeasureSet.objects.create(kind=OPEN_DATA, title=title[:200], source=source)
    _save_measures(measure_set, batch, labels)
    return measure_set


@transaction.atomic
def make_report(*, by: Person, organisation: Place, title: str, batch: Batch, source: str = "") -> MeasureSet:
    """Store the measures of a board report of an organisation."""
    _let_report(by, organisation)
    said = {"kind": REPORT, "title": title[:200], "source": source}
    report = MeasureSet.objects.create(by=by, organisation=organisation, **said)
    _save_measures(report, batch)
    record_act(by=by, verb="made-report", thing=report, organisation=organisation.pk, fields=["measures"])
    return report


def _let_report(by: Person, organisation: Place) -> None:
    if not reach_of(by).may(May.MEASURE, organisation):
        raise NotAllowed


def _save_measures(measure_set: MeasureSet, batch: Batch, labels: list[dict[str, str]] | None = None) -> None:
    measures = [
        _measure(measure_set, place, name, batch.settings_of(place), labels[place] if labels else {})
        for place, name in enumerate(batch.names)
    ]
    SetMeasure.objects.bulk_create(measures, ROWS_AT_ONCE)
    insert_all(list(_observations(measures, batch)))


def _measure(measure_set: MeasureSet, place: int, name: str, settings: Settings, labels: dict[str, str]) -> SetMeasure:
    kept = ("chart", "rules", "improvement", "target", "centre", "baseline", "multiply", "screen", "floor_zero")
    fields = {field: getattr(settings, field) for field in kept}
    return SetMeasure(
        measure_set=measure_set,
        place_in_set=place,
        name=name[:300],
        aggregate=settings.aggregate or "",
        **fields,
        **{label: labels.get(label, "") for label in LABELS},
    )


def _observations(measures: list[SetMeasure], batch: Batch) -> Iterator[SetObservation]:
    columns = {
        "value": batch.values,
        "numerator": batch.numerators,
        "size": batch.sizes,
        "spread": batch.spreads,
        "target": batch.targets,
    }
    numbers = {name: _or_none(column) for name, column in columns.items() if column is not None}
    periods = [moment.replace(tzinfo=UTC) for moment in batch.dates.astype("datetime64[s]").astype(datetime)]
    segments = np.ones(len(periods), int) if batch.segments is None else batch.segments
    excluded = np.zeros(len(periods), bool) if batch.excluded is None else batch.excluded
    for place, measure in enumerate(measures):
        for point in range(int(batch.offsets[place]), int(batch.offsets[place + 1])):
            yield SetObservation(
                measure=measure,
                period=periods[point],
                segment=int(segments[point]),
                excluded=bool(excluded[point]),
                note=batch.notes.get(point, "")[:500],
                **{name: column[point] for name, column in numbers.items()},
            )


def _or_none(column: np.ndarray) -> list[float | None]:
    return [None if value != value else value for value in column.tolist()]


@transaction.atomic
def record_numbers(*, by: Person, measure: Measure, numbers: Iterable[Number], put_right: bool = False) -> int:
    """Add numbers to a measure; how many are new or changed. A period that has another number already is refused
    (AlreadyThere, nothing saved) unless they are to be put right.
    """
    if measure.computed or not reach_of(by).may(May.MEASURE, measure.place):
        raise NotAllowed
    return _record(by, measure, list(numbers), put_right=put_right)


def _record(by: Person | None, measure: Measure, numbers: list[Number], *, put_right: bool) -> int:
    _take_numbers(measure)
    there = {each.period.date(): each for each in measure.observations.filter(period__in=map(_moment, numbers))}
    new_words = [each for each in numbers if each.period in there and not _says(there[each.period], each)]
    if new_words and not put_right:
        raise AlreadyThere([each.period for each in new_words])
    _keep_earlier(by, [there[each.period] for each in new_words])
    changed = [_put(there[each.period], each, by) for each in new_words]
    Observation.objects.bulk_update(changed, [*NUMBER_FIELDS, "by", "at"], ROWS_AT_ONCE)
    new = [
        Observation(
            measure=measure, period=_moment(each), by=by, **{name: getattr(each, name) for name in NUMBER_FIELDS}
        )
        for each in numbers
        if each.period not in there
    ]
    insert_all(new)
    if new or changed:
        look_again([measure])
        record_act(by=by, verb="numbered", thing=measure, organisation=measure.organisation_id, fields=["observations"])
    return len(new) + len(changed)


@transaction.atomic
def remove_number(*, by: Person, measure: Measure, number: int) -> None:
    """Take a number away, that of a mistyped day say: nothing is left of its period. Twice is once."""
    if measure.computed or not reach_of(by).may(May.MEASURE, measure.place):
        raise NotAllowed
    _take_numbers(measure)
    found = list(measure.observations.filter(pk=number))
    _keep_earlier(by, found)
    if found:
        found[0].delete()
        look_again([measure])
        told = {"thing": measure, "organisation": measure.organisation_id, "fields": ["observations"]}
        record_act(by=by, verb="removed-number", **told)


def look_again(measures: Iterable[Measure]) -> None:
    """Keep what the charts of some measures say now; in the transaction of whatever changed."""
    measures = list(measures)
    if not at_the_end(_look_again, measures):
        _look_again(measures)


def _look_again(measures: list[Measure]) -> None:
    charts = queries.charts_of(measures)
    for measure in measures:
        for name, said in _said_by(charts.get(measure.pk)).items():
            setattr(measure, name, said)
    if len(measures) == 1:
        Measure.objects.filter(pk=measures[0].pk).update(**_said_by(charts.get(measures[0].pk)))
    else:
        Measure.objects.bulk_update(measures, ["variation", "assurance", "sentence", "changed_since"], ROWS_AT_ONCE)


def _said_by(series: Series | None) -> dict[str, Any]:
    """What a chart says, as it is kept with its measure."""
    if series is None:
        return {"variation": "", "assurance": "", "sentence": "", "changed_since": None}
    began = since(series)
    day = None if began is None else began.astype("datetime64[D]").item()
    said = {"variation": series.variation, "assurance": series.assurance or "", "sentence": series.sentence[:500]}
    return {**said, "changed_since": day}


def _moment(number: Number) -> datetime:
    return datetime(number.period.year, number.period.month, number.period.day, tzinfo=UTC)


def _says(observation: Observation, number: Number) -> bool:
    """Whether the observation says just what the number does."""
    return all(getattr(observation, name) == getattr(number, name) for name in NUMBER_FIELDS)


def _put(observation: Observation, number: Number, by: Person | None) -> Observation:
    """The observation as the number says."""
    for name, value in {**{name: getattr(number, name) for name in NUMBER_FIELDS}, "by": by, "at": now()}.items():
        setattr(observation, name, value)
    return observation


def _keep_earlier(by: Person | None, numbers: list[Observation]) -> None:
    """Keep what numbers that were typed said until now; what Trustwide works out, it can work out again."""
    if by is not None:
        said = ({name: getattr(each, name) for name in ("measure_id", "period", *COUNTED)} for each in numbers)
        EarlierNumber.objects.bulk_create([EarlierNumber(by=by, **each) for each in said], ROWS_AT_ONCE)


def _take_numbers(measure: Measure) -> None:
    """One writer of a measure's numbers at a time: the row is ours until the transaction ends."""
    Measure.objects.filter(pk=measure.pk).update(numbers_version=F("numbers_version") + 1)


@transaction.atomic
def reset_limits(*, by: Person, measure: Measure, starts: date, reason: str) -> None:
    """Begin new limits on a day, because the work changed. The reason stands on the chart; again, it is rewritten."""
    if not reach_of(by).may(May.MEASURE, measure.place):
        raise NotAllowed
    _take_numbers(measure)
    LimitsReset.objects.update_or_create(measure=measure, starts=starts, defaults={"reason": reason, "by": by})
    look_again([measure])
    record_act(by=by, verb="reset-limits", thing=measure, organisation=measure.organisation_id, fields=["resets"])


@transaction.atomic
def remove_reset(*, by: Person, reset: LimitsReset) -> None:
    measure = reset.measure
    if not reach_of(by).may(May.MEASURE, measure.place):
        raise NotAllowed
    _take_numbers(measure)
    reset.delete()
    look_again([measure])
    record_act(by=by, verb="removed-reset", thing=measure, organisation=measure.organisation_id, fields=["resets"])


@transaction.atomic
def choose_rules(*, by: Person, organisation: Place, rules: str) -> None:
    """One set of rules for every chart of an organisation."""
    if not reach_of(by).may(May.MEASURE, organisation):
        raise NotAllowed
    chosen, _ = RuleSet.objects.update_or_create(organisation=organisation, defaults={"rules": rules})
    look_again(Measure.objects.filter(organisation=organisation))
    record_act(
        by=by,
        verb="chose-rules",
        thing=chosen,
        organisation=organisation.pk,
        fields=["rules"],
        related=organisation.pk,
    )


@transaction.atomic
def add_computed_measure(*, by: Person, computed: Computed, place: Place) -> UUID:
    """Let a place have a measure that is worked out from what is in Trustwide; its id."""
    there = Measure.objects.filter(place=place, computed=computed.key).first()
    if there:
        return there.pk
    words = {name: str(getattr(computed, name)) for name in ("title", "why", "definition")}
    fields = {**words, **computed.settings, "every": computed.every, "computed": computed.key}
    number = add_record(by=by, kind=KINDS[Measure._meta.label_lower], place=place, fields=fields)
    work_out(measure=added(Measure, number, "place"))
    return number


@transaction.atomic
def work_out(*, measure: Measure, day: date | None = None) -> int:
    """Work a computed measure out again; how many numbers changed. The system does this, so nobody is named."""
    numbers = list(COMPUTED[measure.computed].numbers(measure.place, day or today()))
    return _record(None, measure, numbers, put_right=True)


@transaction.atomic
def keep_upload(*, by: Person, organisation: Place, name: str, content: bytes) -> Upload:
    """Keep a file until its columns are understood; files nobody came back for are cleared on the way."""
    _let_report(by, organisation)
    Upload.objects.filter(created_at__lt=now() - KEEP_UPLOADS).delete()
    upload = Upload.objects.create(by=by, organisation=organisation, name=name[:200], content=content)
    record_act(by=by, verb="sent-file", thing=upload, organisation=organisation.pk, fields=["content"])
    return upload


@transaction.atomic
def describe_upload(*, by: Person, upload: Upload, title: str, chart: str, columns: dict[str, str]) -> None:
    """Keep what was said of an upload: its title, its usual chart, and which column is which."""
    _let_report(by, upload.organisation)
    upload.title, upload.chart, upload.columns = title, chart, columns
    upload.save(update_fields=["title", "chart", "columns"])
    told = ["title", "chart", "columns"]
    record_act(by=by, verb="described-file", thing=upload, organisation=upload.organisation_id, fields=told)


@transaction.atomic
def load_upload(*, by: Person, upload: Upload, batch: Batch) -> MeasureSet:
    """Turn an upload into a report, once: the upload goes as the report comes.

    Raises Upload.DoesNotExist where it is a report already, as when a button is pressed twice.
    """
    _let_report(by, upload.organisation)
    gone, _ = Upload.objects.filter(pk=upload.pk).delete()
    if not gone:
        raise Upload.DoesNotExist
    return make_report(by=by, organisation=upload.organisation, title=upload.title, batch=batch, source=upload.name)


@transaction.atomic
def remove_report(*, by: Person, measure_set: MeasureSet) -> None:
    """The report and its numbers go; that they went stays in the audit."""
    _let_report(by, measure_set.organisation)
    record_act(by=by, verb="removed-report", thing=measure_set, organisation=measure_set.organisation_id)
    measure_set.delete()
