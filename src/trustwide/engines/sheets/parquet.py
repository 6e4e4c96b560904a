"""Parquet files, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from trustwide.engines.sheets.problem import SAVE_AS_CSV, UnreadableError
from trustwide.engines.sheets.table import CHUNK_ROWS, Chunk, Column, Table


def read_parquet(file: BinaryIO, name: str) -> Table:
    """Read a Parquet file; nulls are empty cells, rows count from 2 as under a header. Raises UnreadableError."""
    try:
        parquet = pq.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableError.because("The Parquet file cannot be read; it may be damaged.", SAVE_AS_CSV) from error
    return Table(name, list(parquet.schema_arrow.names), _chunks(parquet))


def _chunks(parquet: pq.ParquetFile) -> Generator[Chunk, None, None]:
    first = 2
    try:
        for batch in parquet.iter_batches(CHUNK_ROWS):
            if len(batch):
                yield Chunk(np.arange(first, first + len(batch)), [_column(column) for column in batch.columns])
            first += len(batch)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableError.because("The Parquet file cannot be read; it may be damaged.", SAVE_AS_CSV) from error


def _column(column: Any) -> Column:
    """Floats and dates as arrays; anything else as a list of cells."""
    kind = column.type
    if pa.types.is_floating(kind):
        return np.asarray(column.to_numpy(zero_copy_only=False), np.float64)
    if pa.types.is_timestamp(kind) and kind.tz:
        column = pc.local_timestamp(column)  # the time on the clock there
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return np.asarray(column.to_numpy(zero_copy_only=False), "datetime64[s]")
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return ["" if cell is None else cell.decode("utf-8", "replace") for cell in column.to_pylist()]
    if pa.types.is_nested(kind):  # a list is neither a date nor a number, and as a name it is what it looks like
        return ["" if cell is None else str(cell) for cell in column.to_pylist()]
    return ["" if cell is None else cell for cell in column.to_pylist()]
