"""Any table comes back as it was, whatever the encoding, separator, line end or kind of file; the rest is refused."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines import sheets
from trustwide.engines.sheets import UnreadableError, text
from trustwide.engines.sheets import workbook as workbook_reader

CELLS = st.text(
    st.characters(codec="cp1252", exclude_categories=["Cc", "Cs"]) | st.sampled_from('",;\t|\n'), max_size=8
)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width).filter(any), min_size=1, max_size=6)
)


def read_all(data: bytes) -> tuple[list[str], list[list[str]], list[int], list[sheets.Problem]]:
    with sheets.read(io.BytesIO(data)) as table:
        chunks = list(table.chunks)
    rows = [list(row) for chunk in chunks for row in zip(*chunk.columns, strict=True)]
    numbers = [number for chunk in chunks for number in chunk.rows.tolist()]
    return table.headers, rows, numbers, [faulty.problem for chunk in chunks for faulty in chunk.faulty]


def refused(data: bytes) -> list[str]:
    with pytest.raises(UnreadableError) as error:
        sheets.read(io.BytesIO(data))
    return [str(problem) for problem in error.value.problems]


@given(
    rows=TABLES,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quote_all=st.booleans(),
)
def test_any_table_comes_back_as_it_was(
    rows: list[list[str]], encoding: str, delimiter: str, end: str, quote_all: bool
) -> None:
    headers = [f"heading {number}" for number in range(len(rows[0]))]
    out = io.StringIO()
    all_cells = quote_all or end == "\r"  # left to itself the writer quotes a line feed only where it ends lines
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if all_cells else csv.QUOTE_MINIMAL
    )
    writer.writerows([headers, *rows])
    found, cells, numbers, faulty = read_all(out.getvalue().encode(encoding))
    assert (found, cells, faulty) == (headers, rows, [])
    assert numbers == list(range(2, len(rows) + 2))


@given(rows=st.lists(st.lists(st.text("abc 1", max_size=3), min_size=1, max_size=5), min_size=1, max_size=30))
def test_splitting_finds_what_parsing_finds(rows: list[list[str]]) -> None:
    plain = "one,two,three\n" + "".join(",".join(row) + "\n" for row in rows) + "1,2,3\n"
    quoted = plain + '"1",2,3\n'
    split, parsed = read_all(plain.encode()), read_all(quoted.replace("one,", '"one",').encode())
    assert split[1] == parsed[1][:-1]
    assert split[2] == parsed[2][:-1]
    assert split[3] == parsed[3]


def test_rows_keep_their_numbers_across_blocks_and_a_late_quotation_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "BLOCK", 64)
    lines = [f"{number},x" for number in range(2, 500)]
    lines[300] = '302,"a\r\nb"'
    lines[400] = ""
    _, rows, numbers, faulty = read_all(("n,x\r\n" + "\r\n".join(lines)).encode())
    assert not faulty
    assert numbers == [int(row[0]) for row in rows] == [number for number in range(2, 500) if number != 402]


def test_utf_16_without_a_mark_is_found() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert read_all("series,value\nFalls,5\n".encode(encoding))[1] == [["Falls", "5"]]


def test_windows_text_keeps_its_accents_and_pounds() -> None:
    assert read_all("série,£\nAnhøj – “x”,5\n".encode("cp1252"))[:2] == (["série", "£"], [["Anhøj – “x”", "5"]])


def test_commas_in_words_and_numbers_do_not_part_columns() -> None:
    assert read_all(b"date;value, %\n1/4/2018;12,5\n")[:2] == (["date", "value, %"], [["1/4/2018", "12,5"]])


def test_excels_separator_hint_is_no_row() -> None:
    headers, rows, numbers, _ = read_all(b"sep=;\r\na;b\r\n1;2\r\n")
    assert (headers, rows, numbers) == (["a", "b"], [["1", "2"]], [2])


def test_rows_too_long_or_short_are_set_aside_by_number_and_empty_ones_dropped() -> None:
    _, rows, numbers, faulty = read_all(b"a,b\n1,2\n3\n\n,,\n4,5,6\n7,8\n")
    assert (rows, numbers) == ([["1", "2"], ["7", "8"]], [2, 7])
    assert list(map(str, faulty)) == [
        "row 3: This row has 1 cell; the header has 2. Add the missing cells; they may be empty.",
        (
            "row 6: This row has 3 cells; the header has 2. "
            'Take out the extra cells, or put "…" round a cell that holds a comma.'
        ),
    ]


def test_nul_is_told_by_row_and_column_and_the_other_rows_are_read() -> None:
    _, rows, _, faulty = read_all(b"a,b\n1,\x002\n3,4\n")
    assert rows == [["3", "4"]]
    assert list(map(str, faulty)) == [
        (
            "row 2, column b: There is a NUL character here, which no text should hold. "
            "Save the file again from the program it came from."
        )
    ]


def test_an_open_quotation_mark_is_told_by_row() -> None:
    _, rows, _, faulty = read_all(b'a,b\n1,2\n"3"x,4\n5,6\n"7,8\n')
    assert rows == [["1", "2"], ["5", "6"]]
    assert [problem.row for problem in faulty] == [3, 5]


PDF = "file: This is a PDF, not a table, whatever its name says. "
AGAIN = "Open it in the program it came from and save it again."
CSV_CURE = "Open it in the program it came from and save it as CSV or XLSX."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "file: The file is empty. Choose a file with a header row and rows of measures."),
        (b"\xef\xbb\xbf\r\n\r\n", "file: The file is empty. Choose a file with a header row and rows of measures."),
        (b"a,b\n", "file: The file has a header but no rows. Add a row for each date under the header."),
        (b"a,b\n\n\n", "file: The file has a header but no rows. Add a row for each date under the header."),
        (b"%PDF-1.7\n1 0 obj", PDF + CSV_CURE),
        (b"\n%PDF-1.7\n1 0 obj", PDF + CSV_CURE),
        (b"\x89PNG\r\n\x1a\n", "file: This is a picture, not a table, whatever its name says. " + CSV_CURE),
        (b"<!DOCTYPE html><p>", "file: This is a web page, not a table, whatever its name says. " + CSV_CURE),
        (bytes(range(256)) * 9, "file: This is not text, so it is no CSV file, whatever its name says. " + CSV_CURE),
        (b"PK\x03\x04rest", "file: The file is damaged: it cannot be unpacked. " + AGAIN),
        (b"\xd0\xcf\x11\xe0rest", "file: The workbook cannot be read; it may be damaged. " + CSV_CURE),
        (b"PAR1rest", "file: The Parquet file cannot be read; it may be damaged. " + CSV_CURE),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, message: str) -> None:
    assert refused(data) == [message]


def test_a_zip_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(out.getvalue()) == ["file: This is a ZIP file or a document, not a table. " + CSV_CURE]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"cannot be opened: no such file or directory"):
        sheets.read(tmp_path / "none.csv")


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Data")
    sheet.append([])
    sheet.append(["series", "date", "value"])
    sheet.append(["Falls", datetime.date(2018, 4, 1), 5])
    sheet.append([])
    sheet.append(["Falls", 43221, "5.5"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_the_first_sheet_with_something_in_it() -> None:
    headers, rows, numbers, _ = read_all(workbook())
    assert headers == ["series", "date", "value"]
    assert rows == [["Falls", datetime.date(2018, 4, 1), 5.0], ["Falls", 43221.0, "5.5"]]
    assert numbers == [3, 5]


def test_parquet_gives_arrays_and_empty_cells_for_nulls() -> None:
    out = io.BytesIO()
    table = pa.table({"series": ["A", None], "date": pa.array([datetime.date(2018, 4, 1)] * 2), "value": [None, 2.5]})
    pq.write_table(table, out)
    out.seek(0)
    with sheets.read(out) as found:
        (chunk,) = found.chunks
    assert chunk.rows.tolist() == [2, 3]
    assert chunk.columns[0] == ["A", ""]
    np.testing.assert_array_equal(chunk.columns[1], [np.datetime64("2018-04-01", "s")] * 2)
    np.testing.assert_array_equal(chunk.columns[2], [np.nan, 2.5])


def test_a_stream_that_cannot_be_rewound_is_read(tmp_path: Path) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with sheets.read(Pipe(b"a,b\n1,2\n")) as table:
        assert [chunk.columns for chunk in table.chunks] == [[["1"], ["2"]]]


def test_a_table_is_named_after_its_file_and_closes_it(tmp_path: Path) -> None:
    path = tmp_path / "Falls on wards.csv"
    path.write_text("a,b\n1,2\n")
    with sheets.read(path) as table:
        assert table.name == "Falls on wards"
    assert table.own_file is not None
    assert table.own_file.closed


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """Our workbook with something in one of its parts written over."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new) if name == part else before.read(name))
    return out.getvalue()


