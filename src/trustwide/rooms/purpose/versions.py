"""The strategy page as it stood on two days, side by side, with what changed in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from trustwide.engines.text import compare
from trustwide.rooms.commons.models import Record, Version
from trustwide.rooms.commons.queries import could_read
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose.models import Objective, Strategy, Value

KINDS = {model._meta.label_lower: model for model in (Strategy, Value, Objective)}
TOLD = {
    Strategy: (
        "title", "colleagues", "patients", "service_users", "local_people", "method_name", "method", "expect",
    ),
    Value: ("title", "behaviours", "in_method"),
    Objective: ("title",),
}  # fmt: skip
MOST_DAYS = 100

Page = dict[tuple[str, str], tuple[str, str]]  # part (record or "", field): what it is called, and what it said


@dataclass(frozen=True)
class Row:
    """One part of the page on both days: its parts in order, each with whether the other day has something else."""

    label: str
    before: list[tuple[str, bool]]
    after: list[tuple[str, bool]]

    @property
    def changed(self) -> bool:
        return any(marked for _words, marked in (*self.before, *self.after))


@dataclass(frozen=True)
class SideBySide:
    days: list[date]  # on which anything changed, the newest first
    before: date | None
    after: date | None
    rows: list[Row]
    sentences: list[str]


def side_by_side(person: Person, organisation: Place, asked: dict[str, str]) -> SideBySide:
    """What `person` may read today, as it stood at the end of each day: the last change and the one before it,
    where the days asked for make no sense. Two queries.
    """
    kept = _versions(person, organisation)
    days = sorted(set(_days_of_change(kept)), reverse=True)[:MOST_DAYS]
    if not days:
        return SideBySide([], None, None, [], [])
    by_text = {each.isoformat(): each for each in days}
    after = by_text.get(asked.get("after", ""), days[0])
    earlier = [each for each in days if each < after]
    before = by_text.get(asked.get("before", ""), earlier[0] if earlier else after)
    then, now = _page_on(kept, before), _page_on(kept, after)
    return SideBySide(days, before, after, list(_rows(then, now)), list(_sentences(then, now)))


def _versions(person: Person, organisation: Place) -> list[Version]:
    readable = Record.objects.visible_to(person).filter(place=organisation, kind__in=KINDS)
    records, could = {each.pk: each for each in readable}, could_read(person)
    versions = Version.objects.filter(record__in=list(records)).order_by("at", "number")
    found = [each for each in versions if could(records[each.record_id], each)]
    for each in found:
        each.model = KINDS[records[each.record_id].kind]  # type: ignore[attr-defined]
    return found


def _days_of_change(kept: Iterable[Version]) -> Iterable[date]:
    """The days on which the page said something else than before: not those of a talk, or of a new owner."""
    said: dict[Any, Any] = {}
    for each in kept:
        names = TOLD[each.model]  # type: ignore[attr-defined]
        now = [each.fields.get(name) for name in names] if each.stage == "live" else None
        if said.get(each.record_id) != now:
            yield _day(each)
        said[each.record_id] = now


def _day(version: Version) -> date:
    return localtime(version.at).date()


def _page_on(kept: Iterable[Version], day: date) -> Page:
    """Each part of the page as its last version up to the end of that day has it; only what was in use then."""
    last: dict[Any, Version] = {}
    for each in kept:
        if _day(each) <= day:
            last[each.record_id] = each
    live: dict[Any, list[Version]] = defaultdict(list)
    for each in last.values():
        if each.stage == "live":
            live[each.model].append(each)  # type: ignore[attr-defined]
    page: Page = {}
    for model in (Strategy, Value, Objective):
        for each in live[model][-1:] if model is Strategy else live[model]:
            record = "" if model is Strategy else str(each.record_id)
            for name in TOLD[model]:
                page[record, name] = (_label(model, name), each.fields.get(name) or "")
    return page


def _label(model: Any, name: str) -> str:
    own = {(Strategy, "title"): _("our purpose"), (Value, "title"): _("value"), (Objective, "title"): _("objective")}
    words = str(own.get((model, name)) or model._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]


def _rows(then: Page, now: Page) -> Iterable[Row]:
    for key in {**then, **now}:
        before, after = then.get(key, ("", ""))[1], now.get(key, ("", ""))[1]
        if before or after:
            yield Row(now.get(key, then.get(key, ("", "")))[0], *compare(before, after))


def _sentences(then: Page, now: Page) -> Iterable[str]:
    """What changed, in words: what came, what went, and what is said otherwise."""
    for key in {**then, **now}:
        label, before = then.get(key, ("", ""))
        label, after = now.get(key, (label, ""))
        if key[1] == "title" and key[0] and bool(before) != bool(after):
            words = _("%(part)s added: %(title)s") if after else _("%(part)s no longer there: %(title)s")
            yield words % {"part": label, "title": after or before}
        elif before != after and (not key[0] or (key in then and key in now)):
            yield _("%(part)s says something else.") % {"part": label}
