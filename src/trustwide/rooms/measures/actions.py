"""Every write of this room: each is one transaction, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
from django.db import transaction
from django.utils import timezone

from trustwide.engines.spc.model import Batch, Settings
from trustwide.rooms.measures.models import REPORT, Measure, MeasureSet, Observation, Upload

KEEP_UPLOADS = timedelta(days=1)
ROWS_AT_ONCE = 5_000
LABELS = ("org_code", "org_name", "unit")


@transaction.atomic
def save_measures(
    *,
    title: str,
    batch: Batch,
    kind: str = REPORT,
    source: str = "",
    labels: list[dict[str, str]] | None = None,
) -> MeasureSet:
    """Store a batch as a set of measures with their observations. `labels` give each measure its LABELS."""
    measure_set = MeasureSet.objects.create(title=title[:200], kind=kind, source=source)
    measures = [
        _measure(measure_set, place, name, batch.settings_of(place), labels[place] if labels else {})
        for place, name in enumerate(batch.names)
    ]
    Measure.objects.bulk_create(measures, ROWS_AT_ONCE)
    Observation.objects.bulk_create(_observations(measures, batch), ROWS_AT_ONCE)
    return measure_set


def _measure(measure_set: MeasureSet, place: int, name: str, settings: Settings, labels: dict[str, str]) -> Measure:
    kept = ("chart", "rules", "improvement", "target", "centre", "baseline", "multiply", "screen", "floor_zero")
    fields = {field: getattr(settings, field) for field in kept}
    return Measure(
        measure_set=measure_set,
        place_in_set=place,
        name=name[:300],
        aggregate=settings.aggregate or "",
        **fields,
        **{label: labels.get(label, "") for label in LABELS},
    )


def _observations(measures: list[Measure], batch: Batch) -> Iterator[Observation]:
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
            yield Observation(
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
def keep_upload(*, name: str, content: bytes) -> Upload:
    """Keep a file until its columns are understood; files nobody came back for are cleared on the way."""
    Upload.objects.filter(created_at__lt=timezone.now() - KEEP_UPLOADS).delete()
    return Upload.objects.create(name=name[:200], content=content)


@transaction.atomic
def describe_upload(*, upload: Upload, title: str, chart: str, columns: dict[str, str]) -> None:
    """Keep what was said of an upload: its title, its usual chart, and which column is which."""
    upload.title, upload.chart, upload.columns = title, chart, columns
    upload.save(update_fields=["title", "chart", "columns"])


@transaction.atomic
def load_upload(*, upload: Upload, batch: Batch) -> MeasureSet:
    """Turn an upload into a report, once: the upload goes as the report comes.

    Raises Upload.DoesNotExist where it is a report already, as when a button is pressed twice.
    """
    gone, _ = Upload.objects.filter(pk=upload.pk).delete()
    if not gone:
        raise Upload.DoesNotExist
    return save_measures(title=upload.title, batch=batch, source=upload.name)


@transaction.atomic
def remove_report(*, measure_set: MeasureSet) -> None:
    measure_set.delete()
