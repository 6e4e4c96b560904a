"""What one may not read is not found by its number, not booked about and not counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.makers import make_person
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.decisions import drop_ins, queries
from trustwide.rooms.decisions.actions import decide
from trustwide.rooms.decisions.actions_drop_ins import book_slot, offer_slots
from trustwide.rooms.decisions.actions_past import Past, enter_past
from trustwide.rooms.decisions.models import Decision, Slot
from trustwide.rooms.decisions.tests.trust import Trust, again, make_trust
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import add_place


@pytest.fixture
def trust(db: None) -> Trust:
    return make_trust()


@pytest.fixture
def porter(trust: Trust) -> Person:
    """Of the same trust, and not of the ward."""
    return make_person("Pat", "staff", add_place(by=None, level="team", name="Porters", parent=trust.place))


@pytest.fixture
def hidden(trust: Trust) -> Decision:
    """A question that is the ward's own."""
    decision = trust.ask()
    Decision.objects.filter(pk=decision.pk).update(sharing="team")
    return again(decision)


def test_a_question_out_of_sight_is_not_found_by_its_number(trust: Trust, porter: Person, hidden: Decision) -> None:
    assert drop_ins.question_numbered(trust.people["nurse"], trust.place, str(hidden.pk)) == hidden
    assert drop_ins.question_numbered(porter, trust.place, str(hidden.pk)) is None


def test_nobody_books_a_time_for_a_question_that_they_may_not_read(
    trust: Trust, porter: Person, hidden: Decision
) -> None:
    start = (now() + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    offer_slots(by=trust.people["chief"], organisation=trust.place, starts=[start], where="Room 3")
    slot = Slot.objects.select_related("person", "organisation").get()
    with pytest.raises(NotAllowed):
        book_slot(by=porter, slot=slot, decision=hidden)
    assert book_slot(by=trust.people["nurse"], slot=slot, decision=hidden).decision == hidden


def test_what_was_decided_out_of_sight_is_not_counted(trust: Trust, porter: Person, hidden: Decision) -> None:
    decide(by=trust.people["leader"], decision=hidden, what="yes")
    counted = [len(queries.decided_within(each, trust.place, today())) for each in (trust.people["nurse"], porter)]
    assert counted == [1, 0]


def test_a_measure_out_of_sight_is_not_beside_what_was_decided(trust: Trust, porter: Person) -> None:
    fields = {"title": "Days to decide", "sharing": "team", "computed": "days"}
    number = add_record(by=trust.people["chief"], kind=KINDS["measures.measure"], place=trust.place, fields=fields)
    found = [queries.measures_of_days(each, trust.place, ["days"]) for each in (trust.people["chief"], porter)]
    assert found == [[Measure.objects.get(pk=number)], []]


def test_what_was_decided_is_entered_for_ones_own_organisation_and_with_a_word(trust: Trust) -> None:
    day = today() - timedelta(days=30)
    fields = {"title": "May we?", "options": "Try it", "recommendation": "Try it", "sort": "service"}
    past = Past(trust.ward, trust.people["nurse"], fields, day, day, "yes")
    for wrong in (replace(past, place=make_trust("Riverside").ward), replace(past, what="asked")):
        with pytest.raises(NotAllowed):
            enter_past(by=trust.people["chief"], organisation=trust.place, past=[past, wrong])
    assert not Decision.objects.exists()
