"""Drivers from left to right, and whys one beneath another."""

from __future__ import annotations

from trustwide.engines.diagrams.model import Branch, Drawing
from trustwide.engines.diagrams.scene import BODY, EDGE, NOTE, STRONG, Box, Scene, Style, bend, line

WIDTH, BETWEEN, APART = 206, 40, 12  # of a box; between columns; between boxes
STAIR, WHY = 40, 420  # how far each why stands further in; how wide it is
COLUMNS = ("Our aim", "Primary drivers", "Secondary drivers", "Change ideas")
FRAMES = ("strong", "plain", "plain", "pale")


def draw_drivers(drawing: Drawing) -> Scene:
    """The aim word for word on the left, and to its right what would bring it about."""
    scene = Scene()
    deepest = max((row.level for row in drawing.rows), default=-1) + 1
    for column in range(max(deepest, 1) + 1):
        scene.add(Box(WIDTH, [(COLUMNS[column], NOTE)], ""), EDGE + column * (WIDTH + BETWEEN), EDGE)
    top = max(box.bottom for box in scene.boxes) + 4
    aim = Box(WIDTH, [(drawing.head or "No aim yet", STRONG)], FRAMES[0])
    tops = [_Driver(branch) for branch in drawing.branches]
    span = max(aim.height, _together(tops))
    scene.add(aim, EDGE, top + (span - aim.height) / 2)
    _place(scene, tops, 1, top + (span - _together(tops)) / 2, aim)
    return scene


class _Driver:
    """A branch with its box, and the height that it and all beneath it take up."""

    def __init__(self, branch: Branch) -> None:
        row = branch.row
        said = [(row.text, STRONG if row.level == 0 else BODY)]
        if row.details.get("measure"):
            said.append((f"Measure: {row.details['measure']}", NOTE))
        self.box = Box(WIDTH, said, FRAMES[row.level + 1])
        self.below = [_Driver(each) for each in branch.below]
        self.span = max(self.box.height, _together(self.below))


def _together(drivers: list[_Driver]) -> float:
    return sum(each.span + APART for each in drivers) - APART if drivers else 0


def _place(scene: Scene, drivers: list[_Driver], column: int, y: float, left: Box) -> None:
    for each in drivers:
        scene.add(each.box, EDGE + column * (WIDTH + BETWEEN), y + (each.span - each.box.height) / 2)
        scene.marks.append(bend(left.right, left.middle, each.box.x, each.box.middle))
        _place(scene, each.below, column + 1, y + (each.span - _together(each.below)) / 2, each.box)
        y += each.span + APART


def draw_whys(drawing: Drawing) -> Scene:
    """What happened at the top, and beneath it each answer, further in the deeper it goes."""
    scene = Scene()
    scene.add(Box(WHY, [(drawing.head or "What happened?", STRONG)], "strong"), EDGE, EDGE)
    last = {-1: scene.boxes[0]}
    for branch in (each for top in drawing.branches for each in top.walk()):
        level = branch.row.level
        above = last[level - 1]
        box = Box(WHY, _said(branch), "strong" if "act" in branch.row.details else "plain")
        scene.add(box, EDGE + (level + 1) * STAIR, scene.boxes[-1].bottom + APART)
        x = above.x + STAIR / 2
        scene.marks += [line(x, above.bottom, x, box.middle), line(x, box.middle, box.x, box.middle)]
        last[level] = box
    return scene


def _said(branch: Branch) -> list[tuple[str, Style]]:
    row = branch.row
    said = [(row.text, BODY)]
    evidence = row.details.get("evidence")
    said.append((f"We know because: {evidence}" if evidence else "Not checked yet", NOTE))
    if "act" in row.details:
        said.append(("We can do something about this", STRONG))
    return said
