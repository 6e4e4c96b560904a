"""Who may do what with work and its tests: each thing that is asked keeps somebody out who meets all the others."""

from __future__ import annotations

import pytest

from tests.makers import make_organisation, make_person
from trustwide.rooms.people.clock import now
from trustwide.rooms.projects import access, actions, actions_failures
from trustwide.rooms.projects.models import Project
from trustwide.rooms.projects.tests.made import Made, failure, fresh, make_failure, make_project, make_test, make_ward

FAILED = {
    "title": "Letters did not help", "what_tried": "Letters", "happened": "Nobody came", "differently": "We would ring"
}  # fmt: skip


@pytest.fixture
def made(db: None) -> Made:
    return make_ward()


@pytest.fixture
def two(made: Made) -> list[Project]:
    """Two projects of the ward; somebody of another ward is in the team of the first."""
    found = [make_project(made.leader, made.ward, title=title) for title in ("Tablets by 11", "Beds by noon")]
    actions.add_member(by=made.leader, project=found[0], does="member", person=made.other)
    return found


def test_the_team_of_one_project_is_not_that_of_another(made: Made, two: list[Project]) -> None:
    tests = [make_test(made.leader, each) for each in two]
    failures = [failure(actions_failures.tell_failure(by=made.leader, project=each, fields=FAILED)) for each in two]
    member, beside = fresh(made.other), make_person("Bea", "staff", made.other.roles.get().place)
    for asked, of in ((access.of_its_team, tests), (access.of_its_team, two), (access.works_with, failures)):
        assert [[asked(each, one) for one in of] for each in (member, beside)] == [[True, False], [False, False]]


def test_who_adds_nothing_anywhere_tests_and_publishes_nothing(made: Made, two: list[Project]) -> None:
    guest, told = make_person("Gil", "partner-guest", made.ward), make_failure(made.leader, made.ward)
    actions.add_member(by=made.leader, project=two[0], does="member", person=guest)
    assert [access.can_test(fresh(each), two[0]) for each in (made.other, guest)] == [True, False]
    assert [access.can_publish(fresh(each), told) for each in (made.nurse, guest, made.other)] == [True, False, False]


def test_each_step_of_a_test_has_its_stage_and_its_people(made: Made, two: list[Project]) -> None:
    test, steps = make_test(made.leader, two[0]), (access.can_begin, access.can_study, access.can_decide)
    for number, stage in enumerate(("planned", "running", "studied", "done")):
        test.stage = stage
        assert [may(made.leader, test) for may in steps] == [place == number for place in range(3)]
        assert [may(made.nurse, test) for may in steps] == [False] * 3


def test_a_leader_above_thanks_for_what_others_published(made: Made) -> None:
    trust, told = made.ward.organisation, make_failure(made.nurse, made.ward)
    chief, chair = make_person("Chief", "executive", trust), make_person("Ada", "board-member", trust)
    elsewhere = make_person("Eva", "board-member", make_organisation("Riverside"))
    assert not access.can_thank(chief, told), "it is not published"
    told.stage, told.published_at = "published", now()
    asked = (chief, chair, elsewhere, made.nurse, made.other)
    assert [access.can_thank(each, told) for each in asked] == [True, True, False, False, False]
    told.owner = chief
    assert not access.can_thank(chief, told)
