"""A drop-in is booked once, however many press at the same moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.house_rules.own_database import at_once
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.decisions.actions_drop_ins import book_slot, offer_slots
from trustwide.rooms.decisions.models import Booking, Slot
from trustwide.rooms.decisions.tests.trust import make_trust
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import AuditRow, Person

pytestmark = pytest.mark.both_databases  # each has its own locks

AT_ONCE = 8


def pressed(slots: int) -> tuple[list[Any], int]:
    """What eight who press at once are answered, each for one of so many drop-ins; and how many bookings there are."""
    trust, people = (
        make_trust(),
        ("nurse", "porter", "leader", "manager", "director", "administrator", "nurse", "porter"),
    )
    first = (now() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    starts = [first + timedelta(minutes=15 * each) for each in range(slots)]
    offer_slots(by=trust.people["chief"], organisation=trust.place, starts=starts)
    ids = list(Slot.objects.values_list("pk", flat=True))

    def press(number: int) -> Any:
        slot = Slot.objects.select_related("person", "organisation").get(pk=ids[number % slots])
        try:
            return book_slot(by=Person.objects.get(pk=trust.people[people[number]].pk), slot=slot).pk
        except NotNow:
            return None

    return at_once(AT_ONCE, press), Booking.objects.filter(cancelled_at=None).count()


def test_eight_at_once_get_one_booking(real_transactions: None) -> None:
    answers, bookings = pressed(1)
    print(f"{AT_ONCE} at once for one drop-in: {bookings} booking, {answers.count(None)} told that somebody was first")
    assert bookings == 1
    assert {each for each in answers if each} == {Booking.objects.get().pk}
    assert AuditRow.objects.filter(verb="booked-slot").count() == 1


def test_control_eight_at_once_get_eight_where_there_are_eight(real_transactions: None) -> None:
    answers, bookings = pressed(AT_ONCE)
    assert (bookings, len(set(answers))) == (AT_ONCE, AT_ONCE)
