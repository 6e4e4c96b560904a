"""Shared devices and the hands of people at them, without any page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from tests.makers import make_organisation, make_person, make_team
from trustwide.rooms.devices import actions, pins, queries
from trustwide.rooms.devices.gates import at_team
from trustwide.rooms.devices.models import Device, Hand
from trustwide.rooms.devices.parts import ADDITIONS, Addition, additions_for, register_addition
from trustwide.rooms.devices.tests.ward import OTHER_PIN, PIN, Ward, afresh, hold
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places import actions as places
from trustwide.rooms.places.actions_roles import end_role
from trustwide.rooms.places.models import Place

Comment = apps.get_model("commons", "Comment")  # of a room above this one: asked for by its name


def verbs() -> list[str]:
    return list(AuditRow.objects.filter(kind__startswith="devices").order_by("pk").values_list("verb", flat=True))


def test_a_code_joins_one_device_once(ward: Ward) -> None:
    device, code = actions.add_device(by=ward.leader, place=ward.team, name=" Tablet ")
    assert (device.name, len(code), code.isalpha()) == ("Tablet", 8, True)
    joined = actions.join_device(code=code)
    assert joined
    assert queries.device_with(joined[1]) == device
    assert actions.join_device(code=code) is None
    kept = Device.objects.filter(pk=device.pk).values().get()
    assert not {code, joined[1]} & {str(each) for each in kept.values()}, "the secrets themselves are stored"
    assert verbs() == ["added", "joined"]


def test_a_code_is_good_for_a_quarter_of_an_hour(ward: Ward) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        _device, code = actions.add_device(by=ward.leader, place=ward.team, name="Tablet")
        clock.shift(timedelta(minutes=14, seconds=59))
        assert Device.objects.filter(code_ends_at__gt=timezone.now()).exists()
        clock.shift(timedelta(seconds=1))
        assert actions.join_device(code=code) is None


def test_a_new_code_ends_the_old_one_and_then_the_old_cookie(ward: Ward) -> None:
    device, token = ward.device()
    first, second = (actions.give_code(by=ward.leader, device=device) for _each in range(2))
    assert actions.join_device(code=first) is None
    assert queries.device_with(token) == device
    assert actions.join_device(code=second)
    assert queries.device_with(token) is None


@pytest.mark.parametrize("role", ["staff", "analyst", "improver", "board-member", "partner-guest"])
def test_others_keep_no_devices(ward: Ward, role: str) -> None:
    other = make_person("Other", role, ward.team)
    device, _token = ward.device()
    for act in (
        lambda: actions.add_device(by=other, place=ward.team, name="x"),
        lambda: actions.give_code(by=other, device=device),
        lambda: actions.rename_device(by=other, device=device, name="x"),
        lambda: actions.end_device(by=other, device=device),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_who_leads_another_team_keeps_none_here(ward: Ward) -> None:
    other = make_person("Other", "team-leader", make_team(ward.trust, "Ward 8"))
    with pytest.raises(NotAllowed):
        actions.add_device(by=other, place=ward.team, name="x")
    with pytest.raises(NotAllowed):
        actions.add_device(by=make_person("Ada", "administrator", ward.trust), place=ward.trust, name="not at a team")


def test_an_ended_device_is_nothing_any_more(ward: Ward) -> None:
    device, token = ward.device()
    hold(device, ward.nurse)
    actions.end_device(by=ward.leader, device=device)
    assert queries.device_with(token) is None
    assert not Hand.objects.exists()
    assert list(queries.devices_at(ward.team)) == []


def test_a_device_of_a_closed_team_is_nothing(ward: Ward) -> None:
    _device, token = ward.device()
    places.close_place(by=None, place=ward.team)
    assert queries.device_with(token) is None
    chief = make_person("Chief", "administrator", ward.trust)
    with pytest.raises(NotAllowed):
        actions.add_device(by=chief, place=Place.objects.get(pk=ward.team.pk), name="x")


def test_people_are_named_while_they_hold_a_role_there_and_may_sign_in(ward: Ward) -> None:
    assert queries.people_of(ward.team) == [ward.leader, ward.nurse]
    assert queries.person_called(ward.team, "Sam Castle") == ward.nurse
    ward.nurse.roles.update(starts=timezone.localdate() + timedelta(days=1))
    assert queries.people_of(ward.team) == [ward.leader]
    assert queries.person_called(ward.team, "Sam Castle") is None
    Person.objects.filter(pk=ward.leader.pk).update(is_active=False)
    assert queries.people_of(ward.team) == []


def test_the_gate_of_a_board_lets_its_own_screens_in_and_no_others(ward: Ward, rf: RequestFactory) -> None:
    """Whatever stood in front of it."""
    other, (_device, token) = make_team(ward.trust, "Ward 8"), ward.device()
    gate = at_team(lambda request, team: HttpResponse(team.name), device=True)
    for slug, cookie, opens in ((ward.team.slug, token, True), (other.slug, token, False), (ward.team.slug, "", False)):
        request = rf.get("/")
        request.user, request.COOKIES["device"] = AnonymousUser(), cookie
        if opens:
            assert gate(request, ward.trust.slug, slug).content == b"Ward 7"
        else:
            with pytest.raises(Http404):
                gate(request, ward.trust.slug, slug)


def test_the_right_pin_gives_a_hand_for_three_minutes(ward: Ward) -> None:
    device, _token = ward.device()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        hold(device, ward.nurse)
        clock.shift(timedelta(minutes=2, seconds=59))
        found = queries.hand_of(device)
        assert found
        assert found.person == ward.nurse
        clock.shift(timedelta(seconds=1))
        assert queries.hand_of(device) is None


def test_a_hand_is_of_one_device_and_one_person(ward: Ward) -> None:
    here, there = ward.device()[0], ward.device("Tablet")[0]
    hold(here, ward.nurse)
    assert queries.hand_of(there) is None
    hold(here, ward.leader, OTHER_PIN)
    found = queries.hand_of(here)
    assert found
    assert found.person == ward.leader


def end_roles(person: Person) -> None:
    for held in person.roles.all():
        end_role(by=None, held=held)


@pytest.mark.parametrize(
    "take_away",
    [
        lambda person: Person.objects.filter(pk=person.pk).update(is_active=False),
        end_roles,
        lambda person: actions.remove_pin(person=person),
        lambda person: actions.set_pin(person=person, pin=OTHER_PIN),
    ],
    ids=["disabled", "role ended", "pin removed", "pin changed"],
)
def test_what_is_taken_away_is_gone_at_once(ward: Ward, take_away: Callable[[Person], object]) -> None:
    device, _token = ward.device()
    hold(device, ward.nurse)
    assert queries.hand_of(device), "there was nothing to take away"
    take_away(ward.nurse)
    assert queries.hand_of(device) is None
    with pytest.raises(actions.PinRefused):
        actions.take_hand(device=device, person=afresh(ward.nurse), pin=PIN)


def test_a_stranger_with_a_pin_gets_no_hand(ward: Ward) -> None:
    stranger = make_person("Stranger", "team-leader", make_team(ward.trust, "Ward 8"))
    actions.set_pin(person=stranger, pin=PIN)
    assert queries.person_called(ward.team, "Stranger") is None
    with pytest.raises(actions.PinRefused):
        actions.take_hand(device=ward.device()[0], person=stranger, pin=PIN)


def refused(device: Device, person: Person | None, pin: str = "000000") -> Any:
    with pytest.raises(actions.PinRefused) as refusal:
        actions.take_hand(device=device, person=person, pin=pin)
    return refusal.value.until


def test_after_five_wrong_ones_each_wait_is_longer(ward: Ward, django_capture_on_commit_callbacks: Any) -> None:
    device = ward.device()[0]
    actions.set_pin(person=ward.nurse, pin=PIN)
    with time_machine.travel(timezone.now(), tick=False) as clock, django_capture_on_commit_callbacks(execute=True):
        assert [refused(device, ward.nurse) for _each in range(4)] == [None] * 4
        for minutes in (1, 2, 4):
            until = refused(device, ward.nurse)
            assert until == timezone.now() + timedelta(minutes=minutes)
            clock.shift(timedelta(minutes=minutes) - timedelta(seconds=1))
            assert refused(device, ward.nurse, PIN) == until, "the right one waits, too, and does not add to the wait"
            clock.shift(timedelta(seconds=1))
        assert actions.take_hand(device=device, person=ward.nurse, pin=PIN)
        assert refused(device, ward.nurse) is None, "the right one wiped the count"
    assert AuditRow.objects.filter(verb="wrong-pin", related=str(ward.nurse.pk), by=None).count() == 8
    assert [each.to for each in mail.outbox] == [[ward.nurse.email]]
    assert "Screen in the corridor" in mail.outbox[0].body


def test_one_person_waits_at_every_device_and_others_do_not(ward: Ward) -> None:
    for each in range(5):
        refused(ward.device(f"Tablet {each}")[0], ward.nurse)
    device = ward.device("Another")[0]
    assert refused(device, ward.nurse)
    assert hold(device, ward.leader)


def test_one_device_waits_whoever_is_tried(ward: Ward) -> None:
    device, elsewhere = ward.device()[0], ward.device("Elsewhere")[0]
    actions.set_pin(person=ward.leader, pin=PIN)
    for _each in range(5):
        until = refused(device, None)
    assert until
    assert refused(device, ward.leader, PIN) == until
    assert actions.take_hand(device=elsewhere, person=ward.leader, pin=PIN)


def test_wrong_ones_are_forgotten_after_a_day(ward: Ward) -> None:
    device = ward.device()[0]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _each in range(4):
            refused(device, ward.nurse)
        clock.shift(pins.FORGET_TRIES)
        assert refused(device, ward.nurse) is None


def test_each_try_counts_before_it_is_looked_at(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many at the same moment get five tries, not as many as there are of them."""
    device, waits = ward.device()[0], []

    def look(_kept: object, _pin: str) -> bool:
        if len(waits) < 8:
            waits.append(None)
            waits[-1] = refused(device, ward.nurse)
        return False

    monkeypatch.setattr(pins, "is_right", look)
    refused(device, ward.nurse)
    assert len(waits) == 5, "the sixth was looked at while five had not been answered"


