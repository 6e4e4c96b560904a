"""The front door: a drawing as a picture, and as an outline for those who listen or read on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from trustwide.engines.diagrams.bars import draw_pareto, draw_waste
from trustwide.engines.diagrams.fishbones import draw_fishbone
from trustwide.engines.diagrams.maps import draw_map
from trustwide.engines.diagrams.model import Branch, Drawing, Row
from trustwide.engines.diagrams.opinions import draw_angles, draw_forces
from trustwide.engines.diagrams.scene import Scene
from trustwide.engines.diagrams.sheets import BELONGS, draw_sheet
from trustwide.engines.diagrams.tools import AGAINST, FOR
from trustwide.engines.diagrams.trees import draw_drivers, draw_whys
from trustwide.engines.diagrams.words import hours, in_minutes, minutes_a_week, readings

DRAWN: dict[str, Callable[[Drawing], Scene]] = {
    "driver-diagram": draw_drivers,
    "fishbone": draw_fishbone,
    "five-whys": draw_whys,
    "process-map": draw_map,
    "pareto": draw_pareto,
    "force-field": draw_forces,
    "angles": draw_angles,
    "waste-walk": draw_waste,
}


def draw(drawing: Drawing, title: str, number: str = "", others: Iterable[tuple[str, Drawing]] = ()) -> str:
    """A complete `<svg>`. `number` keeps the ids of two on one page apart; `others` go into an A3 sheet."""
    name = f"{drawing.tool.name}: {title}"
    told = " ".join([*readings(drawing), "The outline says the same in words."])
    return scene_of(drawing, others).svg(name, told, number)


def scene_of(drawing: Drawing, others: Iterable[tuple[str, Drawing]] = ()) -> Scene:
    if drawing.tool.key == "a3":
        belonging = [(title, other) for title, other in others if other.tool.key in BELONGS and other.rows]
        return draw_sheet(drawing, [(title, other, DRAWN[other.tool.key](other)) for title, other in belonging])
    return DRAWN[drawing.tool.key](drawing)


@dataclass
class Told:
    """A line of the outline: its words, what else is said of it, the number of its row, and what stands beneath it.

    A heading has no row of its own.
    """

    text: str
    more: list[str] = field(default_factory=list)
    number: int | None = None
    below: list[Told] = field(default_factory=list)


def outline(drawing: Drawing) -> list[Told]:
    """The rows in the order in which the picture has them, as nested lists."""
    branches = drawing.branches
    if drawing.tool.key == "a3":
        part = next(each for each in drawing.tool.details if each.key == "part")
        return _grouped(branches, [(key, words) for key, words in part.choices], "part")
    if drawing.tool.key == "force-field":
        ranked = sorted(branches, key=lambda each: -each.row.number("strength"))
        return _grouped(ranked, [(FOR, "What pushes for it"), (AGAINST, "What holds it back")], "side")
    if drawing.tool.key == "pareto":
        branches = sorted(branches, key=lambda each: -each.row.number("count"))
    if drawing.tool.key == "waste-walk":
        branches = sorted(branches, key=lambda each: -minutes_a_week(each.row))
    return [_told(branch, drawing) for branch in branches]


def _grouped(branches: list[Branch], groups: list[tuple[str, str]], key: str) -> list[Told]:
    first = groups[0][0]
    found = []
    for value, words in groups:
        here = [each for each in branches if each.row.details.get(key, first) == value]
        rest = [Told(each.row.text, _strength(each), each.number) for each in here]
        found.append(Told(words, [] if rest else ["Nothing here yet"], None, rest))
    return found


def _strength(branch: Branch) -> list[str]:
    strength = branch.row.number("strength")
    return [f"strength {strength} of 5"] if strength else []


def _told(branch: Branch, drawing: Drawing) -> Told:
    below = [_told(each, drawing) for each in branch.below]
    return Told(branch.row.text, said_of(branch.row, drawing), branch.number, below)


def said_of(row: Row, drawing: Drawing) -> list[str]:
    """What is said of a row, each detail with its name where its words do not tell what it is."""
    said = []
    for each in drawing.tool.details_at(row.level):
        value = row.details.get(each.key, "")
        if not value:
            continue
        if each.sort == "tick":
            said.append(each.label)
        elif each.key in ("minutes", "wait") and drawing.tool.key == "process-map":
            said.append(
                f"{'takes' if each.key == 'minutes' else 'waits before it:'} {in_minutes(row.number(each.key))}"
            )
        else:
            said.append(f"{each.label}: {each.words(value)}")
    if drawing.tool.key == "waste-walk" and (week := minutes_a_week(row)):
        said.append(f"{hours(week)} a week")
    return said
