"""What the room sees to by itself when a project or a test is written, in the transaction that writes it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.access import can_add
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS, NotNow
from trustwide.rooms.projects.models import BIG, SMALL_TEST, Project, TestOfChange
from trustwide.rooms.projects.standing import DROPPED, HANDED_OVER, LIVE, PAUSED, STOPPED, standing_of
from trustwide.rooms.projects.standing_kept import facts_of, keep_standing

SAY_WHY = _("Say why, with the button “How it ends”.")
SAY_TO_WHOM = _("Say whom it is handed to, with the button “How it ends”.")
NO_STOP = _("Say what would make you stop it, and by which day you decide. Then it can begin.")


def enter_project(project: Project, stage: str) -> None:
    """NotNow where something big would go on with no word on when it stops, or end with no reason."""
    if stage == LIVE and project.size in BIG and not (project.stop_rule and project.stop_on):
        raise NotNow(NO_STOP)
    if stage in (PAUSED, STOPPED, HANDED_OVER) and not project.end_reason:
        raise NotNow(SAY_WHY)
    if stage == HANDED_OVER and not project.handed_to:
        raise NotNow(SAY_TO_WHOM)


def begin_project(project: Project) -> None:
    """A new one has neither team nor test, so that nothing need be asked."""
    standing = standing_of(facts_of(project, [], has_team=False, series=None))
    project.stands, project.scale = standing.words, standing.scale


def look_at_project(project: Project) -> None:
    """A small test gets the test that it is; what was changed is looked at anew."""
    if project.size == SMALL_TEST and project.trying and not project.tests.exists():
        _first_test(project)
    elif project.version > 1:
        keep_standing([project])


def _first_test(project: Project) -> None:
    by, kind = project.updated_by, KINDS[TestOfChange._meta.label_lower]
    if not can_add(by, kind, project.place):
        return
    fields: dict[str, Any] = {"title": project.title, "trying": project.trying, "prediction": project.expect}
    fields |= {"stop_if": project.stop_rule, "sharing": project.sharing, "of_project": project, "number": 1}
    add_record(by=by, kind=kind, place=project.place, fields=fields, helps=project)
    keep_standing([project])


def look_at_test(test: TestOfChange) -> None:
    """One that is left out is no longer planned."""
    if test.stage == DROPPED and test.of_project:
        keep_standing([test.of_project])
