"""A page of a project that was left open writes over nothing that somebody else said of it meanwhile."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.makers import make_measure, opened_on, send_form
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.people.clock import today
from trustwide.rooms.projects import actions
from trustwide.rooms.projects.queries import chosen_measures, first_of_month, hours_noted
from trustwide.rooms.projects.tests.made import Made, make_project, make_ward

MEANWHILE = "Somebody changed this while you had the page open"


@pytest.fixture
def made(db: None) -> Made:
    return make_ward()


def test_the_measures_that_another_chose_stand(made: Made, client: Client) -> None:
    found = make_project(made.leader, made.ward)
    theirs, mine = (make_measure(made.leader, made.ward, title) for title in ("Bags by 11", "Steps walked"))
    client.force_login(made.leader)
    path = f"{address_of(found)}how-we-will-know/"
    left_open = opened_on(client.get(path).text)
    actions.choose_measures(by=made.leader, project=found, measures=[theirs])
    refused = client.post(path, {"seen": left_open, "first": str(mine.pk)})
    assert refused.status_code == 409
    assert MEANWHILE in refused.text
    assert "<td>Steps walked</td><td>Bags by 11</td>" in refused.text
    assert f'value="{mine.pk}" checked' in refused.text, "what was chosen is still chosen"
    assert chosen_measures(found) == [theirs.pk]
    assert client.post(path, {"seen": opened_on(refused.text), "first": str(mine.pk)}).status_code == 302
    assert chosen_measures(found) == [mine.pk]


def test_the_hours_that_another_noted_stand(made: Made, client: Client) -> None:
    found, month = make_project(made.leader, made.ward, promised_hours=8), first_of_month(today(), back=1)
    client.force_login(made.leader)
    path, typed = f"{address_of(found)}hours/", {"month": f"{month:%Y-%m}", "hours": "6"}
    left_open = opened_on(client.get(path).text)
    actions.note_hours(by=made.leader, project=found, month=month, hours=20)
    refused = client.post(path, {"seen": left_open, **typed})
    assert refused.status_code == 409
    assert "<td>6</td><td>20</td>" in refused.text
    assert f"{month:%B %Y}, 20 so far" in refused.text
    assert hours_noted(found) == {typed["month"]: 20}
    assert send_form(client, path, typed).status_code == 302
    assert hours_noted(found) == {typed["month"]: 6}
