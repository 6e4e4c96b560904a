"""Who answers: the tiers of an organisation, and the way of one item up them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from trustwide.rooms.escalation.models import ANSWERING, Item, Tier
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.working_time import working_moment_after
from trustwide.rooms.places.deputies import answering
from trustwide.rooms.places.models import DIRECTORATE, ORGANISATION, SERVICE, TEAM, Place, RoleHeld
from trustwide.rooms.places.reach import holds_on


def usual_tiers(organisation: Place) -> list[Tier]:
    """The four that an organisation has until it sets its own."""
    told = (
        (_("Ward or team"), TEAM, "team-leader"),
        (_("Service"), SERVICE, "manager"),
        (_("Directorate"), DIRECTORATE, "executive"),
        (_("Executives"), ORGANISATION, "executive"),
    )
    return [
        Tier(organisation=organisation, number=number, name=name, level=level, role=role)
        for number, (name, level, role) in enumerate(told, 1)
    ]


TIER_FIELDS = ("name", "level", "role", "help_hours", "know_hours", "stop_hours", "ring")  # that an organisation sets


def tiers_of(organisation: Place) -> list[Tier]:
    return list(Tier.objects.filter(organisation=organisation)) or usual_tiers(organisation)


def told_of(tiers: list[Tier]) -> list[list[Any]]:
    """All that is set of each, as its form shows it."""
    return [[getattr(tier, name) for name in TIER_FIELDS] for tier in tiers]


@dataclass(frozen=True)
class Rung:
    """One tier as it is for one place: where it answers, and who does today; None where nobody is there to."""

    tier: Tier
    place: Place
    person: Person | None


@dataclass(frozen=True)
class Ladder:
    """The way up from a place, the lowest tier first. A tier whose level has no place above it is not on the way."""

    rungs: list[Rung]

    def from_tier(self, number: int) -> tuple[Rung | None, list[Rung]]:
        """The first rung at that tier or above where somebody answers, and those passed because nobody does.

        The top holds it even where nobody is there; None only where no tier is on the way at all.
        """
        left = [each for each in self.rungs if each.tier.number >= number] or self.rungs[-1:]
        passed: list[Rung] = []
        for each in left:
            if each.person or each is left[-1]:
                return each, passed
            passed.append(each)
        return None, passed

    def rung_of(self, number: int) -> Rung | None:
        return next((each for each in self.rungs if each.tier.number == number), None)

    @property
    def top(self) -> int:
        return self.rungs[-1].tier.number if self.rungs else 0


def ladder_of(place: Place, raised_by: Person | None = None) -> Ladder:
    """Who answers for a place, tier by tier: never whoever raised it, but at the top. Four queries."""
    tiers = tiers_of(place.organisation)
    above = list(Place.objects.above(place).select_related("organisation"))
    by_level = {each.level: each for each in above}
    on_the_way = [(tier, by_level[tier.level]) for tier in tiers if tier.level in by_level]
    held = _held(above)
    people = [_who(held, tier, at, raised_by) for tier, at in on_the_way]
    if people and people[-1] is None:  # whoever raised it may be the only one at the top
        people[-1] = _who(held, *on_the_way[-1], None)
    stands_in = answering([each for each in people if each], today(), place.organisation)
    both = zip(on_the_way, people, strict=True)
    return Ladder([Rung(*rung, _stand_in(stands_in, person, raised_by)) for rung, person in both])


def _stand_in(stands_in: dict[UUID, Person], person: Person | None, raised_by: Person | None) -> Person | None:
    """Who answers for somebody today; where that is who raised it, nobody does."""
    found = stands_in[person.pk] if person else None
    return None if found and found != person and found == raised_by else found


def _held(places: list[Place]) -> list[RoleHeld]:
    leading = RoleHeld.objects.filter(holds_on(today()), place__in=places, role__in=ANSWERING, person__is_active=True)
    return list(leading.select_related("person").order_by("starts", "-pk"))


def _who(held: list[RoleHeld], tier: Tier, place: Place, but: Person | None) -> Person | None:
    """Who holds the tier's role there, or another that leads; the one who has held it longest.

    Of those who began on one day, the one who was named last.
    """
    there = [each for each in held if each.place_id == place.pk and each.person_id != (but and but.pk)]
    there.sort(key=lambda each: each.role != tier.role)
    return there[0].person if there else None


def ring_of(item: Item) -> str:
    """The number to ring for the tier that has an item; "" where it gave none."""
    return next((each.ring for each in tiers_of(item.organisation) if each.number == item.tier), "")


def due_after(tier: Tier, sort: str, moment: datetime | None = None) -> datetime:
    """When an answer is due of what came to a tier at a moment, in working hours."""
    return working_moment_after(moment or now(), tier.hours(sort))
