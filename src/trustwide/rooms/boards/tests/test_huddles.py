"""Huddles in under a minute, on paper or at the screen; what was held stays with the team; thanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.makers import make_person, make_team
from trustwide.rooms.boards import access, actions, huddles_page
from trustwide.rooms.boards.forms import HuddleForm
from trustwide.rooms.boards.models import Huddle, Thanks
from trustwide.rooms.boards.tests.ward import BOARD, Ward, make_ward, signed_in, text_of
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.places.actions import close_place

MONDAY = date(2026, 8, 3)
HELD: dict[str, Any] = {"day": MONDAY, "shift": "day", "held": True}


@pytest.fixture
def ward(db: None) -> Iterator[Ward]:
    """On a Wednesday, two days after that Monday and a week."""
    with time_machine.travel("2026-08-12 12:00", tick=False):
        yield make_ward()


def typed(**more: str) -> dict[str, str]:
    return {"held": "yes", "day": f"{today():%-d/%-m/%Y}", "shift": "day", **more}


def huddle(ward: Ward, **more: Any) -> Any:
    return actions.record_huddle(by=more.pop("by", ward.nurse), team=ward.team, told={**HELD, **more})


def test_a_huddle_is_told_with_two_taps(ward: Ward) -> None:
    nurse = signed_in(ward.nurse)
    form = text_of(nurse, f"{BOARD}add/huddle/")
    filled = dict(re.findall(r'name="(day)"[^>]*value="([^"]*)"', form))
    assert filled == {"day": f"{today():%-d/%-m/%Y}"}
    assert re.search(r'<option value="yes" selected', form), "what is usual is chosen"
    assert nurse.post(f"{BOARD}add/huddle/", typed()).status_code == 302
    made = Huddle.objects.get()
    assert (made.held, made.why_not, made.minutes, made.by) == (True, "", None, ward.nurse)


def test_a_board_is_a_teams_and_ends_with_it(ward: Ward) -> None:
    """Who runs the whole trust has the right everywhere; but no trust has a board, nor a team that closed."""
    chief = make_person("Chief", "executive", ward.trust)
    asked = (access.can_arrange, access.can_write, access.can_thank)
    assert [[may(chief, place) for may in asked] for place in (ward.team, ward.trust)] == [[True] * 3, [False] * 3]
    close_place(by=None, place=ward.team)
    assert [may(chief, ward.team) for may in asked] == [False] * 3


def test_somebody_is_thanked_in_the_same_form_and_once(ward: Ward) -> None:
    nurse, key = signed_in(ward.nurse), str(uuid4())
    for half, missing in (("to", "Write what you thank them for"), ("why", "Write whom you thank")):
        answer = nurse.post(f"{BOARD}add/huddle/", typed(**{half: "Ade"}))
        assert (answer.status_code, missing in answer.content.decode()) == (422, True)
    for _twice in range(2):
        sent = typed(to="Ade", why="coming in on Sunday", key=key)
        assert nurse.post(f"{BOARD}add/huddle/", sent).status_code == 302
    assert (Huddle.objects.count(), Thanks.objects.get().to) == (1, "Ade")


def test_a_night_shift_is_of_the_day_on_which_it_begins(ward: Ward) -> None:
    found = []
    for hour in ("05:30", "06:30", "13:30", "21:30"):
        with time_machine.travel(f"2026-08-11 {hour}+01:00"):
            form = HuddleForm(None, ward.team, None)
            found.append((form["day"].value(), form["shift"].value()))
    assert found == [("10/8/2026", "night"), ("11/8/2026", "day"), ("11/8/2026", "late"), ("11/8/2026", "night")]


def test_one_that_was_not_held_says_why(ward: Ward) -> None:
    nurse = signed_in(ward.nurse)
    assert nurse.post(f"{BOARD}add/huddle/", typed(held="few", minutes="9", raised="2")).status_code == 302
    made = Huddle.objects.get()
    assert (made.held, made.why_not, made.minutes, made.raised) == (False, "few", None, None)
    for held, why in ((True, "busy"), (True, "unknown")):
        with pytest.raises(IntegrityError), transaction.atomic():
            huddle(ward, held=held, why_not=why)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"held": "maybe"}, "Choose whether you huddled"),
        ({"day": "31/2/2026"}, "Write the day like 3/4/2026"),
        ({"day": "1/1/2099"}, "still to come"),
        ({"day": "1/1/2001"}, "more than a year ago"),
        ({"shift": "dawn"}, "Choose a shift"),
        ({"minutes": "a few"}, "Write a count in figures"),
        ({"minutes": "241"}, "A huddle takes at most 240 minutes"),
    ],
    ids=str,
)
def test_what_is_wrong_is_told(ward: Ward, wrong: dict[str, str], told: str) -> None:
    answer = signed_in(ward.nurse).post(f"{BOARD}add/huddle/", typed(**wrong))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Huddle.objects.exists()
    assert not Thanks.objects.exists()
    assert not raised_titles()


def raised_titles() -> list[str]:
    """Of the room of what is raised, which boards know nothing of."""
    items = apps.get_model("escalation", "Item").objects
    return sorted(items.values_list("title", flat=True))


def test_what_a_sheet_says_was_raised_goes_to_who_answers_once(ward: Ward) -> None:
    nurse = signed_in(ward.nurse)
    raised = "The lamp by the lift is out\n\n  Two chairs are gone "
    sent = {"week": "3/8/2026", "shift": "day", "key": str(uuid4()), "day0": "Y 8 2", "raised": raised}
    for _again in range(2):
        assert nurse.post(f"{BOARD}add/sheet/", sent).status_code == 302
    assert raised_titles() == ["The lamp by the lift is out", "Two chairs are gone"]
    told = {**sent, "key": str(uuid4()), "day0": "", "day1": "Y", "raised": "Bed 3, ring 943 476 5919 first"}
    refused = nurse.post(f"{BOARD}add/sheet/", told)
    tick = re.search(r'name="no_patient"[^>]*value="(\w+)"', refused.text)
    assert tick
    assert nurse.post(f"{BOARD}add/sheet/", {**told, "no_patient": tick[1]}).status_code == 302
    assert len(raised_titles()) == 3
    guest = make_person("Lee Hart", "partner-guest", ward.team)
    assert "was raised and still waits" not in signed_in(guest).get(f"{BOARD}add/sheet/").text


def test_the_same_form_twice_is_one_huddle(ward: Ward) -> None:
    nurse, key = signed_in(ward.nurse), str(uuid4())
    answers = [nurse.post(f"{BOARD}add/huddle/", typed(key=key)).status_code for _each in range(3)]
    assert answers == [302] * 3
    assert Huddle.objects.count() == 1


def test_two_who_differ_are_both_kept(ward: Ward) -> None:
    huddle(ward)
    mine = huddle(ward, by=ward.leader, held=False, why_not="busy")
    day = next(each for each in huddles_page.days_of(ward.team) if each.day == MONDAY)
    assert [{each.held for each in told} for _shift, told in day.told] == [{True, False}]
    leader = signed_in(ward.leader)
    page = text_of(leader, f"{BOARD}huddles/")
    assert "Two of you told different things" in page
    assert page.count("Take it back") == 1, "one takes back what one wrote oneself"
    assert leader.post(f"{BOARD}huddles/{mine}/remove/").status_code == 302
    assert "Two of you told different things" not in text_of(leader, f"{BOARD}huddles/")
    assert Huddle.objects.get().by == ward.nurse


def test_missed_days_are_blank(ward: Ward) -> None:
    actions.set_up_board(by=ward.leader, team=ward.team, fields={"weekends": False})
    huddle(ward)
    days = {each.day: each for each in huddles_page.days_of(ward.team, weeks=2)}
    assert len(days) == 10
    assert [bool(each.told) for each in days.values()].count(True) == 1
    assert [each.day.weekday() for each in days.values() if not each.expected] == [6, 5]


def test_what_was_held_stays_with_the_team(ward: Ward) -> None:
    huddle(ward, day=today(), minutes=77)
    other = make_person("Of another ward", "staff", make_team(ward.trust, "Ward 8"))
    guest, stranger = make_person("Guest", "partner-guest", ward.team), make_person("Stranger")
    statuses = {who.name: signed_in(who).get(f"{BOARD}huddles/").status_code for who in (other, guest, stranger)}
    assert statuses == {"Of another ward": 403, "Guest": 403, "Stranger": 404}
    assert "/sign-in/" in ward.screen().get(f"{BOARD}huddles/")["Location"]
    assert "77 minutes" in text_of(signed_in(ward.nurse), f"{BOARD}huddles/")
    for browser in (ward.screen(), signed_in(ward.leader), signed_in(other)):
        board = text_of(browser, BOARD)
        assert "77 minutes" not in board
        assert "not held" not in board


def test_only_the_writer_or_who_leads_takes_a_huddle_back(ward: Ward) -> None:
    huddle(ward, by=ward.leader)
    found = Huddle.objects.select_related("team").get()
    colleague = make_person("Colleague", "staff", ward.team)
    for who in (ward.nurse, colleague, make_person("Stranger", "team-leader", make_team(ward.trust, "Ward 8"))):
        with pytest.raises(NotAllowed):
            actions.remove_huddle(by=who, huddle=found)
    theirs = make_team(ward.trust, "Ward 9")
    lead = signed_in(make_person("Lead", "team-leader", theirs))
    assert lead.post(f"/st-brides/board/ward-9/huddles/{found.pk}/remove/").status_code == 404
    actions.remove_huddle(by=ward.leader, huddle=found)


def test_a_paper_sheet_is_typed_in_with_short_codes(ward: Ward) -> None:
    nurse = signed_in(ward.nurse)
    sheet = {"week": "3/8/2026", "shift": "night", "key": str(uuid4())}
    days = {"day0": "Y 8 2", "day1": "y10", "day2": "B", "day3": " ", "day4": "f", "day6": "Y"}
    for _twice in range(2):
        assert nurse.post(f"{BOARD}add/sheet/", {**sheet, **days}).status_code == 302
    found = [(f"{each.day:%a}", each.held, each.why_not, each.minutes, each.raised) for each in Huddle.objects.all()]
    assert found == [
        ("Mon", True, "", 8, 2), ("Tue", True, "", 10, None), ("Wed", False, "busy", None, None),
        ("Fri", False, "few", None, None), ("Sun", True, "", None, None),
    ]  # fmt: skip
    assert {each.shift for each in Huddle.objects.all()} == {"night"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({}, "Type at least one day"),
        ({"day0": "X"}, "Type it as on the sheet"),
        ({"day0": "B 8"}, "Type it as on the sheet"),
        ({"day0": "Y 1 2 3"}, "Type it as on the sheet"),
        ({"day1": "Y 999 2"}, "Tuesday: 999 minutes is too long for a huddle. Write 240 or fewer"),
        ({"day0": "Y", "thanks": "the porters, the chair\nAde"}, "Line 2: write whom you thank, a comma"),
        ({"day0": "Y", "thanks": f"Ade, {'x' * 161}"}, "Line 1: make it shorter"),
        ({"day0": "Y", "thanks": "Ade, help with 943 476 5919"}, "could tell who a patient is"),
        ({"day0": "Y", "raised": "Lamp\nNHS number 943 476 5919"}, "could tell who a patient is"),
        ({"day0": "Y", "raised": f"Lamp\n{'x' * 201}"}, "Line 2: Make it 200 letters or fewer"),
        ({"day0": "Y", "week": "4/8/2026"}, "That is no Monday"),
        ({"day0": "Y", "week": "soon"}, "Write the day like"),
        ({"day0": "Y", "week": "4/1/2016"}, "more than a year ago"),
        ({"day0": "Y", "day6": "Y", "week": "10/8/2026"}, "still to come"),
        ({"day0": "Y", "shift": "x"}, "Choose a shift"),
    ],
    ids=str,
)
def test_a_wrong_sheet_is_told_and_nothing_is_saved(ward: Ward, wrong: dict[str, str], told: str) -> None:
    nurse = signed_in(ward.nurse)
    answer = nurse.post(f"{BOARD}add/sheet/", {"week": "3/8/2026", "shift": "day", **wrong})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Huddle.objects.exists()
    assert not Thanks.objects.exists()


def test_the_thanks_of_a_sheet_go_on_the_board_once(ward: Ward) -> None:
    nurse = signed_in(ward.nurse)
    thanks = "the porters, the chair, at nine on Sunday\n\n Ade , staying late"
    sent = {"week": "3/8/2026", "shift": "day", "key": str(uuid4()), "day0": "Y 240 2", "thanks": thanks}
    for _again in range(2):
        assert nurse.post(f"{BOARD}add/sheet/", sent).status_code == 302
    found = set(Thanks.objects.values_list("to", "why"))
    assert found == {("the porters", "the chair, at nine on Sunday"), ("Ade", "staying late")}
    assert (Thanks.objects.count(), Huddle.objects.get().minutes) == (2, 240)
    assert "<strong>Ade</strong>, for staying late" in text_of(ward.screen(), BOARD)


def test_the_sheet_is_printed_for_any_week(ward: Ward) -> None:
    nurse = signed_in(ward.nurse)
    page = text_of(nurse, f"{BOARD}sheet/?week=2026-08-05")
    assert "Week of 3 August 2026" in page
    assert page.count('<th scope="row" ') == 7
    for week in ("", "x", "0001-01-01", "9999-12-31"):
        assert nurse.get(f"{BOARD}sheet/", {"week": week}).status_code == 200


def test_thanks_stand_on_the_board_for_two_weeks(ward: Ward) -> None:
    screen, nurse = ward.screen(), signed_in(ward.nurse)
    assert nurse.post(f"{BOARD}add/thanks/", {"to": "Ade", "why": "Sunday"}).status_code == 302
    assert "<strong>Ade</strong>, for Sunday" in text_of(screen, BOARD)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert "Ade" not in text_of(screen, BOARD)


def test_a_thank_you_is_taken_off_and_its_words_go(ward: Ward) -> None:
    actions.thank(by=ward.nurse, team=ward.team, to="Ade", why="Sunday")
    found = Thanks.objects.get()
    with pytest.raises(NotAllowed):
        actions.take_off_thanks(by=make_person("Colleague", "staff", ward.team), thanks=found)
    assert signed_in(ward.nurse).post(f"{BOARD}thanks/{found.pk}/take-off/").status_code == 302
    found.refresh_from_db()
    assert (found.to, found.why) == (actions.BLANKED, actions.BLANKED)
    assert "Ade" not in text_of(ward.screen(), BOARD)
    assert signed_in(ward.nurse).post(f"{BOARD}thanks/{found.pk}/take-off/").status_code == 404


def test_nobody_without_a_right_writes_there(ward: Ward) -> None:
    guest, stranger = make_person("Guest", "partner-guest", ward.team), make_person("Stranger")
    for who in (guest, stranger):
        with pytest.raises(NotAllowed):
            actions.record_huddle(by=who, team=ward.team, told=HELD)
        with pytest.raises(NotAllowed):
            actions.enter_sheet(by=who, team=ward.team, told=[HELD])
        with pytest.raises(NotAllowed):
            actions.write_plan(by=who, team=ward.team, day=today(), version=0, lines=[])
    with pytest.raises(NotAllowed):
        actions.thank(by=stranger, team=ward.team, to="Ade", why="Sunday")
    actions.thank(by=guest, team=ward.team, to="Ade", why="Sunday")


def test_a_clock_that_is_wrong_is_not_believed(ward: Ward) -> None:
    moment = now()
    for said, kept in ((timedelta(hours=-3), True), (timedelta(hours=1), False), (timedelta(days=-31), False)):
        actions.thank(by=ward.nurse, team=ward.team, to="Ade", why="Sunday", happened_at=moment + said)
        newest = Thanks.objects.order_by("-at").first()
        assert newest
        assert (newest.happened_at == moment + said) is kept
