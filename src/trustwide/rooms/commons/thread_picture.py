"""A thread drawn from left to right: the purpose, this record, and the work that helps it.

Everything is a presentation attribute, as in the charts: nothing that a strict content security policy refuses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from trustwide.engines.diagrams.scene import NOTE, STRONG
from trustwide.engines.spc.marks import FRAME, INK, PALE, PAPER, QUIET
from trustwide.engines.spc.typed import safe
from trustwide.rooms.commons.thread_outline import FURTHER, MISSING, UNSEEN, tops
from trustwide.rooms.commons.threads import Card, Joint, Thread

WIDTH, BETWEEN, APART, EDGE = 200, 28, 14, 10  # of a card; between columns; between cards; round the picture
PAD, SMALL, LARGE, LINE, LARGE_LINE = 10, NOTE.size, STRONG.size, NOTE.line, STRONG.line + 1
IN_COLUMN = 8  # cards above one another; the list has the rest
ABOVE = 7  # steps to the left
BLUE = "#005eb8"

Key = Hashable


@dataclass
class Box:
    """One card in its place: lines of words with their size, or what stands where there is no card."""

    lines: list[tuple[str, bool]]  # words, and whether they are the title
    address: str = ""
    dashed: bool = False
    here: bool = False
    x: float = 0
    y: float = 0

    @property
    def height(self) -> int:
        return 2 * PAD + sum(LARGE_LINE if large else LINE for _words, large in self.lines) - 2

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass
class Plan:
    """Which boxes stand in which column (0 is this record's; higher ones are to the left), and what joins them."""

    boxes: dict[Key, Box] = field(default_factory=dict)
    columns: dict[int, list[Key]] = field(default_factory=lambda: defaultdict(list))
    joints: list[tuple[Key, Key]] = field(default_factory=list)  # left, right
    loose: set[tuple[Key, Key]] = field(default_factory=set)  # joints that do not hold yet, which are dashed
    from_top: bool = False  # columns begin at the top, as a tree does; else about the middle

    def put(self, key: Key, column: int, box: Box) -> None:
        if key not in self.boxes:
            self.boxes[key] = box
            self.columns[column].append(key)


def draw_thread(thread: Thread, steps: int = 2) -> Markup:
    """A complete `<svg>`; `steps` is how many steps of the work below are drawn."""
    name = _("How “%(title)s” fits") % {"title": thread.here.title}
    told = _("From left to right: what it helps, this, and what helps it. The list on this page says the same.")
    return draw_plan(_planned(thread, steps), name, told)


def draw_plan(plan: Plan, name: str, told: str) -> Markup:
    """The cards of a plan, each in its place, and what joins them; its name and what it shows, for those who listen."""
    width, height = _place(plan)
    joints = "".join(_joint(plan, left, right) for left, right in plan.joints)
    boxes = "".join(_box(plan.boxes[key]) for column in sorted(plan.columns) for key in plan.columns[column])
    return Markup(  # noqa: S704 (each word goes through safe)
        f'<svg xmlns="http://www.w3.org/2000/svg" class="thread-picture" viewBox="0 0 {width} {height:.0f}"'
        f' width="{width}" height="{height:.0f}" role="group" aria-labelledby="thread-title"'
        f' aria-describedby="thread-told" font-family="Arial, Liberation Sans, sans-serif" font-size="{SMALL}"'
        f' fill="{INK}"><title id="thread-title">{safe(name)}</title><desc id="thread-told">{safe(told)}</desc>'
        f'<rect width="{width}" height="{height:.0f}" fill="{PAPER}"/>{joints}{boxes}</svg>'
    )


def _planned(thread: Thread, steps: int) -> Plan:
    plan = Plan()
    plan.put(thread.here.pk, 0, card_box(thread.here, here=True))
    _put_side(plan, thread, thread.above.joints, 1, ABOVE)
    _put_side(plan, thread, thread.below.joints, -1, steps)
    for top in tops(thread):
        if top.of and top.stands_for in (MISSING, FURTHER):
            _put_above(plan, top.of.pk, top.stands_for)
    for key in {joint.lower for joint in thread.above.joints if joint.upper and joint.upper not in plan.boxes}:
        _put_above(plan, key, FURTHER)
    _fold(plan, thread.below.joints)
    return plan


def _fold(plan: Plan, joints: list[Joint]) -> None:
    """Say on a card how many things help it that are not drawn."""
    undrawn = Counter(joint.upper for joint in joints if joint.upper in plan.boxes and joint.lower not in plan.boxes)
    for key, count in undrawn.items():
        if key not in plan.columns[0] and (UNSEEN, key) not in plan.boxes:
            words = ngettext("+ %(n)s that helps it", "+ %(n)s that help it", count) % {"n": count}
            plan.boxes[key].lines.append((words, False))


def _put_side(plan: Plan, thread: Thread, joints: list[Joint], way: int, most: int) -> None:
    """The cards of one side, column by column away from this record; each column takes so many, and then says so."""
    columns = _columns(thread, joints, way)
    for number in range(1, most + 1):
        left_out = set()
        for joint, near, far in ((joint, *_ends(joint, way)) for joint in joints):
            if columns.get(far) != number or near not in plan.boxes:
                continue
            if far not in plan.boxes and len(plan.columns[number * way]) >= IN_COLUMN:
                left_out.add(far)
                continue
            card = thread.cards.get(joint.upper if way > 0 else joint.lower)  # type: ignore[arg-type]
            plan.put(far, number * way, card_box(card) if card else _note_box(_("Something you may not see")))
            plan.joints.append((far, near) if way > 0 else (near, far))
        if left_out:
            words = ngettext("and %(n)s more, in the list", "and %(n)s more, in the list", len(left_out))
            plan.put(("more", number * way), number * way, _note_box(words % {"n": len(left_out)}))


def _ends(joint: Joint, way: int) -> tuple[Key, Key]:
    """The end towards this record, and the other; one that may not be seen is named by its neighbour."""
    near, far = (joint.lower, joint.upper) if way > 0 else (joint.upper, joint.lower)
    return near, far or (UNSEEN, near)


def _columns(thread: Thread, joints: list[Joint], way: int) -> dict[Key, int]:
    """How many steps away each stands, by its longest way, so that every joint goes from left to right."""
    columns: dict[Key, int] = {thread.here.pk: 0}
    for _round in range(ABOVE + 1):
        for near, far in (_ends(joint, way) for joint in joints):
            if near in columns and far != thread.here.pk:
                columns[far] = max(columns.get(far, 0), columns[near] + 1)
    return columns


def _put_above(plan: Plan, of: Key, stands_for: str) -> None:
    """A dashed gap to the left of a record that ought to help something, or whose chain goes on."""
    column = next((number for number, keys in plan.columns.items() if of in keys), None)
    if column is None:
        return
    words = _("Not joined up yet") if stands_for == MISSING else _("It goes on further up")
    plan.put((stands_for, of), column + 1, _note_box(words))
    plan.joints.append(((stands_for, of), of))


def card_box(card: Card, *, here: bool = False) -> Box:
    room = WIDTH - 2 * PAD
    kind = capfirst(str(card.kind)) + (_(" · you are here") if here else "")
    lines = [(each, False) for each in NOTE.wrap(kind, room, 2)]
    lines += [(each, True) for each in STRONG.wrap(card.title, room, 5)]
    lines += [(each, False) for words in (card.place, card.fact) for each in NOTE.wrap(words, room, 2)]
    return Box(lines, card.address, here=here)


def _note_box(words: str) -> Box:
    return Box([(each, False) for each in NOTE.wrap(words, WIDTH - 2 * PAD, 3)], dashed=True)


def _place(plan: Plan) -> tuple[int, float]:
    """Give each box its place, each column beside its neighbours' middle; the size of the whole."""
    tall = max(sum(plan.boxes[key].height + APART for key in keys) - APART for keys in plan.columns.values())
    first, last = max(plan.columns), min(plan.columns)
    for number in sorted(plan.columns, key=abs):
        keys = plan.columns[number]
        keys.sort(key=lambda key: _wanted(plan, key))
        y = EDGE + (not plan.from_top) * (tall - sum(plan.boxes[key].height + APART for key in keys) + APART) / 2
        for key in keys:
            box = plan.boxes[key]
            box.x, box.y = EDGE + (first - number) * (WIDTH + BETWEEN), y
            y += box.height + APART
    return (first - last + 1) * (WIDTH + BETWEEN) - BETWEEN + 2 * EDGE, tall + 2 * EDGE


def _wanted(plan: Plan, key: Key) -> tuple[bool, float]:
    """The middle of what it is joined to and stands already; what only says "and more" stands last."""
    joined = [plan.boxes[right if left == key else left] for left, right in plan.joints if key in (left, right)]
    middles = [box.middle for box in joined if box.x]
    return not joined, sum(middles) / len(middles) if middles else 0


def _joint(plan: Plan, first: Key, second: Key) -> str:
    left, right = plan.boxes[first], plan.boxes[second]
    start, end = left.x + WIDTH, right.x
    bend = (start + end) / 2
    dashes = ' stroke-dasharray="5 5"' if left.dashed or right.dashed or (first, second) in plan.loose else ""
    return (
        f'<path d="M{start:.0f} {left.middle:.1f}C{bend:.0f} {left.middle:.1f} {bend:.0f} {right.middle:.1f}'
        f' {end:.0f} {right.middle:.1f}" fill="none" stroke="{FRAME}" stroke-width="2"{dashes}/>'
    )


def _box(box: Box) -> str:
    look = f'fill="{PAPER}" stroke="{INK if box.here else FRAME}" stroke-width="{4 if box.here else 1.5}"'
    dashes = ' stroke-dasharray="5 5"' if box.dashed else ""
    side = PALE if box.dashed else FRAME
    frame = (
        f'<rect x="{box.x:.0f}" y="{box.y:.1f}" width="{WIDTH}" height="{box.height}" rx="4" {look}{dashes}/>'
        f'<rect x="{box.x:.0f}" y="{box.y:.1f}" width="6" height="{box.height}" fill="{side}"/>'
    )
    words = _words(box)
    if box.address and not box.here:
        words = f'<a href="{safe(box.address)}thread/">{words}</a>'
    return f'<g class="thread-card">{frame}{words}</g>'


def _words(box: Box) -> str:
    drawn: list[str] = []
    y = box.y + PAD - 3
    for words, large in box.lines:
        y += LARGE_LINE if large else LINE
        look: Any = f' fill="{QUIET}"' if not large else ""
        if large:
            colour, line = (INK, "none") if box.here else (BLUE, "underline")
            look = f' font-size="{LARGE}" font-weight="700" fill="{colour}" text-decoration="{line}"'
        drawn.append(f'<text x="{box.x + PAD + 2:.0f}" y="{y - 2:.1f}"{look}>{safe(words)}</text>')
    return "".join(drawn)
