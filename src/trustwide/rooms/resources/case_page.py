"""What the page of a mini business case shows beneath its title, on the screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from trustwide.engines import words
from trustwide.rooms.commons.access import can_change
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.resources import access, looking_back, queries
from trustwide.rooms.resources.agreement import Standing, standing_of
from trustwide.rooms.resources.forms import PartnerForm
from trustwide.rooms.resources.models import LOOKS, NOT_CASH, SORTS, Benefit, Case
from trustwide.rooms.resources.range_picture import draw_range


@dataclass(frozen=True)
class Line:
    """One benefit as it is shown: by itself, never with another."""

    benefit: Benefit
    sort: Any
    picture: Markup
    thought: str
    seen: list[str]
    said: list[str]
    cells: list[str]


def lines_of(benefits: list[Benefit]) -> list[Line]:
    return [_line(each) for each in benefits]


def _line(benefit: Benefit) -> Line:
    seen = list(benefit.seen.all())
    by_months = {each.months: looking_back.plain(each.value) if each.value is not None else "–" for each in seen}
    thought = [looking_back.plain(getattr(benefit, name)) for name in ("low", "likely", "high")]
    return Line(
        benefit,
        SORTS[benefit.sort],
        draw_range(benefit),
        looking_back.thought_of(benefit),
        [looking_back.said_of(benefit, each) for each in seen],
        [each.words for each in seen if each.words],
        [*thought, *(by_months.get(months, "") for months in LOOKS)],
    )


def of_case(person: Person, case: Case) -> dict[str, Any]:
    benefits = queries.benefits_of(case)
    last = case.agreements.select_related("by").first()
    months = looking_back.next_look(benefits)
    writes = can_change(person, case)
    look_on = looking_back.day_of(case, months) if case.began_on and months else None
    return {
        "benefits": lines_of(benefits),
        "asks": asks_of(case),
        "numbers": standing_of(case, benefits, last),
        "partner": case.partner if case.partner_id else None,
        "may_agree": access.can_agree(person, case) and case.closed_at is None,
        "may_write": writes,
        "partner_form": _partner_form(person, case) if writes and case.closed_at is None else None,
        "months": months,
        "look_on": look_on,
        "look_is_late": look_on is not None and case.stage == looking_back.GOING and look_on < today(),
        "time_to_look": looking_back.is_time(case, months),
        "not_cash": any(each.sort in NOT_CASH for each in benefits),
        "money_first": money_first(case) if writes else "",
    }


def _partner_form(person: Person, case: Case) -> PartnerForm:
    return PartnerForm(queries.partners_to_choose(case, person), initial={"version": case.version})


def asks_of(case: Case) -> list[str]:
    """What is asked for, in words; what is not asked is left out."""
    told = []
    if case.hours:
        told.append(ngettext("%(n)s hour a week", "%(n)s hours a week", case.hours) % {"n": case.hours})
    if case.people:
        told.append(ngettext("%(n)s person", "%(n)s people", case.people) % {"n": case.people})
    if case.money:
        told.append(f"£{case.money:,}")
    return [*told, *([case.kit] if case.kit else [])]


def money_first(case: Case) -> str:
    """What to say to a writer who begins with money; "" where people come first."""
    found = [each for each in words.check(f"{case.title}\n{case.trouble}") if each.kind == "money"]
    return found[0].say_instead if found else ""


def state_words(numbers: Standing) -> Any:
    return {
        "nobody": _("Nobody has looked at the numbers yet"),
        "waits": _("The numbers wait to be agreed"),
        "agreed": _("The numbers are agreed"),
        "reopened": _("The numbers changed since they were agreed"),
    }[numbers.state]


def fact_of(case: Case) -> str:
    """What is asked for, on lists."""
    return _("Asks for: %(asks)s") % {"asks": ", ".join(asks_of(case))} if asks_of(case) else ""
