"""Agreed means that both sides said so, to the same words; one side never speaks for the other."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.makers import make_group, make_person
from trustwide.rooms.commons.actions import SomeoneChangedThis, change_record, link_records, unlink_records
from trustwide.rooms.commons.models import Link, Notice
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import Person
from trustwide.rooms.purpose import queries
from trustwide.rooms.purpose.access import can_answer
from trustwide.rooms.purpose.actions import answer_objective, take_wording
from trustwide.rooms.purpose.agreement import side_of
from trustwide.rooms.purpose.models import Objective, Value
from trustwide.rooms.purpose.tests.made import Sides, add, again, two_sides


@pytest.fixture
def sides(db: None) -> Sides:
    return two_sides()


def say(by: Person, objective: Objective, what: str, text: str = "") -> None:
    now = again(Objective, objective)
    answer_objective(by=Person.objects.get(pk=by.pk), objective=now, what=what, worded=now.worded, text=text)


def state(objective: Objective) -> tuple[str, str]:
    now = again(Objective, objective)
    upper = queries.upper_of(now)
    standing = queries.standing_of(now, queries.rounds_of(now), upper.pk if upper else None)
    return standing.state, standing.waits_for


def test_both_must_agree_and_a_new_wording_opens_it_again(sides: Sides) -> None:
    assert state(sides.lower) == ("talk", "upper")
    say(sides.leader, sides.lower, "agree")
    assert state(sides.lower) == ("half", "upper")
    say(sides.leader, sides.lower, "agree")
    assert state(sides.lower) == ("half", "upper"), "twice yes from one side is not two sides"
    say(sides.director, sides.lower, "agree")
    assert state(sides.lower) == ("agreed", "")
    now = again(Objective, sides.lower)
    change_record(by=sides.leader, record=now, version=now.version, fields={"next_review": None, "title": now.title})
    assert state(sides.lower) == ("agreed", ""), "a change of something else leaves it agreed"
    change_record(by=sides.leader, record=now, version=now.version, fields={"waste": "Fewer walks"})
    assert state(sides.lower) == ("talk", "upper")


def test_there_is_nothing_to_answer_where_nothing_stands_above(sides: Sides) -> None:
    assert [can_answer(sides.director, each) for each in (sides.lower, sides.upper)] == [True, False]


def test_living_another_value_opens_it_again_and_the_history_says_so(sides: Sides, client: Client) -> None:
    kind = add(Value, sides.chief, sides.trust, "Kind")
    brave = add(Value, sides.chief, sides.trust, "Brave", sharing="team")
    for lives in (kind, brave):
        now = again(Objective, sides.lower)
        change_record(by=sides.leader, record=now, version=now.version, fields={"lives": lives})
        assert state(sides.lower) == ("talk", "upper")
        for by in (sides.leader, sides.director):
            say(by, sides.lower, "agree")
        assert state(sides.lower) == ("agreed", "")
    history = f"/{sides.trust.slug}/objectives/{sides.lower.pk}/history/"
    client.force_login(sides.chief)
    page = client.get(history).content.decode()
    assert "Kind</td><td>Brave" in page
    assert "Saved again without a change" not in page
    assert "<td>organisation</td>" not in page, "what was chosen is told in its own words"
    client.force_login(sides.leader)
    assert "Kind</td><td>something that you may not read" in client.get(history).content.decode()


@pytest.mark.parametrize("back", [True, False])
def test_words_that_come_back_must_be_agreed_again(sides: Sides, back: bool) -> None:
    for by in (sides.leader, sides.director):
        say(by, sides.lower, "agree")
    now = again(Objective, sides.lower)
    change_record(by=sides.leader, record=now, version=now.version, fields={"title": "Other words"})
    if back:
        change_record(by=sides.leader, record=now, version=now.version, fields={"title": "Ready by 11"})
    assert state(sides.lower) == ("talk", "upper")


def test_a_no_is_a_no_until_it_is_taken_back(sides: Sides) -> None:
    say(sides.leader, sides.lower, "agree")
    say(sides.director, sides.lower, "disagree", "The night shift first")
    assert state(sides.lower) == ("disputed", "lower")
    say(sides.leader, sides.lower, "offer", "We can do both")
    assert state(sides.lower) == ("disputed", "upper")
    say(sides.director, sides.lower, "agree")
    assert state(sides.lower) == ("agreed", "")


def test_taking_the_other_sides_words_agrees_to_them_for_one_side_alone(sides: Sides) -> None:
    say(sides.director, sides.lower, "wording", "Ready to go home by 11")
    now = again(Objective, sides.lower)
    turn = queries.rounds_of(now)[-1]
    with pytest.raises(NotAllowed):
        take_wording(by=sides.director, objective=now, answer=turn, version=now.version)
    take_wording(by=sides.leader, objective=now, answer=turn, version=now.version)
    assert again(Objective, sides.lower).title == "Ready to go home by 11"
    assert state(sides.lower) == ("half", "upper")
    say(sides.director, sides.lower, "agree")
    assert state(sides.lower) == ("agreed", "")


def test_nobody_agrees_to_words_they_have_not_seen(sides: Sides) -> None:
    seen = again(Objective, sides.lower)
    change_record(
        by=sides.leader, record=again(Objective, seen), version=seen.version, fields={"title": "Something else"}
    )
    with pytest.raises(SomeoneChangedThis):
        answer_objective(by=sides.director, objective=seen, what="agree", worded=seen.worded)


def test_another_objective_above_has_its_own_word(sides: Sides) -> None:
    for by in (sides.leader, sides.director):
        say(by, sides.lower, "agree")
    other = add(Objective, sides.director, sides.medicine, "Fewer falls")
    unlink_records(by=sides.leader, link=Link.objects.get(start=sides.lower.pk, end=sides.upper.pk))
    assert state(sides.lower) == ("alone", "")
    link_records(by=sides.leader, start=sides.lower, meaning="contributes-to", end=other)
    assert state(sides.lower) == ("talk", "upper")


def test_the_one_above_is_taken_from_whoever_has_it_only_where_it_is_the_one(sides: Sides) -> None:
    other, now = add(Objective, sides.director, sides.medicine, "Fewer falls"), again(Objective, sides.lower)
    for upper in (other, sides.upper):
        answer_objective(by=sides.director, objective=now, what="agree", worded=now.worded, upper=upper)
    assert set(now.rounds.values_list("upper", flat=True)) == {sides.upper.pk}


def test_who_speaks_for_whom(sides: Sides) -> None:
    medicine, ward = make_person("Imran", "manager", sides.medicine), make_person("Cara", "team-leader", sides.ward)
    nurse = make_person("Sam", "staff", sides.ward)
    told = {who.name: side_of(who, sides.lower, sides.upper) for who in (
        sides.leader, sides.director, sides.chief, medicine, ward, nurse,
    )}  # fmt: skip
    expected = {"Ruby": "lower", "Helen": "upper", "Chief": "upper", "Imran": "upper", "Cara": "lower", "Sam": ""}
    assert told == expected
    with pytest.raises(NotAllowed):
        say(nurse, sides.lower, "agree")


def test_an_owner_whose_role_ended_has_no_word(sides: Sides) -> None:
    for held in sides.leader.roles.all():
        held.delete()
    assert side_of(Person.objects.get(pk=sides.leader.pk), sides.lower, sides.upper) == ""


def test_nobody_speaks_where_there_is_no_other_side(sides: Sides) -> None:
    alone = add(Objective, sides.leader, sides.ward, "Alone")
    with pytest.raises(NotAllowed):
        say(sides.leader, alone, "agree")


def test_only_words_that_were_proposed_can_be_taken(sides: Sides) -> None:
    say(sides.director, sides.lower, "agree")
    now = again(Objective, sides.lower)
    with pytest.raises(NotAllowed):
        take_wording(by=sides.leader, objective=now, answer=queries.rounds_of(now)[-1], version=now.version)


def test_the_side_above_has_no_word_on_what_it_may_not_read(db: None) -> None:
    group = make_group()
    sides, above = two_sides(group), make_person("Gwen", "executive", group)
    theirs = add(Objective, above, group, "One valley", sharing="group")
    link_records(by=sides.director, start=sides.upper, meaning="contributes-to", end=theirs)
    with pytest.raises(NotAllowed):
        say(above, sides.upper, "agree")
    assert queries.objectives_waiting_for(above) == []


def test_the_other_side_is_told_and_asked(sides: Sides) -> None:
    assert queries.objectives_waiting_for(sides.director) == [sides.lower]
    assert queries.objectives_waiting_for(sides.leader) == []
    say(sides.director, sides.lower, "help", "We need your numbers")
    assert queries.objectives_waiting_for(sides.leader) == [sides.lower]
    assert queries.objectives_waiting_for(sides.director) == []
    told = Notice.objects.filter(record=sides.lower.pk, what="answered").values_list("person", flat=True)
    assert list(told) == [sides.leader.pk]
