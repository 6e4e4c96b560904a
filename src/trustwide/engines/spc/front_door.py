"""The two functions an analyst begins with: `read` a file and `analyse` what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from trustwide.engines.spc.analysis import Analysis
from trustwide.engines.spc.intake import read_measures
from trustwide.engines.spc.model import Batch, Problem, Settings

#: What a plain number cannot say.
OF_PARTS = dict.fromkeys(("p", "pp", "u", "up"), "numerators and denominators") | dict.fromkeys(
    ("xbar", "s"), "the values of each subgroup"
)


class ProblemsError(ValueError):
    """What was given could not be read; `problems` names each by row, column and cure."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def read(source: Path | str | BinaryIO, *, settings_file: Path | None = None, **settings: Any) -> Batch:
    """A file of measures (CSV, XLSX, Parquet) as a batch. `settings` are those of `Settings`, for every series.

    Raises ProblemsError with every problem at once.
    """
    found = read_measures(source, settings=settings_file, defaults=Settings(**settings))
    if found.batch is None:
        raise ProblemsError([problem for problem in found.problems if not problem.warning])
    return found.batch


def analyse(data: Any, *, name: str = "values", **settings: Any) -> Analysis:
    """Limits, signals, icons and sentences of a batch, an Arrow table, or plain numbers.

    `data` is a `Batch`; or an Arrow table or record batch with the columns of a file of measures (`series`, `date`,
    `value` or `numerator` and `denominator`, …); or numbers: n of one series called `name`, or an array of shape
    (series, n). Plain numbers get the days from 1 January 2000 as their dates. `settings` are those of `Settings`.
    The result gives one `Series` each when iterated, and `trustwide.engines.spc.output.as_arrow` makes it a table.
    Raises ProblemsError for a table that cannot be charted; ValueError for an array of more than two dimensions and
    for settings that cannot be, such as a chart of no such name.
    """
    if isinstance(data, Batch):
        if settings:
            raise ValueError("a batch has its settings already: give them to read, or make the batch with them")
        return Analysis(data)
    if hasattr(data, "schema"):
        return Analysis(_from_arrow(data, Settings(**settings)))
    if settings.get("chart") in OF_PARTS:
        raise ValueError(f"a {settings['chart']} chart needs {OF_PARTS[settings['chart']]}: give a table or a file")
    if settings.get("rebase"):
        raise ValueError("plain numbers have no dates to rebase at: give a table or a file")
    return Analysis(_from_numbers(np.asarray(data, np.float64), name, Settings(**settings)))


def _from_arrow(table: Any, settings: Settings) -> Batch:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = table if isinstance(table, pa.Table) else pa.Table.from_batches([table])
    file = io.BytesIO()
    pq.write_table(whole, file)
    file.seek(0)
    found = read_measures(file, name="values", defaults=settings)
    if found.batch is None:
        raise ProblemsError([problem for problem in found.problems if not problem.warning])
    return found.batch


def _from_numbers(numbers: np.ndarray, name: str, settings: Settings) -> Batch:
    if numbers.ndim > 2:
        raise ValueError(f"numbers of one or two dimensions, not {numbers.ndim}")
    rows = np.atleast_2d(numbers)
    count, length = rows.shape
    names = [name] if count == 1 else [f"{name} {row}" for row in range(1, count + 1)]
    days = np.datetime64("2000-01-01", "s") + np.arange(length) * np.timedelta64(1, "D")
    return Batch(names, settings, np.arange(count + 1) * length, np.tile(days, count), rows.reshape(-1))