def words_form(ward: Ward, person: Person, text: str = "Thank you, Ade, for Sunday.") -> Any:
    form = ADDITIONS["words"].form(person, ward.team, {"about": str(ward.measure.pk), "text": text})
    assert form.is_valid(), form.errors
    return form


def add_words(ward: Ward, by: Person, device: Device | None) -> bool:
    form = words_form(ward, by)
    return actions.add_at_board(by=by, team=ward.team, addition=ADDITIONS["words"], form=form, device=device)


def test_what_is_added_is_told_as_the_persons_at_the_device(ward: Ward) -> None:
    device = ward.device()[0]
    hold(device, ward.nurse)
    assert add_words(ward, ward.nurse, device)
    comment = Comment.objects.get()
    assert (comment.by, comment.record_id) == (ward.nurse, ward.measure.pk)
    said, here = AuditRow.objects.order_by("-pk")[:2][::-1]
    assert (said.by, said.verb) == (ward.nurse, "commented")
    assert (here.by, here.verb, here.thing) == (ward.nurse, "added-here", str(device.pk))
    assert (here.fields, here.related) == (["words"], str(ward.measure.pk))


def test_without_the_hand_at_that_device_nothing_is_added(ward: Ward) -> None:
    device, other = ward.device()[0], ward.device("Tablet")[0]
    hold(device, ward.leader)
    for by, at in ((ward.nurse, device), (ward.leader, other)):
        with pytest.raises(NotAllowed):
            add_words(ward, by, at)
    actions.put_down(device=device)
    with pytest.raises(NotAllowed):
        add_words(ward, ward.leader, device)
    assert not Comment.objects.exists()


