"""Whether an objective is agreed: both sides said so, to the same words. Nobody agrees for the other side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import access
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES, May
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.purpose.models import (
    AGREE,
    BENEFITS,
    DISAGREE,
    HELP,
    LOWER,
    MONEY,
    OFFER,
    UPPER,
    WORDING,
    Objective,
    Round,
)  # fmt: skip

AGREED, HALF, TALK, DISPUTED, ALONE = "agreed", "half", "talk", "disputed", "alone"
STATE_WORDS: dict[str, Any] = {
    AGREED: _("Agreed by both"),
    HALF: _("Half agreed"),
    TALK: _("In talk"),
    DISPUTED: _("Not agreed"),
    ALONE: _("Its own"),
}
ROUND_WORDS: dict[str, Any] = {
    AGREE: _("agreed to these words"),
    DISAGREE: _("could not agree"),
    WORDING: _("would put it like this"),
    OFFER: _("offered"),
    HELP: _("asked for help"),
}
OTHER = {UPPER: LOWER, LOWER: UPPER}
WORDED = ("title", *BENEFITS, MONEY)  # what both sides agree to


@dataclass(frozen=True)
class Standing:
    """How the talk about an objective stands, and which side's word it waits for."""

    state: str
    waits_for: str = ""

    @property
    def words(self) -> Any:
        return STATE_WORDS[self.state]


def fingerprint(objective: Objective) -> str:
    """Of the words that both sides agree to, and of the value that it lives."""
    told = [*(getattr(objective, name) for name in WORDED), str(objective.lives_id or "")]
    return sha256("\0".join(told).encode()).hexdigest()


def note_wording(objective: Objective) -> None:
    """Once its words have changed, what was said of the old ones no longer counts."""
    found = fingerprint(objective)
    if found != objective.wording:
        Objective.objects.filter(pk=objective.pk).update(wording=found, worded=objective.version)
        objective.wording, objective.worded = found, objective.version


def standing_of(objective: Objective, rounds: Iterable[Round], upper: UUID | None) -> Standing:
    """`rounds` are those of the objective, oldest first; only what was said of these words and this upper counts."""
    if upper is None:
        return Standing(ALONE)
    spoken = [each for each in rounds if each.upper_id == upper and each.worded == objective.worded]
    last = {each.side: each for each in spoken if each.what in (AGREE, DISAGREE, WORDING)}
    word = {side: each.what for side, each in last.items()}
    agreeing = [side for side, what in word.items() if what == AGREE]
    if DISAGREE in word.values():
        return Standing(DISPUTED, OTHER[spoken[-1].side])
    if len(agreeing) == 2 and last[UPPER].by_id != last[LOWER].by_id:
        return Standing(AGREED)
    if agreeing:
        return Standing(HALF, OTHER[agreeing[0]])
    return Standing(TALK, OTHER[spoken[-1].side] if spoken else UPPER)


def side_of(person: Person, objective: Objective, upper: Objective) -> str:
    """For which side the person may speak: "" for neither, and never for both.

    Owners speak for their own objective. Of the others, whoever may change things at the upper one's place speaks for
    it, and whoever may only do so further down speaks for the lower one.
    """
    owns = {LOWER: objective.owner_id == person.pk, UPPER: upper.owner_id == person.pk}
    if owns[LOWER] != owns[UPPER]:
        side = LOWER if owns[LOWER] else UPPER
        return side if access.can_change(person, objective if side == LOWER else upper) else ""
    changes = [each.place for each in reach_of(person).roles if May.CHANGE in ROLES[each.role].may]
    if any(each.holds(upper.place) for each in changes):
        return UPPER
    return LOWER if any(each.holds(objective.place) for each in changes) else ""
