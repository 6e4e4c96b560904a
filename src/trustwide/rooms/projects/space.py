"""Room to improve: the hours that were promised to teams, and those that they had."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import DIRECTORATE, Place
from trustwide.rooms.projects.models import HoursHad, Project

MONTHS = 3


def gap_of(project: Project) -> str:
    """Promised against had, in a sentence; whoever promised owes it, never the team."""
    if not project.promised_hours:
        return ""
    by = project.promised_by or _("nobody by name")
    told = {"promised": project.promised_hours, "by": by, "cover": project.covered_by}
    said = _("%(promised)s hours a month were promised to the team, by %(by)s.") % told
    if project.covered_by:
        said += " " + _("Who covers: %(cover)s.") % told
    if project.hours_month is None or project.hours_had is None:
        return said + " " + _("Nobody has written yet how many it had.")
    month, had = f"{project.hours_month:%B %Y}", project.hours_had
    if had >= project.promised_hours:
        return said + " " + _("In %(month)s it had %(had)s.") % {"month": month, "had": had}
    owed = project.promised_hours - had
    return said + " " + _("In %(month)s it had %(had)s: %(owed)s are owed to it.") % {
        "month": month, "had": had, "owed": owed,
    }  # fmt: skip


@dataclass
class Row:
    """One directorate: the hours that its teams were promised and had in the months that they told of."""

    name: str
    promised: int = 0
    had: int = 0
    months: int = 0
    projects: set[Any] = field(default_factory=set)

    @property
    def owed(self) -> int:
        return max(0, self.promised - self.had)

    @property
    def sentence(self) -> str:
        told = {"promised": self.promised, "had": self.had, "owed": self.owed}
        if self.owed:
            return _("%(promised)s hours promised, %(had)s given: %(owed)s are owed.") % told
        return _("%(promised)s hours promised, %(had)s given: the promise was kept.") % told


@dataclass(frozen=True)
class Space:
    rows: list[Row]
    untold: int  # projects with a promise of which no month was told
    since: date


def space_of(person: Person, organisation: Place, since: date) -> Space:
    """By directorate, in the order of their names: never by team. Three queries, whatever is there."""
    promised = Project.objects.visible_to(person).filter(organisation=organisation, promised_hours__gt=0)
    projects = {each.pk: each for each in promised.select_related("place")}
    directorates = list(Place.objects.filter(organisation=organisation, level=DIRECTORATE))
    rows: dict[str, Row] = {}
    told = set()
    for had in HoursHad.objects.filter(project__in=promised, month__gte=since):
        project = projects[had.project_id]
        name = _directorate(project.place, directorates) or _("The organisation as a whole")
        row = rows.setdefault(name, Row(name))
        row.promised += project.promised_hours or 0
        row.had += had.hours
        row.months += 1
        row.projects.add(project.pk)
        told.add(project.pk)
    untold = sum(each.closed_at is None and pk not in told for pk, each in projects.items())
    return Space([rows[name] for name in sorted(rows)], untold, since)


def _directorate(place: Place, directorates: list[Place]) -> str:
    return next((each.name for each in directorates if each.holds(place)), "")
