"""What the page of a drawing shows, and how drawings stand on the page of what they came from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from trustwide.engines import diagrams
from trustwide.engines.diagrams import TOOLS
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import Record
from trustwide.rooms.commons.queries import whole_record
from trustwide.rooms.people.models import Person
from trustwide.rooms.tools import queries
from trustwide.rooms.tools.models import Drawing

LONGEST_HEAD = 300
OF_A_PROBLEM = ("fishbone", "five-whys", "a3")
DRAWN_ELSEWHERE = 2  # drawings in full on the page of what they came from; the rest are links


def filled(tool: str, head: str, lines: str) -> diagrams.Drawing:
    """What a drawing, or a version of one, says: any text at all can be shown."""
    found = TOOLS[tool]
    return diagrams.Drawing(found, head, tuple(diagrams.read_kindly(found, lines)))


def of(record: Drawing) -> diagrams.Drawing:
    return filled(record.tool, record.head, record.lines)


def picture(person: Person, record: Drawing, number: str = "") -> Markup:
    """It, drawn; a sheet with the drawings that the person may read beside it."""
    others = queries.beside(person, record) if record.tool == "a3" else []
    told = [(each.title, of(each)) for each in others]
    return Markup(diagrams.draw(of(record), record.title, number, told))  # noqa: S704 (each word goes through safe)


def head_from(person: Person, tool: diagrams.Tool, about: Record | None) -> str:
    """What a new drawing is about, word for word as it stands where it came from: a project's aim, a problem."""
    if about is None:
        return ""
    if tool.key == "driver-diagram":
        return (_aim_of(whole_record(person, about)) or about.title)[:LONGEST_HEAD]
    return about.title if KINDS[about.kind].address == "problems" and tool.key in OF_A_PROBLEM else ""


def _aim_of(record: Any) -> str:
    """How much, by when, for whom, of a project whose charter says so."""
    if not getattr(record, "aim", ""):
        return ""
    aim = ", ".join(filter(None, [record.aim, record.aim_for]))
    return _("%(aim)s, by %(day)s") % {"aim": aim, "day": f"{record.aim_by:%-d %B %Y}"} if record.aim_by else aim


def of_drawing(person: Any, record: Drawing) -> dict[str, Any]:
    drawing = of(record)
    return {
        "tool": drawing.tool,
        "picture": picture(person, record),
        "outline": diagrams.outline(drawing),
        "readings": diagrams.readings(drawing),
        "beside": queries.beside(person, record) if record.tool == "a3" else [],
    }


def of_joined(person: Any, records: list[Record]) -> dict[str, Any]:
    """Drawings that came from a record, of which the newest are drawn; a whole sheet is too much for there."""
    found = list(queries.drawings_by_id(person, [each.pk for each in records if each.closed_at is None]))
    drawn = [each for each in found if each.tool != "a3"][:DRAWN_ELSEWHERE]
    pictures = [(each, picture(person, each, f"-{place}")) for place, each in enumerate(drawn)]
    return {"drawn": pictures, "more": [each for each in found if each not in drawn]}


def fact(record: Record) -> str:
    """Which tool it is, and how much it says; a list has only what all records have."""
    if not isinstance(record, Drawing):
        return ""
    rows = len(of(record).rows)
    told = {"tool": TOOLS[record.tool].name, "n": rows}
    return ngettext("%(tool)s, %(n)s row", "%(tool)s, %(n)s rows", rows) % told
