"""Who may do what with a problem and an idea: each thing that is asked keeps somebody out who meets all the others."""

from __future__ import annotations

from datetime import timedelta

from tests.makers import make_organisation, make_person
from trustwide.rooms.ideas import access
from trustwide.rooms.ideas.tests.made import House
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.places.actions_deputies import name_deputy
from trustwide.rooms.places.actions_roles import give_role


def test_who_holds_no_role_frames_nothing_and_supports_nothing(house: House) -> None:
    nobody = make_person("Nobody")
    problem, idea = house.problem(), house.idea()
    assert [access.can_frame(each, problem) for each in (house.porter, nobody)] == [True, False]
    assert [access.can_support(each, idea) for each in (house.nurse, nobody)] == [True, False]


def test_the_board_asks_all_of_a_problem_that_it_may_change(house: House) -> None:
    problem, elsewhere = house.problem(), make_organisation("Riverside")
    both = make_person("Bo", "manager", house.medicine)
    give_role(by=None, person=both, role="executive", place=elsewhere)
    assert [access.can_ask_everyone(each, problem) for each in (house.chief, house.chair, both)] == [True, False, False]
    problem.closed_at = now()
    assert not access.can_ask_everyone(house.chief, problem)


def test_those_of_the_organisation_reply(house: House) -> None:
    problem, stranger = house.problem(), make_person("Eva", "executive", make_organisation("Riverside"))
    problem.asks_until = today()
    assert [access.can_reply(each, problem) for each in (house.porter, stranger)] == [True, False]


def test_words_are_put_anew_once_they_stay_and_while_it_is_open(house: House) -> None:
    idea = house.idea()
    assert not access.can_word_anew(house.head, idea), "it can be changed as it is"
    idea.supported = 1
    assert [access.can_word_anew(each, idea) for each in (house.head, house.nurse)] == [True, False]
    idea.closed_at = now()
    assert not access.can_word_anew(house.head, idea)


def test_who_answers_for_its_owner_answers_what_they_read_while_it_is_open(house: House) -> None:
    idea = house.idea(owner=house.head)
    name_deputy(
        by=house.head, deputy=house.nurse, organisation=house.trust, starts=today(), ends=today() + timedelta(days=3)
    )
    assert [access.can_answer(each, idea) for each in (house.nurse, house.other)] == [True, False]
    idea.closed_at = now()
    assert not access.can_answer(house.nurse, idea)
    idea.closed_at = idea.owner = None
    assert not access.can_answer(house.nurse, idea)
    idea.owner = house.head
    type(idea).objects.filter(pk=idea.pk).update(sharing="team")
    assert not access.can_answer(house.nurse, idea)


def test_what_is_answered_is_late_no_more(house: House) -> None:
    idea = house.idea()
    idea.next_review = today() - timedelta(days=1)
    assert access.is_late(idea)
    idea.answered_on = today()
    assert not access.is_late(idea)
