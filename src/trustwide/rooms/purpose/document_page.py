"""What the page of a checked document shows: what it carries, where it says so, and words for what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trustwide.engines.matching import Found, Passage, drafts
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.purpose import queries
from trustwide.rooms.purpose.access import can_check_again
from trustwide.rooms.purpose.document_reading import value_sought
from trustwide.rooms.purpose.models import CONTRACT, DocumentCheck, Objective, Value
from trustwide.rooms.purpose.record_parts import lines_of

LOOK_EVERY = 4  # seconds, while it is being read
SUPPORT = gettext_lazy("A part in improving our work")
SUPPORT_SHOWS = gettext_lazy("People give ideas, try small changes, look at measures, and get the time for it")
LONG = timedelta(minutes=3)  # by then somebody should have read it


@dataclass(frozen=True)
class Quote:
    """A passage of the document, and the number of its sentence in it."""

    text: str
    sentence: int


@dataclass(frozen=True)
class Line:
    """One thing that was looked for: what it is called, how it shows, and where the document says so."""

    record: Any  # a value or an objective; None is a part in improving
    title: str
    shows_in: list[str]
    count: int
    quotes: list[Quote]

    @property
    def carried(self) -> bool:
        return self.count > 0

    @property
    def words(self) -> str:
        if not self.carried:
            return _("Not found")
        return ngettext("Found in %(num)s place", "Found in %(num)s places", self.count) % {"num": self.count}

    @property
    def more(self) -> int:
        return self.count - len(self.quotes)


def of_check(person: Person, check: DocumentCheck) -> dict[str, Any]:
    """Five queries at the most. What the reader may not see of values and objectives is left out."""
    if check.text:
        late = now() - check.updated_at > LONG
        nothing = dict.fromkeys(("change", "comment", "redact", "see_audit"), False)  # nothing to type: it turns itself
        return {"waits": True, "late": late, "may": nothing, **({} if late else {"look_again_in": LOOK_EVERY})}
    if check.read_at is None:
        return {"unread": True, **_further(person, check)}
    values, support, aims = lines_of_check(person, check)
    asked = [*values, support]
    return {
        "asked": asked,
        "aims": aims,
        "values": values,
        "sentences": _sentences(values, support),
        "drafts": [*_drafts(values, support), *_draft_of_aims(aims)],
        "is_contract": check.sort == CONTRACT,
        **_further(person, check),
    }


def _sentences(values: list[Line], support: Line) -> list[str]:
    carried = [each.title for each in values if each.carried]
    missing = [each.title for each in values if not each.carried]
    counts = {"some": len(carried), "all": len(values)}
    said = [_("It carries %(some)s of our %(all)s values.") % counts if values else _("There is no value to look for.")]
    asks = _("It asks people to help improve our work.")
    said.append(asks if support.carried else _("It does not ask people to help improve our work."))
    return [*said, *([_("Not found: %(names)s.") % {"names": ", ".join(missing)}] if missing else [])]


def _further(person: Person, check: DocumentCheck) -> dict[str, Any]:
    earlier, later = queries.checks_around(person, check)
    same = bool(earlier and earlier.digest and earlier.digest == check.digest)
    return {"earlier": earlier, "later": later, "same": same, "may_check": can_check_again(person, check)}


def lines_of_check(person: Person, check: DocumentCheck) -> tuple[list[Line], Line, list[Line]]:
    """The values, a part in improving, and the objectives, each in the order in which they were looked for."""
    found = check.found
    values = _readable(Value, person, found.get("values", []))
    aims = _readable(Objective, person, found.get("aims", []))
    support = _line(check, found.get("support", {}), None, str(SUPPORT), [str(SUPPORT_SHOWS)])
    return (
        [_line(check, told, each, each.title, lines_of(each.behaviours)) for each, told in values],
        support,
        [_line(check, told, each, each.title, []) for each, told in aims],
    )


def _readable(model: Any, person: Person, told: list[dict[str, Any]]) -> list[tuple[Any, dict[str, Any]]]:
    seen = model.objects.visible_to(person).filter(pk__in=[each["id"] for each in told])
    records = {str(each.pk): each for each in seen.select_related("organisation", "place")}
    return [(records[each["id"]], each) for each in told if each["id"] in records]


def _line(check: DocumentCheck, told: dict[str, Any], record: Any, title: str, shows_in: list[str]) -> Line:
    """Quotations that were blanked since are left out."""
    lines, where = check.quotes.splitlines(), check.found.get("where", [])
    whole = len(lines) == len(where)
    quotes = [Quote(lines[each], where[each]) for each in told.get("quoted", []) if whole]
    return Line(record, title, shows_in, told.get("count", 0), quotes)


def _drafts(values: list[Line], support: Line) -> list[tuple[str, str]]:
    """What is missing, and sentences that would say it."""
    carried: dict[str, list[Passage]] = {each.title: [] for each in values if each.carried}
    found = Found(carried, [Passage("", 0, 0)] * support.carried)
    made = drafts([value_sought(each.record) for each in values], found)
    return [(each.value or support.title, " ".join(each.sentences)) for each in made]


def _draft_of_aims(aims: list[Line]) -> list[tuple[str, str]]:
    """A document need not speak of each objective: words for one are offered where it speaks of none."""
    if not aims or any(each.carried for each in aims):
        return []
    said = _("You help with what we want to get better at now, such as “%(title)s”.") % {"title": aims[0].title}
    return [(_("One of our objectives"), said)]


def check_fact(check: DocumentCheck) -> str:
    """One line for lists."""
    if not check.read_at:
        return _("It waits to be read") if check.text else ""
    told = check.found.get("values", [])
    numbers = {"some": sum(each["count"] > 0 for each in told), "all": len(told)}
    if check.found.get("support", {}).get("count"):
        return _("Carries %(some)s of %(all)s values, and asks people to help improve our work") % numbers
    return _("Carries %(some)s of %(all)s values, and does not ask people to help improve our work") % numbers
