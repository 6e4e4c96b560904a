"""What each role may do: the one list, read by every check and printed as a page of the product."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _


class May(Enum):
    """One thing that a role may do, at the place where it is held and at all places below."""

    ADD = "add"
    COMMENT = "comment"
    CHANGE = "change"
    MEASURE = "measure"
    SPEAK = "speak"
    PLACES = "places"
    PEOPLE = "people"
    DEVICES = "devices"
    AUDIT = "audit"
    REDACT = "redact"
    CHANNELS = "channels"
    TIERS = "tiers"
    SCHEME = "scheme"
    TRUST = "trust"

    @property
    def sentence(self) -> Any:
        return SENTENCES[self]


SENTENCES = {
    May.ADD: _("Add things, and change what they added or own"),
    May.COMMENT: _("Comment on what they can read, and thank people"),
    May.CHANGE: _("Change, move on and close what others added"),
    May.MEASURE: _("Add measures, their numbers and the reasons for new limits"),
    May.SPEAK: _("Write messages to all staff as an executive"),
    May.PLACES: _("Add, rename, move, merge and close places"),
    May.PEOPLE: _("Invite people, give roles and end them"),
    May.DEVICES: _("Add shared screens and tablets to a team, and end them"),
    May.AUDIT: _("See who did what and when"),
    May.REDACT: _("Blank out text that should never have been typed"),
    May.CHANNELS: _("Have a channel of a team’s chat told what happens"),
    May.TIERS: _("Set who answers what people raise, and by when"),
    May.SCHEME: _("Say who may decide what"),
    May.TRUST: _("Set the safe limits and the pots, for the board"),
}


class Reads(Enum):
    """How far a role reads: what is shared with the whole organisation, or only with its own place."""

    ORGANISATION = "organisation"
    PLACE = "place"


@dataclass(frozen=True)
class Role:
    """A role that a person holds at a place, from a date to a date."""

    key: str
    name: Any
    who: Any
    may: frozenset[May]
    reads: Reads = Reads.ORGANISATION


def _role(key: str, name: Any, who: Any, *may: May, reads: Reads = Reads.ORGANISATION) -> Role:
    return Role(key, name, who, frozenset(may), reads)


WORKS = (May.ADD, May.COMMENT)
LEADS = (*WORKS, May.CHANGE, May.MEASURE)
TEAMS = (May.DEVICES, May.CHANNELS)
ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        _role("staff", _("Staff"), _("Anyone who works in the team"), *WORKS),
        _role("team-leader", _("Team leader"), _("Leads a ward, an office or another team"), *LEADS, *TEAMS),
        _role("manager", _("Manager"), _("Runs a service or a directorate"), *LEADS, *TEAMS),
        _role("improver", _("Improver or coach"), _("Helps teams to improve"), *LEADS),
        _role("improvement-lead", _("Improvement lead"), _("Leads improvement for all"), *LEADS, May.REDACT, May.TIERS),
        _role("analyst", _("Analyst"), _("Looks after measures and charts"), *WORKS, May.MEASURE),
        _role(
            "executive",
            _("Executive"),
            _("An executive director"),
            *LEADS,
            May.SPEAK,
            May.CHANNELS,
            May.SCHEME,
            May.TRUST,
        ),
        _role("board-member", _("Board member"), _("The chair or a non-executive director"), *WORKS, May.TRUST),
        _role("peoples-voice", _("People’s-voice member"), _("A governor, or in a people’s-voice group"), *WORKS),
        _role(
            "service-user-partner",
            _("Service-user partner"),
            _("A person with lived experience who works with a team"),
            *WORKS,
            reads=Reads.PLACE,
        ),
        _role(
            "partner-guest",
            _("Partner guest"),
            _("Someone from another organisation who is asked in"),
            May.COMMENT,
            reads=Reads.PLACE,
        ),
        _role(
            "administrator",
            _("Administrator"),
            _("Looks after people and places in Trustwide"),
            *WORKS,
            May.PLACES,
            May.PEOPLE,
            May.DEVICES,
            May.AUDIT,
            May.REDACT,
            May.CHANNELS,
            May.TIERS,
            May.SCHEME,
        ),
    )
}  # fmt: skip
