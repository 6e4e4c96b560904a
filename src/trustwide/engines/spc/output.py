"""An analysis as JSON, CSV, Parquet, SVG, HTML or a text table: one result, six ways to carry it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from trustwide.engines.spc.model import Dates, Floats, Series

COLUMNS = (
    "series", "date", "value", "centre", "lower", "upper", "near_lower", "near_upper", "target", "segment",
    "excluded", "signals", "effect", "note", "variation", "assurance", "trial",
)  # fmt: skip


#: The attributes of a series that hold numbers by point, in the order of COLUMNS.
LINES = ("values", "centre", "lower", "upper", "near_lower", "near_upper")


def iso_dates(dates: Dates) -> list[str]:
    """Dates as ISO text, with the time only where there is one."""
    return [str(date).removesuffix("T00:00:00") for date in dates.astype("datetime64[s]")]


def numbers(values: Floats) -> list[float | None]:
    """Floats with None for what is undefined."""
    return [None if value != value else value for value in values.tolist()]


def series_as_dict(series: Series) -> dict[str, Any]:
    """One series as the JSON object that `trustwide spc --format json` prints."""
    points = zip(
        iso_dates(series.dates),
        *(numbers(getattr(series, name)) for name in LINES),
        series.segments.tolist(),
        series.excluded.tolist(),
        series.signals,
        series.effects,
        strict=True,
    )
    names = ("date", *COLUMNS[2:8], "segment", "excluded", "signals", "effect")
    return {
        "name": series.name,
        "chart": series.settings.chart,
        "rules": series.settings.rules,
        "points": [dict(zip(names, point, strict=True)) for point in points],
        "variation": series.variation,
        "assurance": series.assurance,
        "runs": [asdict(run) for run in series.runs],
        "trial": series.trial,
        "sentence": series.sentence,
    }


def rows(series: Series) -> Iterator[tuple[Any, ...]]:
    """One tuple a point, in the order of COLUMNS."""
    lines = (numbers(getattr(series, name)) for name in (*LINES, "targets"))
    for place, (date, *line) in enumerate(zip(iso_dates(series.dates), *lines, strict=True)):
        yield (
            series.name,
            date,
            *line,
            int(series.segments[place]),
            bool(series.excluded[place]),
            ";".join(series.signals[place]),
            series.effects[place],
            series.notes.get(place, ""),
            series.variation,
            series.assurance or "",
            series.trial,
        )


def as_json(analysis: Iterable[Series]) -> str:
    return json.dumps({"series": [series_as_dict(series) for series in analysis]}, ensure_ascii=False) + "\n"


def as_csv(analysis: Iterable[Series]) -> str:
    from trustwide.engines.sheets import write_csv

    return write_csv([COLUMNS, *(row for series in analysis for row in rows(series))])


def as_parquet(analysis: Iterable[Series]) -> bytes:
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(as_arrow(analysis), file)
    return file.getvalue()


def as_arrow(analysis: Iterable[Series]) -> Any:
    """An Arrow table, one row a point; `date` is a timestamp and `signals` a list of words."""
    import pyarrow as pa

    every = list(analysis)
    columns: dict[str, Any] = dict(
        zip(COLUMNS, zip(*(row for series in every for row in rows(series)), strict=True), strict=True)
    )
    columns["date"] = np.concatenate([series.dates.astype("datetime64[ms]") for series in every])  # as Parquet keeps it
    columns["signals"] = pa.array([list(each) for series in every for each in series.signals], pa.list_(pa.string()))
    for name in (*COLUMNS[2:8], "target"):
        columns[name] = pa.array(columns[name], pa.float64())
    return pa.table(columns)


def as_table(analysis: Iterable[Series]) -> str:
    """What a person reads in a terminal: a line a series, then what it says."""
    lines = []
    for series in analysis:
        known = np.flatnonzero(~np.isnan(series.values))
        last = int(known[-1]) if len(known) else -1
        latest = "no value" if last < 0 else f"{series.values[last]:.6g} on {iso_dates(series.dates[[last]])[0]}"
        limits = "none" if last < 0 or np.isnan(series.lower[last]) else _limits(series, last)
        middle = "median" if series.settings.chart in ("run", "g") else "average"
        lines += [
            series.name,
            f"  latest {latest}; {middle} {series.centre[last]:.6g}; limits {limits}; {series.settings.chart} chart",
            f"  {series.sentence}",
        ]
    return "\n".join(lines) + "\n"


def _limits(series: Series, place: int) -> str:
    return f"{series.lower[place]:.6g} to {series.upper[place]:.6g}"


def as_svg(analysis: Iterable[Series]) -> str:
    """One drawing; several series stand one under the other."""
    from trustwide.engines.spc.draw import draw_all

    return draw_all(analysis) + "\n"


def as_html(analysis: Iterable[Series]) -> str:
    """A page that stands alone: each series with its sentence, chart and table."""
    from html import escape

    from trustwide.engines.spc.draw import draw
    from trustwide.engines.spc.table import table

    blocks = (
        f"<section><h2>{escape(series.name)}</h2><p>{escape(series.sentence)}</p>"
        f"{draw(series, prefix=f's{place}-')}<details><summary>The numbers</summary>{table(series)}</details></section>"
        for place, series in enumerate(analysis)
    )
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Control charts</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>body{font:1rem/1.5 Arial,sans-serif;max-width:60rem;margin:auto;padding:1rem}"
        "td,th{padding:.2rem .6rem;text-align:left}</style></head>"
        f"<body><main><h1>Control charts</h1>{''.join(blocks)}</main></body></html>\n"
    )


FORMATS: dict[str, Callable[[Iterable[Series]], str | bytes]] = {
    "json": as_json,
    "csv": as_csv,
    "parquet": as_parquet,
    "svg": as_svg,
    "html": as_html,
    "table": as_table,
}
