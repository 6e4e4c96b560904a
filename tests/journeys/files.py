"""Files that people send, in their own words, and the same with mistakes in it."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

HEADER = ["Indicator", "Month Ending", "Actual", "Standard", "What happened"]
WAITS, FALLS = "Seen in four hours (%)", "Falls per 1,000 bed days"


def rows() -> list[list[Any]]:
    """Two years: falls step up in the second; waits stay under their standard."""
    table = []
    for month in range(24):
        date = f"01/{month % 12 + 1:02}/{2017 + month // 12}"
        table.append([FALLS, date, 6 + (month * 7) % 5 / 5 + (3 if month > 15 else 0), "", ""])
        table.append([WAITS, date, 84 + (month * 3) % 4, 95, "New rota" if month == 8 else ""])
    return table


def as_csv(table: list[list[Any]], separator: str = ",") -> str:
    quoted = [[f'"{cell}"' if separator in str(cell) else str(cell) for cell in row] for row in [HEADER, *table]]
    return "".join(separator.join(row) + "\n" for row in quoted)


def sent(name: str, content: bytes | str) -> Any:
    """A file as a browser takes it."""
    body = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimeType": "application/octet-stream", "buffer": body}


def good(name: str = "Board_measures.csv") -> Any:
    return sent(name, as_csv(rows()))


def with_mistakes() -> Any:
    """Three mistakes: a day that no month has, a word for a number, and no date."""
    table = rows()
    table[3][1], table[6][2], table[9][1] = "31/02/2017", "lots", ""
    return sent("Board_measures.csv", as_csv(table))


def as_excel_abroad() -> Any:
    """As a spreadsheet saves it on the continent: UTF-16, semicolons, decimal commas."""
    table = [[str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row] for row in rows()]
    return sent("Bericht.csv", as_csv(table, ";").encode("utf-16"))


def workbook_of_sheets() -> Any:
    book = Workbook()
    book.active.title = "Read me"
    book.active.append(["This book holds our measures"])
    for name in ("Measures", "More"):
        sheet = book.create_sheet(name)
        for row in [HEADER, *rows()]:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return sent("Measures.xlsx", out.getvalue())
