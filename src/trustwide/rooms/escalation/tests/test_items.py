"""What is raised is answered, in time, by somebody who may; and it is over once who raised it knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localtime

from tests.makers import make_organisation, make_person, said_on_front
from trustwide.rooms.commons.actions import move_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.models import Notice
from trustwide.rooms.escalation import actions, queries
from trustwide.rooms.escalation.models import Item
from trustwide.rooms.escalation.tests.way_up import WayUp, anew, at, steps
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions_roles import end_role, give_role


def due(item: Item) -> str:
    return f"{localtime(item.due_at):%a %H:%M}" if item.due_at else ""


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("at", "pk").values_list("what", flat=True))


@pytest.mark.parametrize(("sort", "when"), [("know", "Thu 10:00"), ("help", "Wed 10:00"), ("stop", "Tue 11:00")])
def test_an_item_goes_to_who_leads_the_team_with_a_day(way: WayUp, sort: str, when: str) -> None:
    item = way.raise_item(sort=sort)
    assert (item.owner, due(item), item.stage) == (way.leader, when, "asked")
    assert item.next_review == localtime(item.due_at).date()
    assert steps(item) == ["raised"]


def test_an_item_of_the_night_is_due_in_working_hours(way: WayUp) -> None:
    with at(16, 2):  # Saturday, three in the morning
        item = way.raise_item()
    assert due(item) == "Mon 17:00"


def test_nobody_answers_what_they_raised_themselves(way: WayUp) -> None:
    assert way.raise_item(by=way.leader).owner == way.manager
    assert way.raise_item(by=way.chief, place=way.trust).owner == way.chief  # nobody else is at the top


def test_a_tier_with_nobody_is_passed_at_once_and_says_so(way: WayUp) -> None:
    end_role(by=None, held=way.leader.roles.get(), on=date(2026, 5, 11))
    item = way.raise_item()
    assert (item.owner, item.tier, steps(item)) == (way.manager, 2, ["raised", "nobody"])


def test_an_answer_is_over_once_it_is_told(way: WayUp) -> None:
    item = way.raise_item()
    actions.answer_item(by=anew(way.leader), item=item, words="The dispensary opens at nine from Sunday.")
    now_it_is = queries.item_numbered(item.pk)
    assert (now_it_is.stage, now_it_is.closed_at) == ("answered", None)
    assert told(way.nurse) == ["item-answered"]
    actions.tell_raiser(by=anew(way.leader), item=item)
    actions.tell_raiser(by=anew(way.leader), item=item)
    assert queries.item_numbered(item.pk).closed_at is not None
    assert steps(item) == ["raised", "answer", "tell"]


def test_who_has_left_is_not_asked_whether_it_helped(way: WayUp) -> None:
    item = way.raise_item()
    actions.answer_item(by=anew(way.leader), item=item, words="Yes.")
    Notice.objects.filter(person=way.nurse).update(read_at=now())
    assert said_on_front(way.nurse, way.team, "Did it help?") == [f"{item.title}: It was answered. Did it help?"]
    end_role(by=None, held=way.nurse.roles.get(), on=today() - timedelta(days=1))
    assert said_on_front(way.nurse, way.team, "Did it help?") == []


def test_only_once_is_answered(way: WayUp) -> None:
    item = way.raise_item()
    actions.answer_item(by=anew(way.leader), item=item, words="Yes.")
    with pytest.raises(NotNow):
        actions.answer_item(by=anew(way.manager), item=item, words="No.")
    assert steps(item) == ["raised", "answer"]


def test_what_did_not_help_opens_again_at_its_tier(way: WayUp) -> None:
    item = way.raise_item()
    actions.pass_up(by=anew(way.leader), item=item, words="I cannot move the dispensary.")
    actions.answer_item(by=anew(way.manager), item=item, words="They open at nine.", told=True)
    actions.say_helped(by=anew(way.nurse), item=item, helped=False, words="Not on bank holidays.")
    again = queries.item_numbered(item.pk)
    assert (again.stage, again.tier, again.owner, again.not_solved, again.closed_at) == (
        "asked", 2, way.manager, 1, None,
    )  # fmt: skip
    actions.answer_item(by=anew(way.manager), item=item, words="On those too, now.")
    actions.say_helped(by=anew(way.nurse), item=item, helped=True)
    assert queries.item_numbered(item.pk).stage == "helped"


def test_working_on_it_counts_once_at_a_tier(way: WayUp) -> None:
    item = way.raise_item()
    actions.promise_word(by=anew(way.leader), item=item, words="", until=date(2026, 5, 15))
    assert due(queries.item_numbered(item.pk)) == "Fri 17:00"
    actions.promise_word(by=anew(way.leader), item=item, words="", until=date(2026, 5, 22))
    waits = queries.item_numbered(item.pk)
    assert (due(waits), waits.asks_until) == ("Fri 17:00", date(2026, 5, 22))
    assert localtime(waits.due_at).date() == date(2026, 5, 15)
    actions.agree_to_wait(by=anew(way.nurse), item=item, agrees=False)
    assert localtime(queries.item_numbered(item.pk).due_at).date() == date(2026, 5, 15)
    actions.promise_word(by=anew(way.leader), item=item, words="", until=date(2026, 5, 22))
    actions.agree_to_wait(by=anew(way.nurse), item=item, agrees=True)
    assert localtime(queries.item_numbered(item.pk).due_at).date() == date(2026, 5, 22)
    with pytest.raises(NotNow):
        actions.agree_to_wait(by=anew(way.nurse), item=item, agrees=True)


def test_just_so_you_know_is_over_once_it_is_seen(way: WayUp) -> None:
    item = way.raise_item(sort="know")
    actions.see_item(by=anew(way.leader), item=item)
    assert queries.item_numbered(item.pk).stage == "told"
    with pytest.raises(NotNow):
        actions.see_item(by=anew(way.leader), item=way.raise_item(sort="help"))


def test_at_the_top_there_is_nobody_to_pass_it_up_to(way: WayUp) -> None:
    item = way.raise_item(by=way.nurse)
    for each in (way.leader, way.manager, way.director):
        actions.pass_up(by=anew(each), item=item, words="More than I can do.")
    with pytest.raises(NotNow):
        actions.pass_up(by=anew(way.chief), item=item, words="More than I can do.")


def test_who_may_answer(way: WayUp) -> None:
    """The owner, and those who may change things where its tier answers; not the nurse, nor a leader further down."""
    item = way.raise_item()
    actions.pass_up(by=anew(way.leader), item=item, words="Help us.")
    stranger = make_person("Ola", "manager", make_organisation("Riverside"))
    for each in (way.nurse, way.leader, stranger):
        with pytest.raises(NotAllowed):
            actions.answer_item(by=anew(each), item=item, words="Done.")
    actions.answer_item(by=anew(way.director), item=item, words="Done.")


def test_only_who_raised_it_says_whether_it_helped_or_takes_it_back(way: WayUp) -> None:
    item = way.raise_item()
    with pytest.raises(NotNow):
        move_record(by=anew(way.leader), record=item, version=item.version, stage="taken-back")
    with pytest.raises(NotNow):
        move_record(by=anew(way.leader), record=queries.item_numbered(item.pk), version=1, stage="told")
    actions.answer_item(by=anew(way.leader), item=item, words="Done.")
    with pytest.raises(NotAllowed):
        actions.say_helped(by=anew(way.leader), item=item, helped=True)
    again = queries.item_numbered(item.pk)
    move_record(by=anew(way.nurse), record=again, version=again.version, stage="taken-back")
    assert steps(item) == ["raised", "answer", "back"]


def test_a_service_user_partner_raises_at_their_place_and_a_guest_does_not(way: WayUp) -> None:
    partner = make_person("Grace Tembo", "service-user-partner", way.team)
    assert way.raise_item(by=partner).owner == way.leader
    guest = make_person("Lee Hartley", "partner-guest", way.team)
    with pytest.raises(NotAllowed):
        way.raise_item(by=guest)


def test_the_longest_holder_of_the_tiers_role_answers(way: WayUp) -> None:
    with at(13):
        second = make_person("Second", "team-leader", way.team)
        assert way.raise_item().owner == way.leader
    with at(14):
        end_role(by=None, held=way.leader.roles.get(), on=date(2026, 5, 13))
        assert way.raise_item().owner == second
        give_role(by=None, person=way.nurse, role="manager", place=way.team)
        assert way.raise_item(by=way.manager).owner == second
