"""Who has no account raises by the QR code of a team, and reads the answer by a code. It opens nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from tests.makers import make_organisation, make_person
from trustwide.rooms.devices.parts import ADDITIONS
from trustwide.rooms.escalation import access, actions, actions_door, codes, queries
from trustwide.rooms.escalation.models import Item
from trustwide.rooms.escalation.on_board import items_part
from trustwide.rooms.escalation.tests.way_up import TEN, WayUp, anew, signed_in, steps
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.places.actions_partnership import agree, ask_in, make_partnership
from trustwide.rooms.places.models import Place

SENT = {"title": "The lift door jams", "sort": "help", "words": "Since Monday.", "group": "bank"}


@pytest.fixture
def door(way: WayUp) -> str:
    cache.clear()
    actions_door.set_door(by=anew(way.leader), team=way.team, is_open=True)
    found = queries.door_of(way.team)
    assert found
    return f"/st-brides/raise/{codes.key_of(found)}/"


def code_in(page: str) -> str:
    found = re.search(r"([B-Z]{5} [B-Z]{5})", page)
    assert found
    return found[1]


def raise_by(door: str, **more: str) -> str:
    answer = Client().post(door, {**SENT, **more})
    assert answer.status_code == 200
    return code_in(answer.content.decode())


def test_what_is_raised_by_the_qr_code_is_answered_by_a_code(way: WayUp, door: str) -> None:
    assert "Nobody here" not in Client().get(door).content.decode()
    code = raise_by(door)
    item = Item.objects.get()
    assert (item.owner, item.sharing, item.by_code, item.created_by.is_active) == (
        way.leader, "organisation", True, False,
    )  # fmt: skip
    waits = Client().post("/answer/", {"code": code.lower()}).content.decode()
    assert "It is with those who lead Ward 7." in waits
    assert "Ruby" not in waits
    actions.answer_item(by=anew(way.leader), item=item, words="The engineer comes on Friday.")
    seen = Client().post("/answer/", {"code": code}).content.decode()
    assert "The engineer comes on Friday." in seen
    assert queries.item_numbered(item.pk).stage == "told"  # they have read it
    beds = Client().post("/answer/", {"code": code, "helped": "no", "words": "Bed 12 waits for it"})
    assert beds.status_code == 422
    assert "Bed 12 waits for it</textarea>" in beds.content.decode()
    assert Client().post("/answer/", {"code": code, "helped": "perhaps"}).status_code == 422
    again = Client().post("/answer/", {"code": code, "helped": "no", "words": "It jams on Sundays."})
    assert again.status_code == 200
    assert "It jams on Sundays." in again.content.decode()
    assert "It jams on Sundays." in signed_in(way.leader).get("/st-brides/asks/").content.decode()
    assert queries.item_numbered(item.pk).stage == "asked"
    assert Client().post("/answer/", {"code": code, "helped": "yes"}).status_code == 409
    assert steps(item) == ["raised", "answer", "tell", "not-yet"]


def test_who_has_no_account_is_told_no_name_and_which_number_to_ring(way: WayUp, door: str) -> None:
    form = Client().get(door).content.decode()
    assert "It goes to those who lead Ward 7, answer due" in form
    assert "Ruby" not in form
    stop = {**SENT, "sort": "stop"}
    assert "ring, or go and get somebody" in Client().post(door, stop).content.decode()
    told = signed_in(way.leader).get("/").content.decode()
    assert "Somebody with no account raised this, and it came to you" in told
    tiers = [{"name": "Ward", "level": "team", "role": "team-leader", "ring": "extension 2222"}]
    actions.set_tiers(by=make_person("Ada", "administrator", way.trust), organisation=way.trust, tiers=tiers)
    given = Client().post(door, stop).content.decode()
    assert "ring extension 2222, or go and get somebody" in given
    own = way.raise_item("The hoist drops", sort="stop")
    page = signed_in(way.nurse).get(f"/st-brides/items/{own.pk}/").text
    assert "ring extension 2222, or go and get somebody" in page
    assert "Ruby" not in given


def test_what_is_not_safe_stands_first_on_the_board_whatever_is_due_before(way: WayUp) -> None:
    for title, sort in (("Lamps are out", "help"), ("The hoist drops", "stop"), ("Trays are missing", "help")):
        Item.objects.filter(pk=way.raise_item(title, sort=sort).pk).update(due_at=TEN + timedelta(days=sort == "stop"))
    shown = items_part(way.team, None)["items"]
    assert shown[0][0].title == "The hoist drops"


def test_the_same_form_twice_is_one_item_and_one_code(way: WayUp, door: str) -> None:
    key = str(uuid7())
    assert raise_by(door, key=key) == raise_by(door, key=key)
    assert Item.objects.count() == 1
    assert raise_by(door) != raise_by(door)


def test_the_code_is_kept_as_a_hash_and_has_more_than_forty_bits(way: WayUp, door: str) -> None:
    code = raise_by(door).replace(" ", "")
    item = Item.objects.get()
    assert code not in str(item.__dict__)
    assert 20**codes.LENGTH > 2**40
    assert Client().post("/answer/", {"code": code[:-1]}).status_code == 422
    assert Client().post("/answer/", {"code": ""}).status_code == 422


def test_an_old_or_closed_or_wrong_code_opens_nothing(way: WayUp, door: str) -> None:
    assert Client().get(door.replace("st-brides", "riverside")).status_code == 404
    assert Client().get(door[:-2] + ("1/" if door[-2] == "0" else "0/")).status_code == 404
    actions_door.set_door(by=anew(way.leader), team=way.team, is_open=True, renew=True)
    assert Client().get(door).status_code == 404
    found = queries.door_of(way.team)
    assert found
    new = f"/st-brides/raise/{codes.key_of(found)}/"
    assert Client().get(new).status_code == 200
    actions_door.set_door(by=anew(way.leader), team=way.team, is_open=False)
    assert Client().post(new, SENT).status_code == 404
    with pytest.raises(NotAllowed):
        actions_door.raise_without_account(by=codes.somebody(), team=way.team, fields={"title": "x"})


def test_nobody_but_who_has_no_account_comes_in_by_the_door(way: WayUp, door: str) -> None:
    with pytest.raises(NotAllowed):
        actions_door.raise_without_account(by=anew(way.nurse), team=way.team, fields={"title": "x"})
    with pytest.raises(NotAllowed):
        actions_door.set_door(by=anew(way.nurse), team=way.team, is_open=True)
    assert signed_in(way.nurse).get("/st-brides/board/ward-7/raise-code/").status_code == 403
    item = way.raise_item()
    with pytest.raises(NotAllowed):
        actions_door.say_by_code(by=codes.somebody(), item=item, helped=True)
    raise_by(door)
    with pytest.raises(NotAllowed):
        actions_door.say_by_code(by=anew(way.leader), item=Item.objects.exclude(pk=item.pk).get(), helped=True)


def test_what_nobody_has_is_not_answered_by_whoever_has_no_right(way: WayUp) -> None:
    item = way.raise_item()
    item.owner = None
    assert [access.can_answer(anew(each), item) for each in (way.leader, way.nurse)] == [True, False]


def test_identifiers_and_beds_are_asked_about_there_too(way: WayUp, door: str) -> None:
    answer = Client().post(door, {**SENT, "title": "Bed 12 is broken"})
    assert answer.status_code == 422
    assert "I have looked: this is about no patient" in answer.content.decode()


def test_too_many_are_told_to_wait(way: WayUp, door: str) -> None:
    answers = [Client().post("/answer/", {"code": "BCDFG HJKLM"}).status_code for _each in range(35)]
    assert (answers[:30], answers[-1]) == ([422] * 30, 429)
    assert Client(REMOTE_ADDR="10.0.0.9").post("/answer/", {"code": "BCDFG HJKLM"}).status_code == 422


def test_the_board_shows_three_open_items_the_code_and_the_answer(way: WayUp, door: str) -> None:
    raise_by(door)
    for number in range(5):
        way.raise_item(f"Item {number}", sharing="team" if number == 4 else "organisation")
    shown = items_part(way.team, None)
    assert [each.title for each, _sort, _due in shown["items"]] == ["The lift door jams", "Item 0", "Item 1"]
    assert shown["more"] == 2  # the team's own is not among them
    seen = signed_in(way.nurse).get("/st-brides/board/ward-7/").content.decode()
    assert "and 2 more" in seen
    assert "Ruby Adeyemi, by Wed 10:00" in seen
    assert "<svg" in seen
    item = Item.objects.get(title="The lift door jams")
    actions.answer_item(by=anew(way.leader), item=item, words="The engineer comes on Friday.")
    told = items_part(Place.objects.get(pk=way.team.pk), None)
    assert (told["told"], told["answer"]) == ("The lift door jams", "The engineer comes on Friday.")


def test_the_code_is_on_the_wall_for_partners_to_see_and_not_on_their_screens(way: WayUp, door: str) -> None:
    other, trust = make_organisation("Beta"), way.team.organisation
    partnership = make_partnership(by=None, organisation=trust, name="Borough")
    agree(by=None, member=ask_in(by=None, organisation=trust, partnership=partnership, other="Beta"))
    boards = [signed_in(who).get("/st-brides/board/ward-7/") for who in (make_person("Bo", "staff", other), way.nurse)]
    assert [each.status_code for each in boards] == [200, 200]
    assert ["Scan to raise something" in each.text for each in boards] == [False, True]


def test_an_item_is_added_at_the_board_once(way: WayUp) -> None:
    addition, key = ADDITIONS["item"], str(uuid7())
    assert addition.offline
    for _twice in range(2):
        form = addition.form(anew(way.nurse), way.team, {**SENT, "key": key})
        assert form.is_valid()
        addition.save(anew(way.nurse), way.team, form)
    assert Item.objects.get().created_by == way.nurse


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(hours=4), "Written Tuesday 12 May, 06:00 with no network, sent 10:00."),
        (timedelta(days=2), "Written Sunday 10 May, 10:00 with no network, sent Tuesday 12 May, 10:00."),
        (timedelta(seconds=20), ""),
        (timedelta(hours=-1), ""),
        (timedelta(days=31), ""),
    ],
)
def test_what_was_written_with_no_network_keeps_its_time(way: WayUp, ago: timedelta, said: str) -> None:
    addition, sent = ADDITIONS["item"], {**SENT, "happened_at": (TEN - ago).isoformat()}
    form = addition.form(anew(way.nurse), way.team, sent)
    assert form.is_valid()
    addition.save(anew(way.nurse), way.team, form)
    item = Item.objects.get()
    assert item.created_at == TEN  # its clock runs from when somebody could answer
    page = signed_in(way.leader).get(f"/st-brides/items/{item.pk}/").content.decode()
    assert said in page
    assert ("with no network" in page) is bool(said)
