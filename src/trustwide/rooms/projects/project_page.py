"""What the page of a project shows beneath its title, in the order in which people ask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trustwide.engines.spc.model import Series
from trustwide.rooms.commons.access import can_change
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.models import Person
from trustwide.rooms.projects import queries
from trustwide.rooms.projects.access import can_tell, can_test, sees_predictions, team_of
from trustwide.rooms.projects.models import (
    ACTS,
    BENEFITS,
    BIG,
    DOES,
    LADDER,
    PARTS,
    RIGHT,
    SIZE_WORDS,
    Member,
    Project,
    TestOfChange,
)
from trustwide.rooms.projects.rigour import USUAL, words_of
from trustwide.rooms.projects.space import gap_of
from trustwide.rooms.projects.standing_kept import has_run

LONGEST_MARK = 90


@dataclass(frozen=True)
class Predictions:
    """How well a team foresees what happens: so many right, partly and wrong, and the run of them in words."""

    right: int
    partly: int
    wrong: int
    run: list[str]

    @property
    def count(self) -> int:
        return self.right + self.partly + self.wrong


def predictions_of(tests: list[TestOfChange]) -> Predictions:
    """Of the tests that say whether it came true; what was written afterwards is no prediction."""
    said = [each.right for each in tests if each.right and not each.afterwards]
    words = {"yes": _("yes"), "partly": _("partly"), "no": _("no")}
    return Predictions(said.count("yes"), said.count("partly"), said.count("no"), [words[each] for each in said])


def of_project(person: Person, project: Project) -> dict[str, Any]:
    """Aim, stop rule, chart with its tests, the test that runs, team, and what can be done."""
    tests = queries.tests_of(person, project)
    measures = queries.measures_of(person, project)
    series = queries.chart_of(measures[0]) if measures else None
    ran, team = [each for each in tests if has_run(each)], team_of(project)
    return {
        "size": SIZE_WORDS[project.size],
        "charter": charter_of(project, team),
        "missing": missing_of(project, team),
        "measures": measures,
        "series": marked(series, ran) if series is not None else None,
        "later": _later(series, ran) if series is not None else [],
        "tests": [(each, line_of(each)) for each in tests],
        "present": ran[-1] if ran else next((each for each in tests if each.stage == "planned"), None),
        "team": team,
        "ideas": queries.ideas_of(project),
        "space": gap_of(project),
        "predictions": predictions_of(ran) if sees_predictions(person, project) else None,
        "does": {
            "test": can_test(person, project),
            "tell": can_tell(person, project),
            "change": project.closed_at is None and can_change(person, project),
        },
    }


def line_of(test: TestOfChange) -> str:
    """Where a test of a series stands, in a few words."""
    words = [KINDS[test.kind].stage(test.stage).name]
    words += [_("prediction written afterwards")] if test.afterwards else []
    words += [_("another prediction written afterwards")] if test.rethought else []
    words += [_("came true: %(right)s") % {"right": str(RIGHT[test.right]).lower()}] if test.right else []
    words += [str(ACTS[test.act]).partition(":")[0]] if test.act else []
    return " · ".join(map(str, words))


def charter_of(project: Project, team: list[Member]) -> list[tuple[Any, str]]:
    """What was said of it, in the order in which people ask; each with its words. Sponsor and coach are in its team."""
    aim = ", ".join(filter(None, [project.aim, project.aim_for]))
    if aim and project.aim_by:
        aim = _("%(aim)s, by %(day)s") % {"aim": aim, "day": f"{project.aim_by:%-d %B %Y}"}
    step = _step(project)
    why = ": ".join(filter(None, [str(BENEFITS.get(project.benefit, "")), project.why]))
    said = [
        (_("Aim"), aim),
        (_("What we try"), project.trying),
        (_("Why it matters to people"), why),
        (_("Stop if"), project.stop_rule),
        (_("Stops, or says why it goes on, by"), f"{project.stop_on:%-d %B %Y}" if project.stop_on else ""),
        (_("People with lived experience"), " ".join(filter(None, [project.lived, step]))),
        (_("Who may gain less, or lose"), project.unequal),
        (_("What people need of anything digital in it"), project.digital_needs),
        *((DOES[does], _named(team, does)) for does in ("sponsor", "coach")),
        (_("Part of the organisation"), str(PARTS.get(project.part, ""))),
        (_("Money, last"), project.money),
    ]
    return [(label, words) for label, words in said if words]


def _named(team: list[Member], does: str) -> str:
    return ", ".join(each.person.name if each.person else each.name for each in team if each.does == does)


def _step(project: Project) -> str:
    """Where they stand on the ladder, and where they are to stand."""
    now, aim = (LADDER.get(each) for each in (project.step_now, project.step_aim))
    parts = [_("Now: %(step)s.") % {"step": str(now).lower()}] if now else []
    if aim and aim != now:
        parts.append(_("We want: %(step)s.") % {"step": str(aim).lower()})
    return " ".join(parts)


def missing_of(project: Project, team: list[Member]) -> list[Any]:
    """What its size usually asks, and nobody has said: honest gaps, not faults."""
    open_ones = [] if project.closed_at else USUAL[project.size]
    wanted = [name for name in open_ones if name not in ("trying", "expect", "digital_needs", "money", "ideas")]
    parts = ("sponsor", "coach") if open_ones and project.size in BIG else ()
    unnamed = [DOES[does] for does in parts if not _named(team, does)]
    return [*(words_of(name) for name in wanted if getattr(project, name) in ("", None)), *unnamed]


def marked(series: Series, tests: list[TestOfChange]) -> Series:
    """A chart with each test at the point of the days in which it began, beside the notes that it has.

    A point stands for the days from its own to the next one. What began before the first, or once the days of the last
    are over, has no point: a change there would be none of its doing.
    """
    notes = dict(series.notes)
    for each in tests:
        day = _day_begun(each)
        at = int(np.searchsorted(series.dates, day, side="right")) - 1
        if at < 0 or day >= _end(series.dates):
            continue
        told = {"number": each.number, "day": f"{day.item():%-d %B}", "what": _short(each.title)}
        words = _("Test %(number)s began on %(day)s: %(what)s") % told
        notes[at] = "; ".join(filter(None, [notes.get(at, ""), words]))
    return replace(series, notes=notes)


def _later(series: Series, tests: list[TestOfChange]) -> list[TestOfChange]:
    """The tests that began after all numbers that there are."""
    return [each for each in tests if len(series.dates) and _day_begun(each) >= _end(series.dates)]


def _day_begun(test: TestOfChange) -> Any:
    return np.datetime64(localtime(test.started_at).date())


def _end(dates: Any) -> Any:
    """The day after the last point's days, of which there are as many as the point before had."""
    return dates[-1] + (dates[-1] - dates[-2] if len(dates) > 1 else np.timedelta64(1, "D"))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_MARK else f"{words[: LONGEST_MARK - 1].rsplit(' ', 1)[0]}…"


def project_fact(project: Project) -> str:
    """Its size, and where it stands: as its team sees it, where that is said."""
    if project.says:
        return _("%(size)s. The team says: %(words)s") % {"size": SIZE_WORDS[project.size], "words": project.says}
    stage = KINDS[project.kind].stage(project.stage).name  # said beside it wherever this is
    return f"{SIZE_WORDS[project.size]}. {project.stands.removeprefix(f'{stage}. ')}"


def again_words(project: Project) -> str:
    """What it would take to try it again, and who has it now."""
    now = _("It was handed to: %(whom)s.") % {"whom": project.handed_to} if project.handed_to else ""
    return " ".join(filter(None, [project.again_if, now]))


def hours_words(hours: int) -> str:
    return ngettext("%(num)s hour a week freed", "%(num)s hours a week freed", hours) % {"num": hours}
