"""What one may not read is not told on the pages of what one may."""

from __future__ import annotations

from trustwide.rooms.ideas import actions_ideas as actions
from trustwide.rooms.ideas import queries
from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.ideas.tests.made import House, again


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
