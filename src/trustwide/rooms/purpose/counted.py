"""What Trustwide counts in this room by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.measures.computed import Computed, Number, months_to, register_computed
from trustwide.rooms.places.models import GROUP, ORGANISATION, Place
from trustwide.rooms.purpose import queries


def messages_by_month(place: Place, day: date) -> Iterator[Number]:
    counts = queries.messages_by_month(place)
    for month in months_to(day):
        yield Number(month, value=float(counts.get(month, 0)))


register_computed(
    Computed(
        key="messages-posted",
        title=_("Messages from executives each month"),
        why=_("Staff hear from executives what they saw of our values in the work."),
        definition=_("Messages posted in the calendar month by executives of the organisation, drafts left out."),
        numbers=messages_by_month,
        settings={"chart": "c", "improvement": "neutral"},
        levels=(GROUP, ORGANISATION),
    )
)
