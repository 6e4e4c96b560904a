"""Pots: a team draws on its word, nobody draws what is not there, and nobody is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.house_rules.own_database import at_once, own_database
from tests.makers import make_person
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import at, now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import add_place, close_place
from trustwide.rooms.resources import actions_pots
from trustwide.rooms.resources.amounts import amount
from trustwide.rooms.resources.dates import months_after
from trustwide.rooms.resources.front import what_came
from trustwide.rooms.resources.models import Draw, Pot
from trustwide.rooms.resources.tests.made import TIME, Trust, make_case, make_pot, make_trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def real_transactions(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Each thread is somebody at a browser of their own."""
    with own_database(tmp_path):
        yield


def draw(made: Trust, pot: Pot, half_days: int = 4, money: int = 0, by: Any = None) -> Draw:
    told = {"half_days": half_days, "money": money, "what_for": "Two days to try the rota"}
    return Draw.objects.get(pk=actions_pots.draw(by=by or made.nurse, pot=pot, team=made.ward, **told))


def test_a_team_draws_on_its_word() -> None:
    made = make_trust()
    pot = make_pot(made)
    taken = draw(made, pot, money=60)
    pot.refresh_from_db()
    assert (pot.half_days_left, pot.money_left) == (16, 440)
    assert taken.ask_on == months_after(today(), 3)


def test_what_closed_gets_no_pot_and_draws_from_none() -> None:
    """Though the executive has every right there still."""
    made = make_trust()
    pot = make_pot(made)
    close_place(by=None, place=made.ward)
    with pytest.raises(NotAllowed):
        draw(made, pot, by=made.chief)
    with pytest.raises(NotAllowed):
        actions_pots.set_pot(
            by=made.chief, place=made.ward, starts=today(), ends=today(), half_days=2, money=0
        )  # fmt: skip


@pytest.mark.parametrize(("half_days", "money"), [(21, 0), (0, 501), (20, 501)])
def test_nobody_draws_more_than_there_is(half_days: int, money: int) -> None:
    made = make_trust()
    pot = make_pot(made)
    with pytest.raises(actions_pots.PotEmpty) as refused:
        draw(made, pot, half_days, money)
    assert refused.value.pot.half_days_left == 20
    assert not Draw.objects.exists()
    draw(made, pot, 20, 500)
    with pytest.raises(actions_pots.PotEmpty):
        draw(made, pot, 1)