SHEET = "xl/worksheets/sheet2.xml"


def test_a_sheet_that_is_hidden_is_read_only_where_it_is_the_only_one() -> None:
    hidden = changed("xl/workbook.xml", b'name="Sheet"', b'name="Sheet" state="hidden"')
    assert sheets.read(io.BytesIO(hidden)).headers == ["series", "date", "value"]
    book = openpyxl.Workbook()
    book.active.append(["old", "date", "value"])
    book.active.append(["Falls", datetime.date(2018, 4, 1), 5])
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("New")
    shown.append(["series", "date", "value"])
    shown.append(["Falls", datetime.date(2018, 4, 1), 5])
    book.save(out := io.BytesIO())
    assert sheets.read(out).headers == ["series", "date", "value"]


def test_cells_without_an_address_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    content = changed(SHEET, b"</sheetData>", b"<row><c><v>1</v></c><c/></row>" * 50 + b"</sheetData>")
    monkeypatch.setattr("trustwide.engines.sheets.workbook.MOST_CELLS", 100)
    (said,) = refused(content)
    assert said.startswith("file: A sheet of the workbook reaches over 1")


def test_one_cell_far_away_does_not_fill_the_memory() -> None:
    (said,) = refused(changed(SHEET, b'r="C5"', b'r="XFD1048576"'))
    assert said.startswith("file: A sheet of the workbook reaches over 1,048,576 rows and 16,384 columns, far beyond")


