"""What drawings are made of: boxes whose words are wrapped to their room, and the lines between them.

Everything is a presentation attribute, as in the charts: nothing that a strict content security policy refuses.
Nothing is told by colour alone, so that a grey print says the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from trustwide.engines.spc.marks import BAND, FRAME, INK, PAPER, QUIET
from trustwide.engines.spc.typed import safe, wrapped

PAD, EDGE = 10, 12  # inside a box; round a drawing
MOST_LINES = 14  # of one text in a box; what is beyond them is in the outline
WIDER, WIDER_BOLD = 1.16, 1.25  # than Arial: the letters of a machine that has neither it nor its like


@dataclass(frozen=True)
class Style:
    """How words look: their size, the height of a line, and so on."""

    size: float
    line: float
    bold: bool = False
    colour: str = INK

    def wrap(self, words: str, room: float, most: int = MOST_LINES) -> list[str]:
        return wrapped(words, self.size * (WIDER_BOLD if self.bold else WIDER), room, most)


STRONG, BODY, NOTE = Style(15, 19, bold=True), Style(15, 19), Style(13, 17, colour=QUIET)
#: Frames by name: how thick, dashed or not, and what fills them.
FRAMES = {
    "plain": (1.5, "", PAPER),
    "strong": (3.5, "", PAPER),
    "dashed": (1.5, ' stroke-dasharray="6 4"', PAPER),
    "pale": (1.5, "", BAND),
}


@dataclass
class Box:
    """Words in their place. `frame` is one of FRAMES, or "" for none."""

    width: float
    said: list[tuple[str, Style]]
    frame: str = "plain"
    x: float = 0
    y: float = 0
    least: float = 0  # its least height
    lines: list[tuple[str, Style]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        room = self.width - 2 * self.pad
        self.lines = [(line, style) for words, style in self.said if words for line in style.wrap(words, room)]

    @property
    def pad(self) -> float:
        return PAD if self.frame else 2

    @property
    def height(self) -> float:
        return max(self.least, 2 * self.pad + sum(style.line for _words, style in self.lines))

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def at(self, x: float, y: float) -> Box:
        self.x, self.y = x, y
        return self

    def draw(self) -> str:
        frame = ""
        if self.frame:
            thick, dashes, fill = FRAMES[self.frame]
            frame = (
                f'<rect x="{self.x:.1f}" y="{self.y:.1f}" width="{self.width:.1f}" height="{self.height:.1f}" rx="4"'
                f' fill="{fill}" stroke="{INK if thick > 2 else FRAME}" stroke-width="{thick}"{dashes}/>'
            )
        drawn, y = [frame], self.y + self.pad
        for words, style in self.lines:
            weight = ' font-weight="700"' if style.bold else ""
            drawn.append(
                f'<text x="{self.x + self.pad:.1f}" y="{y + style.line * 0.77:.1f}" font-size="{style.size}"'
                f' fill="{style.colour}"{weight}>{safe(words)}</text>'
            )
            y += style.line
        return "".join(drawn)


@dataclass
class Scene:
    """A drawing in its parts: what lies beneath (bands, lines), and the boxes on top."""

    boxes: list[Box] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    insets: list[str] = field(default_factory=list)  # whole drawings inside this one
    least_width: float = 0
    reach: float = 0  # how far down marks without a box go

    def add(self, box: Box, x: float, y: float) -> Box:
        self.boxes.append(box.at(x, y))
        return box

    @property
    def width(self) -> float:
        return max(self.least_width, *(box.right + EDGE for box in self.boxes))

    @property
    def height(self) -> float:
        return max(self.reach, *(box.bottom for box in self.boxes)) + EDGE

    def content(self) -> str:
        parts = [*self.marks, *(box.draw() for box in self.boxes), *self.insets]
        return f'<rect width="{self.width:.0f}" height="{self.height:.0f}" fill="{PAPER}"/>{"".join(parts)}'

    def svg(self, name: str, told: str, number: str = "") -> str:
        """A complete `<svg>`; `number` keeps the ids of two on one page apart."""
        width, height = f"{self.width:.0f}", f"{self.height:.0f}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" viewBox="0 0 {width} {height}" width="{width}"'
            f' height="{height}" role="img" aria-labelledby="diagram-title{number} diagram-told{number}"'
            f' font-family="Arial, Liberation Sans, sans-serif" font-size="{BODY.size}" fill="{INK}">'
            f'<title id="diagram-title{number}">{safe(name)}</title><desc id="diagram-told{number}">{safe(told)}</desc>'
            f"{self.content()}</svg>"
        )

    def inset(self, x: float, y: float, width: float, tallest: float) -> tuple[str, float]:
        """The same inside another drawing, no larger than that room; and how tall it stands there."""
        scale = min(1.0, width / self.width, tallest / self.height)
        tall = self.height * scale
        drawn = (
            f'<svg x="{x:.1f}" y="{y:.1f}" width="{self.width * scale:.1f}" height="{tall:.1f}"'
            f' viewBox="0 0 {self.width:.0f} {self.height:.0f}">{self.content()}</svg>'
        )
        return drawn, tall


def line(
    x1: float, y1: float, x2: float, y2: float, thick: float = 2, colour: str = FRAME, *, dashed: bool = False
) -> str:
    dashes = ' stroke-dasharray="6 4"' if dashed else ""
    return (
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" fill="none" stroke="{colour}" stroke-width="{thick}"{dashes}/>'
    )


def bend(x1: float, y1: float, x2: float, y2: float) -> str:
    """A curve from the right of one box to the left of another."""
    half = (x1 + x2) / 2
    return (
        f'<path d="M{x1:.1f} {y1:.1f}C{half:.1f} {y1:.1f} {half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}" fill="none"'
        f' stroke="{FRAME}" stroke-width="2"/>'
    )


def steps(points: list[tuple[float, float]], thick: float = 2, colour: str = INK) -> str:
    """A line through points, with the head of an arrow at its end, which it comes to sideways or from above."""
    (before_x, before_y), (x, y) = points[-2:]
    way = " ".join(f"{px:.1f} {py:.1f}" for px, py in points)
    head = 4 + thick
    if before_y == y:
        back = x - head if x > before_x else x + head
        tip = f"M{x:.1f} {y:.1f}L{back:.1f} {y - head * 0.6:.1f}V{y + head * 0.6:.1f}Z"
    else:
        back = y - head if y > before_y else y + head
        tip = f"M{x:.1f} {y:.1f}L{x - head * 0.6:.1f} {back:.1f}H{x + head * 0.6:.1f}Z"
    return f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="{thick}"/><path d="{tip}" fill="{colour}"/>'


def band(x: float, y: float, width: float, height: float, fill: str = BAND, edge: str = "none") -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" fill="{fill}"'
        f' stroke="{edge}"/>'
    )
