"""The hour after midnight in summer, when the day here is another than in UTC, told in every run; and its control."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tests.journeys import moments
from tests.journeys.conftest import Open
from tests.journeys.moments import MOMENTS, SUMMER_NIGHT, ZONES, Moment
from tests.makers import make_organisation, make_person, make_team
from trustwide.rooms.projects.actions import begin_test
from trustwide.rooms.projects.tests.made import make_project, make_test

pytestmark = pytest.mark.django_db(transaction=True)
NIGHTS = [Moment(SUMMER_NIGHT, MOMENTS[SUMMER_NIGHT], zone) for zone in ZONES]
AT_NIGHT = pytest.mark.parametrize("moment", NIGHTS, ids=str, indirect=True)
IN_UTC = pytest.mark.parametrize("moment", NIGHTS[:1], ids=str, indirect=True)
CLOCK = "() => [new Date().toISOString().slice(0, 16), Intl.DateTimeFormat().resolvedOptions().timeZone]"


def day_said(open_page: Open, moment: Moment) -> str:
    """What a front page says of a test that was begun a moment ago. Server and browser go by the clock of the story."""
    leader = make_person("Ruby Adeyemi", "team-leader", make_team(make_organisation()))
    test = make_test(leader, make_project(leader, leader.roles.get().place))
    begin_test(by=leader, test=test, version=test.version)
    page = open_page("/", by=leader)
    assert page.evaluate(CLOCK) == [f"{moment.at:%Y-%m-%dT%H:%M}", moment.zone]
    assert time.strftime("%H:%M") == f"{moment.there:%H:%M}", "the zone of the machine"
    return page.get_by_text("of your test: what happened?").inner_text()


@AT_NIGHT
def test_what_was_begun_after_midnight_is_in_its_first_day(open_page: Open, moment: Moment) -> None:
    assert day_said(open_page, moment).startswith("Day 1 of your test")


@IN_UTC
def test_control_a_house_that_takes_the_day_of_utc_is_seen(
    open_page: Open, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def day_in_utc(value: datetime | None = None, _zone: object = None) -> date:
        return (value or timezone.now()).astimezone(UTC).date()

    monkeypatch.setattr(timezone, "localdate", day_in_utc)
    assert day_said(open_page, moment).startswith("Day 0 of your test")


@pytest.mark.parametrize("story", ["one story", "another"])
def test_a_full_run_tells_a_story_at_every_moment_and_in_both_zones(
    monkeypatch: pytest.MonkeyPatch, story: str
) -> None:
    monkeypatch.setattr(moments, "WHOLE", True)
    now, *told = moments.moments_of(story)
    assert now is None
    assert [each.name for each in told] == list(MOMENTS)
    assert {each.zone for each in told} == set(ZONES)
    monkeypatch.setitem(moments.NOT_THEN, (story, SUMMER_NIGHT), "it sleeps")
    assert SUMMER_NIGHT not in [each.name for each in moments.moments_of(story) if each]
