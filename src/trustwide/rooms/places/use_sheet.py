"""Using a file that was looked at: its changes are made once, all of them or none."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from trustwide.engines.sheets import Problem
from trustwide.rooms.people.models import Person
from trustwide.rooms.places import actions_sheets
from trustwide.rooms.places.models import KeptSheet
from trustwide.rooms.places.sheet_rows import Plan


def use_sheet(*, by: Person, sheet: KeptSheet, how: Any, plan: Plan, **asked: Any) -> bool:
    """Make the changes of a file, and let the file go; False where another press did so already."""
    try:
        return _use(by, sheet, how, plan, asked)
    except IntegrityError:
        message = _("Somebody changed the same things at this moment.")
        plan.problems.append(Problem(message, _("Send the file again.")))
        return True


@transaction.atomic
def _use(by: Person, sheet: KeptSheet, how: Any, plan: Plan, asked: dict[str, Any]) -> bool:
    if not plan.errors and not actions_sheets.spend_sheet(by=by, sheet=sheet):
        return False
    how.carry_out(by=by, organisation=sheet.organisation, plan=plan, **asked)
    if plan.errors:
        transaction.set_rollback(True)
    return True
