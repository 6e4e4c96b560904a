"""Who may do what in this room, where commons does not say it already. Predicates only."""

from __future__ import annotations

from typing import Any

from trustwide.rooms.commons import access
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.projects.models import DOES, FabulousFailure, Member, Project, TestOfChange

LEADERS = ("executive", "manager", "board-member")


def of_its_team(person: Person, record: Any) -> bool:
    """Whether somebody is in the team of a project, or of the project of a test."""
    if record.kind == TestOfChange._meta.label_lower:
        return Member.objects.filter(person=person, project__tests=record.pk).exists()
    return any(each.person_id == person.pk for each in team_of(record))


def team_of(record: Any) -> list[Member]:
    """The team of a project, who leads it first. Asked for once of a record that was read."""
    found: list[Member] | None = record.__dict__.get("_team")
    if found is None:
        members = Member.objects.filter(project=record.pk).select_related("person")
        found = sorted(members, key=lambda each: list(DOES).index(each.does))
        record._team = found
    return found


def forget_team(project: Any) -> None:
    """Its team has changed."""
    project.__dict__.pop("_team", None)


def works_with(person: Person, failure: Any) -> bool:
    """Whether somebody works where something failed well, or was in its project: they tell of it together."""
    there = works_there(person, failure.place)
    return there or Member.objects.filter(person=person, project__failures=failure.pk).exists()


def works_there(person: Person, place: Place) -> bool:
    """Whether somebody holds a role at that very place: those above it do not."""
    return any(each.place_id == place.pk for each in reach_of(person).roles)


def can_test(person: Person, project: Project) -> bool:
    """Its team, and whoever adds things where it is, while it goes on."""
    return project.closed_at is None and _adds_to(person, project, TestOfChange)


def can_tell(person: Person, project: Project) -> bool:
    """The same of what failed well, which is often told once it is over."""
    return _adds_to(person, project, FabulousFailure)


def _adds_to(person: Person, project: Project, model: Any) -> bool:
    there = access.can_add(person, KINDS[model._meta.label_lower], project.place)
    return there or (reach_of(person).may_anywhere(May.ADD) and of_its_team(person, project))


def can_begin(person: Person, test: TestOfChange) -> bool:
    return test.stage == "planned" and access.can_change(person, test)


def can_study(person: Person, test: TestOfChange) -> bool:
    return test.stage == "running" and access.can_change(person, test)


def can_decide(person: Person, test: TestOfChange) -> bool:
    return test.stage == "studied" and access.can_change(person, test)


def sees_predictions(person: Person, project: Project) -> bool:
    """How well a team predicts is for the team and its coach: nobody above it compares teams by it."""
    return works_there(person, project.place) or of_its_team(person, project)


def can_set_rigour(person: Person, organisation: Place) -> bool:
    return reach_of(person).may(May.CHANGE, organisation)


def can_publish(person: Person, failure: FabulousFailure) -> bool:
    """Its team alone: whoever works there, or was in the project. Nobody publishes another team's failure."""
    return reach_of(person).may_anywhere(May.ADD) and works_with(person, failure)


def can_thank(person: Person, failure: FabulousFailure) -> bool:
    """A leader, once it is published; nobody thanks themselves."""
    mine = person.pk in (failure.created_by_id, failure.owner_id)
    return failure.stage == "published" and not mine and leads_above(person, failure)


def leads_above(person: Person, failure: FabulousFailure) -> bool:
    """A leader above the team, or of the board."""
    return any(
        each.role in LEADERS
        and (each.place.holds(failure.place) or each.role == "board-member")
        and each.place.organisation_id == failure.organisation_id
        for each in reach_of(person).roles
    )
