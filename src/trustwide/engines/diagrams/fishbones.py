"""The fishbone: the effect at the head, a bone for each kind of cause, and the causes along it."""

from __future__ import annotations

from trustwide.engines.diagrams.model import Branch, Drawing
from trustwide.engines.diagrams.scene import BODY, EDGE, NOTE, STRONG, Box, Scene, line
from trustwide.engines.spc.marks import INK

WIDTH, SLANT, BETWEEN, HEAD = 190, 44, 18, 190  # of a cause; how far a bone leans; between bones; of the head
APART, CLEAR = 8, 22  # between causes; between the spine and the nearest of them


def draw_fishbone(drawing: Drawing) -> Scene:
    """Bones stand above and below the spine in turn."""
    scene = Scene()
    bones = [_boxes(branch) for branch in drawing.branches]
    head = Box(HEAD, [(drawing.head or "What goes wrong?", STRONG)], "strong")
    above = max([_tall(bone) for bone in bones[::2]] + [head.height / 2 - CLEAR])
    spine = EDGE + above + CLEAR
    for number, bone in enumerate(bones):
        x = EDGE + number // 2 * (WIDTH + SLANT + BETWEEN)
        _draw_bone(scene, bone, x, spine, upper=number % 2 == 0)
    end = EDGE + (len(bones) + 1) // 2 * (WIDTH + SLANT + BETWEEN) + 8
    scene.marks.append(line(EDGE, spine, end, spine, 4, INK))
    scene.add(head, end, spine - head.height / 2)
    return scene


def _boxes(branch: Branch) -> list[Box]:
    """The name of a bone, and its causes, each with what lies behind it."""
    causes = []
    for cause in branch.below:
        behind = [(f"– {each.row.text}", NOTE) for each in cause.below]
        causes.append(Box(WIDTH, [(cause.row.text, BODY), *behind], ""))
    return [Box(WIDTH, [(branch.row.text, STRONG)], "pale"), *causes]


def _tall(bone: list[Box]) -> float:
    return sum(each.height + APART for each in bone) - APART


def _draw_bone(scene: Scene, bone: list[Box], x: float, spine: float, *, upper: bool) -> None:
    """Its name at the far end; each cause joined to the bone by a short line."""
    y = spine - CLEAR - _tall(bone) if upper else spine + CLEAR
    for each in bone if upper else [*bone[1:], bone[0]]:
        scene.add(each, x, y)
        y += each.height + APART
    name = bone[0]
    far = name.middle
    scene.marks.append(line(x + WIDTH, far, x + WIDTH + SLANT, spine, 3, INK))
    for cause in bone[1:]:
        lean = (cause.middle - far) / (spine - far) * SLANT
        scene.marks.append(line(x + WIDTH - 2, cause.middle, x + WIDTH + lean, cause.middle))
