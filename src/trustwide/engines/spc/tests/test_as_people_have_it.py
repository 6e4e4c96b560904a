"""What analysts met: pipes, odd tables, short baselines, flat stretches, and sentences about gaps."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from trustwide.engines.spc import Batch, Settings, analyse
from trustwide.engines.spc.command import main
from trustwide.engines.spc.intake import Intake, read_measures
from trustwide.engines.spc.intake.numbers import NumberColumn
from trustwide.engines.spc.intake.problems import Problems
from trustwide.engines.spc.output import as_table

NAN = float("nan")


def read(text: str, **settings: Any) -> Intake:
    return read_measures(BytesIO(text.encode()), name="a.csv", defaults=Settings(**settings))


def monthly(values: list[float], months: list[int] | None = None, **settings: Any) -> Any:
    """A series from January 2018, or of those months counted from there."""
    days = (np.datetime64("2018-01") + np.array(months or range(len(values)))).astype("datetime64[s]")
    return analyse(Batch(["Waits"], Settings(**settings), np.array([0, len(values)]), days, np.array(values)))[0]


FLAT = "series,date,{columns}\n" + "\n".join(
    f"I,2024-0{month}-01,{{{part}}}" for month, part in enumerate(("one", "one", "none", "two", "two"), start=1)
)


@pytest.mark.parametrize("chart", ["i", "xmr", "ip", "pp", "up"])
def test_flat_stretches_between_gaps_have_no_limits_and_no_signals(chart: str) -> None:
    """As in qicharts2, where screening leaves no range of them."""
    parts = {"columns": "value", "one": "1", "none": "", "two": "2"}
    if chart in ("pp", "up"):
        parts = {"columns": "numerator,denominator", "one": "1,10", "none": ",10", "two": "3,10"}
    found = read(FLAT.format(**parts), chart=chart)
    assert found.batch is not None
    series = analyse(found.batch)[0]
    assert np.isnan(series.upper).all()
    assert "outside" not in {name for signals in series.signals for name in signals}
    constant = analyse(read(FLAT.format(**{**parts, "two": parts["one"]}), chart=chart).batch)[0]
    assert constant.upper[0] == constant.lower[0] == constant.centre[0]


def test_a_moving_range_alone_is_held_to_no_target() -> None:
    assert monthly([1, 2, 3], chart="mr", baseline=1, target=5).assurance is None


def test_a_short_baseline_warns_and_is_charted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "waits.csv"
    file.write_text("series,date,value\n" + "\n".join(f"A,2024-{month:02}-01,{month}" for month in range(1, 13)))
    assert main([str(file), "--baseline", "7"]) == 0
    told = capsys.readouterr()
    assert "warning" in told.err
    assert told.out.startswith("A\n")
    assert main([str(file), "--baseline", "x"]) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this machine has no named pipes")
def test_a_named_pipe_is_read(tmp_path: Path) -> None:
    pipe, text = tmp_path / "pipe", b"series,date,value\nA,2024-01-01,1\nA,2024-02-01,2\n"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=[text])
    writer.start()
    found = read_measures(pipe)
    writer.join()
    assert found.batch is not None
    assert found.batch.values.tolist() == [1, 2]


def parquet(**columns: Any) -> Intake:
    file = BytesIO()
    pq.write_table(pa.table(columns), file)
    file.seek(0)
    return read_measures(file, name="a.parquet")


def test_odd_columns_of_parquet_are_told_or_read() -> None:
    days, values = pa.array(["2024-01-01", "2024-02-01"]), pa.array([1.0, 2.0])
    named = parquet(series=pa.array([b"A", b"A"]), date=days, value=values)
    assert named.batch is not None
    assert named.batch.names == ["A"]
    lists = parquet(series=pa.array([["A"], ["A"]]), date=pa.array([["2024-01-01"], None]), value=values)
    assert [problem.row for problem in lists.problems if not problem.warning] == [2, 3]
    far = pa.array(np.array([2**39, 0]), pa.timestamp("s"))
    beyond = parquet(series=pa.array(["A", "A"]), date=far, value=values)
    assert "years 1 to 9999" in str(beyond.problems[0])


@pytest.mark.parametrize("cell", ["0,951", '"0,951"'])
def test_no_thousands_begin_with_nought(cell: str) -> None:
    found = read(f"series\tdate\tvalue\nA\t2024-01-01\t{cell}\n")
    assert "decimal comma" in str(found.problems[0])
    assert "0.951" in found.problems[0].cure


def test_a_point_is_settled_for_a_whole_column() -> None:
    """The comma that settles it may come long after a point was read."""
    column, problems = NumberColumn("value", decimal_comma=True), Problems()
    column.read(["1.234", "7"], np.array([2, 3]), problems)
    assert not problems.has_errors
    column.read(["12,5", "1.234"], np.array([4, 5]), problems)
    assert [(each.row, "“1.234”" in each.message) for each in problems.listed()] == [(2, True)]
    settled = NumberColumn("value", decimal_comma=True)
    assert settled.read(["12,5", "1.234"], np.array([2, 3]), Problems())[0].tolist() == [12.5, 1234]


def test_a_year_is_no_day() -> None:
    found = read("series,date,value\nA,2019,1\nA,2020,2\n")
    assert ["is a year" in problem.message for problem in found.problems] == [True, True]
    assert found.problems[0].cure == "Write its first day: 01/01/2019."


def test_plain_numbers_make_no_chart_of_parts() -> None:
    for chart in ("p", "up", "xbar"):
        with pytest.raises(ValueError, match="needs"):
            analyse([0.1, 0.2], chart=chart)


def test_a_stretch_with_gaps_is_counted_in_values() -> None:
    steady, low = [10.0, 12.0] * 6, [5.0] * 8
    assert "for 8 months, since January 2019" in monthly(steady + low).sentence
    with_gaps = [*range(12), 12, 13, 15, 16, 18, 19, 20, 21]
    assert "for 8 values, since January 2019" in monthly(steady + low, with_gaps).sentence
    assert "for 8 months" in monthly(steady * 9 + low, [*range(108), *range(108, 116)]).sentence


def test_points_beyond_the_limits_say_since_when() -> None:
    steady = [10.0, 12.0, 11.0, 10.0, 12.0, 11.0] * 4
    assert "far higher than usual in January 2020, beyond" in monthly([*steady, 40]).sentence
    told = monthly([*steady, 40, 41, 40]).sentence
    assert "far higher than usual for 3 months, since January 2020 (to March 2020), beyond" in told


def test_months_without_a_value_are_told_though_there_is_a_target() -> None:
    steady = [10.0, 12.0] * 8
    assert "There is no value for May 2019." in monthly([*steady, NAN], target=9).sentence
    assert "There is no value for May 2019 to June 2019." in monthly([*steady, NAN, NAN]).sentence


def test_a_table_calls_a_median_a_median() -> None:
    assert "median 25" in as_table([monthly([1, 4, 9, 16, 25, 36, 49, 64, 81], chart="run")])
    assert "average" in as_table([monthly([1, 4, 9])])


def test_the_command_reads_what_a_shell_hands_it(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("series,date,value\nA,2024-01-01,1\nA,2024-02-01,2\n")
    script = "from trustwide.engines.spc.command import main; import sys; sys.exit(main(['/dev/stdin']))"
    with subprocess.Popen(["cat", str(file)], stdout=subprocess.PIPE) as cat:
        done = subprocess.run(
            [sys.executable, "-c", script], stdin=cat.stdout, capture_output=True, text=True, check=False
        )
    assert (done.returncode, done.stdout[:2]) == (0, "A\n")
