"""Where a project stands, in words worked out from its record: pure, so that every record can be tried on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trustwide.rooms.projects.models import JUST_DO_IT

PLANNED, RUNNING, STUDIED, DONE, DROPPED = TEST_STAGES = ("planned", "running", "studied", "done", "dropped")
LIVE, PAUSED, ENDED_WELL, STOPPED, HANDED_OVER = ("live", "paused", "done", "stopped", "handed-over")
#: A change that has stood on the chart for as many months is held.
HELD_FOR = 6


@dataclass(frozen=True)
class Told:
    """What one test says: how far it came, whether its prediction was written afterwards, what was decided."""

    stage: str
    afterwards: bool = False
    act: str = ""


@dataclass(frozen=True)
class Facts:
    """All that is looked at. `better_since` is the day around which its chart began to improve, `worse_since` the
    other way; `steady` says that a chart is there and shows neither.
    """

    today: date
    size: str = "project"
    stage: str = LIVE
    has_aim: bool = False
    has_team: bool = False
    tests: list[Told] = field(default_factory=list)
    steady: bool = False
    better_since: date | None = None
    worse_since: date | None = None
    first_test: date | None = None
    meets_target: bool = False


@dataclass(frozen=True)
class Standing:
    """In words; and on the scale of progress of the Institute for Healthcare Improvement, 0.5 to 5, for export."""

    words: str
    scale: float | None


def standing_of(facts: Facts) -> Standing:
    """Where it stands.

    >>> standing_of(Facts(date(2026, 5, 4), has_aim=True, has_team=True)).words
    'Charter and team, no test yet'
    """
    if facts.size == JUST_DO_IT:
        return Standing(_ended(facts) or _("Being done"), None)
    words, scale = _work(facts)
    ended = _ended(facts)
    return Standing(f"{ended}. {words}" if ended else words, scale)


def _ended(facts: Facts) -> str:
    named: dict[str, Any] = {
        PAUSED: _("Paused"), ENDED_WELL: _("Done"), STOPPED: _("Stopped"), HANDED_OVER: _("Handed over"),
    }  # fmt: skip
    return str(named.get(facts.stage, ""))


def _work(facts: Facts) -> tuple[str, float]:
    ran = [each for each in facts.tests if each.stage not in (PLANNED, DROPPED)]
    studied = [each for each in ran if each.stage in (STUDIED, DONE)]
    if not ran:
        return _before_tests(facts)
    if not studied:
        return _("The first test is running"), 2.0
    chart, scale = _chart(facts)
    return f"{_tested(studied, facts)}; {chart}", scale


def _before_tests(facts: Facts) -> tuple[str, float]:
    if any(each.stage == PLANNED for each in facts.tests):
        return _("The first test is planned"), 1.5
    if facts.has_aim and facts.has_team:
        return _("Charter and team, no test yet"), 1.0
    if facts.has_aim:
        return _("Charter, no team yet"), 0.5
    return _("An intent, no charter yet"), 0.5


def _tested(studied: list[Told], facts: Facts) -> str:
    """How many were studied, and of how many the prediction came late. How well a team predicts is for the team."""
    testing = _("Testing") if facts.stage == LIVE else _("Tested")
    said = ngettext("%(num)s test studied", "%(num)s tests studied", len(studied)) % {"num": len(studied)}
    late = sum(each.afterwards for each in studied)
    words = ngettext("%(num)s prediction written afterwards", "%(num)s predictions written afterwards", late) % {
        "num": late
    }
    return f"{testing}; {said}, {words}" if late else f"{testing}; {said}"


def _chart(facts: Facts) -> tuple[str, float]:
    """What the chart shows since the first test, and how far that is on the scale."""
    since = facts.better_since
    if since and (facts.first_test is None or since < facts.first_test):
        return _("the chart was getting better before the first test"), 2.5
    if since:
        months = _months(since, facts.today)
        told = {"month": date_format(since, "F Y"), "months": months}
        if months < HELD_FOR:
            return _("the chart shows improvement since %(month)s") % told, 3.5 if months >= 3 else 3.0
        words = _("the chart shows improvement since %(month)s, held for %(months)s months") % told
        return words, 5.0 if months >= 2 * HELD_FOR and facts.meets_target else 4.5
    if facts.worse_since:
        return _("the chart shows a change for the worse since %(month)s") % {
            "month": date_format(facts.worse_since, "F Y")
        }, 2.5
    return (_("the chart shows no change yet"), 2.5) if facts.steady else (_("no chart tells yet"), 2.0)


def _months(start: date, end: date) -> int:
    """Whole months from one day to another."""
    return max(0, (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day))
