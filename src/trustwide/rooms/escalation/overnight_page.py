"""What the executives look at together in the morning: what rose, what is late, what was answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from trustwide.rooms.escalation import queries
from trustwide.rooms.escalation.models import KNOW, SORTS, Item, Step
from trustwide.rooms.escalation.story import sentence_of
from trustwide.rooms.escalation.when import by_when, last_working_evening
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


@dataclass(frozen=True)
class Line:
    """One item: what it is, and the sentence that brings it here."""

    item: Item
    sort: Any
    sentence: str
    words: str = ""


@dataclass
class Part:
    """A directorate, or what stands right under the organisation."""

    name: Any
    rose: list[Line] = field(default_factory=list)
    late: list[Line] = field(default_factory=list)
    waits: list[Line] = field(default_factory=list)


def context_of(person: Person, organisation: Place) -> dict[str, Any]:
    """What waits is counted as the front pages count it, so that the two never differ."""
    since = last_working_evening(now())
    came = {step.item_id: step for step in reversed(queries.arrivals(person, organisation, since))}
    waiting = queries.waiting_high(person, organisation)
    _mine, rose, late = queries.waiting_counts(person, organisation)
    parts = _parts(organisation, came, waiting, since)
    at = localtime(since)
    return {
        "since": f"{at:%A %-d %B, %H:%M}",
        "parts": [each for each in parts if each.rose or each.late or each.waits],
        "wait_count": len(waiting),
        "rose_count": rose,
        "late_count": late,
        "answered": [_answered(each, came) for each in queries.answers_since(person, organisation, since)],
    }


def _answered(step: Step, came: dict[Any, Step]) -> Line:
    """An answer; where the item also rose since then, that is told here, for it waits no more."""
    told = [came[step.item_id], step] if step.item_id in came else [step]
    sentence = " ".join(sentence_of(each) for each in told)
    return Line(step.item, SORTS[step.item.sort], sentence, step.comment.text if step.comment else "")


def is_late(item: Item) -> bool:
    return item.is_late and item.sort != KNOW


def _parts(organisation: Place, came: dict[Any, Step], waiting: list[Item], since: datetime) -> list[Part]:
    """Each item once, so that as many stand there as are said to wait: what rose and is late stands with the late."""
    homes = queries.directorates(organisation)
    parts = {each.path: Part(each.name) for each in homes}
    elsewhere = Part(_("Elsewhere in the organisation"))
    for item in waiting:
        part = next((part for path, part in parts.items() if item.place.path.startswith(path)), elsewhere)
        if is_late(item):
            part.late.append(_dated(item, _("It was due %(when)s.")))
        elif item.given_at >= since and item.sort != KNOW:
            part.rose.append(_risen(item, came.get(item.pk)))
        else:
            part.waits.append(_dated(item, _("An answer is due %(when)s.")))
    return [*parts.values(), elsewhere]


def _risen(item: Item, step: Step | None) -> Line:
    """What came here, by the step that brought it; where somebody left it to us, by its day."""
    if step is None:
        return _dated(item, _("An answer is due %(when)s."))
    return Line(item, SORTS[item.sort], sentence_of(step))


def _dated(item: Item, words: str) -> Line:
    return Line(item, SORTS[item.sort], words % {"when": by_when(item.due_at)} if item.due_at else "")
