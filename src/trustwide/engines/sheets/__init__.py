"""Tables in and out: people's CSV, XLSX and Parquet files read with care, and cells that are safe to open.

>>> import io
>>> from trustwide.engines import sheets
>>> table = sheets.read(io.BytesIO(b"series;value\\nFalls;12,5\\n"))
>>> table.headers, table.decimal_comma, [list(column) for chunk in table.chunks for column in chunk.columns]
(['series', 'value'], True, [['Falls'], ['12,5']])
"""

from trustwide.engines.sheets.errors import is_error
from trustwide.engines.sheets.problem import Problem, UnreadableError
from trustwide.engines.sheets.reading import read
from trustwide.engines.sheets.safe import safe_cell, write_csv
from trustwide.engines.sheets.table import Chunk, Column, FaultyRow, Table
from trustwide.engines.sheets.writing import write_xlsx

__all__ = [
    "Chunk",
    "Column",
    "FaultyRow",
    "Problem",
    "Table",
    "UnreadableError",
    "is_error",
    "read",
    "safe_cell",
    "write_csv",
    "write_xlsx",
]
