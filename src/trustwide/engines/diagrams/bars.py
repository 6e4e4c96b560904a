"""Bars from left to right: reasons by their counts, with the line that adds them up, and waste by its time."""

from __future__ import annotations

from trustwide.engines.diagrams.model import Drawing
from trustwide.engines.diagrams.scene import BODY, EDGE, NOTE, STRONG, Box, Scene, band, line
from trustwide.engines.diagrams.tools import TOOLS
from trustwide.engines.diagrams.words import by_count, by_time, hours, minutes_a_week, vital_few
from trustwide.engines.spc.marks import FRAME, INK, PALE, PAPER

NAME, LONG, SAID, APART, TALL = 250, 460, 190, 10, 26  # of names; of 100 %; of the words beside a bar
LEFT = EDGE + NAME + 14
#: Bars that matter most stand out by being darker and by a mark beside their words.
MANY, FEW = PALE, "#4c6272"


def draw_pareto(drawing: Drawing) -> Scene:
    """Bars and the line of their sum have one scale, all that was counted being its length."""
    scene, few = Scene(), vital_few(drawing)
    y = _head(scene, drawing, "What was counted?")
    found = by_count(drawing)
    total = found[-1][2] if found else 0
    top, points = y, []
    for place, (row, count, sum_) in enumerate(found, 1):
        share = f"{100 * count / total:.0f} %" if total else ""
        told = f"{count:,} ({share}), {100 * sum_ / total:.0f} % so far" if total else "not counted yet"
        said = Box(SAID, [(told, NOTE)], "")
        name = scene.add(Box(NAME, [(row.text, STRONG if place <= few else BODY)], ""), EDGE, y)
        middle = y + max(name.height, said.height, TALL) / 2
        name.y = middle - name.height / 2
        if total:
            scene.marks.append(band(LEFT, middle - TALL / 2, LONG * count / total, TALL, FEW if place <= few else MANY))
            points.append((LEFT + LONG * sum_ / total, middle))
        scene.add(said, LEFT + LONG + 14, middle - said.height / 2)
        y = middle + max(name.height, said.height, TALL) / 2 + APART
    _draw_sum(scene, points, top, y)
    return scene


def _head(scene: Scene, drawing: Drawing, otherwise: str) -> float:
    whole = NAME + LONG + SAID + 28
    return scene.add(Box(whole, [(drawing.head or otherwise, STRONG)], ""), EDGE, EDGE).bottom + 8


def _draw_sum(scene: Scene, points: list[tuple[float, float]], top: float, foot: float) -> None:
    """The line that adds the bars up, and where 80 % is."""
    scene.marks.append(line(LEFT, top, LEFT, foot, 1.5, INK))
    if not points:
        return
    at = LEFT + LONG * 0.8
    scene.marks.append(line(at, top, at, foot, 1.5, FRAME, dashed=True))
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    scene.marks.append(f'<polyline points="{way}" fill="none" stroke="{INK}" stroke-width="2"/>')
    scene.marks += [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{PAPER}" stroke="{INK}" stroke-width="2"/>' for x, y in points
    ]
    told = "Line: how much it is together with those above it. Dashed: 80 %."
    scene.add(Box(LONG, [(told, NOTE)], ""), LEFT, foot)


def draw_waste(drawing: Drawing) -> Scene:
    """What takes most time stands first."""
    scene, ordered = Scene(), by_time(drawing)
    y = _head(scene, drawing, "Where did we walk?")
    most = max([minutes_a_week(row) for row in ordered] + [1])
    kinds = next(each for each in TOOLS["waste-walk"].details if each.key == "waste")
    top = y
    for place, row in enumerate(ordered):
        week, kind = minutes_a_week(row), kinds.words(row.details.get("waste", "")).partition(":")[0]
        sums = (
            f"{row.number('minutes')} min × {row.number('times')} a day × {row.number('days', 7)} days" if week else ""
        )
        said = Box(SAID, [(f"{hours(week)} a week" if week else "no time yet", BODY), (sums, NOTE)], "")
        name = scene.add(Box(NAME, [(row.text, STRONG if place == 0 else BODY), (kind, NOTE)], ""), EDGE, y)
        tall = max(name.height, said.height, TALL)
        name.y = y + (tall - name.height) / 2
        fill = FEW if place == 0 else MANY
        scene.marks.append(band(LEFT, y + (tall - TALL) / 2, LONG * week / most, TALL, fill))
        scene.add(said, LEFT + LONG + 14, y + (tall - said.height) / 2)
        y += tall + APART
    scene.marks.append(line(LEFT, top, LEFT, y, 1.5, INK))
    scene.reach = y
    return scene
