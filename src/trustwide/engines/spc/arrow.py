"""Arrow in, Arrow out: many series a batch, one list of values each, as a data platform hands them over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa

from trustwide.engines.spc.analysis import ASSURANCES, VARIATIONS, Analysis
from trustwide.engines.spc.model import Batch, Settings

FLOATS = pa.float64()
VARIATION_WORDS, ASSURANCE_WORDS = pa.array(VARIATIONS), pa.array(ASSURANCES)


def analyse_batches(batches: Iterable[pa.RecordBatch], settings: Settings | None = None) -> Iterator[pa.RecordBatch]:
    """Analyse batch after batch in constant memory; the shape that Spark's `mapInArrow` asks for.

    In: `values` (list of float64, one a series, in date order; null or NaN is missing); other columns are carried
    over. Out: those, and `flags` (a byte a point, the bits of `rules`), `centre`, `lower`, `upper` (of the last
    point), `variation`, `assurance`. One segment a series. Raises KeyError without a `values` column.
    """
    for batch in batches:
        yield _analyse_batch(batch, settings or Settings())


def _analyse_batch(batch: pa.RecordBatch, settings: Settings) -> pa.RecordBatch:
    lists = batch.column("values")
    offsets, values = _flat(lists)
    found = Analysis(Batch((), settings, offsets, np.empty(0, "datetime64[s]"), values))
    centre, lower, upper = found.last_lines[:3]
    columns = {name: batch.column(name) for name in batch.schema.names if name != "values"} | {
        "flags": pa.Array.from_buffers(
            pa.binary(), len(lists), [None, pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(found.flags)]
        ),
        "centre": pa.array(centre, from_pandas=True),
        "lower": pa.array(lower, from_pandas=True),
        "upper": pa.array(upper, from_pandas=True),
        "variation": VARIATION_WORDS.take(pa.array(found.variations)),
        "assurance": ASSURANCE_WORDS.take(pa.array(found.assurances)),
    }
    return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))  # of a dict it takes far longer


def _flat(lists: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Offsets and flat values of a list column, without a copy where no value is null."""
    if pa.types.is_fixed_size_list(lists.type):
        width, start = lists.type.list_size, lists.offset
        offsets = np.arange(0, (len(lists) + 1) * width, width)
        flat = lists.values.slice(start * width, len(lists) * width)
    else:
        marks = lists.offsets.to_numpy().astype(np.int64)
        flat = lists.values.slice(marks[0], marks[-1] - marks[0])
        offsets = marks - marks[0]
    floats = flat if flat.type == FLOATS else flat.cast(FLOATS)
    return offsets, floats.to_numpy(zero_copy_only=False)