def test_the_database_itself_refuses_more() -> None:
    pot = make_pot(make_trust())
    for field in ("half_days_drawn", "money_drawn"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pot.objects.filter(pk=pot.pk).update(**{field: 10_000})


def test_of_many_at_once_only_as_many_draw_as_there_is(real_transactions: None) -> None:
    made = make_trust()
    pot = make_pot(made, half_days=10, money=0)

    def take(_place: int) -> Draw:
        return draw(
            made, Pot.objects.select_related("place").get(pk=pot.pk), 4, by=Person.objects.get(pk=made.nurse.pk)
        )

    answers = at_once(6, take)
    print([type(each).__name__ for each in answers])
    assert sum(isinstance(each, Draw) for each in answers) == 2
    assert sum(isinstance(each, actions_pots.PotEmpty) for each in answers) == 4
    pot.refresh_from_db()
    assert pot.half_days_left == 2


def test_control_who_looks_first_and_takes_then_takes_too_much(real_transactions: None) -> None:
    made = make_trust()
    pot = make_pot(made, half_days=10, money=0)

    def careless(_place: int) -> int:
        seen = Pot.objects.get(pk=pot.pk)
        return 4 if seen.half_days_left >= 4 else 0

    assert sum(at_once(6, careless)) > 10


def test_out_of_its_days_nobody_draws() -> None:
    made = make_trust()
    over = make_pot(made, starts=today() - timedelta(days=60), ends=today() - timedelta(days=1))
    with pytest.raises(actions_pots.PotClosed):
        draw(made, over)


def test_the_board_sets_pots_and_teams_of_the_place_draw() -> None:
    made, other = make_trust(), make_trust("Calder Vale")
    pot = make_pot(made)
    days = {"starts": today(), "ends": today(), "half_days": 2, "money": 0}
    director = make_person("Dara", "executive", made.medicine)
    for person in (made.lead, director, other.chief):
        with pytest.raises(NotAllowed):
            actions_pots.set_pot(by=person, place=made.medicine, **days)
        with pytest.raises(NotAllowed):
            actions_pots.change_pot(by=person, pot=pot, half_days=2, money=2)
    with pytest.raises(NotAllowed):
        draw(made, pot, by=other.nurse)
    with pytest.raises(NotAllowed):
        actions_pots.draw(by=made.chief, pot=pot, team=made.surgery, half_days=1, money=0, what_for="x")


def test_members_of_the_board_set_pots_and_the_page_says_who_did() -> None:
    made, client = make_trust(), Client()
    board = add_place(by=None, level="team", name="Trust board", parent=made.trust, kind="board")
    client.force_login(make_person("Marian", "board-member", board))
    home = f"/{made.trust.slug}/pots/"
    assert "Set up a pot" in client.get(home).content.decode()
    sent = {"place": made.medicine.slug, "starts": "1/4/2026", "ends": "31/3/2027", "days": "4", "money": ""}
    assert client.post(f"{home}new/", sent).status_code == 302
    pot = Pot.objects.get()
    shown = client.get(f"{home}{pot.pk}/").content.decode()
    assert "Set up for the board by Marian." in shown
    assert client.post(f"{home}{pot.pk}/", {"days": "5", "money": ""}).status_code == 302
    client.force_login(make_person("Dara", "executive", made.medicine))
    assert "Set up a pot" not in client.get(home).content.decode()


def test_a_pot_is_not_made_smaller_than_what_was_drawn() -> None:
    made = make_trust()
    pot = make_pot(made)
    draw(made, pot)
    with pytest.raises(actions_pots.AlreadyDrawn):
        actions_pots.change_pot(by=made.chief, pot=pot, half_days=3, money=500)
    actions_pots.change_pot(by=made.chief, pot=pot, half_days=4, money=0)


def wrong_fields(answer: Any) -> list[str]:
    assert answer.status_code == 422
    return re.findall(r'id="(days|money)-error"', answer.content.decode())


def test_a_sum_that_is_too_much_is_said_at_the_sum() -> None:
    made, client = make_trust(), Client()
    pot = make_pot(made)
    page = f"/{made.trust.slug}/pots/{pot.pk}/"
    client.force_login(made.nurse)
    sent = {"team": made.ward.slug, "what_for": "A quiet hour"}
    for asked, wrong in (
        ({"days": "1", "money": "501"}, ["money"]),
        ({"days": "11", "money": "5"}, ["days"]),
        ({"days": "11", "money": "501"}, ["days", "money"]),
    ):
        assert wrong_fields(client.post(f"{page}draw/", {**sent, **asked})) == wrong
    draw(made, pot, 4, 60)
    client.force_login(made.chief)
    for asked, wrong in (({"days": "2", "money": "59"}, ["money"]), ({"days": "1", "money": "60"}, ["days"])):
        assert wrong_fields(client.post(page, asked)) == wrong


def test_what_was_not_used_goes_back_once() -> None:
    made = make_trust()
    pot = make_pot(made)
    taken = draw(made, pot)
    for _each in range(2):
        actions_pots.say_what_came(by=made.nurse, draw=taken, came="No time this month", give_back=True)
    pot.refresh_from_db()
    assert pot.half_days_left == 20


def test_after_three_months_the_team_is_asked_and_not_before() -> None:
    made = make_trust()
    taken = draw(made, make_pot(made))
    assert list(what_came(made.nurse, made.ward)) == []
    with at(now() + timedelta(days=93)):
        assert [each.words for each in what_came(made.nurse, made.ward)] == [taken.what_for]
        actions_pots.say_what_came(by=made.lead, draw=taken, came="7 of 9 were ready")
        assert list(what_came(made.nurse, made.ward)) == []


def test_pages_tell_of_teams_and_of_nobody() -> None:
    made = make_trust()
    pot, client = make_pot(made), Client()
    client.force_login(made.nurse)
    home = f"/{made.trust.slug}/pots/"
    sent = {"team": made.ward.slug, "what_for": "A quiet hour", "days": "2.5", "money": ""}
    assert client.post(f"{home}{pot.pk}/draw/", {**sent, "days": "2.3"}).status_code == 422
    assert client.post(f"{home}{pot.pk}/draw/", {**sent, "days": ""}).status_code == 422
    answer = client.post(f"{home}{pot.pk}/draw/", {**sent, "days": "11"})
    assert "There is not so much left: 10 days and £500" in answer.content.decode()
    assert client.post(f"{home}{pot.pk}/draw/", sent).status_code == 302
    for page in (home, f"{home}{pot.pk}/", f"{home}draws/{Draw.objects.get().pk}/"):
        client.force_login(made.finance)
        told = client.get(page).content.decode()
        assert "A quiet hour" in told
        assert "2½ days" in told
        assert "Sam" not in told
    assert "Pots are set up by members of the board" in client.get(f"{home}new/").content.decode()
    assert client.post(f"{home}new/", {"place": made.medicine.slug}).status_code == 422
    client.force_login(make_trust("Calder Vale").chief)
    assert client.get(home).status_code == 404


@given(half_days=st.integers(0, 400), money=st.integers(0, 10**7))
def test_an_amount_says_both_or_nothing(half_days: int, money: int) -> None:
    told = amount(half_days, money)
    assert ("day" in told, "£" in told, told == "nothing") == (half_days > 0, money > 0, half_days == money == 0)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 24))
def test_months_later_is_in_that_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_what_is_not_there_is_not_found(client: Client) -> None:
    made = make_trust()
    client.force_login(made.chief)
    case = make_case(made.lead, made.ward, TIME)
    for page in (f"pots/{case.pk}/", f"pots/draws/{case.pk}/", f"cases/{case.pk}/benefits/{case.pk}/"):
        assert client.get(f"/{made.trust.slug}/{page}").status_code == 404
