"""Makers for the tests of this room: a trust with a ward, and work on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.makers import make_group, make_organisation, make_person, make_team
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.projects import actions
from trustwide.rooms.projects.models import FabulousFailure, Project, TestOfChange


@dataclass
class Made:
    """A ward, who leads it, a nurse there, and somebody of another ward."""

    ward: Place
    leader: Person
    nurse: Person
    other: Person


def make_ward() -> Made:
    trust = make_organisation(group=make_group())
    ward, other = make_team(trust), make_team(trust, "Ward 8")
    return Made(
        ward,
        make_person("Ruby Adeyemi", "team-leader", ward),
        make_person("Sam Castle", "staff", ward),
        make_person("Olu Bright", "staff", other),
    )


def fresh(person: Person) -> Person:
    """As the next request reads them."""
    return Person.objects.get(pk=person.pk)


def make_project(by: Person, place: Place, size: str = "project", **fields: Any) -> Project:
    big = {"aim": "From 5 of 10 bags to 8", "stop_rule": "Nurses lose time", "stop_on": in_days(60)}
    told = {"title": "Tablets by 11", "size": size, **(big if size in ("project", "programme") else {}), **fields}
    number = add_record(by=by, kind=KINDS["projects.project"], place=place, fields=told)
    return project(number)


def make_test(by: Person, of: Project, prediction: str = "8 of 10 bags are ready", **fields: Any) -> TestOfChange:
    told = {"title": "Does a round at 9 help?", "trying": "A round at 9", "prediction": prediction, **fields}
    return test(actions.add_test(by=by, project=of, fields=told))


def run_test(by: Person, of: Project, right: str = "yes", act: str = "adopt", **fields: Any) -> TestOfChange:
    made = make_test(by, of, **fields)
    actions.begin_test(by=by, test=made, version=made.version)
    said = {"happened": "9 of 10 were", "right": right, "learned": "Nine is early enough"}
    actions.study_test(by=by, test=made, version=made.version, said=said)
    actions.decide_test(by=by, test=made, version=made.version, act=act)
    return test(made.pk)


def make_failure(by: Person, place: Place, **fields: Any) -> FabulousFailure:
    told = {
        "title": "Letters did not help", "what_tried": "Letters", "happened": "Nobody came",
        "differently": "We would ring",
        **fields,
    }  # fmt: skip
    number = add_record(by=by, kind=KINDS["projects.fabulousfailure"], place=place, fields=told)
    return failure(number)


def project(number: Any) -> Project:
    found: Project = Project.objects.select_related("place__organisation", "organisation", "owner").get(pk=number)
    return found


def test(number: Any) -> TestOfChange:
    found: TestOfChange = TestOfChange.objects.select_related(
        "place__organisation", "organisation", "owner", "of_project"
    ).get(pk=number)
    return found


test.__test__ = False  # type: ignore[attr-defined]  # a maker


def failure(number: Any) -> FabulousFailure:
    found: FabulousFailure = FabulousFailure.objects.select_related("place__organisation", "organisation", "owner").get(
        pk=number
    )
    return found


def in_days(count: int) -> date:
    return today() + timedelta(days=count)
