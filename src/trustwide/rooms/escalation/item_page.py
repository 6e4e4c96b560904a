"""What an item's page shows: who has it, by when, what happened to it, and what can be done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from trustwide.rooms.commons.access import can_change
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import Record
from trustwide.rooms.escalation import access, queries
from trustwide.rooms.escalation.forms import AnswerForm, HelpedForm, next_days
from trustwide.rooms.escalation.models import ANSWERED, GROUPS, KNOW, SORTS, STOP, TOLD, WAITING, Item
from trustwide.rooms.escalation.story import told_of
from trustwide.rooms.escalation.tiers import ring_of
from trustwide.rooms.escalation.when import by_when, when_written
from trustwide.rooms.people.models import Person

AIMS_OFFERED = 5


def of_item(person: Person, item: Item) -> dict[str, Any]:
    """Its page part. The words of answers stand in the story, so not again among the comments."""
    steps = queries.steps_of(item)
    now_at = next((each for each in reversed(steps) if each.tier == item.tier), None)
    story = told_of(steps)
    waits = item.stage in WAITING
    return {
        "sort_words": SORTS[item.sort],
        "group_words": GROUPS.get(item.group, ""),
        "is_stop": item.sort == STOP,
        "ring": ring_of(item) if item.sort == STOP and waits else "",
        "is_know": item.sort == KNOW,
        "tier_place": now_at.place if now_at else None,
        "waits": waits,
        "due_words": by_when(item.due_at) if item.due_at else "",
        "written": when_written(item.typed_at, item.created_at),
        "until_words": item.asks_until,
        "story": story,
        "said_above": {each.comment for each in story if each.comment},
        "may_answer": item.stage in (*WAITING, ANSWERED) and access.can_answer(person, item),
        "may_say": access.raised_it(person, item),
        "to_say": item.stage in (ANSWERED, TOLD),
        "answer_form": AnswerForm(initial={"tier": item.tier}),
        "helped_form": HelpedForm(),
        "days": next_days(),
        "aims": _aims(person, item),
    }


def _aims(person: Person, item: Item) -> list[Record]:
    """Live objectives of its place and those above that it may help, where it helps none yet."""
    if item.local_need or item.closed_at or not can_change(person, item):
        return []
    return list(queries.aims_for(person, item)[:AIMS_OFFERED])


def fact_of(item: Item) -> str:
    """One line for lists and for cards."""
    if item.stage in WAITING and item.due_at:
        late = _("late, it was due %(when)s") if item.is_late else _("an answer is due %(when)s")
        return late % {"when": by_when(item.due_at)}
    return str(KINDS[item.kind].stage(item.stage).name)
