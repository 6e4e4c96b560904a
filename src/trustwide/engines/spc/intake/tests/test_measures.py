"""Files of measures become batches; everything wrong in one is told at once, by row, column and cure."""

from __future__ import annotations

import datetime
import io
import random
import sys
from subprocess import run
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.sheets import text
from trustwide.engines.spc.intake import Intake, read_measures
from trustwide.engines.spc.model import Batch, Settings

ONE = "date,value\n1/4/2018,5\n1/5/2018,6\n1/6/2018,4\n"


def read(text: str | bytes, **options: Any) -> Intake:
    chart = options.pop("chart", None)
    if chart:
        options["defaults"] = Settings(chart=chart)
    return read_measures(io.BytesIO(text.encode() if isinstance(text, str) else text), **options)


def batch_of(text: str | bytes, **options: Any) -> Batch:
    found = read(text, **options)
    assert found.batch is not None, list(map(str, found.problems))
    return found.batch


def told(found: Intake, *, warning: bool) -> list[str]:
    return [str(problem) for problem in found.problems if problem.warning == warning]


def as_dict(batch: Batch) -> dict[str, list[tuple[str, float]]]:
    days = batch.dates.astype("datetime64[D]").astype(str)
    return {
        name: list(zip(days[start:stop].tolist(), batch.values[start:stop].tolist(), strict=True))
        for name, start, stop in zip(batch.names, batch.offsets[:-1], batch.offsets[1:], strict=True)
    }


def test_an_error_in_a_workbook_is_told_by_its_row_and_column() -> None:
    book = openpyxl.Workbook()
    rows = (["date", "value"], [datetime.date(2018, 4, 1), 5], [datetime.date(2018, 5, 1), "#REF!"])
    for row in (*rows, [datetime.date(2018, 6, 1), "#DIV/0!"]):
        book.active.append(row)
    for cell in ("B3", "B4"):
        book.active[cell].data_type = "e"
    book.save(out := io.BytesIO())
    (said,) = told(read(out.getvalue()), warning=False)
    assert "row 3" in said
    assert "“#REF!” is an error of the spreadsheet" in said
    assert "Mend the formula" in said


SERIES = st.dictionaries(
    st.sampled_from(["Falls", "Waits, all", "Anhøj", 'A "b"']),
    st.dictionaries(
        st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1)),
        st.floats(-1e6, 1e6).map(lambda value: round(value, 3)),
        min_size=1,
        max_size=6,
    ),
    min_size=1,
)


@given(
    series=SERIES,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    form=st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "serial"]),
    seed=st.integers(0, 9),
)
def test_measures_come_back_from_any_form_and_in_any_order(
    series: dict[str, dict[datetime.date, float]], encoding: str, delimiter: str, end: str, form: str, seed: int
) -> None:
    def written(day: datetime.date) -> str:
        return str((day - datetime.date(1899, 12, 30)).days) if form == "serial" else day.strftime(form)

    rows = [(name, day, value) for name, values in series.items() for day, value in values.items()]
    random.Random(seed).shuffle(rows)
    lines = [delimiter.join(["Series ", "DATE", "value"])]
    for name, day, value in rows:
        number = f"{value:.3f}".replace(".", ",") if delimiter == ";" else f"{value:.3f}"
        lines.append(delimiter.join(['"' + name.replace('"', '""') + '"', written(day), number]))
    batch = batch_of(end.join(lines).encode(encoding))
    expected = {name: [(str(day), values[day]) for day in sorted(values)] for name, values in series.items()}
    assert as_dict(batch) == expected
    assert list(batch.names) == list(dict.fromkeys(name for name, _, _ in rows))


def test_workbooks_and_parquet_are_read_as_csv_is() -> None:
    rows = [("Falls", datetime.date(2018, month, 1), month + 0.5) for month in range(1, 6)]
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in [("series", "date", "value"), *rows]:
        book.active.append(row)
    book.save(out)
    parquet = io.BytesIO()
    pq.write_table(
        pa.Table.from_pydict(dict(zip(("series", "date", "value"), zip(*rows, strict=True), strict=True))), parquet
    )
    text = "series,date,value\n" + "".join(f"{name},{day},{value}\n" for name, day, value in rows)
    assert as_dict(batch_of(out.getvalue())) == as_dict(batch_of(parquet.getvalue())) == as_dict(batch_of(text))


def test_notes_and_rows_keep_their_places_across_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "BLOCK", 64)
    lines = [f"{1950 + at}-01-01,{at},note {at}" for at in range(60)]
    batch = batch_of("\n".join(["date,value,note", *lines]))
    assert batch.values.tolist() == list(range(60))
    assert batch.notes == {at: f"note {at}" for at in range(60)}
    broken = read("\n".join(["date,value,note", *lines, "x,5,"]))
    assert [problem.row for problem in broken.problems] == [62]


