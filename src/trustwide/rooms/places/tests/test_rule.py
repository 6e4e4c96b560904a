"""A rule finds the rows that Django finds by the same Q."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Exists, OuterRef, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.makers import make_directorate, make_group, make_organisation, make_team
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.rule import Lists, Rule, holds, texted

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]  # SQL of our own
LEVELS = ["group", "organisation", "directorate", "team", "none"]
conditions = st.one_of(
    st.builds(lambda level: Q(level=level), st.sampled_from(LEVELS)),
    st.builds(lambda levels: Q(level__in=levels), st.lists(st.sampled_from(LEVELS), max_size=3)),
    st.builds(lambda level, name: Q(level=level, name=name), st.sampled_from(LEVELS), st.sampled_from(["Ward 7", "%"])),
    st.builds(lambda name: ~Q(name=name), st.sampled_from(["Ward 7", "Medicine", "x' or 1=1"])),
    st.builds(lambda start: Q(name__startswith=start), st.sampled_from(["", "W", "%", "_ard", "Three"])),
)
rules = st.recursive(
    conditions,
    lambda inner: st.builds(
        lambda first, other, both, negated: (~first if negated else first) & other if both else first | other,
        *(inner, inner, st.booleans(), st.booleans()),
    ),
    max_leaves=8,
)


@pytest.fixture
def places() -> list[Place]:
    trust = make_organisation(group=make_group())
    return [trust, make_directorate(trust), make_team(trust), make_team(trust, "_ard 8"), make_team(trust, "50% ward")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=rules)
def test_a_rule_finds_what_its_q_finds(places: list[Place], rule: Q) -> None:
    assert found(Rule(rule)) == found(rule) == {each.pk for each in Place.objects.all() if holds(rule, each, {})}


def test_a_rule_holds_of_a_row_that_is_in_a_queryset(places: list[Place]) -> None:
    lists: Lists = {}
    rule = Q(parent__in=texted(Place.objects.filter(level="organisation").values("pk")))
    assert found(Rule(rule)) == {each.pk for each in places if holds(rule, each, lists)} != set()
    assert [len(each) for each in lists.values()] == [1]


def test_a_rule_looks_at_rows_pointed_to_and_in_a_queryset(places: list[Place]) -> None:
    trusts = Place.objects.filter(level="organisation").values("pk")
    for rule in (Q(parent__level="group"), Q(parent__parent__level__in=["group"]), Q(parent__in=trusts)):
        told = Q(parent__in=texted(trusts)) if rule == Q(parent__in=trusts) else rule
        assert found(Rule(told)) == found(rule) != set()


def test_a_rule_asks_inside_another_question(places: list[Place]) -> None:
    above = Place.objects.filter(pk=OuterRef("parent"))
    rule = Q(level="organisation") & ~Q(name="Medicine")
    assert found(Exists(above.filter(Rule(rule)))) == found(Exists(above.filter(rule))) != set()


def test_a_rule_of_very_many_conditions_can_be_asked(places: list[Place]) -> None:
    """As that of somebody with a role at each of two thousand places; SQLite refuses a thousand in a row."""
    many = Q(
        *((f"name{end}", f"Ward {number}") for number in range(1_000) for end in ("", "__startswith")), _connector=Q.OR
    )
    for rule in (many, ~many, Q(level="team") & many):
        assert found(Rule(rule)) == {each.pk for each in Place.objects.all() if holds(rule, each, {})} != set()


def test_a_rule_of_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(Exception, match="Cannot resolve keyword"):
        found(Rule(Q(colour="red")))


def found(rule: Any) -> set[Any]:
    return set(Place.objects.filter(rule).values_list("pk", flat=True))
