"""What one may not read is not told on the pages of what one may."""

from __future__ import annotations

from trustwide.rooms.commons.actions import change_record
from trustwide.rooms.ideas import actions_ideas as actions
from trustwide.rooms.ideas import queries
from trustwide.rooms.ideas.models import Idea, Problem
from trustwide.rooms.ideas.tests.made import House, again, page_of, signed_in


def test_a_merge_tells_nothing_of_the_one_out_of_sight(house: House) -> None:
    hidden = house.idea("other", "Ours alone", place=house.ward, sharing="team")
    seen = house.idea("nurse", "Chairs by lifts", place=house.ward)
    actions.merge_ideas(by=house.leader, idea=hidden, into=seen)
    seen = again(Idea, seen)
    assert queries.parts_of(house.leader, seen) == [hidden]
    assert queries.parts_of(house.porter, seen) == []
    larger = house.idea("other", "All of our chairs", place=house.ward, sharing="team")
    actions.merge_ideas(by=house.leader, idea=seen, into=larger)
    seen = again(Idea, seen)
    assert queries.whole_of(house.leader, seen) == larger
    assert queries.whole_of(house.porter, seen) is None


def test_one_out_of_sight_is_not_offered_and_not_counted(house: House) -> None:
    idea = house.idea()
    house.idea("other", "A chair of ours", place=house.ward, sharing="team")
    assert len(queries.ideas_to_merge_into(house.leader, idea, "chair")) == 1
    assert queries.ideas_to_merge_into(house.head, idea, "chair") == []
    counted = [queries.counts_of(each, house.trust)["ideas"] for each in (house.leader, house.head)]
    assert counted == [2, 1]


def test_an_idea_that_waits_says_for_which_problem_and_that_only_its_writer_sees_it(house: House) -> None:
    problem = house.problem("chair", "Slots stand empty", place=house.board)
    idea = house.idea("chair", "Text people the day before", for_problem=problem)
    page = signed_in(house.chair).get(page_of(idea)).text
    assert idea.stage == "draft"
    assert "Only you, while it is a draft" in page
    assert f'href="{page_of(problem)}"' in page
    assert "say it is a local need" not in page
    change_record(by=house.chair, record=problem, version=again(Problem, problem).version, fields={"sharing": "team"})
    assert queries.problem_of(house.chair, idea) == problem
    assert queries.problem_of(house.porter, idea) is None