def test_without_a_series_column_the_file_is_one_series() -> None:
    assert batch_of(ONE, name="Falls").names == ["Falls"]
    assert batch_of(ONE).names == ["value"]


def test_missing_values_stay_as_points() -> None:
    batch = batch_of("date,value\n1/4/2018,5\n1/5/2018,n/a\n1/6/2018,\n,\n")
    np.testing.assert_equal(batch.values, [5, np.nan, np.nan])


def test_own_columns_are_mapped() -> None:
    text = "Month;Seen;All;Series\n1/4/2018;9;10;x\n1/5/2018;8;10;y\n"
    mapping = {"date": "month", "numerator": "Seen", "denominator": "All"}
    found = read(text, mapping=mapping, name="Seen in time", chart="p")
    assert found.batch is not None
    assert as_dict(found.batch) == {"Seen in time": [("2018-04-01", 0.9), ("2018-05-01", 0.8)]}


def test_a_wrong_mapping_is_refused() -> None:
    found = read(ONE, mapping={"date": "Month", "value": "value", "target": "value", "colour": "x"})
    assert told(found, warning=False) == [
        "file: The column “Month” for date is not in the file. The file has: date, value.",
        "column value: This column is chosen twice, as value and target. Choose another column for one of them.",
        (
            "file: “colour” is not something a column can be. "
            "Choose from: series, date, value, numerator, denominator, target, segment, exclude, note."
        ),
    ]


NUMBER = "Write a number such as 95.2, or leave the cell empty if there is no value."


def test_everything_wrong_is_told_at_once_and_in_order() -> None:
    found = read(
        "series,date,value,numerator,denominator,exclude\n"
        "A,2018-04-01,six,,,\n"
        "A,31/02/2018,inf,,,maybe\n"
        "A,2018-06-01,5,1,2,\n"
        "B,2018-04-01,,1,-2\n"
        "B,2018-05-01,,1,-2,\n"
        ",2018-05-01,1,,,\n"
        "C,,1,,,\n"
        "D,2018-05-01,1,,,\n"
        "D,2018-05-01,2,,,\n"
    )
    assert found.batch is None
    assert told(found, warning=False) == [
        f"row 2, column value: “six” is not a number. {NUMBER}",
        (
            "row 3, column date: “31/02/2018” is not a date: there is no 31 February 2018. "
            "Check the day and the month; write day/month/year."
        ),
        f"row 3, column value: “inf” is not a number that can be charted. {NUMBER}",
        "row 3, column exclude: “maybe” is neither yes nor no. Write yes or no, or leave the cell empty.",
        (
            "row 4, column value: This row has a value and also a numerator or denominator. "
            "Keep the value, or the numerator and denominator."
        ),
        "row 5: This row has 5 cells; the header has 6. Add the missing cells; they may be empty.",
        "row 6, column denominator: The denominator -2 is below 0. Write 0 or more, or leave the cell empty.",
        "row 7, column series: The series has no name. Write the name of the measure.",
        "row 8, column date: The date is missing. Write the date, or take out the row.",
        (
            "row 10, column date: “D” has another row for 1 May 2018, row 9. "
            "Keep one row a date, or state how to pool them: aggregate mean, median or sum."
        ),
    ]


@pytest.mark.parametrize(
    ("text", "chart", "message"),
    [
        (
            "month,value\n1/4/2018,5\n",
            "xmr",
            (
                "row 1, column date: The column date is missing. "
                "The file has: month, value. Name one of them date, or add it."
            ),
        ),
        (
            "date,falls\n1/4/2018,5\n",
            "xmr",
            (
                "row 1, column value: The column value (or numerator and denominator) is missing. "
                "The file has: date, falls. Name one of them value, or add it."
            ),
        ),
        (
            "date,numerator\n1/4/2018,5\n",
            "p",
            (
                "row 1, column denominator: The column denominator is missing. "
                "The file has: date, numerator. Name one of them denominator, or add it."
            ),
        ),
        (
            "date,value,denominator\n1/4/2018,5,10\n",
            "xmr",
            (
                "row 1, column numerator: The column numerator is missing. "
                "The file has: date, value, denominator. Name one of them numerator, or add it."
            ),
        ),
        (
            "date,value,Value \n1/4/2018,5,6\n",
            "xmr",
            "row 1, column value: 2 columns have this header. Rename or take out all but one.",
        ),
        (
            "date,numerator,denominator\n1/4/2018,5,4\n",
            "p",
            (
                "row 2, column numerator: The numerator 5 is above the denominator 4. "
                "Check both numbers; for events that can happen more than once, use chart u."
            ),
        ),
        (
            "date,numerator,denominator\n1/4/2018,-5,4\n",
            "u",
            "row 2, column numerator: The numerator -5 is below 0. Write 0 or more, or leave the cell empty.",
        ),
        (
            "date,value\n1/4/2018,-1\n",
            "c",
            "row 2, column value: The count -1 is below 0. Write 0 or more, or leave the cell empty.",
        ),
        (
            "date,value\n1/4/2018,0\n",
            "t",
            (
                "row 2, column value: The time between events 0 is not above 0. "
                "Write a time above 0, or leave the cell empty."
            ),
        ),
        (
            "series,date,value\nFalls,1/4/2018,5\nFalls,1/5/2018,5\n",
            "p",
            (
                "row 2, column value: The chart p needs a numerator and a denominator; "
                "the series “Falls” has a value here. Give both, or use chart xmr."
            ),
        ),
        (
            "series,date,numerator,denominator\nFalls,1/4/2018,5,10\n",
            "c",
            (
                "row 2, column numerator: The chart c needs a value; the series “Falls” has a numerator or a "
                "denominator here. Give value, or use chart u."
            ),
        ),
        (
            "date,value\n,\n,\n",
            "xmr",
            "file: The file has a header but no rows. Add a row for each date under the header.",
        ),
    ],
)
def test_one_thing_wrong_is_told_with_its_place_and_cure(text: str, chart: str, message: str) -> None:
    found = read(text, chart=chart)
    assert found.batch is None
    assert told(found, warning=False) == [message]


