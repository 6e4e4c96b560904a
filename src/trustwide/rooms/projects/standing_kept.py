"""Where projects stand, kept with them: worked out for any number of them in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

import numpy as np
from django.utils.timezone import localtime

from trustwide.engines.spc.model import Series
from trustwide.engines.spc.words import since
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.measures.queries import charts_of
from trustwide.rooms.people.clock import today
from trustwide.rooms.projects.models import Member, Project, ProjectMeasure, TestOfChange
from trustwide.rooms.projects.standing import DROPPED, PLANNED, Facts, Standing, Told, standing_of

ROWS_AT_ONCE = 500


_waiting: ContextVar[dict[Any, Project] | None] = ContextVar("projects to look at together", default=None)


@contextmanager
def standings_together() -> Iterator[None]:
    """Within it, where projects stand is worked out once, at the end: for a load of much, undone whole if it fails."""
    kept: dict[Any, Project] = {}
    token = _waiting.set(kept)
    try:
        yield
    finally:
        _waiting.reset(token)
    keep_standing(list(kept.values()))


def keep_standing(projects: list[Project]) -> None:
    """Work out anew where they stand, in the transaction of whatever changed."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update({each.pk: each for each in projects})
        return
    now_they_are = list(Project.objects.filter(pk__in=[each.pk for each in projects]))
    for each, standing in zip(now_they_are, standings(now_they_are), strict=True):
        each.stands, each.scale = standing.words[:300], standing.scale
    if len(now_they_are) == 1:
        only = now_they_are[0]
        Project.objects.filter(pk=only.pk).update(stands=only.stands, scale=only.scale)
    else:
        Project.objects.bulk_update(now_they_are, ["stands", "scale"], ROWS_AT_ONCE)
    kept = {each.pk: each for each in now_they_are}
    for each in projects:
        each.stands, each.scale = kept[each.pk].stands, kept[each.pk].scale


def standings(projects: list[Project]) -> list[Standing]:
    """Where each stands. Six queries."""
    ids = [each.pk for each in projects]
    teams = set(Member.objects.filter(project__in=ids).values_list("project", flat=True))
    tests: dict[Any, list[TestOfChange]] = defaultdict(list)
    for test in TestOfChange.objects.filter(of_project__in=ids).order_by("number"):
        tests[test.of_project_id].append(test)
    first = ProjectMeasure.objects.filter(project__in=ids, position=0).values_list("project", "measure")
    measure_of = dict(first)
    measures = Measure.objects.filter(pk__in=set(measure_of.values()))
    charts = charts_of(measures)
    return [
        standing_of(facts_of(each, tests[each.pk], each.pk in teams, charts.get(measure_of.get(each.pk))))
        for each in projects
    ]


def facts_of(project: Project, tests: list[TestOfChange], has_team: bool, series: Series | None) -> Facts:
    """What `standing_of` looks at, of one project."""
    began = [localtime(each.started_at).date() for each in tests if each.started_at]
    first = min(began, default=None)
    better, worse = _turns(series) if series is not None else (None, None)
    return Facts(
        today=today(),
        size=project.size,
        stage=project.stage,
        has_aim=bool(project.aim or project.trying),
        has_team=has_team,
        tests=[Told(each.stage, each.afterwards, each.act) for each in tests],
        steady=series is not None and len(series.values) > 0,
        better_since=better,
        worse_since=worse,
        first_test=first,
        meets_target=series is not None and series.assurance == "pass",
    )


def has_run(test: TestOfChange) -> bool:
    return test.stage not in (PLANNED, DROPPED)


def _turns(series: Series) -> tuple[date | None, date | None]:
    """The days around which a chart began to be better, and worse: by a signal in its newest limits, or by those
    limits themselves, where they were reset and stand on another level than the ones before.
    """
    begun = since(series)
    if begun is not None and series.variation.startswith(("improvement", "concern")):
        day = _day(begun)
        return (day, None) if series.variation.startswith("improvement") else (None, day)
    return _by_new_limits(series)


def _by_new_limits(series: Series) -> tuple[date | None, date | None]:
    starts = np.flatnonzero(np.diff(series.segments)) + 1
    if not len(starts) or series.settings.improvement == "neutral":
        return None, None
    at = int(starts[-1])
    change = float(series.centre[at] - series.centre[at - 1])
    spread = (
        float(series.upper[at - 1] - series.centre[at - 1]) / 3 if series.upper[at - 1] == series.upper[at - 1] else 0
    )
    if change != change or abs(change) <= abs(spread):
        return None, None
    good = (change > 0) == (series.settings.improvement == "increase")
    return (_day(series.dates[at]), None) if good else (None, _day(series.dates[at]))


def _day(moment: Any) -> date:
    day: date = moment.astype("datetime64[D]").item()
    return day
