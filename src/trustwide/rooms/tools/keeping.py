"""What every drawing keeps to, however it is written: it begins with its tool's rows, and people stay the team's."""

from __future__ import annotations

from trustwide.engines.diagrams import TOOLS, Row, write
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.reach import TEAM_SHARED, reach_of
from trustwide.rooms.tools.models import Drawing


def draws_along(person: Person, drawing: Drawing) -> bool:
    """A team draws together: whoever may add something where a drawing stands may draw on."""
    return reach_of(person).may(May.ADD, drawing.place)


def begin(drawing: Drawing) -> None:
    """A new one: the rows that its tool starts with; one that says things of people is the team's."""
    tool = TOOLS[drawing.tool]
    drawing.lines = drawing.lines or write(Row(text) for text in tool.starts_with)
    if tool.restricted:
        drawing.sharing = TEAM_SHARED


def check_kept(drawing: Drawing) -> None:
    """Nobody shares beyond the team what says things of people; its form does not offer it."""
    if TOOLS[drawing.tool].restricted and drawing.sharing != TEAM_SHARED:
        raise NotAllowed