def test_a_file_that_is_no_table_is_refused() -> None:
    for data in (b"", b"%PDF-1.4", b"date,value\n"):
        found = read(data)
        assert found.batch is None
        assert len(found.problems) == 1


def test_thousands_of_problems_are_counted_not_listed() -> None:
    found = read("date,value\n" + "1/4/2018,x\n" * 5000)
    assert len(found.problems) == 201
    assert str(found.problems[-1]) == f"column value: There are 4,800 more like this. {NUMBER}"


def test_with_keep_going_only_series_with_errors_are_left_out() -> None:
    text = (
        "series,date,value\nBad,1/4/2018,x\nGood,1/4/2018,5\nBad,1/5/2018,5\nGood,1/5/2018,6\nGood,1/6/2018,7\n"
        "Long,1/4/2018,5,6\nLong,1/5/2018,5\nTwice,1/4/2018,5\nTwice,1/4/2018,6\n,1/4/2018,5\n"
    )
    batch = batch_of(text, keep_going=True)
    assert list(as_dict(batch)) == ["Good"]
    assert batch.offsets.tolist() == [0, 3]
    assert read(text).batch is None
    assert read(text, keep_going=True).problems == read(text).problems
    assert read("series,date,value\nBad,1/4/2018,x\n", keep_going=True).batch is None


def test_warnings_refuse_nothing() -> None:
    found = read(
        "series,date,value,colour\nA,1/4/2018,5%,red\nA,1/5/2018,6%,\nA,1/6/2018,7%,\nA,1/6/2018,7%,\nB,2,5,\n"
        + "".join(f"C,{month}/2018,5,\n" for month in (1, 2, 3, 5, 6, 7))
        + "".join(f"D,{day}/3/2019,5,\n" for day in (1, 2, 3))
    )
    assert found.batch is not None
    assert told(found, warning=False) == []
    assert told(found, warning=True) == [
        (
            "file: This column is not used: colour. Columns that are used: "
            "series, date, value, numerator, denominator, target, segment, exclude, note."
        ),
        "file: “B” has too few points: one value. Add earlier dates; a chart begins to speak at 12.",
        "column date: “C” has no row for April 2018. Add the rows, with an empty value where there is none.",
        "row 2, column value: “5%” is read as 5: the % sign is dropped. Give targets in the same unit.",
        "row 5, column date: This row of “A” for 1 June 2018 is the same as row 4; one is used. Take out one of them.",
        (
            "row 6, column date: “2” is read as a spreadsheet's day number, 1900-01-02. "
            "If these are row numbers or years, write dates such as 01/04/2018."
        ),
    ]


def test_a_week_without_a_row_is_told() -> None:
    weeks = [datetime.date(2018, 1, 5) + datetime.timedelta(weeks=week) for week in range(8) if week != 4]
    text = "date,value\n" + "".join(f"{day},5\n" for day in weeks)
    assert told(read(text), warning=True) == [
        (
            "column date: “value” has no row for the week of 2 February 2018. "
            "Add the rows, with an empty value where there is none."
        )
    ]


def test_reading_loads_nothing_heavy() -> None:
    code = (
        "import io, sys; from trustwide.engines.spc.intake import read_measures; "
        "read_measures(io.BytesIO(b'date,value\\n1/4/2018,5\\n')); "
        "print(sorted({'numba', 'pyarrow', 'python_calamine', 'django'} & set(sys.modules)))"
    )
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@given(data=st.binary(max_size=60) | st.text('date,value;\n\r\t"|1/-.4 %', max_size=60).map(str.encode))
def test_nothing_that_is_read_raises(data: bytes) -> None:
    for start in (b"", b"series,date,value\nA,1/4/2018,5\n"):
        found = read(start + data)
        assert found.batch is not None or any(not problem.warning for problem in found.problems)
