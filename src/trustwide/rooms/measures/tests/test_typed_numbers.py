"""Numbers as people type them: shares and rates, days that cannot be, two of one month, and one that is taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from tests.makers import make_measure, make_numbers, make_person
from trustwide.rooms.measures import actions, queries
from trustwide.rooms.measures.computed import Number
from trustwide.rooms.measures.models import Measure, Observation
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places.models import Place

SHARE = "1/1/2026 30 200\n1/2/2026 20 200"
Type = Callable[..., str]


@pytest.fixture
def measure(lead: Person, ward: Place) -> Measure:
    return make_measure(lead, ward)


@pytest.fixture
def type_in(client: Client, lead: Person, measure: Measure) -> Type:
    """Types into the page of a measure; gives what comes back, empty where it was saved."""
    client.force_login(lead)

    def typed(pasted: str, **fields: str) -> str:
        page = f"/{measure.organisation.slug}/measures/{measure.pk}/numbers/"
        answer = client.post(page, {"pasted": pasted, **fields})
        return "" if answer.status_code == 302 else answer.content.decode()

    return typed


def charted(measure: Measure) -> list[float]:
    measure.refresh_from_db()
    found: list[float] = queries.charts_of([measure])[measure.pk].values.tolist()
    return found


@pytest.mark.parametrize("chart", ["p", "u"])
@pytest.mark.parametrize("pasted", [SHARE, SHARE.replace(" ", "\t"), f"date numerator denominator\n{SHARE}"
                                    .replace(" ", ",")])  # fmt: skip
def test_a_share_that_is_typed_is_charted(type_in: Type, measure: Measure, chart: str, pasted: str) -> None:
    Measure.objects.filter(pk=measure.pk).update(chart=chart, multiply=100)
    assert type_in(pasted) == ""
    assert charted(measure) == pytest.approx([15, 10])
    assert "two values" in measure.sentence


def test_shares_that_were_kept_without_their_value_are_given_it(lead: Person, measure: Measure) -> None:
    Measure.objects.filter(pk=measure.pk).update(chart="p")
    days = (date(2026, month, 1) for month in (1, 2, 3))
    rows = [
        Observation(measure=measure, period=actions._moment(Number(day)), numerator=some, size=size, by=lead)
        for day, some, size in zip(days, (30, 20, 1), (200, 200, 0), strict=True)
    ]
    Observation.objects.bulk_create(rows)
    import_module("trustwide.rooms.measures.migrations.0002_ratios_have_a_value").divide(apps, None)
    assert list(measure.observations.values_list("value", flat=True)) == [0.15, 0.1, None]


@pytest.mark.parametrize(
    ("day", "said"),
    [(today() + timedelta(days=1), "is still to come"), (date(2206, 1, 1), "still to come"), (date(1206, 1, 1), "ago")],
)
def test_a_day_that_cannot_be_is_told(type_in: Type, day: date, said: str) -> None:
    assert said in type_in(f"{day:%d/%m/%Y} 5")
    assert not Observation.objects.exists()


def test_a_month_has_one_number(type_in: Type, lead: Person, measure: Measure) -> None:
    assert "1 May 2026 and 2 May 2026 are of one month" in type_in("1/5/2026 5\n2/5/2026 6")
    make_numbers(lead, measure, [5])
    assert "1 January 2025 and 9 January 2025" in type_in("9/1/2025 5")
    assert type_in("1/1/2025 7", put_right="on") == ""
    Measure.objects.filter(pk=measure.pk).update(every="event")
    assert type_in("9/1/2025 5") == ""


def test_a_line_without_a_heading_is_row_one(type_in: Type) -> None:
    page = type_in("1/5/2026 five\n1/6/2026 6")
    assert "<td>1</td>" in page
    assert "<td>1</td>" not in type_in("date\tvalue\n1/5/2026\tfive")
    assert "no rows" not in type_in("hello")


def test_an_empty_cell_says_that_there_is_no_number(type_in: Type, lead: Person, measure: Measure) -> None:
    make_numbers(lead, measure, [5])
    assert type_in("1/1/2025\t", put_right="on") == ""
    assert measure.observations.get().value is None


def test_a_mistyped_number_is_taken_away(client: Client, type_in: Type, lead: Person, measure: Measure) -> None:
    make_numbers(lead, measure, [5, 99])
    wrong = measure.observations.get(value=99).pk
    for _twice in range(2):
        assert type_in("", remove=str(wrong)) == ""
    assert charted(measure) == [5]
    assert AuditRow.objects.filter(verb="removed-number").count() == 1
    assert "Write or paste a date" in type_in("", remove="9" * 40)
    with pytest.raises(NotAllowed):
        actions.remove_number(by=make_person("Bob", "staff", measure.place), measure=measure, number=wrong)


def test_what_a_number_said_before_is_kept_without_its_note(
    client: Client, type_in: Type, lead: Person, measure: Measure
) -> None:
    assert type_in("date,value,note\n1/1/2026,5,Bay 2 was shut\n1/2/2026,6,") == ""
    assert type_in("1/1/2026 50\n1/2/2026 6", put_right="on") == ""
    assert type_in("", remove=str(measure.observations.get(value=6).pk)) == ""
    assert list(queries.earlier_numbers_of(measure).values_list("value", "by__name")) == [
        (6, lead.name),
        (5, lead.name),
    ]
    page = client.get(f"/{measure.organisation.slug}/measures/{measure.pk}/numbers/").content.decode()
    assert "Put right or taken away" in page
    assert "Bay 2" not in page


def test_only_a_share_is_shown_out_of_so_many(client: Client, lead: Person, measure: Measure) -> None:
    client.force_login(lead)
    page = f"/{measure.organisation.slug}/measures/{measure.pk}/change/"
    told = {"title": measure.title, "every": "month", "improvement": "decrease", "multiply": "1000.0", "version": "1"}
    assert "Only a share or a rate" in client.post(page, {**told, "chart": "xmr"}).content.decode()
    assert client.post(page, {**told, "chart": "u"}).status_code == 302
    measure.refresh_from_db()
    assert (measure.chart, measure.multiply) == ("u", 1000)


@pytest.mark.parametrize(("target", "shown"), [(90.0, "90"), (2.5, "2.5")])
def test_a_target_is_shown_as_it_was_typed(
    client: Client, lead: Person, measure: Measure, target: float, shown: str
) -> None:
    Measure.objects.filter(pk=measure.pk).update(target=target)
    client.force_login(lead)
    page = client.get(f"/{measure.organisation.slug}/measures/{measure.pk}/change/").content.decode()
    assert f'value="{shown}"' in page


def test_limits_are_not_reset_on_a_day_to_come(client: Client, lead: Person, measure: Measure) -> None:
    client.force_login(lead)
    page = f"/{measure.organisation.slug}/measures/{measure.pk}/resets/"
    later = f"{today() + timedelta(days=2):%d/%m/%Y}"
    assert "Give a day up to today" in client.post(page, {"starts": later, "reason": "New rota"}).content.decode()
    assert client.post(page, {"starts": f"{today():%d/%m/%Y}", "reason": "New rota"}).status_code == 302


def test_no_number_of_what_is_worked_out_is_taken_away(lead: Person, measure: Measure) -> None:
    make_numbers(lead, measure, [5])
    measure.computed = "messages-posted"
    with pytest.raises(NotAllowed):
        actions.remove_number(by=lead, measure=measure, number=measure.observations.get().pk)


def test_nothing_is_typed_into_a_measure_that_is_worked_out(type_in: Type, client: Client, measure: Measure) -> None:
    Measure.objects.filter(pk=measure.pk).update(computed="messages-posted")
    assert client.get(f"/{measure.organisation.slug}/measures/{measure.pk}/numbers/").status_code == 404
