"""The A3 sheet: seven parts on one page, with the team's other drawings in the parts where they belong."""

from __future__ import annotations

from trustwide.engines.diagrams.model import Drawing
from trustwide.engines.diagrams.scene import BODY, EDGE, NOTE, STRONG, Box, Scene, Style, band
from trustwide.engines.diagrams.tools import PARTS
from trustwide.engines.spc.marks import PAPER, QUIET

WIDTH, BETWEEN, APART, ROOM = 560, 20, 14, 8  # of half the sheet; between halves; between parts; inside a part
TALLEST, MOST = 270, 2  # of a drawing inside the sheet; of them in a part
LEFT = ("background", "now", "goal", "analysis")
#: Where another drawing belongs; those that say things of people are never drawn on a sheet.
BELONGS = {
    "process-map": "now",
    "waste-walk": "now",
    "pareto": "analysis",
    "fishbone": "analysis",
    "five-whys": "analysis",
    "driver-diagram": "countermeasures",
    "force-field": "plan",
}
PICTURE = Style(13, 17, bold=True)


def draw_sheet(drawing: Drawing, others: list[tuple[str, Drawing, Scene]]) -> Scene:
    """`others` are drawings of the same team's, each with its title."""
    scene = Scene()
    whole = 2 * WIDTH + BETWEEN
    head = Box(whole, [(drawing.head or "Which problem is it about?", Style(19, 24, bold=True))], "strong")
    top = scene.add(head, EDGE, EDGE).bottom + APART
    feet = {True: top, False: top}
    for key, words in PARTS:
        left = key in LEFT
        x = EDGE if left else EDGE + WIDTH + BETWEEN
        feet[left] = _draw_part(scene, drawing, (key, words), others, x, feet[left]) + APART
    scene.reach = max(feet.values()) - APART
    return scene


def _draw_part(
    scene: Scene, drawing: Drawing, part: tuple[str, str], others: list[tuple[str, Drawing, Scene]], x: float, y: float
) -> float:
    """A part with its notes and drawings; where it ends."""
    key, words = part
    top, room = y, WIDTH - 2 * ROOM
    y = scene.add(Box(room, [(words, STRONG)], ""), x + ROOM, y + ROOM).bottom + 2
    notes = [row.text for row in drawing.rows if row.details.get("part", PARTS[0][0]) == key]
    here = [each for each in others if BELONGS.get(each[1].tool.key) == key][:MOST]
    if not notes and not here:
        y = scene.add(Box(room, [("Nothing here yet", NOTE)], ""), x + ROOM, y).bottom
    for note in notes:
        y = scene.add(Box(room, [(f"– {note}", BODY)], ""), x + ROOM, y).bottom
    for title, other, inner in here:
        y = scene.add(Box(room, [(f"{other.tool.name}: {title}", PICTURE)], ""), x + ROOM, y + 4).bottom + 2
        inset, tall = inner.inset(x + ROOM, y, room, TALLEST)
        scene.insets.append(inset)
        y += tall
    scene.marks.append(band(x, top, WIDTH, y + ROOM - top, PAPER, QUIET))
    return y + ROOM
