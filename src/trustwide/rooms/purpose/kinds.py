"""The kinds of record that this room owns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.kinds import Kind, Stage, register
from trustwide.rooms.commons.models import DRAFT
from trustwide.rooms.measures.computed import Computed, Number, months_to, register_computed
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import GROUP, ORGANISATION, Place
from trustwide.rooms.purpose import queries
from trustwide.rooms.purpose.models import Message

register(
    Kind(
        model=Message,
        address="messages",
        one=_("message"),
        many=_("Messages"),
        why=_("What our executives have seen of our values in the work, in their own words."),
        example=_("On Tuesday the porters showed me how they cut the wait for a chair from 20 minutes to 5."),
        write=_("Write a message"),
        form="trustwide.rooms.purpose.forms.MessageForm",
        typed=("title", "text"),
        stages=(
            Stage(DRAFT, _("Draft")),
            Stage("posted", _("Posted"), _("Post it")),
            Stage("withdrawn", _("Withdrawn"), _("Withdraw it"), closed=True),
        ),
        add=May.SPEAK,
        helps=False,
        levels=(GROUP, ORGANISATION),
    )
)


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
