"""Every write about pots: setting one, drawing from it on a team's word, and what came of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F

from trustwide.rooms.commons.actions import BLANKED
from trustwide.rooms.people.acts import NotAllowed, once, record_act
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.seen import must_be_seen
from trustwide.rooms.places.models import Place
from trustwide.rooms.resources import access
from trustwide.rooms.resources.dates import months_after
from trustwide.rooms.resources.models import Draw, Pot

ASKED_AFTER = 3  # months


@dataclass
class PotEmpty(Exception):
    """There is not so much left. Nothing was drawn; `pot` is how it stands now."""

    pot: Pot


class PotClosed(Exception):
    """The days of the pot have not begun, or are over. Nothing was drawn."""


@dataclass
class AlreadyDrawn(Exception):
    """More was drawn from the pot already than would be in it. Nothing was saved; `pot` is how it stands now."""

    pot: Pot


def set_pot(
    *, by: Person, place: Place, starts: date, ends: date, half_days: int, money: int, key: UUID | None = None
) -> UUID:
    """Set days and money aside for a place and its teams; the pot's id."""
    if not access.can_set_pot(by, place):
        raise NotAllowed
    fields = {"starts": starts, "ends": ends, "half_days": half_days, "money": money}
    return UUID(once(by=by, key=key, act=lambda: _set_pot(by, place, fields)))


def _set_pot(by: Person, place: Place, fields: dict[str, date | int]) -> UUID:
    pot = Pot.objects.create(place=place, organisation_id=place.organisation_id, by=by, **fields)
    record_act(
        by=by, verb="set-pot", thing=pot, organisation=place.organisation_id, fields=fields, related=place.pk
    )  # fmt: skip
    return pot.pk


@transaction.atomic
def change_pot(*, by: Person, pot: Pot, half_days: int, money: int) -> None:
    """Set more or less aside; AlreadyDrawn where teams have had more than that."""
    if not access.can_set_pot(by, pot.place):
        raise NotAllowed
    fits = Pot.objects.filter(pk=pot.pk, half_days_drawn__lte=half_days, money_drawn__lte=money)
    if not fits.update(half_days=half_days, money=money):
        raise AlreadyDrawn(_as_it_stands(pot))
    fields = ["half_days", "money"]
    record_act(
        by=by, verb="set-pot", thing=pot, organisation=pot.organisation_id, fields=fields, related=pot.place_id
    )  # fmt: skip


def draw(
    *, by: Person, pot: Pot, team: Place, half_days: int, money: int, what_for: str, key: UUID | None = None
) -> UUID:
    """Take days or money for a team, on its word. PotEmpty where not so much is left, PotClosed out of its days."""
    if not access.can_draw(by, pot, team):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _draw(by, pot, team, half_days, money, what_for)))


def _draw(by: Person, pot: Pot, team: Place, half_days: int, money: int, what_for: str) -> UUID:
    """One statement looks and takes, so that of two teams at the same moment the second sees what the first left."""
    if not pot.is_open:
        raise PotClosed
    rest = Pot.objects.filter(
        pk=pot.pk, half_days_drawn__lte=F("half_days") - half_days, money_drawn__lte=F("money") - money
    )
    if not rest.update(half_days_drawn=F("half_days_drawn") + half_days, money_drawn=F("money_drawn") + money):
        raise PotEmpty(_as_it_stands(pot))
    taken = {"half_days": half_days, "money": money, "what_for": what_for}
    made = Draw.objects.create(pot=pot, team=team, by=by, ask_on=months_after(today(), ASKED_AFTER), **taken)
    record_act(
        by=by, verb="drew", thing=made, organisation=pot.organisation_id, fields=taken, related=team.pk
    )  # fmt: skip
    return made.pk


def _as_it_stands(pot: Pot) -> Pot:
    found: Pot = Pot.objects.select_related("place").get(pk=pot.pk)
    return found


@transaction.atomic
def say_what_came(*, by: Person, draw: Draw, came: str, give_back: bool = False, seen: str | None = None) -> None:
    """Say in a line what came of it; what was not used goes back into the pot, once.

    ChangedMeanwhile where something else is said of it than was `seen`.
    """
    if not access.can_say_what_came(by, draw):
        raise NotAllowed
    now_it_is = Draw.objects.select_for_update().get(pk=draw.pk)
    must_be_seen(seen, now_it_is.came)
    if give_back and not now_it_is.given_back:
        Pot.objects.filter(pk=draw.pot_id).update(
            half_days_drawn=F("half_days_drawn") - now_it_is.half_days, money_drawn=F("money_drawn") - now_it_is.money
        )
        now_it_is.given_back = True
    now_it_is.came = came
    now_it_is.save(update_fields=["came", "given_back"])
    record_act(
        by=by, verb="said-what-came", thing=now_it_is, organisation=draw.pot.organisation_id, fields=["came"],
        related=draw.team_id,
    )  # fmt: skip


@transaction.atomic
def blank_draw(*, by: Person, draw: Draw) -> None:
    """Blank the words of a draw that should not have been typed; what was taken stays told."""
    if not access.can_blank_draw(by, draw):
        raise NotAllowed
    Draw.objects.filter(pk=draw.pk).update(what_for=BLANKED, came=BLANKED if draw.came else "")
    record_act(
        by=by, verb="redacted", thing=draw, organisation=draw.pot.organisation_id, fields=["what_for", "came"],
        related=draw.team_id,
    )  # fmt: skip
