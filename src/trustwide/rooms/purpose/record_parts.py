"""What the pages of this room's records show beneath their title."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from trustwide.rooms.commons.access import can_add
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.links import CONTRIBUTES_TO
from trustwide.rooms.commons.models import Link, Record, Version
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.purpose import queries
from trustwide.rooms.purpose.agreement import OTHER, ROUND_WORDS, side_of
from trustwide.rooms.purpose.forms import AnswerForm
from trustwide.rooms.purpose.models import BENEFITS, LOWER, MONEY, UPPER, WORDING, Message, Objective, Round, Value


def lines_of(text: str) -> list[str]:
    return [line.strip(" -•\t") for line in text.splitlines() if line.strip()]


def is_overdue(value: Value) -> bool:
    """Whether its yearly conversation should have been held; one that was never held is due after its first year."""
    return value.closed_at is None and (value.next_review or a_year_after(localdate(value.created_at))) <= today()


def a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def value_fact(value: Value) -> str:
    if is_overdue(value):
        return _("The yearly talk about it is overdue")
    return _("%(count)s things to see people do") % {"count": len(lines_of(value.behaviours))}


def of_value(person: Person, value: Value) -> dict[str, Any]:
    """Its behaviours, the conversations about it, and the objectives that live it."""
    living = Objective.objects.visible_to(person).filter(lives=value, stage="live")
    return {
        "behaviours": lines_of(value.behaviours),
        "overdue": is_overdue(value),
        "talks": _talks(value),
        "living": list(living.select_related("place", "organisation")[: queries.OFFERED]),
    }


def _talks(value: Value) -> list[Version]:
    """The versions in which a new conversation was recorded, the newest first."""
    found, before = [], ""
    for version in Version.objects.filter(record_id=value.pk).select_related("by"):
        said = version.fields.get("conversation") or ""
        if said and said != before:
            found.append(version)
        before = said
    return found[::-1]


def benefits_of(objective: Objective) -> list[tuple[str, str]]:
    """Why it matters to people, by kind; money last."""
    labels = {name: Objective._meta.get_field(name).verbose_name for name in (*BENEFITS, MONEY)}
    return [(str(labels[name]), getattr(objective, name)) for name in labels if getattr(objective, name)]


def of_objective(person: Person, objective: Objective) -> dict[str, Any]:
    """Why it matters, what tells, and the talk with the one above; the talk's words stand there, not in comments."""
    upper = queries.upper_of(objective)
    rounds = queries.rounds_of(objective)
    side = side_of(person, objective, upper) if upper else ""
    standing = queries.standing_of(objective, rounds, upper.pk if upper else None)
    named = [each for each in (objective.lives_id, upper and upper.pk) if each]
    seen = {
        each.pk: each for each in Record.objects.visible_to(person).filter(pk__in=named).select_related("organisation")
    }
    return {
        "benefits": benefits_of(objective),
        "value": seen.get(objective.lives_id),
        "measures": measures_of(person, [objective]).get(objective.pk, []),
        "upper": upper if upper and upper.pk in seen else None,
        "rounds": rounds,
        "round_words": ROUND_WORDS,
        "standing": standing,
        "waits_for": _place_of(standing.waits_for, objective, upper),
        "side": side,
        "takes": _wording_to_take(rounds, objective, upper, side),
        "answer_form": AnswerForm(initial={"worded": objective.worded}),
        "uppers": [] if upper else _uppers_to_choose(person, objective),
        "may_propose": _may_propose(person, objective),
        "said_above": {each.comment_id for each in rounds},
    }


def _may_propose(person: Person, objective: Objective) -> bool:
    """Whether a role of theirs in its organisation lets them add an objective; their roles are in hand."""
    places = [each.place for each in reach_of(person).roles]
    kind = KINDS[objective.kind]
    return any(each.organisation_id == objective.organisation_id and can_add(person, kind, each) for each in places)


def _place_of(side: str, objective: Objective, upper: Objective | None) -> Any:
    return {LOWER: objective.place, UPPER: upper.place if upper else None}.get(side)


def _wording_to_take(rounds: list[Round], objective: Objective, upper: Objective | None, side: str) -> Round | None:
    """The other side's latest proposal for these words, if it is the last that it said of them."""
    theirs = [
        each for each in rounds
        if upper and side and each.upper_id == upper.pk and each.side == OTHER[side] and each.worded == objective.worded
    ]  # fmt: skip
    return theirs[-1] if theirs and theirs[-1].what == WORDING and theirs[-1].comment else None


def _uppers_to_choose(person: Person, objective: Objective) -> list[Any]:
    """Live objectives of the places above, the nearest first, and the strategy of its organisation's own."""
    above = Objective.objects.visible_to(person).filter(place__in=objective.place.line[:-1], stage="live")
    found: list[Any] = list(above.select_related("place").order_by("-place__path", "created_at")[: queries.OFFERED])
    strategy = queries.strategy_at(person, objective.organisation) if objective.place.is_root else None
    return [*found, *([strategy] if strategy else [])]


def measures_of(person: Person, objectives: list[Objective]) -> dict[Any, list[Measure]]:
    """The measures by which each is told that the person may read: its own first, then those that help it."""
    helping = Link.objects.filter(
        end__in=[each.pk for each in objectives], meaning=CONTRIBUTES_TO, start__kind=Measure._meta.label_lower
    )
    joined = [(each.pk, each.told_by_id) for each in objectives if each.told_by_id]
    joined += helping.values_list("end_id", "start_id")
    readable = Measure.objects.visible_to(person).filter(pk__in={measure for _objective, measure in joined})
    seen = {each.pk: each for each in readable.select_related("organisation", "place")}
    found: dict[Any, list[Measure]] = {each.pk: [] for each in objectives}
    for objective, measure in dict.fromkeys(joined):
        if measure in seen:
            found[objective].append(seen[measure])
    return found


def of_message(person: Person, message: Message) -> dict[str, Any]:
    """What it is tied to."""
    return {
        "value": Value.objects.visible_to(person).filter(pk=message.shows_id).first(),
        "objective": Objective.objects.visible_to(person).filter(pk=message.about_id).first(),
    }
