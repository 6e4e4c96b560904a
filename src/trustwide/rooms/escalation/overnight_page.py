"""What the executives look at together in the morning: what rose, what is late, what was answered."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    since = last_working_evening(now())
    rose = {step.item_id: step for step in reversed(queries.arrivals(person, organisation, since))}
    waiting = queries.waiting_high(person, organisation)
    answered = queries.answers_since(person, organisation, since)
    parts = _parts(organisation, rose, waiting)
    at = localtime(since)
    return {
        "since": f"{at:%A %-d %B, %H:%M}",
        "parts": [each for each in parts if each.rose or each.late or each.waits],
        "rose_count": len(rose),
        "late_count": sum(map(is_late, waiting)),
        "answered": [_answered(each) for each in answered],
    }


def _answered(step: Step) -> Line:
    return Line(step.item, SORTS[step.item.sort], sentence_of(step), step.comment.text if step.comment else "")


def is_late(item: Item) -> bool:
    return item.is_late and item.sort != KNOW


def _parts(organisation: Place, rose: dict[Any, Step], waiting: list[Item]) -> list[Part]:
    homes = queries.directorates(organisation)
    parts = {each.path: Part(each.name) for each in homes}
    elsewhere = Part(_("Elsewhere in the organisation"))

    def part_of(place: Place) -> Part:
        return next((part for path, part in parts.items() if place.path.startswith(path)), elsewhere)

    for step in rose.values():
        part_of(step.item.place).rose.append(Line(step.item, SORTS[step.item.sort], sentence_of(step)))
    for item in waiting:
        part = part_of(item.place)
        if is_late(item):
            part.late.append(_dated(item, _("It was due %(when)s.")))
        elif item.pk not in rose:
            part.waits.append(_dated(item, _("An answer is due %(when)s.")))
    return [*parts.values(), elsewhere]


def _dated(item: Item, words: str) -> Line:
    return Line(item, SORTS[item.sort], words % {"when": by_when(item.due_at)} if item.due_at else "")
