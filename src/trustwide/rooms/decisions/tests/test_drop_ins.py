"""Drop-ins: offered by those who decide, booked once whoever presses first, told to both, kept in a calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.decisions import drop_ins
from trustwide.rooms.decisions.actions_drop_ins import book_slot, call_off_slot, leave_slot, offer_slots
from trustwide.rooms.decisions.models import Booking, Slot
from trustwide.rooms.decisions.tests.trust import Trust, make_trust, told
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.retention import CLASSES


@pytest.fixture
def trust(db: None) -> Trust:
    return make_trust()


def tomorrow(hour: int = 10, minute: int = 0) -> datetime:
    return (now() + timedelta(days=1)).replace(hour=hour, minute=minute, second=0, microsecond=0)


def offered(trust: Trust, by: str = "chief", **told_: Any) -> Slot:
    offer_slots(by=trust.people[by], organisation=trust.place, starts=[told_.pop("at", tomorrow())], where="Room 3")
    return Slot.objects.select_related("person", "organisation").latest("pk")


def test_those_who_decide_offer_them(trust: Trust) -> None:
    starts = [tomorrow(10, minute) for minute in (0, 15, 30)]
    for who in ("leader", "manager", "chief"):
        assert offer_slots(by=trust.people[who], organisation=trust.place, starts=starts) == 3
        assert offer_slots(by=trust.people[who], organisation=trust.place, starts=starts) == 0
    for who in ("nurse", "administrator"):
        with pytest.raises(NotAllowed):
            offer_slots(by=trust.people[who], organisation=trust.place, starts=starts)
    with pytest.raises(NotAllowed):
        offer_slots(by=make_trust("Riverside").people["chief"], organisation=trust.place, starts=starts)
    for wrong in (
        [],
        [tomorrow(10, 7)],
        [now() - timedelta(days=1)],
        [tomorrow() + timedelta(hours=each) for each in range(17)],
    ):
        with pytest.raises(NotNow):
            offer_slots(by=trust.people["chief"], organisation=trust.place, starts=wrong)
    assert Slot.objects.count() == 9


def test_one_is_booked_once_and_both_are_told(trust: Trust) -> None:
    slot, nurse, chief = offered(trust), trust.people["nurse"], trust.people["chief"]
    booking = book_slot(by=nurse, slot=slot, about="The tea round")
    assert book_slot(by=nurse, slot=slot) == booking
    with pytest.raises(NotNow):
        book_slot(by=trust.people["porter"], slot=slot)
    assert told(chief) == ["drop-in-booked"]
    assert [each.pk for person in (nurse, chief) for each in drop_ins.of_person(person)] == [booking.pk] * 2
    with pytest.raises(NotAllowed):
        leave_slot(by=trust.people["porter"], booking=booking)
    leave_slot(by=nurse, booking=booking)
    assert told(chief) == ["drop-in-booked", "drop-in-left"]
    assert Booking.objects.get().about == ""
    again = book_slot(by=trust.people["porter"], slot=slot)
    with pytest.raises(NotAllowed):
        call_off_slot(by=nurse, slot=slot)
    call_off_slot(by=chief, slot=slot)
    call_off_slot(by=chief, slot=slot)
    assert told(trust.people["porter"]) == ["drop-in-left"]
    again.refresh_from_db()
    assert again.cancelled_at
    with pytest.raises(NotNow):
        book_slot(by=nurse, slot=slot)
    with pytest.raises(NotAllowed):
        book_slot(by=make_trust("Riverside").people["nurse"], slot=slot)


def test_the_line_of_a_booking_is_taken_out_by_both_and_by_who_may_blank_words(trust: Trust, client: Client) -> None:
    slot, people = offered(trust), trust.people
    page = f"/st-brides/drop-ins/{slot.pk}/"
    for who in ("nurse", "chief", "administrator"):
        leave_slot(by=people["nurse"], booking=book_slot(by=people["nurse"], slot=slot, about="Before"))
        book_slot(by=people["nurse"], slot=slot, about="Mrs Hill’s room")
        client.force_login(people["porter"])
        assert "Hill" not in client.get(page).text
        assert client.post(page, {"blank": "yes"}).status_code == 403
        client.force_login(people[who])
        assert "Hill" in client.get(page).text
        assert client.post(page, {"blank": "yes"}).status_code == 302
        booking = Booking.objects.get(cancelled_at=None)
        assert (booking.about, booking.person) == ("[removed]", people["nurse"])
        leave_slot(by=people["nurse"], booking=booking)


def test_nobody_books_their_own_or_one_that_is_past(trust: Trust) -> None:
    slot = offered(trust)
    with pytest.raises(NotNow):
        book_slot(by=trust.people["chief"], slot=slot)
    Slot.objects.update(starts_at=now() - timedelta(minutes=1))
    with pytest.raises(NotNow):
        book_slot(by=trust.people["nurse"], slot=slot)


def test_the_database_holds_one_booking_and_one_place_at_a_time(trust: Trust) -> None:
    slot = offered(trust)
    for twice in (
        lambda: [Booking.objects.create(slot=slot, person=trust.people[who]) for who in ("nurse", "porter")],
        lambda: Slot.objects.create(organisation=trust.place, person=slot.person, starts_at=slot.starts_at),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            twice()


@given(st.text(max_size=300))
def test_a_calendar_file_is_as_the_standard_has_it(where: str) -> None:
    slot = Slot(
        person=Person(name="Ann; Hill, \\"), starts_at=datetime.fromisoformat("2027-03-01T10:15+00:00"), where=where
    )
    said = drop_ins.as_calendar(slot, "https://example.org/")
    lines = said.split("\r\n")
    assert lines[-1] == ""
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = said.replace("\r\n ", "").split("\r\n")
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-2] == "END:VCALENDAR"
    assert "DTSTART:20270301T101500Z" in unfolded
    assert "DTEND:20270301T103000Z" in unfolded
    assert "SUMMARY:Drop-in with Ann\\; Hill\\, \\\\" in unfolded
    assert not [line for line in unfolded[:-1] if ":" not in line]
    assert sum(line.startswith(("BEGIN:", "END:")) for line in unfolded) == 4


def test_they_are_not_kept_for_long(trust: Trust) -> None:
    slot = offered(trust)
    kept = CLASSES["drop-ins"]
    assert [kept.due(slot.starts_at + timedelta(minutes=each)) for each in (0, 1)] == [0, 1]


def test_the_pages(trust: Trust, client: Client) -> None:
    nurse, chief, home = trust.people["nurse"], trust.people["chief"], "/st-brides/drop-ins/"
    client.force_login(nurse)
    assert "None in the next three weeks" in client.get(home).text
    assert client.get(home + "offer/").status_code == 403
    client.force_login(chief)
    day = tomorrow().strftime("%d/%m/%Y")
    for wrong in ({}, {"day": day, "first": "10:00", "last": "9:00", "where": "x"}, {"day": day, "first": "ten"},
                  {"day": "1/1/2020", "first": "10:00", "last": "11:00", "where": "x"}):  # fmt: skip
        assert client.post(home + "offer/", wrong).status_code == 422
    sent = {"day": day, "first": "10:00", "last": "11:00", "where": "Room 3"}
    assert client.post(home + "offer/", sent).status_code == 302
    slot = Slot.objects.first()
    assert Slot.objects.count() == 4
    client.force_login(nurse)
    decision = trust.ask(money=90_000)
    assert f"?about={decision.pk}" in client.get(f"{home}?about={decision.pk}").text
    page = f"{home}{slot.pk}/"
    assert client.post(page, {}).status_code == 422
    assert client.post(page, {"decision": str(decision.pk)}).status_code == 302
    assert "You booked it" in client.get(page).text
    assert decision.title in client.get(page).text
    answer = client.get(page + "drop-in.ics")
    assert (answer["Content-Type"], answer.text.count("tea")) == ("text/calendar; charset=utf-8", 0)
    client.force_login(trust.people["porter"])
    assert decision.title not in client.get(page).text
    assert client.post(page, {"about": "Chairs"}).status_code == 422
    assert client.post(page, {"leave": "yes"}).status_code == 403
    client.force_login(chief)
    assert "Nurse" in client.get(page).text
    assert "Drop-in with Nurse" in client.get("/").text
    assert client.post(page, {"call-off": "yes"}).status_code == 302
    assert client.get(page).status_code == 404
