"""What pushes for a change and what holds it back; and who sees it how."""

from __future__ import annotations

from trustwide.engines.diagrams.model import Drawing, Row
from trustwide.engines.diagrams.scene import BODY, EDGE, NOTE, STRONG, Box, Scene, line, steps
from trustwide.engines.diagrams.tools import AGAINST, FOR, STANCES
from trustwide.engines.diagrams.words import forces
from trustwide.engines.spc.marks import INK, PALE, PAPER

SIDE, ARROW, MIDDLE, APART = 270, 130, 24, 12  # of a force; of the longest arrow; of the change's bar; between forces
WHO, MATTERS, SCALE, NEXT, BETWEEN = 190, 240, 230, 230, 16


def draw_forces(drawing: Drawing) -> Scene:
    """Two sides push at the change; the longer and thicker an arrow, the stronger it is."""
    scene = Scene()
    whole = 2 * (SIDE + ARROW) + MIDDLE
    head = Box(whole, [(drawing.head or "Which change do we want?", STRONG)], "strong")
    y = scene.add(head, EDGE, EDGE).bottom + 8
    names = (("What pushes for it", EDGE), ("What holds it back", EDGE + SIDE + 2 * ARROW + MIDDLE))
    top = max(scene.add(Box(SIDE, [(words, NOTE)], ""), x, y).bottom for words, x in names) + 4
    foot = top
    for side, left in ((FOR, True), (AGAINST, False)):
        y = top
        for row in forces(drawing, side):
            y = _draw_force(scene, row, y, left=left)
        foot = max(foot, y)
    centre = EDGE + SIDE + ARROW
    scene.marks.insert(
        0, f'<rect x="{centre}" y="{top:.1f}" width="{MIDDLE}" height="{foot - top:.1f}" fill="{PALE}"/>'
    )
    scene.reach = foot
    return scene


def _draw_force(scene: Scene, row: Row, y: float, *, left: bool) -> float:
    strength = min(5, row.number("strength"))
    told = f"Strength {strength} of 5" if strength else "No strength yet"
    box = scene.add(Box(SIDE, [(row.text, BODY), (told, NOTE)]), EDGE if left else EDGE + SIDE + 2 * ARROW + MIDDLE, y)
    if strength:
        length, centre = ARROW * (0.3 + 0.14 * strength) - 4, EDGE + SIDE + ARROW
        start = centre - length if left else centre + MIDDLE + length
        end = centre - 3 if left else centre + MIDDLE + 3
        scene.marks.append(steps([(start, box.middle), (end, box.middle)], 1 + 1.5 * strength))
    return box.bottom + APART


def draw_angles(drawing: Drawing) -> Scene:
    """A line for each: what matters to them, and where they stand on a scale, now and as is needed."""
    scene, lefts, x = Scene(), [], float(EDGE)
    for width in (WHO, MATTERS, SCALE, NEXT):
        lefts.append(x)
        x += width + BETWEEN
    y = scene.add(Box(x - EDGE, [(drawing.head or "Which change do we want?", STRONG)], ""), EDGE, EDGE).bottom + 8
    heads = ("Who", "What matters to them", "○ now   ● needed", "Our next step")
    widths = (WHO, MATTERS, SCALE, NEXT)
    for width, words, left in zip(widths, heads, lefts, strict=True):
        scene.add(Box(width, [(words, NOTE)], ""), left, y)
    y = max(box.bottom for box in scene.boxes) + 4
    for row in drawing.rows:
        texts = (
            row.text,
            row.details.get("matters", ""),
            _stance(row),
            row.details.get("next", "") or "Not yet agreed",
        )
        styles = (STRONG, BODY, NOTE, BODY)
        boxes = [Box(w, [(t, s)], "") for w, t, s in zip(widths, texts, styles, strict=True)]
        scene.marks.append(line(EDGE, y, x - BETWEEN, y, 1))
        for box, left in zip(boxes, lefts, strict=True):
            scene.add(box, left, y + (34 if left == lefts[2] else 6))
        _draw_scale(scene, row, lefts[2], y + 20)
        y = max(box.bottom for box in boxes) + APART
    scene.reach = y
    return scene


def _stance(row: Row) -> str:
    words = dict(STANCES)
    now, needed = (words.get(row.details.get(key, ""), "") for key in ("now", "needed"))
    return f"{now or 'Not known yet'}{f', needed: {needed.lower()}' if needed else ''}"


def _draw_scale(scene: Scene, row: Row, x: float, y: float) -> None:
    """Five places from against to leading; a ring where they stand, a disc where they are needed."""
    places = [x + 14 + step * (SCALE - 28) / 4 for step in range(5)]
    scene.marks.append(line(places[0], y, places[-1], y, 1.5))
    scene.marks += [line(place, y - 4, place, y + 4, 1.5) for place in places]
    now, needed = row.number("now"), row.number("needed")
    if 0 < now != needed > 0:
        way = 9 if needed > now else -9
        scene.marks.append(steps([(places[now - 1] + way, y), (places[needed - 1] - way, y)], 2))
    if needed:
        scene.marks.append(f'<circle cx="{places[needed - 1]:.1f}" cy="{y:.1f}" r="8" fill="{INK}"/>')
    if now:
        look = f'r="{5 if now == needed else 8}" fill="{PAPER}" stroke="{INK}" stroke-width="2.5"'
        scene.marks.append(f'<circle cx="{places[now - 1]:.1f}" cy="{y:.1f}" {look}/>')
