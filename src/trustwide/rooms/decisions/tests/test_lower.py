"""What limits would have let decisions be made lower, and the days that they take."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from trustwide.rooms.decisions.actions import decide, raise_silent
from trustwide.rooms.decisions.actions_past import Past, enter_past
from trustwide.rooms.decisions.counted import median_by_month
from trustwide.rooms.decisions.lower_page import FEWEST, LIMITS, MOST_OF_THEM, Decided, smallest_limit, suggestions
from trustwide.rooms.decisions.models import SERVICE, Decision, SchemeLine
from trustwide.rooms.decisions.tests.trust import Trust, again, make_trust
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow

LOWER = "/st-brides/decisions/lower/"
money = st.none() | st.integers(0, 60_000)
some = st.lists(
    st.builds(
        Decided, st.just("team"), st.just("directorate"), st.just("directorate"), st.just(SERVICE), money, st.booleans()
    )
)


@given(st.lists(st.integers(0, 60_000)))
def test_the_smallest_limit_lets_most_and_no_smaller_one_does(sums: list[int]) -> None:
    found, needed = smallest_limit(sums), max(FEWEST, MOST_OF_THEM * len(sums))
    let = {limit: sum(each <= limit for each in sums) for limit in LIMITS}
    if found is None:
        assert max(let.values()) < needed
    else:
        limit, kept = found
        assert kept == let[limit] >= needed
        assert all(let[each] < needed for each in LIMITS if each < limit)


@given(some)
def test_what_is_said_is_what_was_counted(decided: list[Decided]) -> None:
    for each in suggestions(decided, []):
        kept = [one for one in decided if one.reversible and (one.money or 0) <= each.limit]
        assert (each.kept, each.all, each.lower) == (len(kept), len(decided), "service")
        assert str(each.kept) in each.sentence
    let = SchemeLine(sort=SERVICE, level="service", role="manager", limit=None)
    assert suggestions(decided, [let]) == []


@pytest.fixture
def trust(db: None) -> Trust:
    return make_trust()


def test_the_page_says_so(trust: Trust, client: Client) -> None:
    client.force_login(trust.people["nurse"])
    assert "Nothing was decided here yet" in client.get(LOWER).text
    for sum_ in (1_100, 2_000, 2_400, 4_900):
        decide(by=trust.people["director"], decision=trust.ask(money=sum_), what="yes")
    late = trust.ask(needed_by=today())
    Decision.objects.filter(pk=late.pk).update(next_review=today() - timedelta(days=1))
    raise_silent(decision=again(late))
    decide(by=trust.people["manager"], decision=late, what="yes")
    page = client.get(LOWER).text
    assert "could decide up to £2,500, services could have decided them." in page
    assert "of 4 decisions where directorates decide, 3 cost £2,500 or less and could be undone" in page
    assert "1 went up because no word had come." in page


def test_days_to_decide_are_a_median_of_working_days_by_month(trust: Trust) -> None:
    asked = trust.ask().created_at
    for days in (1, 3, 9):
        decision = trust.ask()
        decided = date(2026, 10, 1) + timedelta(days=days)
        Decision.objects.filter(pk=decision.pk).update(
            created_at=asked.replace(year=2026, month=10, day=1, hour=12), decided_on=decided
        )
    numbers = median_by_month("team")(trust.place, date(2026, 12, 2))
    assert [(each.period, each.value) for each in numbers] == [(date(2026, 10, 1), 1.0)]
    assert list(median_by_month("directorate")(trust.place, date(2026, 12, 2))) == []


def test_decisions_of_old_minutes_are_entered_at_once(trust: Trust) -> None:
    fields = {"title": "May we?", "options": "Try it", "sort": SERVICE, "money": 2_000}
    day = today() - timedelta(days=30)
    past = [
        Past(trust.ward, trust.people["nurse"], {**fields, "title": f"May we? {each}"}, day, today(), "yes", each == 2)
        for each in range(3)
    ]
    with pytest.raises(NotAllowed):
        enter_past(by=trust.people["manager"], organisation=trust.place, past=past)
    with pytest.raises(NotAllowed):
        enter_past(by=trust.people["chief"], organisation=make_trust("Riverside").place, past=past)
    assert enter_past(by=trust.people["chief"], organisation=trust.place, past=past) == 3
    found = list(Decision.objects.order_by("title").select_related("owner"))
    assert [each.level for each in found] == ["directorate", "directorate", "organisation"]
    assert [each.owner for each in found] == [trust.people[who] for who in ("director", "director", "chief")]
    assert [each.what for each in found[2].steps.all()] == ["asked", "rose", "yes"]
    assert found[0].options == "Try it\nDo nothing"
    assert found[0].versions.get().fields["title"] == "May we? 0"
    assert AuditRow.objects.filter(verb="added", by=trust.people["chief"]).count() == 3
