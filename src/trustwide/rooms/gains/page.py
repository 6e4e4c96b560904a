"""What the page of a gain shows beneath its title."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trustwide.rooms.gains import queries
from trustwide.rooms.gains.access import can_answer
from trustwide.rooms.gains.models import ORIGINS, STOPPED, TURNS, VERDICTS, Gain
from trustwide.rooms.gains.rounds import day_of, round_now
from trustwide.rooms.gains.ten import FEWEST, spreads
from trustwide.rooms.people.models import Person


def of_gain(person: Person, gain: Gain) -> dict[str, Any]:
    months, answers = round_now(gain), queries.answers_of(gain)
    told = [each for each in reversed(answers) if spreads(answers[each])]
    return {
        "turn": TURNS[gain.turn],
        "origin": ORIGINS[gain.origin],
        "signals": queries.signals_of(person, gain),
        "watch": queries.watched_by(person, gain) if gain.watch_id else None,
        "verdicts": queries.verdicts_of(gain),
        "verdict_words": VERDICTS,
        "months": months,
        "first_asked": day_of(gain, 3),
        "answered": len(answers[months]) if months else 0,
        "fewest": FEWEST,
        "round_told": told[0] if told else None,
        "ten": spreads(answers[told[0]]) if told else [],
        "may_answer": months is not None and gain.closed_at is None and can_answer(person, gain),
    }


def fact_of(gain: Gain) -> str:
    """Whether it began or stopped, since when, and where it came from."""
    turn = _("Stopped") if gain.turn == STOPPED else _("Began")
    since = f" {date_format(gain.since, 'F Y')}" if gain.since else ""
    return f"{turn}{since} · {ORIGINS[gain.origin]}"
