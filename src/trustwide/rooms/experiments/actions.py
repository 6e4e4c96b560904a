"""Every write of this room that commons does not do by itself: the limits, and how an experiment begins and ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from trustwide.rooms.commons.actions import change_record, move_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.decisions.actions import ask_decision
from trustwide.rooms.decisions.queries import decision_numbered
from trustwide.rooms.experiments import access
from trustwide.rooms.experiments.approval import NO_NEED
from trustwide.rooms.experiments.limits import as_numbers, fingerprint, standing_of
from trustwide.rooms.experiments.models import PLANNED, RUNNING, Contacts, Experiment, SafeLimits
from trustwide.rooms.experiments.queries import contacts_for, limits_for
from trustwide.rooms.experiments.request import question_of
from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


class LimitsMoved(Exception):
    """Somebody set other limits since the form was opened. Nothing was saved."""


@transaction.atomic
def set_limits(
    *, by: Person, organisation: Place, number: int, limits: dict[str, int], contacts: dict[str, str]
) -> None:
    """Set the limits that hold from today, and whom to ask. `number` is that of the version that was read, 0 for none.

    The same numbers again make no new version.
    """
    if not access.can_set_limits(by, organisation):
        raise NotAllowed
    list(Place.objects.select_for_update(no_key=True).filter(pk=organisation.pk).values_list("pk"))
    before = limits_for(organisation)
    if (before.number if before else 0) != number:
        raise LimitsMoved
    thing: Any = before
    if before is None or as_numbers(before) != limits:
        thing = SafeLimits.objects.create(organisation=organisation, number=number + 1, by=by, **limits)
    Contacts.objects.update_or_create(organisation=organisation, defaults=contacts)
    record_act(
        by=by, verb="set-limits", thing=thing, organisation=organisation.pk, fields=[*limits, *contacts],
        related=organisation.pk,
    )  # fmt: skip


@transaction.atomic
def ask_for_decision(*, by: Person, experiment: Experiment, version: int) -> UUID:
    """Make an experiment outside the limits a decision request; its id. NotNow where nobody need be asked.

    A yes is to what it says now: a fingerprint of that is kept, and other words need another yes.
    """
    standing = standing_of(experiment, limits_for(experiment.place), contacts_for(experiment.place))
    if standing.inside or experiment.stage != PLANNED:
        raise NotNow(NO_NEED)
    number = ask_decision(by=by, place=experiment.place, about=experiment, **question_of(experiment, standing))
    fields = {"question": decision_numbered(number), "asked": fingerprint(experiment)}
    change_record(by=by, record=experiment, version=version, fields=fields)
    return number


def begin_experiment(*, by: Person, experiment: Experiment, version: int) -> None:
    """Begin it: inside the limits, or after a yes. NotNow where neither is so."""
    move_record(by=by, record=experiment, version=version, stage=RUNNING)


@transaction.atomic
def end_experiment(*, by: Person, experiment: Experiment, version: int, happened: str, stage: str) -> None:
    """Say what happened, and whether it is kept, changed or stopped."""
    change_record(by=by, record=experiment, version=version, fields={"happened": happened})
    move_record(by=by, record=experiment, version=experiment.version, stage=stage)
