"""Fifty people press for the last five drop-ins at the same moment: five come, and the others are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.house_rules.own_database import at_once
from tests.makers import make_person
from tests.shares import WHOLE
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.decisions.actions_drop_ins import book_slot, offer_slots
from trustwide.rooms.decisions.models import Booking, Slot
from trustwide.rooms.decisions.tests.trust import make_trust
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import AuditRow, Person

pytestmark = pytest.mark.both_databases  # each has its own locks

SLOTS, PEOPLE = 5, 50 if WHOLE else 20


@dataclass(frozen=True)
class Pressed:
    """What came of it: each person's booking or None, and what the database then holds."""

    answers: list[Any]
    bookings: int
    slots: int
    told: int


@pytest.fixture
def pressed(real_transactions: None) -> Any:
    def press_all() -> Pressed:
        """Each asks for one drop-in after the other, each beginning with another one, until they have one."""
        trust = make_trust()
        people = [make_person(f"Person {each}", "staff", trust.ward).pk for each in range(PEOPLE)]
        first = (now() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
        starts = [first + timedelta(minutes=15 * each) for each in range(SLOTS)]
        offer_slots(by=trust.people["chief"], organisation=trust.place, starts=starts)
        ids = list(Slot.objects.values_list("pk", flat=True))

        def press(number: int) -> Any:
            in_turn = (ids[(number + each) % SLOTS] for each in range(SLOTS))
            return next(filter(None, (booked(people[number], slot) for slot in in_turn)), None)

        answers, live = at_once(PEOPLE, press), Booking.objects.filter(cancelled_at=None)
        slots = live.values("slot").distinct().count()
        return Pressed(answers, live.count(), slots, AuditRow.objects.filter(verb="booked-slot").count())

    return press_all


def booked(person: Any, slot: Any) -> Any:
    """The booking; None for who is told that somebody was first."""
    found = Slot.objects.select_related("person", "organisation").get(pk=slot)
    try:
        return book_slot(by=Person.objects.get(pk=person), slot=found).pk
    except NotNow:
        return None


def test_of_all_at_once_as_many_come_as_there_are_drop_ins(pressed: Any) -> None:
    found = pressed()
    print(f"{PEOPLE} at once for {SLOTS} drop-ins: {found.bookings} booked, {found.answers.count(None)} told that not")
    assert (found.bookings, found.slots, found.told) == (SLOTS, SLOTS, SLOTS)
    assert {each for each in found.answers if each} == set(Booking.objects.values_list("pk", flat=True))
    assert found.answers.count(None) == PEOPLE - SLOTS


def test_control_without_the_rule_of_the_database_too_many_come(pressed: Any) -> None:
    rule = next(each for each in Booking._meta.constraints if each.name == "one_booking_a_drop_in")
    with connection.schema_editor() as tables:
        tables.remove_constraint(Booking, rule)
    found = pressed()
    print(f"control: {PEOPLE} at once for {SLOTS} drop-ins, without the rule: {found.bookings} booked")
    assert found.bookings > SLOTS == found.slots
