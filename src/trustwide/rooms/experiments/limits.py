"""Whether an experiment is inside the board's safe limits, and if not, which line it crosses."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from trustwide.rooms.experiments.models import DESKS, NO, TICKS, YES, Contacts, Experiment, SafeLimits

JUDGED = ("title", "what", "scope", "cost", "people", "weeks", "reversible", "risk", *TICKS)


@dataclass(frozen=True)
class Standing:
    """How an experiment stands to some limits: `why` says each line that it crosses."""

    limits: SafeLimits | None
    why: list[str] = field(default_factory=list)

    @property
    def inside(self) -> bool:
        return self.limits is not None and not self.why


def standing_of(experiment: Experiment, limits: SafeLimits | None, contacts: Contacts | None = None) -> Standing:
    """`limits` are those that hold: now, or on the day it began."""
    if limits is None:
        return Standing(None, [_("The board has not set safe limits yet.")])
    return Standing(limits, [*_too_much(experiment, limits), *_unsafe(experiment), *_ticked(experiment, contacts)])


def _too_much(experiment: Experiment, limits: SafeLimits) -> list[str]:
    words = {
        "cost": _("It costs £%(asked)s. The limit is £%(limit)s."),
        "people": _("%(asked)s people take part. The limit is %(limit)s."),
        "weeks": _("It takes %(asked)s weeks. The limit is %(limit)s."),
    }
    asked = {name: (getattr(experiment, name), getattr(limits, name)) for name in words}
    return [
        words[name] % {"asked": f"{has:,}", "limit": f"{most:,}"} for name, (has, most) in asked.items() if has > most
    ]


def _unsafe(experiment: Experiment) -> list[str]:
    found = []
    if experiment.reversible != YES:
        found.append(_("We could not go back to how it was."))
    if experiment.risk != NO:
        found.append(_("It could put a patient at risk."))
    return found


def _ticked(experiment: Experiment, contacts: Contacts | None) -> list[str]:
    found = []
    for name, question in TICKS.items():
        if getattr(experiment, name) == NO:
            continue
        answer = _("Yes") if getattr(experiment, name) == YES else _("not answered yet")
        who = getattr(contacts, name, "")
        ask = _("Talk to: %(desk)s%(who)s.") % {"desk": DESKS[name], "who": f", {who}" if who else ""}
        found.append(f"{question} {answer}. {ask}")
    return found


def fingerprint(experiment: Experiment) -> str:
    """Of all that a decision is asked about: what changes afterwards was not said yes to."""
    told = [str(getattr(experiment, name)) for name in JUDGED]
    return sha256("\0".join(told).encode()).hexdigest()


def in_words(limits: SafeLimits) -> list[str]:
    """The limits as a board says them."""
    return [
        _("It costs no more than £%(cost)s.") % {"cost": f"{limits.cost:,}"},
        _("No more than %(people)s people take part.") % {"people": limits.people},
        _("It ends within %(weeks)s weeks.") % {"weeks": limits.weeks},
        _("It puts no patient at risk."),
        _("You can go back to how it was at any time."),
    ]


def as_numbers(limits: SafeLimits | None) -> dict[str, Any]:
    return {name: getattr(limits, name) for name in ("cost", "people", "weeks")} if limits else {}
