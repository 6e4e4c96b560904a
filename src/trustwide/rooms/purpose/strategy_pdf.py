"""The strategy as one printed A4 page: a tagged PDF (PDF/UA-1) with the words of the screen, in their order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from trustwide.design.typesetting import typeset
from trustwide.rooms.purpose.strategy_page import StrategyPage

PAGE = Path(__file__).parent / "strategy.typ"


def strategy_as_pdf(page: StrategyPage) -> bytes:
    """The bytes of the PDF. Text is passed as data, so nothing typed can be read as markup."""
    return typeset(PAGE, {"page": json.dumps(_content(page))})


def _content(page: StrategyPage) -> dict[str, Any]:
    strategy = page.strategy
    return {
        "title": _("%(name)s: our strategy on a page") % {"name": page.organisation.name},
        "name": page.organisation.name,
        "purpose": strategy.title,
        "heads": heads(page),
        "voices": [[who, said] for who, said in page.voices],
        "method": strategy.method,
        "expect": strategy.expect,
        "values": [[each.title, each.in_method] for each in page.values],
        "aims": [
            {"title": each.objective.title, "why": each.why, "beside": " · ".join(each.beside)} for each in page.aims
        ],
        "from": _("In use since %(day)s") % {"day": f"{localdate(strategy.created_at):%-d %B %Y}"},
    }


def heads(page: StrategyPage) -> dict[str, str]:
    """The headings, the same on screen and paper."""
    return {
        "voices": _("Why we are here"),
        "method": page.strategy.method_name or _("How we get better"),
        "values": _("Our values, and how they show in it"),
        "expect": _("What we expect of each other"),
        "aims": _("What we want to get better at now"),
    }
