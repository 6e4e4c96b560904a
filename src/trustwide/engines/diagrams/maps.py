"""The process map: who does what in turn, what is handed over, and how long everything waits.

Steps run from left to right in the lane of whoever does them; after a few the map goes on in a new strip below.
"""

from __future__ import annotations

from trustwide.engines.diagrams.model import Drawing, Row
from trustwide.engines.diagrams.scene import BODY, EDGE, NOTE, STRONG, Box, Scene, Style, band, steps
from trustwide.engines.diagrams.tools import TOOLS, WASTE
from trustwide.engines.diagrams.words import in_minutes

LANE, WIDTH, GAP, IN_STRIP = 136, 142, 94, 4  # of a lane's name; of a step; before it; steps in a strip
PAD, APART, WAIT = 12, 18, 72  # round a step in its lane; between strips; of the box of a wait
ELBOW = 6


def lane_of(row: Row) -> str:
    return row.details.get("lane", "") or "Nobody named"


def draw_map(drawing: Drawing) -> Scene:
    scene = Scene()
    scene.add(Box(LANE + IN_STRIP * (WIDTH + GAP), [(drawing.head or "What did we follow?", STRONG)], ""), EDGE, EDGE)
    rows = list(drawing.rows)
    for start in range(0, len(rows), IN_STRIP):
        _draw_strip(scene, rows, start)
    told = "Thick arrow: handed over to somebody else. Dashed box: waiting. Strong frame: could be left out."
    scene.add(Box(LANE + IN_STRIP * (WIDTH + GAP), [(told, NOTE)], ""), EDGE, _foot(scene) + 6)
    return scene


def _foot(scene: Scene) -> float:
    return max(scene.reach, *(box.bottom for box in scene.boxes))


def _draw_strip(scene: Scene, rows: list[Row], start: int) -> None:
    strip = rows[start : start + IN_STRIP]
    boxes = [_step(row) for row in strip]
    names = {name: Box(LANE, [(name, STRONG)], "") for name in dict.fromkeys(lane_of(row) for row in strip)}
    y, middles = _foot(scene) + APART, {}
    for name, label in names.items():
        here = [(box, row) for box, row in zip(boxes, strip, strict=True) if lane_of(row) == name]
        in_lane = [each.height for box, row in here for each in (box, _wait(row))]
        tall = max([label.height, *in_lane]) + 2 * PAD
        scene.marks.append(band(EDGE, y, LANE + len(strip) * (WIDTH + GAP) + PAD, tall))
        scene.add(label, EDGE + 4, y + (tall - label.height) / 2)
        middles[name] = y + tall / 2
        y += tall + 4
    scene.reach = y
    for place, (row, box) in enumerate(zip(strip, boxes, strict=True)):
        x = EDGE + LANE + place * (WIDTH + GAP) + GAP
        scene.add(box, x, middles[lane_of(row)] - box.height / 2)
        _draw_way(scene, rows, start + place, boxes[place - 1] if place else None, box)


def _step(row: Row) -> Box:
    """What is done, its minutes and its worth; what could be left out is framed strongly and says so."""
    worth = row.details.get("worth", "")
    said: list[tuple[str, Style]] = [(row.text, BODY)]
    told = [in_minutes(row.number("minutes"))] if "minutes" in row.details else []
    told += [_worth(worth)] if worth else []
    if told:
        said.append((" · ".join(told), NOTE))
    return Box(WIDTH, said, "strong" if worth == WASTE else "plain")


def _worth(value: str) -> str:
    return next(each.words(value) for each in TOOLS["process-map"].details if each.key == "worth")


def _draw_way(scene: Scene, rows: list[Row], number: int, before: Box | None, box: Box) -> None:
    """The arrow into a step, from the one before or from the strip above, with the wait on its way."""
    row, x, y = rows[number], box.x, box.middle
    handed = number > 0 and lane_of(row) != lane_of(rows[number - 1])
    thick = 5.0 if handed else 2.0
    if before is not None:
        turn = before.right + ELBOW
        ways = [(before.right, before.middle), (turn, before.middle), (turn, y), (x, y)]
        scene.marks.append(steps(ways if before.middle != y else [ways[0], ways[3]], thick))
    elif number:
        scene.marks.append(steps([(x - GAP + ELBOW, y), (x, y)], thick))
    if row.number("wait"):
        told = _wait(row)
        scene.add(told, x - WAIT - 11, y - told.height / 2)


def _wait(row: Row) -> Box:
    """The wait before a step, in the gap to its left."""
    return Box(WAIT, [("wait", NOTE), (in_minutes(row.number("wait")), NOTE)], "dashed")
