"""The headings of this room's forms: what each is for, and its button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

SAVE = _("Save")


@dataclass(frozen=True)
class Heading:
    """Above a form: what it does, why, and the words on its button."""

    title: Any
    why: Any
    button: Any = SAVE


END = Heading(
    _("How it ends"),
    _(
        "Ending is part of the work. Say why, and what is kept: the next team begins there."
        " Its team is told, and thanked."
    ),
    _("Save, and thank the team"),
)
TEAM = Heading(
    _("The team"),
    _("Who does it together. Have somebody in it who was a patient or a carer, or whose day it changes."),
    _("Add to the team"),
)
HOURS = Heading(
    _("Hours the team had"),
    _("One number for the month is enough. What is missing is owed to the team: it is never held against it."),
)
NEXT_TEST = Heading(
    _("Plan the next test"),
    _(
        "One change, as small as can be. Say what you think will happen before you begin:"
        " then you will know what you learned."
    ),
)
TRY_IDEA = Heading(
    _("Try it as a small test"),
    _("As small as can be: one person, one day. Say what you think will happen before you begin."),
)
STUDY = Heading(
    _("What happened?"),
    _("Put what happened beside what you thought. A wrong guess teaches as much as a right one."),
)
DECIDE = Heading(
    _("What now?"),
    _("Adopt it, adapt it, expand it or abandon it. To abandon something that did not work is a good result."),
    _("Decide"),
)
FAILURE = Heading(
    _("Tell of a fabulous failure"),
    _(
        "So that others need not find out again. It is kept in your team until your team publishes it."
        " Was somebody harmed, or nearly? Report that by the trust’s incident route (LFPSE), not here."
    ),
)