def test_xml_entities_are_refused() -> None:
    spoilt = changed(SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet')
    assert refused(spoilt) == ["file: The file declares XML entities of its own, which can do harm. " + AGAIN]


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_reader, "MOST_UNPACKED", 1 << 20)
    spoilt = changed(SHEET, b"<worksheet", b" " * (2 << 20) + b"<worksheet")
    assert refused(spoilt) == ["file: The file unpacks to more than 1 MB. Save only the part that is needed."]


def open_workbook(rows: str) -> bytes:
    names = ("office:1.0", "table:1.0", "text:1.0")
    spaces = "".join(f' xmlns:{name[:-4]}="urn:oasis:names:tc:opendocument:xmlns:{name}"' for name in names)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        body = f'<office:body><office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet>'
        archive.writestr(
            "content.xml", f"<office:document-content{spaces}>{body}</office:body></office:document-content>"
        )
    return out.getvalue()


CELL = (
    '<table:table-cell office:value-type="string" table:number-columns-repeated="{}">'
    "<text:p>x</text:p></table:table-cell>"
)


def test_a_cell_that_stands_for_millions_does_not_fill_the_memory() -> None:
    row = f'<table:table-row table:number-rows-repeated="20001">{CELL.format(1_000)}</table:table-row>'
    assert refused(open_workbook(row))[0].startswith("file: A sheet of the workbook reaches over 20,001 rows and 1,000")


def test_empty_cells_to_the_end_of_the_sheet_are_nothing() -> None:
    empty = '<table:table-cell table:number-columns-repeated="16382"/>'
    rows = f"<table:table-row>{CELL.format(2)}{empty}</table:table-row>" * 2
    rest = f'<table:table-row table:number-rows-repeated="1048574">{empty}</table:table-row>'
    assert read_all(open_workbook(rows + rest))[1] == [["x", "x"]]
