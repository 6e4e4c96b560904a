"""What this room puts on front pages: what a team is asked about what it drew."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.front_lines import NEEDS, FrontPart, Line, register_front
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import TEAM, Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.resources.queries import draws_to_ask

SHOWN = 2


def what_came(person: Person, place: Place) -> Iterable[Line]:
    """For whoever works in the team itself."""
    if place.level != TEAM or not reach_of(person).belongs_to(place.organisation):
        return []
    home = f"/{place.organisation.slug}/pots/draws/"
    asks = _("Your team drew from a pot for this. What came of it?")
    return [Line(each.what_for, f"{home}{each.pk}/", asks) for each in draws_to_ask(place)[:SHOWN]]


register_front(FrontPart("what-came-of-draws", NEEDS, 70, what_came))
