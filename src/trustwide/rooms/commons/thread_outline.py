"""A thread as a nested list and as a story in dates: what a screen reader and a phone get first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from trustwide.rooms.commons.threads import Card, Joint, Thread

UNSEEN, MISSING, FURTHER = "unseen", "missing", "further"  # what stands where there is no card
MOST_EVENTS = 60


@dataclass
class Branch:
    """A record, or what stands in its place, with those that help it."""

    card: Card | None = None
    stands_for: str = ""
    of: Card | None = None  # whose chain goes on, or stops
    here: bool = False
    below: bool = False  # it is work that helps this record, so its own branches start folded
    told: bool = False  # it stands higher up the list with its branches
    goes_on: bool = False  # its own page shows what is below it
    branches: list[Branch] = field(default_factory=list)


@dataclass(frozen=True)
class Event:
    """One thing that happened above, on a day."""

    on: datetime
    words: str
    card: Card


def outline(thread: Thread) -> list[Branch]:
    """The chains from their tops down to this record, and on to the work below it; each record opened once."""
    teller, found = Teller(thread), []
    for top in tops(thread):
        lower = [teller.branch(top.of.pk)] if top.of else []
        if top.stands_for:
            top.branches = lower
        found += [top] if top.stands_for else lower
    return found


class Teller:
    """Tells records with what helps them, remembering which were told."""

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        lowers, below = _by_upper(thread.above.joints), _by_upper(thread.below.joints)
        lowers.pop(thread.here.pk, None)
        self.lowers = {**below, **lowers}
        self.below = {joint.lower for joint in thread.below.joints}
        self.told: set[UUID] = set()

    def branch(self, pk: UUID) -> Branch:
        """A record and all that helps it, opened where it is met first."""
        here, cut = pk == self.thread.here.pk, pk in self.thread.below.cut
        branch = Branch(self.thread.cards[pk], here=here, below=pk in self.below, goes_on=cut, told=pk in self.told)
        if branch.told:
            return branch
        self.told.add(pk)
        lowers = self.lowers.get(pk, [])
        cards = [self.thread.cards[each] for each in lowers if each in self.thread.cards]
        for card in sorted(cards, key=lambda card: (card.closed is not None, card.title)):
            branch.branches.append(self.branch(card.pk))
        if None in lowers:
            branch.branches.append(Branch(stands_for=UNSEEN))
        return branch


def tops(thread: Thread) -> list[Branch]:
    """Where each chain begins: a purpose, or what stands where one is missing, unseen or further up."""
    helping = {joint.lower for joint in thread.above.joints if joint.upper}
    ends = [thread.here.pk, *(joint.upper for joint in thread.above.joints if joint.upper)]
    unseen = {joint.lower for joint in thread.above.joints if not joint.upper}
    found = []
    for pk in dict.fromkeys(ends):
        card = thread.cards.get(pk)
        if card and pk in unseen:
            found.append(Branch(stands_for=UNSEEN, of=card))
        elif card and pk not in helping:
            further = FURTHER if pk in thread.above.cut else ""
            found.append(Branch(stands_for=further or (MISSING if card.helps else ""), of=card))
    if not found:  # a circle, which only a database changed by hand can hold
        found.append(Branch(of=thread.here))
    return sorted(found, key=lambda each: (each.stands_for, each.of.title if each.of else ""))


def _by_upper(joints: Iterable[Joint]) -> dict[UUID, list[UUID | None]]:
    found: dict[UUID, list[UUID | None]] = defaultdict(list)
    for joint in joints:
        if joint.upper:
            found[joint.upper].append(joint.lower)
    return dict(found)


def story(thread: Thread) -> list[Event]:
    """What happened above, oldest first: when each was added, joined to the next, and closed."""
    above = {joint.upper for joint in thread.above.joints} | {thread.here.pk}
    cards = [thread.cards[pk] for pk in above if pk in thread.cards]
    events = [Event(card.added, _("%(title)s was added at %(place)s.") % _said(card), card) for card in cards]
    events += [Event(card.closed, _("%(title)s was closed.") % _said(card), card) for card in cards if card.closed]
    for joint in thread.above.joints:
        lower, upper = (thread.cards.get(each) if each else None for each in (joint.lower, joint.upper))
        if lower and upper:
            words = _("%(title)s was joined to %(other)s.") % {**_said(lower), "other": _quoted(upper)}
            events.append(Event(joint.at, words, lower))
    return sorted(events, key=lambda each: each.on)[-MOST_EVENTS:]


def _said(card: Card) -> dict[str, Any]:
    return {"title": _quoted(card), "place": card.place}


def _quoted(card: Card) -> str:
    return f"“{card.title}”"
