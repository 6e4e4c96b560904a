"""The objectives of an organisation drawn from left to right, each joined to the one above that it helps."""

from __future__ import annotations

from collections import deque

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.commons.thread_picture import Plan, card_box, draw_plan
from trustwide.rooms.commons.threads import Card
from trustwide.rooms.purpose.agreement import AGREED, ALONE
from trustwide.rooms.purpose.cascade import Branch

MOST = 40  # cards: a picture of more is no picture; the outline has them all


def draw_cascade(branches: list[Branch]) -> Markup | str:
    """A complete `<svg>`, level by level until it holds MOST cards; a card says how many below it are not drawn."""
    if not branches:
        return ""
    plan, waiting = Plan(from_top=True), deque((each, None, 0) for each in branches)
    while waiting and len(plan.boxes) < MOST:
        branch, upper, column = waiting.popleft()
        _put(plan, branch, upper, column)
        waiting.extend((each, branch, column - 1) for each in branch.below)
    for upper in {upper.objective.pk: upper for _branch, upper, _column in waiting if upper is not None}.values():
        if upper.objective.pk in plan.boxes:
            _fold(plan, upper)
    name = _("Our objectives, from the top down")
    told = _("Each card is an objective; a line joins it to the one it helps. A dashed line is not agreed by both yet.")
    return draw_plan(plan, name, f"{told} {_('The list on this page says the same.')}")


def _put(plan: Plan, branch: Branch, upper: Branch | None, column: int) -> None:
    pk = branch.objective.pk
    if pk in plan.boxes:
        return
    plan.put(pk, column, card_box(_card(branch)))
    if upper is not None:
        joint = (upper.objective.pk, pk)
        plan.joints.append(joint)
        if branch.standing.state not in (AGREED, ALONE):
            plan.loose.add(joint)


def _fold(plan: Plan, upper: Branch) -> None:
    """Say once on a card how many of those below it are left out."""
    undrawn = sum(each.objective.pk not in plan.boxes for each in upper.below)
    words = ngettext("+ %(n)s that helps it", "+ %(n)s that help it", undrawn) % {"n": undrawn}
    lines = plan.boxes[upper.objective.pk].lines
    if undrawn and (words, False) not in lines:
        lines.append((words, False))


def _card(branch: Branch) -> Card:
    record = branch.objective
    kind, fact = kind_of(record), state_words(branch)
    address = f"/{record.organisation.slug}/{kind.address}/{record.pk}/"
    one = capfirst(str(kind.stage(record.stage).name))
    return Card(record.pk, one, record.title, record.place.name, fact, address, True, record.created_at, None)


def state_words(branch: Branch) -> str:
    """How the talk stands: Half agreed. Next word: Medicine"""
    if branch.standing.state in (AGREED, ALONE) or not branch.waits_for:
        return "" if branch.standing.state == ALONE else str(branch.standing.words)
    return _("%(state)s. Next word: %(place)s") % {"state": branch.standing.words, "place": branch.waits_for}
