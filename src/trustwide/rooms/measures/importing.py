"""A file on its way in: a look at its first rows, and reading it whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import PurePath
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from trustwide.engines import sheets, words
from trustwide.engines.spc.intake import Intake, read_measures, settings_from_text
from trustwide.engines.spc.model import Batch, Problem, Settings
from trustwide.rooms.measures.checking import problems_of
from trustwide.rooms.measures.computed import Number
from trustwide.rooms.measures.forms import ROLES
from trustwide.rooms.measures.models import Measure, Upload
from trustwide.rooms.measures.queries import settings_of

ROWS_SHOWN, PROBLEMS_SHOWN = 5, 20


@dataclass(frozen=True)
class Preview:
    """The headers of a file and its first rows, as text."""

    headers: list[str]
    rows: list[list[str]]


def preview(name: str, content: bytes) -> tuple[Preview | None, list[Problem]]:
    """A look at the first rows, or every problem that stops us from reading any."""
    try:
        with sheets.read(BytesIO(content), name=name) as table:
            chunk = next(iter(table.chunks), None)
            columns = [] if chunk is None else chunk.columns
            rows = [[_shown(cell) for cell in row] for row in islice(zip(*columns, strict=True), ROWS_SHOWN)]
            return Preview(table.headers, rows), []
    except sheets.UnreadableError as refusal:
        return None, refusal.problems


def _shown(cell: Any) -> str:
    return "" if cell is None else str(cell)


def read_upload(upload: Upload, columns: dict[str, str], chart: str) -> Intake:
    """The upload as measures, its columns taken as said and all on one kind of chart."""
    settings, problems = settings_from_text({"chart": chart})
    if problems:
        return Intake(None, problems)
    read = read_measures(
        BytesIO(bytes(upload.content)), name=upload.name, mapping=columns, defaults=settings or Settings()
    )
    return Intake(read.batch, read.problems + _told_of_patients(read.batch))


def _told_of_patients(batch: Batch | None) -> list[Problem]:
    """Notes and names in a file that could tell who a patient is: a file has no tick, so they must come out."""
    if batch is None:
        return []
    days = batch.dates.astype("datetime64[D]")
    said = [(str(days[point]), text) for point, text in sorted(batch.notes.items())]
    found = [(day, each) for day, text in said for each in words.identifiers(text)]
    found += [("", each) for text in batch.names for each in words.identifiers(text)]
    return [
        Problem(
            _("“%(text)s” could tell who a patient is.") % {"text": each.text},
            column="note" if day else "series",
            cure=" ".join([_("It is in the note of %(day)s.") % {"day": day} if day else "", each.say_instead]).strip(),
        )
        for day, each in found[:PROBLEMS_SHOWN]
    ]


def read_described(upload: Upload, settings: dict[str, Settings]) -> Intake:
    """The upload as measures, as it was described, each measure with its own settings."""
    return read_measures(BytesIO(bytes(upload.content)), name=upload.name, mapping=upload.columns, settings=settings)


def read_numbers(measure: Measure, name: str, content: bytes) -> tuple[list[Number], list[Problem]]:
    """The numbers of one measure from a file or from pasted lines, or every problem of theirs."""
    read = read_measures(BytesIO(content), name=name, defaults=settings_of(measure, "nhs"))
    errors = [problem for problem in read.problems if not problem.warning] + _told_of_patients(read.batch)
    if read.batch is None or errors:
        return [], errors
    if len(read.batch.names) > 1:
        cure = _("Leave out the column of names, or send a file with this measure alone.")
        return [], [Problem(_("The file holds more than one measure."), cure=cure)]
    numbers = list(_numbers(read.batch))
    problems = problems_of(measure, numbers)
    return ([], problems) if problems else (numbers, [])


def _numbers(batch: Batch) -> Iterator[Number]:
    ratio = batch.numerators is not None and batch.sizes is not None
    for point, day in enumerate(batch.dates.astype("datetime64[D]").tolist()):
        note = batch.notes.get(point, "")
        if ratio and not np.isnan(batch.sizes[point]):  # type: ignore[index]
            yield Number(day, None, float(batch.numerators[point]), float(batch.sizes[point]), note)  # type: ignore[index]
        else:
            value = float(batch.values[point])
            yield Number(day, None if np.isnan(value) else value, note=note)


def said_of(upload: Upload) -> dict[str, str]:
    """What the page of columns begins with: what was said of this upload already, else a title."""
    if not upload.columns:
        return {"title": title_from(upload.name)}
    unused = dict.fromkeys(ROLES, "")
    return {"title": upload.title, "chart": upload.chart, **unused, **upload.columns}


def has_target(batch: Batch) -> list[bool]:
    """By measure, whether the file states a target for it."""
    if batch.targets is None:
        return [False] * len(batch.names)
    stated = np.concatenate([[0], np.cumsum(~np.isnan(batch.targets))])
    counts: list[int] = np.diff(stated[batch.offsets]).tolist()
    return [count > 0 for count in counts]


def title_from(name: str) -> str:
    """A title to begin with: the file's name in words."""
    return re.sub(r"[_\-\s]+", " ", PurePath(name).stem).strip().capitalize()
