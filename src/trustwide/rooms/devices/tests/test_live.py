"""A board's number moves with what it may show, whatever room wrote it; asking for it is cheap, and tells nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.makers import make_message, make_organisation, make_person, make_team
from trustwide.rooms.devices import live
from trustwide.rooms.devices.tests.ward import BOARD, Ward
from trustwide.rooms.people.acts import record_act
from trustwide.rooms.people.models import AuditRow
from trustwide.rooms.places import actions as places


def number(team: Any) -> int:
    return live.PULSE.number_of(team.path, fresh=True)


def ask(team: Any, known: object = "") -> Any:
    live.PULSE.looked_at = float("-inf")
    return Client().get(f"/live/{live.key_of(team)}/", headers={"If-None-Match": f'"{known}"'} if known else {})


def test_the_number_moves_with_what_a_board_may_show(ward: Ward) -> None:
    beside, outside = make_team(ward.trust, "Ward 8"), make_team(make_organisation("Riverside"))
    boards = {"ours": ward.team, "beside": beside, "outside": outside}

    def moved(act: Any) -> set[str]:
        before = {name: number(team) for name, team in boards.items()}
        act()
        return {name for name, team in boards.items() if number(team) > before[name]}

    from trustwide.rooms.devices.parts import ADDITIONS

    def thank() -> None:
        form = ADDITIONS["words"].form(ward.nurse, ward.team, {"about": str(ward.measure.pk), "text": "Well done"})
        assert form.is_valid()
        ADDITIONS["words"].save(ward.nurse, ward.team, form)

    chief = make_person("Cleo", "executive", ward.trust)
    assert moved(thank) == {"ours"}, "a record at the team"
    assert moved(lambda: make_message(chief, ward.trust)) == {"ours", "beside"}, "one of the organisation's"
    assert moved(lambda: places.rename_place(by=None, place=beside, name="Ward 88")) == {"beside"}
    assert moved(lambda: make_person("Somebody")) == set()


def test_a_copy_that_has_it_is_told_so(ward: Ward) -> None:
    first = ask(ward.team)
    assert (first.status_code, first["ETag"]) == (200, f'"{first.content.decode()}"')
    known = int(first.content)
    assert [ask(ward.team, each).status_code for each in (known, known + 5, known - 1, "x", "é", "9" * 30)] == [
        *[304] * 2,
        *[200] * 4,
    ]
    places.rename_place(by=None, place=ward.team, name="Ward 77")
    assert ask(ward.team, known).status_code == 200


def test_asking_is_answered_from_memory(ward: Ward) -> None:
    address = f"/live/{live.key_of(ward.team)}/"
    for _each in range(2):  # the first time it also learns of all that happened before
        Client().get(address)
    live.PULSE.looked_at = float("inf")  # it was looked a moment ago
    with CaptureQueriesContext(connection) as seen:
        assert Client().get(address).status_code == 200
    assert len(seen) == 0


def test_a_key_is_for_one_board_and_a_day(ward: Ward) -> None:
    good = live.key_of(ward.team)
    other = live.key_of(make_team(ward.trust, "Ward 8"))
    wrong = ["x", good[:-1], good[:-1] + ("0" if good[-1] != "0" else "1"), other[:32] + good[32:], good.upper()]
    assert {Client().get(f"/live/{key}/").status_code for key in wrong} == {404}
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert Client().get(f"/live/{good}/").status_code == 200, "a board that is open past midnight"
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert Client().get(f"/live/{good}/").status_code == 404
    places.close_place(by=None, place=ward.team)
    number(ward.team)
    assert Client().get(f"/live/{good}/").status_code == 404


def test_the_page_gives_its_key_and_its_number(ward: Ward) -> None:
    page = ward.screen().get(BOARD).content.decode()
    assert f'data-live="/live/{live.key_of(ward.team)}/" data-number="{number(ward.team)}"' in page


def test_what_a_board_shows_is_made_once_for_each_change(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    from trustwide.rooms.devices import board_page

    made, plainly = [], board_page._areas

    def make(team: Any, person: Any, *, links: bool) -> str:
        made.append((person, links))
        return plainly(team, person, links=links)

    monkeypatch.setattr(board_page, "_areas", make)
    screen, nurse = ward.screen(), Client()
    nurse.force_login(ward.nurse)
    wall, people = (None, False), (None, True)
    for browser in (screen, nurse, screen, nurse):
        browser.get(BOARD)
    assert made == [wall, people], "once for the wall, once with links for all who are signed in"
    make_message(make_person("Cleo", "executive", ward.trust), ward.trust, title="Something new")
    assert "Something new" in nurse.get(BOARD).content.decode()
    assert made == [wall, people, people]
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        screen.get(BOARD)
    assert made == [wall, people, people, wall], "once a minute in any case"
    guest = make_person("Guest", "partner-guest", ward.team)
    browser = Client()
    browser.force_login(guest)
    assert "Something new" not in browser.get(BOARD).content.decode()
    assert made[4:] == [(guest, True)]


def test_an_act_that_is_committed_late_still_moves_it(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are given before the commit, so a lower one may come into sight after a higher."""
    number(ward.team)
    plainly = live.newest_acts
    record_act(by=None, verb="renamed", thing=ward.team, organisation=ward.trust.pk)
    late = AuditRow.objects.last()
    assert late
    record_act(by=None, verb="renamed", thing=ward.team, organisation=ward.trust.pk)
    monkeypatch.setattr(live, "newest_acts", lambda count: [act for act in plainly(count) if act[0] != late.pk])
    before = number(ward.team)
    assert before > late.pk
    monkeypatch.setattr(live, "newest_acts", plainly)
    assert number(ward.team) > before


def test_more_acts_than_are_looked_at_move_every_board(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "OVERLAP", 3)
    before = number(ward.team)
    for _each in range(5):
        record_act(by=None, verb="signed-in", thing=ward.nurse, organisation=None)
    assert number(ward.team) > before


def test_a_page_that_asks_by_itself_keeps_no_session_alive(ward: Ward) -> None:
    nurse = Client()
    nurse.force_login(ward.nurse)
    start = timezone.now()
    for minutes, headers in ((20, {"X-By-Itself": "1"}), (31, {})):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            answer = nurse.get(BOARD, headers=headers)
    assert answer.status_code == 302
    nurse.force_login(ward.nurse)
    for minutes in (20, 31):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            answer = nurse.get(BOARD)
    assert answer.status_code == 200, "control: a page that somebody asks for does"
