"""The page of all that waits for one person's answer, answerable in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.escalation import queries
from trustwide.rooms.escalation.forms import AnswerForm, next_days
from trustwide.rooms.escalation.models import SORTS, Item
from trustwide.rooms.escalation.when import by_when, when_written
from trustwide.rooms.places.models import Place

MOST = 20
SAID = {
    "answer": _("Your answer is sent to who raised it. Here is the next."),
    "promise": _("It is noted, and who raised it is told. Here is the next."),
    "up": _("It went up a tier. Here is the next."),
    "seen": _("Thank you is said. Here is the next."),
    "tell": _("It is over. Here is the next."),
}


@dataclass(frozen=True)
class Ask:
    item: Item
    sort: Any
    due: str
    written: str  # when, if that was with no network
    said: Any  # the last step with words
    form: AnswerForm
    next: Any  # the item below it


def shown(
    request: HttpRequest,
    organisation: Place,
    *,
    refused: dict[Any, Any] | None = None,
    told: Any = "",
    status: int = 200,
) -> HttpResponse:
    """The page; `refused` is a form by the id of its item, `told` what was wrong."""
    found = queries.asks_of(request.user, organisation)
    items = list(found[: MOST + 1])
    said = queries.last_said(items)
    below = [*items[1:], None]
    asks = [
        Ask(
            item,
            SORTS[item.sort],
            by_when(item.due_at) if item.due_at else "",
            when_written(item.typed_at, item.created_at),
            said.get(item.pk),
            (refused or {}).get(item.pk) or AnswerForm(initial={"tier": item.tier}),
            after,
        )
        for item, after in zip(items[:MOST], below, strict=False)
    ]
    context = {"organisation": organisation, "asks": asks, "more": len(items) > MOST, "days": next_days(), "told": told}
    context["said"] = SAID.get(request.GET.get("said", ""))
    return render(request, "escalation/asks.jinja", context, status=status)
