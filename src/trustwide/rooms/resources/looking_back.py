"""Did it happen? When a case is looked back at, and what stage that allows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.people.clock import today
from trustwide.rooms.resources.dates import months_after
from trustwide.rooms.resources.models import LOOKS, Benefit, Case, Seen

WRITTEN, GOING, DONE, DROPPED = "written", "going", "done", "dropped"
EARLY = timedelta(days=28)
NO_BENEFIT = gettext_lazy("Say first what it is thought to bring: add one benefit with its numbers.")
NOT_LOOKED = gettext_lazy("It is looked back at after 6 and 12 months. That is still to come.")
ALL_SEEN = gettext_lazy("It was looked back at after 6 and 12 months. What was seen stands beside what we thought.")
GOING_ALREADY = gettext_lazy("It goes ahead already. Look back at it, or say that it is not taken up.")


def enter(case: Case, stage: str) -> None:
    """NotNow where it may not go there. Going ahead writes down the day, from which the looks back are counted."""
    if stage == GOING:
        if case.began_on is not None:
            raise NotNow(GOING_ALREADY)
        if not case.benefits.exists():
            raise NotNow(NO_BENEFIT)
        case.began_on = today()
        case.next_review = months_after(case.began_on, LOOKS[0])
    if stage == WRITTEN and case.began_on is not None:
        raise NotNow(GOING_ALREADY)
    if stage == DONE and not Seen.objects.filter(benefit__case=case.pk, months=LOOKS[-1]).exists():
        raise NotNow(NOT_LOOKED)


def next_look(benefits: Iterable[Benefit]) -> int | None:
    """After how many months the next look back comes; None where both are done. `seen` is loaded with them."""
    done = {seen.months for each in benefits for seen in each.seen.all()}
    return next((months for months in LOOKS if months not in done), None)


def day_of(case: Case, months: int) -> date:
    """The day of a look back; `case` goes ahead."""
    return months_after(case.began_on or today(), months)


def is_time(case: Case, months: int | None) -> bool:
    """From four weeks before its day."""
    return case.stage == GOING and months is not None and day_of(case, months) - EARLY <= today()


def too_early(case: Case, months: int | None) -> NotNow:
    if months is None:
        return NotNow(ALL_SEEN)
    if case.stage != GOING:
        return NotNow(NOT_LOOKED)
    day = date_format(day_of(case, months), "j F Y")
    return NotNow(_("It is too early: look back around %(day)s.") % {"day": day})


def said_of(benefit: Benefit, seen: Seen) -> str:
    """What was seen against what was thought, in a sentence."""
    told: dict[str, Any] = {"months": seen.months, "words": seen.words}
    if seen.value is None:
        return _("After %(months)s months nobody could tell.") % told
    told |= {"value": plain(seen.value), "unit": benefit.unit}
    if seen.value < benefit.low:
        return _("After %(months)s months we saw %(value)s %(unit)s: less than we thought.") % told
    if seen.value > benefit.high:
        return _("After %(months)s months we saw %(value)s %(unit)s: more than we thought.") % told
    return _("After %(months)s months we saw %(value)s %(unit)s: within what we thought.") % told


def thought_of(benefit: Benefit) -> str:
    told = {name: plain(getattr(benefit, name)) for name in ("low", "likely", "high")}
    return _("We think %(low)s to %(high)s %(unit)s, most likely %(likely)s.") % {**told, "unit": benefit.unit}


def plain(value: float) -> str:
    """A number as people write it.

    >>> plain(4.0), plain(2.5), plain(12000.0), plain(-3.0)
    ('4', '2.5', '12,000', '-3')
    """
    return f"{value:,.2f}".rstrip("0").rstrip(".")
