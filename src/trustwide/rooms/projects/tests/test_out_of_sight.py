"""What one may not read is not told on the pages of what one may, nor counted, nor chosen."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.makers import make_measure, make_person
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.projects import actions, queries
from trustwide.rooms.projects.models import Member, Project
from trustwide.rooms.projects.queries import first_of_month
from trustwide.rooms.projects.space import space_of
from trustwide.rooms.projects.tests.made import Made, in_days, make_project, make_test, make_ward, project, run_test


@pytest.fixture
def made(db: None) -> Made:
    return make_ward()


def test_a_series_tells_nothing_of_a_test_out_of_sight(made: Made) -> None:
    of = make_project(made.leader, made.ward)
    first, hidden = run_test(made.leader, of), run_test(made.leader, of, sharing="team")
    for who, seen in ((made.nurse, [first, hidden]), (made.other, [first])):
        assert queries.tests_of(who, of) == seen
        assert queries.last_test(who, of) == seen[-1]
        assert queries.neighbours_of(who, first) == (None, seen[1] if len(seen) == 2 else None)


def test_a_test_tells_nothing_of_a_project_out_of_sight(made: Made) -> None:
    of = make_project(made.leader, made.ward, sharing="team")
    shown = make_test(made.leader, of, sharing="organisation")
    assert [queries.project_of(who, shown) for who in (made.nurse, made.other)] == [of, None]


def test_a_measure_out_of_sight_is_neither_shown_nor_chosen(made: Made) -> None:
    of = make_project(made.leader, made.ward)
    hidden = make_measure(made.leader, made.ward, "Ours alone", sharing="team")
    actions.choose_measures(by=made.leader, project=of, measures=[hidden])
    for who, seen in ((made.nurse, [hidden]), (made.other, [])):
        assert queries.measures_of(who, of) == seen
        assert list(queries.measures_to_choose(who, of)) == seen
    theirs = make_project(made.other, made.other.roles.get().place)
    with pytest.raises(NotAllowed):
        actions.choose_measures(by=made.other, project=theirs, measures=[hidden])


def test_what_is_out_of_sight_is_not_counted(made: Made) -> None:
    of = make_project(made.leader, made.ward, sharing="team", promised_hours=8)
    actions.note_hours(by=made.leader, project=of, month=first_of_month(today()), hours=6)
    assert [len(space_of(who, of.organisation, in_days(-90)).rows) for who in (made.nurse, made.other)] == [1, 0]
    Project.objects.filter(pk=of.pk).update(stop_on=in_days(-1))
    assert [len(queries.stops_of(who, of.organisation).due) for who in (made.nurse, made.other)] == [1, 0]


def test_who_can_start_nothing_is_not_offered_to(made: Made, client: Client) -> None:
    client.force_login(make_person("Guest", "partner-guest", made.ward.organisation))
    assert client.get(f"/{made.ward.organisation.slug}/projects/start/").status_code == 403


def test_somebody_of_another_team_is_not_taken_out_of_this_one(made: Made, client: Client) -> None:
    of, other = make_project(made.leader, made.ward), make_project(made.leader, made.ward)
    actions.add_member(by=made.leader, project=other, person=made.nurse, does="member")
    client.force_login(made.leader)
    member = Member.objects.get(project=other, person=made.nurse)
    assert client.post(f"{address_of(project(of.pk))}team/{member.pk}/remove/").status_code == 404
    assert Member.objects.filter(pk=member.pk).exists()