def test_each_role_adds_what_it_may(ward: Ward) -> None:
    found = {who.name: [each.key for each in additions_for(who, ward.team)] for who in (ward.nurse, ward.leader)}
    assert {who: [each for each in keys if each in ("words", "number")] for who, keys in found.items()} == {
        "Sam Castle": ["words"],
        "Ruby Adeyemi": ["number", "words"],
    }
    guest = make_person("Elsewhere", "team-leader", make_team(make_organisation("Other"), "Ward 7"))
    assert additions_for(guest, ward.team) == []


def test_a_number_is_read_by_the_rules_of_pasted_ones(ward: Ward) -> None:
    number = ADDITIONS["number"]
    typed = {"measure": str(ward.measure.pk), "day": "1/1/2026", "number": "4"}
    form = number.form(ward.leader, ward.team, typed)
    assert form.is_valid(), form.errors
    assert number.save(ward.leader, ward.team, form) == ward.measure
    assert ward.measure.observations.get(period__date=date(2026, 1, 1)).value == 4
    for wrong in ({"number": "four"}, {"day": "32/1/2026"}, {"number": ""}, {"measure": "x"}, {"number": "1\t2"}):
        assert not number.form(ward.leader, ward.team, {**typed, **wrong}).is_valid(), wrong
    again = number.form(ward.leader, ward.team, {**typed, "number": "5"})
    assert again.is_valid()
    assert number.save(ward.leader, ward.team, again) is None
    assert "put it right" in str(again.errors)


def test_who_may_add_is_asked_again_when_it_is_saved(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    lax = Addition("lax", "Lax", lambda person, team: person == ward.leader, lambda *_all: None, lambda *all_: asked)
    monkeypatch.setitem(ADDITIONS, "lax", lax)
    with pytest.raises(NotAllowed):
        actions.add_at_board(by=ward.nurse, team=ward.team, addition=lax, form=None)
    assert actions.add_at_board(by=ward.leader, team=ward.team, addition=lax, form=None)
    places.close_place(by=None, place=ward.team)
    with pytest.raises(NotAllowed):
        actions.add_at_board(by=ward.leader, team=ward.team, addition=lax, form=None)


def test_people_are_told_by_as_few_letters_as_tell_them_apart() -> None:
    people = [Person(name=name) for name in ("Sam Castle", "Sara Cole", "Sara Cox", "Ruby Adeyemi", "Cher")]
    assert [words for _key, words in queries.initials(people)] == ["Sam C", "Sara Cole", "Sara Cox", "RA", "C"]


def test_control_a_key_is_registered_once() -> None:
    taken = next(iter(ADDITIONS.values()))
    assert isinstance(taken, Addition)
    with pytest.raises(ValueError, match="registered"):
        register_addition(taken)
