"""The editor: an outline of which one row is open, changed by buttons that work by keyboard and without scripts.

Each button sends the row as it is typed, so that nothing is lost on the way; then it does what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from trustwide.engines import diagrams
from trustwide.engines.diagrams import MOST_ROWS, DiagramError, Row, editing
from trustwide.rooms.commons.actions import change_record
from trustwide.rooms.people.models import Person
from trustwide.rooms.tools import drawing_page
from trustwide.rooms.tools.forms import RowForm
from trustwide.rooms.tools.models import Drawing

NEXT, SAVE, REMOVE = "next", "save", "remove"
PLACES = ("row", "after", "level")


@dataclass
class Open:
    """Which row is open: the number of one that is there, or where a new one would stand, and how far in."""

    row: int | None
    after: int
    level: int

    @classmethod
    def of(cls, asked: Any, rows: tuple[Row, ...]) -> Open:
        """As an address or a form has it; what is out of range means a new row at the end."""
        row, after, level = (_number(asked.get(name)) for name in PLACES)
        if row is not None and row < len(rows):
            return cls(row, row, rows[row].level)
        after = len(rows) - 1 if after is None or after >= len(rows) else after
        deepest = rows[after].level + 1 if after >= 0 else 0
        beside = rows[after].level if after >= 0 else 0
        return cls(None, after, min(level, deepest) if level is not None else beside)


def _number(value: Any) -> int | None:
    return diagrams.model.number_in(str(value or "")) if value not in (None, "") else None


def form_of(drawing: diagrams.Drawing, at: Open, sent: Any, version: int) -> RowForm:
    """The form of the open row."""
    initial: dict[str, Any] = {"version": version, "row": at.row, "after": at.after}
    if at.row is None:
        most = min(drawing.tool.deepest, drawing.rows[at.after].level + 1 if at.after >= 0 else 0)
        initial["level"] = str(min(at.level, most))
        return RowForm(sent, drawing.tool, levels=list(range(most + 1)), initial=initial)
    row = drawing.rows[at.row]
    initial |= {"text": row.text, "was": row.text, **row.details}
    return RowForm(sent, drawing.tool, levels=[row.level], initial=initial)


@dataclass
class Done:
    """What a button did, as the address of the page that says so."""

    did: str
    to: int | None = None  # the row that it was done to
    opens: dict[str, int] | None = None  # where the editor goes on

    @property
    def asked(self) -> str:
        named = {**(self.opens or {}), "did": self.did, **({} if self.to is None else {"to": self.to})}
        return urlencode(named)


def do(by: Person, record: Drawing, at: Open, form: RowForm, button: str) -> Done:
    """Keep the open row as typed, then do what the button says. DiagramError where there is no room for a row."""
    drawing = drawing_page.of(record)
    rows = list(drawing.rows)
    if at.row is None and form.is_empty:
        return Done("nothing", opens={"after": at.after, "level": form.level} if at.after >= 0 else None)
    if button == REMOVE and at.row is not None:
        rows, place = editing.remove(rows, at.row)
        done = Done("removed", place if rows else None)
    elif at.row is None:
        rows, place = editing.add(drawing.tool, rows, form.written(), at.after)
        done = _after(rows, place, "added", button)
    else:
        rows, place = editing.change(rows, at.row, form.written())
        done = _after(rows, place, "saved", button)
        if button in editing.MOVES:
            moved, place = editing.MOVES[button](drawing.tool, rows, place)
            done = Done(button if moved != rows else "stays", place, {"row": place})
            rows = moved
    if rows != list(drawing.rows):
        fields = {"lines": diagrams.write(rows)}
        change_record(by=by, record=record, version=form.cleaned_data.get("version") or 0, fields=fields)
    return done


def _after(rows: list[Row], place: int, did: str, button: str) -> Done:
    """After "next" a new row is open just below; after "save" the editor waits at the end."""
    return Done(did, place, {"after": place, "level": rows[place].level} if button == NEXT else None)


def found_again(drawing: diagrams.Drawing, at: Open, was: str) -> Open:
    """Where the open row stands now that somebody else changed the drawing; a new row at the end, if nowhere."""
    if at.row is None:
        return Open.of({"after": min(at.after, len(drawing.rows) - 1)}, drawing.rows)
    texts = [row.text for row in drawing.rows]
    same = at.row < len(texts) and texts[at.row] == was
    return Open.of({"row": at.row if same else texts.index(was) if was in texts else None}, drawing.rows)


def done_already(by: Person, now: Drawing, at: Open, form: RowForm, button: str) -> Done | None:
    """What the same button did a moment ago, where an impatient finger pressed it twice."""
    if now.updated_by_id != by.pk:
        return None
    rows, was = drawing_page.of(now).rows, form.data.get("was", "")
    if button == REMOVE:
        return None if any(row.text == was for row in rows) else Done("removed")
    written = form.written()
    same = [number for number, row in enumerate(rows) if (row.text, row.details) == (written.text, written.details)]
    if len(same) != 1:
        return None
    if button in editing.MOVES:
        return Done(button, same[0], {"row": same[0]})
    return _after(list(rows), same[0], "added" if at.row is None else "saved", button)


def context(person: Person, record: Drawing, at: Open, form: RowForm, asked: Any) -> dict[str, Any]:
    """What the page shows: the outline with its open row, the picture, and what the last button did."""
    drawing = drawing_page.of(record)
    did, to = asked.get("did", ""), _number(asked.get("to"))
    return {
        "tool": drawing.tool,
        "rows": [(number, row, diagrams.said_of(row, drawing)) for number, row in enumerate(drawing.rows)],
        "at": at,
        "form": form,
        "moves": editing.can(drawing.tool, list(drawing.rows), at.row) if at.row is not None else [],
        "did": did,
        "to": to,
        "said": said(drawing, did, to),
        "picture": drawing_page.picture(person, record),
        "readings": diagrams.readings(drawing),
        "full": len(drawing.rows) >= MOST_ROWS,
    }


def said(drawing: diagrams.Drawing, did: str, to: int | None) -> str:
    """What was done, and where that row stands now, for a screen reader and for everyone else."""
    rows = drawing.rows
    told = {
        "nothing": _("Nothing was typed, so nothing was added."),
        "removed": _("It was taken away. What stood beneath it came out one level."),
        "begun": _("It is started. Write its first row."),
    }
    if did in told or to is None or to >= len(rows):
        return told.get(did, "")
    ways = {
        "added": _("Added: “%(text)s”. It is row %(n)s of %(all)s, %(what)s."),
        "saved": _("Saved: “%(text)s”. It is row %(n)s of %(all)s, %(what)s."),
        "stays": _("“%(text)s” cannot go further that way. It is row %(n)s of %(all)s, %(what)s."),
    }
    ways |= dict.fromkeys(editing.MOVES, _("Moved: “%(text)s” is now row %(n)s of %(all)s, %(what)s."))
    what = drawing.tool.levels[rows[to].level]
    return ways[did] % {"text": rows[to].text, "n": to + 1, "all": len(rows), "what": what} if did in ways else ""


def refused(form: RowForm, refusal: DiagramError) -> None:
    form.add_error("text", str(refusal))
