"""What one may not read is not told beside what one may, nor offered to be tried."""

from __future__ import annotations

import pytest

from tests.makers import make_person, make_team
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.decisions.models import Decision
from trustwide.rooms.experiments import actions, queries
from trustwide.rooms.experiments.forms import ExperimentForm
from trustwide.rooms.experiments.tests.made import Trying, again, plan, trying
from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Trying:
    return trying()


@pytest.fixture
def other(made: Trying) -> Person:
    """Of another ward of the same trust."""
    return make_person("Olu", "staff", make_team(made.trust, "Ward 8"))


def test_what_runs_out_of_sight_is_not_listed(made: Trying, other: Person) -> None:
    running = plan(made.leader, made.ward, sharing="team")
    actions.begin_experiment(by=made.leader, experiment=running, version=running.version)
    assert [list(queries.running_in(who, made.trust)) for who in (made.nurse, other)] == [[running], []]


def test_a_decision_out_of_sight_is_not_told(made: Trying, other: Person) -> None:
    asked = plan(made.leader, made.ward, cost=5_000)
    number = actions.ask_for_decision(by=made.leader, experiment=asked, version=asked.version)
    Decision.objects.update(sharing="team")
    found = [queries.decision_of(who, again(asked)) for who in (made.nurse, other)]
    assert found == [Decision.objects.get(pk=number), None]


def test_an_idea_out_of_sight_is_not_offered(made: Trying, other: Person) -> None:
    kind = KINDS[Idea._meta.label_lower]
    fields = {"title": "A chair by the lift", "sharing": "team"}
    number = add_record(by=made.nurse, kind=kind, place=made.ward, fields=fields)
    offered = []
    for who in (made.nurse, other):
        form = ExperimentForm(None, places=[made.ward])
        form.made_for(who, made.ward)
        offered.append([each.pk for each in form.fields["tries"].queryset])
    assert offered == [[number], []]
