"""All objectives from the top down: what hangs on what, what on nothing, and how far down it reaches."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.makers import make_directorate, make_group, make_measure, make_person
from trustwide.rooms.commons.actions import change_record, say_local_need
from trustwide.rooms.commons.models import Link, Record
from trustwide.rooms.measures.actions import add_computed_measure
from trustwide.rooms.measures.computed import COMPUTED
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import add_place
from trustwide.rooms.purpose.cascade import cascade_of, walk
from trustwide.rooms.purpose.cascade_picture import MOST, draw_cascade
from trustwide.rooms.purpose.models import Objective
from trustwide.rooms.purpose.tests.made import Sides, add, again, two_sides


@pytest.fixture
def sides(db: None) -> Sides:
    sides = two_sides()
    top = add(Objective, sides.chief, sides.trust, "Home sooner for all", helps=sides.strategy)
    Link.objects.create(start_id=sides.upper.pk, end_id=top.pk, meaning="contributes-to", by=sides.chief)
    return sides


def titles(branches: object) -> list[str]:
    return [each.objective.title for each in walk(branches)]  # type: ignore[arg-type]


def test_each_hangs_on_the_one_it_helps(sides: Sides) -> None:
    found = cascade_of(sides.leader, sides.trust)
    assert titles(found.roots) == ["Home sooner for all", "Nobody waits another night", "Ready by 11"]
    assert [each.waits_for for each in walk(found.roots)] == ["", sides.trust.name, "Medicine"]
    assert found.loose == []
    assert found.states == {"alone": 1, "talk": 2}


def test_what_hangs_on_nothing_is_said_unless_it_is_a_local_need(sides: Sides) -> None:
    loose = add(Objective, sides.leader, sides.ward, "Less paper")
    assert titles(cascade_of(sides.leader, sides.trust).loose) == ["Less paper"]
    say_local_need(by=sides.leader, record=loose)
    found = cascade_of(sides.leader, sides.trust)
    assert (found.loose, found.local) == ([], 1)


def test_a_measure_that_is_worked_out_is_no_work(sides: Sides) -> None:
    add_computed_measure(by=sides.chief, computed=COMPUTED["messages-posted"], place=sides.trust)
    assert cascade_of(sides.chief, sides.trust).work == []


def test_work_leads_to_an_objective_or_is_listed(sides: Sides) -> None:
    names = ("Told by", "Linked", "Further down", "Alone", "Local")
    told, linked, further, alone, local = (make_measure(sides.leader, sides.ward, name) for name in names)
    lower = again(Objective, sides.lower)
    change_record(by=sides.leader, record=lower, version=lower.version, fields={"told_by": told})
    for start, end in ((linked, sides.lower), (further, linked)):
        Link.objects.create(start_id=start.pk, end_id=end.pk, meaning="contributes-to", by=sides.leader)
    say_local_need(by=sides.leader, record=local)
    found = cascade_of(sides.leader, sides.trust)
    assert [each.pk for each in found.work] == [alone.pk]
    assert (found.work_count, found.local) == (1, 1)


def test_depth_counts_only_what_hangs_on_the_organisation(sides: Sides) -> None:
    surgery = make_directorate(sides.trust, "Surgery")
    add_place(by=None, level="team", name="Theatre 3", parent=surgery, kind="clinical")
    add(Objective, make_person("Dee", "manager", surgery), surgery, "Alone")
    depths = {each.directorate.name: each for each in cascade_of(sides.chief, sides.trust).depths}
    assert (depths["Medicine"].objectives, depths["Medicine"].teams) == (2, (1, 1))
    assert (depths["Surgery"].objectives, depths["Surgery"].teams) == (0, (0, 1))


def test_nobody_sees_what_they_may_not_read(sides: Sides) -> None:
    lower = again(Objective, sides.lower)
    change_record(by=sides.leader, record=lower, version=lower.version, fields={"sharing": "team"})
    nurse_elsewhere = make_person(
        "Nia", "staff", add_place(by=None, level="team", name="Ward 8", parent=sides.medicine)
    )
    assert "Ready by 11" not in titles(cascade_of(nurse_elsewhere, sides.trust).roots)
    assert cascade_of(two_sides(name="Elsewhere").chief, sides.trust).roots == []


def test_the_picture_holds_so_many_and_says_what_it_leaves_out(sides: Sides) -> None:
    for each in range(MOST + 10):
        add(Objective, sides.leader, sides.ward, f"Objective {each}", stage="proposed", helps=sides.upper)
    picture = str(draw_cascade(cascade_of(sides.chief, sides.trust).roots))
    assert picture.count('class="thread-card"') == MOST
    assert "that help it" in picture
    assert "<title" in picture
    assert "<desc" in picture
    assert draw_cascade([]) == ""


def crowd(sides: Sides, count: int) -> None:
    """That many more objectives below the upper one, at a team each; told to the database at once."""
    team = add_place(by=None, level="team", name=f"Crowd {count}", parent=sides.medicine)
    for each in range(count):
        made = add(Objective, sides.director, team, f"Objective {each}", stage="proposed")
        Link.objects.create(start_id=made.pk, end_id=sides.upper.pk, meaning="contributes-to", by=sides.director)


def test_queries_do_not_grow_and_time_grows_no_faster_than_the_size(sides: Sides) -> None:
    counts, times = [], []
    for more in (20, 180):
        crowd(sides, more)
        with CaptureQueriesContext(connection) as seen:
            before = time.perf_counter()
            found = cascade_of(sides.chief, sides.trust)
            draw_cascade(found.roots)
            times.append(time.perf_counter() - before)
        counts.append(len(seen))
    print(f"{Record.objects.count()} records, {counts} queries, {[round(each, 3) for each in times]} s")
    assert counts[0] == counts[1] <= 10
    assert times[1] < times[0] * 10 * 4


def test_a_group_shows_what_its_organisations_hold_themselves(db: None, client: Client) -> None:
    group = make_group()
    sides = two_sides(group)
    head = make_person("Head of the group", "executive", group)
    wish = add(Objective, head, group, "Care close to home", sharing="group")
    add(Objective, sides.chief, sides.trust, "Home sooner", helps=wish, sharing="group")
    found = cascade_of(Person.objects.get(pk=head.pk), group)
    assert titles(found.roots) == ["Care close to home", "Home sooner"]
    assert titles(found.roots[0].below) == ["Home sooner"]
    assert found.depths == [], "how deep an organisation reaches is told on its own page"
    client.force_login(head)
    for page in ("strategy/tree/", "strategy/priorities/", "document-checks/coverage/"):
        assert f'href="/{sides.trust.slug}/{page}"' in client.get(f"/{group.slug}/{page}").content.decode()


def test_local_needs_are_listed(sides: Sides, client: Client) -> None:
    need = add(Objective, sides.leader, sides.ward, "A tea room")
    say_local_need(by=sides.leader, record=need)
    found = cascade_of(sides.leader, sides.trust)
    assert "A tea room" in [each.title for each in found.local_needs]
    assert found.local == len(found.local_needs)


def test_nobody_is_offered_what_would_be_refused(sides: Sides, client: Client) -> None:
    propose = f"/{sides.trust.slug}/objectives/new/?helps={sides.upper.pk}"
    page = f"/{sides.trust.slug}/objectives/{sides.upper.pk}/"
    offered = {}
    for person in (sides.director, make_person("Nia", "staff", sides.ward)):
        client.force_login(person)
        offered[person.name] = propose in client.get(page).content.decode()
    assert offered == {"Helen": True, "Nia": False}
