"""A few at a time: a place has so many live and no more, and what stops says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house_rules.own_database import at_once, own_database
from trustwide.rooms.commons.actions import change_record, move_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.models import Link
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import Person
from trustwide.rooms.purpose.actions import start_objective, stop_objective
from trustwide.rooms.purpose.models import Objective
from trustwide.rooms.purpose.priorities import priorities_of
from trustwide.rooms.purpose.tests.made import Sides, add, again, two_sides


@pytest.fixture
def sides(db: None) -> Sides:
    return two_sides()


def fill(sides: Sides, count: int = 3) -> list[Objective]:
    return [add(Objective, sides.leader, sides.ward, f"Live {each}") for each in range(count)]


def start(by: Person, objective: Objective, **more: object) -> None:
    start_objective(by=by, objective=objective, version=objective.version, **more)  # type: ignore[arg-type]


def test_a_team_has_three_live_and_the_fourth_asks_which_stops(sides: Sides) -> None:
    first, *_others = fill(sides)
    with pytest.raises(NotNow, match="3 live objectives"):
        start(sides.leader, sides.lower)
    with pytest.raises(NotNow):
        add(Objective, sides.leader, sides.ward, "A fourth")
    start(sides.leader, again(Objective, sides.lower), stop=first, reason="No change in a year", hours=4)
    stopped = again(Objective, first)
    assert (stopped.stage, stopped.stop_reason, stopped.hours_freed) == ("stopped", "No change in a year", 4)
    assert again(Objective, sides.lower).stage == "live"
    assert Link.objects.get(start=first.pk).meaning == "made-room-for"


def test_an_organisation_has_five(sides: Sides) -> None:
    for each in range(5):
        add(Objective, sides.chief, sides.trust, f"Live {each}")
    with pytest.raises(NotNow, match="5 live"):
        add(Objective, sides.chief, sides.trust, "A sixth")


def test_what_is_live_may_still_be_changed_where_a_place_is_full(sides: Sides) -> None:
    first, *_others = fill(sides)
    change_record(by=sides.leader, record=first, version=first.version, fields={"title": "Other words"})
    assert again(Objective, first).title == "Other words"


def test_making_room_undoes_all_where_it_still_does_not_fit(sides: Sides) -> None:
    elsewhere = add(Objective, sides.director, sides.medicine, "Of medicine")
    fill(sides)
    with pytest.raises(NotAllowed):
        start(sides.director, again(Objective, sides.lower), stop=elsewhere, reason="Not mine to swap")
    assert again(Objective, elsewhere).stage == "live"


def test_nothing_stops_without_a_reason(sides: Sides) -> None:
    first, *_others = fill(sides, 1)
    with pytest.raises(NotNow, match="why"):
        move_record(by=sides.leader, record=first, version=first.version, stage="stopped")
    stop_objective(by=sides.leader, objective=again(Objective, first), version=1, reason="Done elsewhere")
    assert again(Objective, first).hours_freed is None


def test_the_page_counts_and_masks(sides: Sides) -> None:
    first, second, _third = fill(sides)
    start(sides.leader, sides.lower, stop=first, reason="No use", hours=4)
    stop_objective(by=sides.leader, objective=second, version=second.version, reason="Unknown hours")
    told = priorities_of(sides.chief, sides.trust)
    team = next(level for level in told.levels if level.limit == 3 and level.rows and level.rows[0][0] == sides.ward)
    assert team.rows == [(sides.ward, 2)]
    assert (told.count, told.told, told.hours) == (2, 1, 4)
    assert {each.objective.pk: each.instead for each in told.stopped} == {first.pk: sides.lower, second.pk: None}
    change_record(by=sides.leader, record=first, version=again(Objective, first).version, fields={"sharing": "team"})
    outsider = two_sides(name="Elsewhere").chief
    assert priorities_of(outsider, sides.trust).stopped == []


def test_two_who_start_at_once_do_not_both_get_in(transactional_db: None, tmp_path: Path) -> None:
    with own_database(tmp_path):
        sides = two_sides()
        fill(sides, 2)
        waiting = [add(Objective, sides.leader, sides.ward, f"Next {each}", stage="proposed").pk for each in range(4)]

        def press(place: int) -> str:
            try:
                start(Person.objects.get(pk=sides.leader.pk), again(Objective, waiting[place]))
            except NotNow:
                return "full"
            return "live"

        answers = at_once(4, press)
        assert sorted(answers) == ["full", "full", "full", "live"], answers
        assert Objective.objects.filter(place=sides.ward, stage="live").count() == 3
