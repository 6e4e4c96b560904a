"""Measures as records: numbers typed, pasted or sent, put right, computed; limits reset; one rule set for all."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.makers import make_measure, make_message, make_numbers, make_organisation, make_person, make_team
from trustwide.rooms.measures import actions, queries
from trustwide.rooms.measures.computed import COMPUTED, Number
from trustwide.rooms.measures.models import Measure, Observation
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places.models import Place


@pytest.fixture
def falls(lead: Person, ward: Place) -> Measure:
    return make_measure(lead, ward)


def series_of(measure: Measure) -> object:
    return queries.charts_of([measure])[measure.pk]


def numbers_page(measure: Measure) -> str:
    return f"/{measure.organisation.slug}/measures/{measure.pk}/numbers/"


def test_numbers_make_a_chart(lead: Person, falls: Measure) -> None:
    make_numbers(lead, falls, [5, 6, 4, 5, 6, 5, 4, 6, 5, 4, 5, 6, 40])
    series = series_of(falls)
    assert series.variation == "concern_high"
    assert series.signals[-1] == ("outside",)


def test_nobody_else_adds_numbers(ward: Place, falls: Measure) -> None:
    for name, place in (("Bob", ward), ("Dan", make_team(make_organisation("Riverside")))):
        with pytest.raises(NotAllowed):
            make_numbers(make_person(name, "staff", place), falls, [1])
    assert not Observation.objects.exists()


def test_a_number_that_is_there_is_put_right_only_when_asked(lead: Person, falls: Measure) -> None:
    make_numbers(lead, falls, [1, 2, 3])
    again = [Number(date(2025, 1, 1), 1.0), Number(date(2025, 2, 1), 9.0), Number(date(2025, 4, 1), 4.0)]
    with pytest.raises(actions.AlreadyThere) as refusal:
        actions.record_numbers(by=lead, measure=falls, numbers=again)
    assert refusal.value.periods == [date(2025, 2, 1)]
    assert Observation.objects.count() == 3, "nothing is half-saved"
    assert actions.record_numbers(by=lead, measure=falls, numbers=again, put_right=True) == 2
    assert list(Observation.objects.values_list("value", flat=True)) == [1, 9, 3, 4]


def test_a_reset_starts_a_segment_and_says_why(lead: Person, falls: Measure) -> None:
    make_numbers(lead, falls, [5, 6, 5, 6, 5, 6, 15, 16, 15, 16, 15, 16])
    actions.reset_limits(by=lead, measure=falls, starts=date(2025, 7, 1), reason="New ward layout")
    series = series_of(falls)
    assert series.segments.tolist() == [1] * 6 + [2] * 6
    assert "New ward layout" in series.notes[6]


def test_one_rule_set_for_an_organisation(lead: Person, falls: Measure) -> None:
    make_numbers(lead, falls, range(10, 22))
    analyst = make_person("Ann", "analyst", falls.organisation)
    assert series_of(falls).settings.rules == "nhs"
    actions.choose_rules(by=analyst, organisation=falls.organisation, rules="anhoj")
    assert series_of(falls).settings.rules == "anhoj"
    with pytest.raises(NotAllowed):
        actions.choose_rules(by=lead, organisation=falls.organisation, rules="nhs")


def test_many_measures_take_the_same_queries(lead: Person, ward: Place, django_assert_num_queries: object) -> None:
    for each in range(5):
        make_numbers(lead, make_measure(lead, ward, title=f"Measure {each}"), [1, 2, 3])
    measures = list(queries.measures_at(lead, ward))
    with django_assert_num_queries(3):
        assert len(queries.charts_of(measures)) == 5


def test_a_computed_measure_counts_what_is_there(ward: Place) -> None:
    chief = make_person("Ces", "executive", ward.organisation)
    make_message(chief, ward.organisation)
    make_message(chief, ward.organisation, stage="draft")
    number = actions.add_computed_measure(by=chief, computed=COMPUTED["messages-posted"], place=ward.organisation)
    measure = Measure.objects.select_related("place").get(pk=number)
    assert measure.observations.count() == 24
    next_year = date(measure.created_at.year + 1, 1, 1)
    actions.work_out(measure=measure, day=next_year)
    assert sum(measure.observations.values_list("value", flat=True)) == 1
    with pytest.raises(NotAllowed):
        make_numbers(chief, measure, [7])


PASTES = {
    "tabs": "01/01/2025\t5\n01/02/2025\t6",
    "spaces": "1/1/2025 5\n1/2/2025 6",
    "commas with a heading": "date,value\n2025-01-01,5\n2025-02-01,6",
    "words for months": "1 January 2025\t5\n1 February 2025\t6",
}


@pytest.mark.parametrize("pasted", PASTES.values(), ids=PASTES)
def test_pasted_numbers_are_read(client: Client, lead: Person, falls: Measure, pasted: str) -> None:
    client.force_login(lead)
    answer = client.post(numbers_page(falls), {"pasted": pasted})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    found = [(each.period.date(), each.value) for each in Observation.objects.all()]
    assert found == [(date(2025, 1, 1), 5.0), (date(2025, 2, 1), 6.0)]


@pytest.mark.parametrize("pasted", ["", "never", "31/2/2025 5", "1/1/2025 many", "1/1/2025", "\x00", "date\tvalue"])
def test_wrong_numbers_are_told_and_kept(client: Client, lead: Person, falls: Measure, pasted: str) -> None:
    client.force_login(lead)
    answer = client.post(numbers_page(falls), {"pasted": pasted})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert any(words in page for words in ("What to do", "Write or paste", "Null characters"))
    assert pasted.split("\t")[0].strip("\x00") in page
    assert not Observation.objects.exists()


def test_insiders_without_the_right_get_403_and_strangers_404(client: Client, ward: Place, falls: Measure) -> None:
    for name, place, expected in (("Bob", ward, 403), ("Dan", make_organisation("Riverside"), 404)):
        client.force_login(make_person(name, "staff", place))
        assert client.get(numbers_page(falls)).status_code == expected
        assert client.post(numbers_page(falls), {"pasted": "1/1/2025 5"}).status_code == expected
    assert not AuditRow.objects.filter(verb="numbered").exists()


def test_resets_are_made_and_taken_away_on_the_page(client: Client, lead: Person, falls: Measure) -> None:
    client.force_login(lead)
    page = f"/{falls.organisation.slug}/measures/{falls.pk}/resets/"
    assert "Such as 3/4/2026" in client.post(page, {"starts": "yesterday"}).content.decode()
    assert client.post(page, {"starts": "3/4/2025", "reason": "New rota"}).status_code == 302
    reset = falls.resets.get()
    assert (reset.starts, "New rota" in client.get(page).content.decode()) == (date(2025, 4, 3), True)
    assert client.post(f"{page}{reset.pk}/remove/").status_code == 302
    assert not falls.resets.exists()


def test_what_is_the_teams_own_is_not_there_for_others(client: Client, lead: Person, ward: Place) -> None:
    """Not on a page, not in a list, not by its number, even for those of the same organisation who add numbers."""
    own = make_measure(lead, ward, sharing="team")
    other = make_team(ward.organisation, "Ward 8")
    neighbour = make_person("Ned", "team-leader", other)
    assert list(queries.measures_at(lead, ward)) == [own]
    assert list(queries.measures_at(neighbour, ward)) == []
    client.force_login(neighbour)
    assert client.get(numbers_page(own)).status_code == 404


def test_the_number_of_nothing_is_not_found(client: Client, lead: Person, falls: Measure) -> None:
    client.force_login(lead)
    nobody = "00000000-0000-7000-8000-000000000000"
    start = f"/{falls.organisation.slug}/measures"
    assert client.get(f"{start}/{nobody}/numbers/").status_code == 404
    assert client.post(f"{start}/{falls.pk}/resets/{nobody}/remove/").status_code == 404


def test_only_who_may_measure_changes_limits(ward: Place, lead: Person, falls: Measure) -> None:
    actions.reset_limits(by=lead, measure=falls, starts=date(2025, 7, 1), reason="New ward layout")
    nurse = make_person("Bob", "staff", ward)
    with pytest.raises(NotAllowed):
        actions.reset_limits(by=nurse, measure=falls, starts=date(2025, 8, 1), reason="Mine")
    with pytest.raises(NotAllowed):
        actions.remove_reset(by=nurse, reset=falls.resets.get())
    assert falls.resets.count() == 1
