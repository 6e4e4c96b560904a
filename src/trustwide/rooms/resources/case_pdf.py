"""A mini business case as one printed A4 page: a tagged PDF with the words of the screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from trustwide.design.typesetting import typeset
from trustwide.rooms.resources import queries
from trustwide.rooms.resources.agreement import standing_of
from trustwide.rooms.resources.case_page import asks_of, lines_of, state_words
from trustwide.rooms.resources.models import NOT_CASH, Case

PAGE = Path(__file__).parent / "case.typ"


def case_as_pdf(case: Case) -> bytes:
    """The bytes of the PDF. Text is passed as data, so nothing typed can be read as markup."""
    return typeset(PAGE, {"page": json.dumps(_content(case))})


def _content(case: Case) -> dict[str, Any]:
    benefits = queries.benefits_of(case)
    numbers = standing_of(case, benefits, case.agreements.select_related("by").first())
    agreed = state_words(numbers)
    if numbers.state == "agreed" and numbers.last:
        agreed = _("%(name)s agreed to the numbers on %(day)s") % {
            "name": numbers.last.by.name,
            "day": f"{localdate(numbers.last.at):%-d %B %Y}",
        }
    return {
        "title": case.title,
        "place": case.place.name,
        "texts": [
            [_("The problem"), case.trouble],
            [_("What we ask for"), case.ask],
            [_("In numbers"), " · ".join(asks_of(case)) or _("nothing")],
            [_("Tried out first"), _("for %(weeks)s weeks") % {"weeks": case.test_weeks}],
            [_("What could get worse"), case.worse],
        ],
        "heads": [_("What it brings"), _("Low"), _("Likely"), _("High"), _("After 6"), _("After 12")],
        "benefits": [
            {
                "kind": str(each.sort),
                "what": f"{each.benefit.what} ({each.benefit.unit})",
                "measured": each.benefit.measured,
                "cells": [cell or "–" for cell in each.cells],
            }
            for each in lines_of(benefits)
        ],
        "measured": _("Measured by"),
        "agreed": str(agreed),
        "not_cash": _not_cash() if any(each.sort in NOT_CASH for each in benefits) else _never_added(),
    }


def _not_cash() -> str:
    return _("Saved time is not money unless a budget line falls. Kinds of benefit are never added up.")


def _never_added() -> str:
    return _("Kinds of benefit are never added up.")
