"""Arrow in, Arrow out says what the engine says of each series."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from trustwide.engines import spc
from trustwide.engines.spc import output
from trustwide.engines.spc.arrow import analyse_batches

ROWS = [[1.0, 5.0, 2.0, 4.0, 9.0], [], [3.0, None, 3.5, 2.0], [7.0] * 20]


def test_lists_of_any_length_and_nulls_agree_with_one_by_one() -> None:
    batch = pa.RecordBatch.from_pydict({"name": ["a", "b", "c", "d"], "values": pa.array(ROWS, pa.list_(pa.float64()))})
    settings = spc.Settings(target=2.5)
    (found,) = analyse_batches([batch.slice(0, 4)], settings)
    assert found.column("name").to_pylist() == ["a", "b", "c", "d"]
    for place, row in enumerate(ROWS):
        if not row:
            assert found.column("flags")[place].as_py() == b""
            assert found.column("variation")[place].as_py() == "common"
            continue
        alone = spc.analyse(np.array(row, float), target=2.5)[0]
        assert found.column("variation")[place].as_py() == alone.variation
        assert found.column("assurance")[place].as_py() == alone.assurance
        assert found.column("upper")[place].as_py() == alone.upper[-1]
        flagged = [bool(flag & 15) for flag in found.column("flags")[place].as_py()]
        assert flagged == [bool(signals) for signals in alone.signals]


def test_a_slice_of_a_batch_is_only_that_slice() -> None:
    lists = pa.array(ROWS, pa.list_(pa.float64()))
    batch = pa.RecordBatch.from_pydict({"values": lists}).slice(2, 2)
    (found,) = analyse_batches([batch])
    assert [len(flags) for flags in found.column("flags").to_pylist()] == [4, 20]


def test_fixed_width_rows_are_read_without_their_neighbours() -> None:
    numbers = np.random.default_rng(3).normal(10, 1, (6, 30))
    lists = pa.FixedSizeListArray.from_arrays(pa.array(numbers.reshape(-1)), 30).slice(2, 3)
    (found,) = analyse_batches([pa.RecordBatch.from_arrays([lists], ["values"])])
    for place, row in enumerate(numbers[2:5]):
        assert found.column("centre")[place].as_py() == spc.analyse(row)[0].centre[0]


def test_a_table_of_measures_goes_in_and_a_table_of_points_comes_out(tmp_path: object) -> None:
    months = (np.datetime64("2018-01") + np.arange(14)).astype("datetime64[s]")
    table = pa.table({"series": ["Falls"] * 14, "date": months, "value": np.arange(14.0) % 3})
    analysis = spc.analyse(table, improvement="decrease")
    out = output.as_arrow(analysis)
    assert out.num_rows == 14
    assert out.column("value").to_pylist() == (np.arange(14.0) % 3).tolist()
    assert out.column("signals").to_pylist() == [list(signals) for signals in analysis[0].signals]
    assert pq.read_table(pa.BufferReader(output.as_parquet(analysis))).equals(out)
