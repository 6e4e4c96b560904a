"""The board's pages, on a shared device and for people, as a browser asks for them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.utils import timezone

from tests.makers import make_measure, make_numbers, make_person, make_team, send_form
from trustwide.rooms.devices import actions
from trustwide.rooms.devices.models import Device, Hand
from trustwide.rooms.devices.tests.ward import BOARD, OTHER_PIN, PIN, Ward
from trustwide.rooms.places import actions as places

Comment = apps.get_model("commons", "Comment")  # of a room above this one: asked for by its name
TO_SIGN_IN = "/sign-in/?"


def signed_in(person: Any) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def main_of(answer: Any) -> str:
    found = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert found
    return re.sub(r'<input type="hidden"[^>]*>', "", found[0])


def give_pin(screen: Client, ward: Ward, pin: str = PIN, **more: str) -> Any:
    return screen.post(f"{BOARD}add/", {"who": str(ward.nurse.pk), "called": "", "pin": pin, **more})


def test_a_leader_joins_a_screen_and_it_shows_the_board(ward: Ward) -> None:
    leader, screen = signed_in(ward.leader), Client()
    shown = leader.post(f"{BOARD}devices/new/", {"name": "Screen in the corridor"}).content.decode()
    code = re.search(r"[B-Z]{4} [B-Z]{4}", shown)
    assert code
    assert "not joined yet" in leader.get(f"{BOARD}devices/").content.decode()
    answer = screen.post("/shared-device/", {"code": code[0].lower()})
    assert (answer.status_code, answer["Location"]) == (302, BOARD)
    cookie = answer.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    board = screen.get(BOARD)
    assert board.status_code == 200
    assert board["Refresh"] == f"60; url={BOARD}"
    assert "no-store" in board["Cache-Control"]
    for words in ("Ward 7", "Falls on our ward", "A good week", "Went well", "Add something", "<svg"):
        assert words in board.content.decode()
    assert "last seen today" in leader.get(f"{BOARD}devices/").content.decode()
    assert Client().post("/shared-device/", {"code": code[0]}).status_code == 422


def test_with_tls_the_cookie_is_of_this_site_alone(ward: Ward, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    _device, code = actions.add_device(by=ward.leader, place=ward.team, name="Screen")
    screen = Client()
    cookie = screen.post("/shared-device/", {"code": code}).cookies["__Host-device"]
    assert (cookie["secure"], cookie["domain"], cookie["path"]) == (True, "", "/")
    assert screen.get(BOARD).status_code == 200


def test_codes_cannot_be_tried_for_ever(ward: Ward) -> None:
    browser = Client()
    answers = [browser.post("/shared-device/", {"code": "BCDFGHJK"}).status_code for _each in range(61)]
    assert answers == [422] * 60 + [429]
    assert browser.get("/shared-device/").status_code == 200


def test_an_ended_device_is_out_on_its_next_request(ward: Ward) -> None:
    screen = ward.screen()
    assert screen.get(BOARD).status_code == 200
    assert signed_in(ward.leader).post(f"{BOARD}devices/{Device.objects.get().pk}/end/").status_code == 302
    for page in (BOARD, f"{BOARD}add/", f"{BOARD}add/words/"):
        assert screen.get(page)["Location"].startswith(TO_SIGN_IN)


def test_a_device_opens_no_other_board(ward: Ward) -> None:
    make_team(ward.trust, "Ward 8")
    screen = ward.screen()
    for page in (
        "/st-brides/board/ward-8/",
        "/st-brides/board/ward-8/add/",
        "/st-brides/board/nowhere/",
        "/x/board/y/",
    ):
        assert screen.get(page)["Location"].startswith(TO_SIGN_IN)
    for cookie in ("", "x", "é", "x" * 4000):
        screen.cookies["device"] = cookie
        assert screen.get(BOARD)["Location"].startswith(TO_SIGN_IN)


def test_a_board_answers_to_its_old_name(ward: Ward) -> None:
    screen = ward.screen()
    places.rename_place(by=None, place=ward.team, name="Ward 77")
    answer = screen.get(f"{BOARD}?said=added")
    assert (answer.status_code, answer["Location"]) == (301, "/st-brides/board/ward-77/?said=added")
    assert screen.get(answer["Location"]).status_code == 200


def test_the_team_sees_the_same_page_and_turns_it_itself(ward: Ward) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        board, screen = signed_in(ward.nurse).get(BOARD), ward.screen().get(BOARD)
    assert re.sub(r"</?a\b[^>]*>", "", main_of(board)) == main_of(screen), "but that they may open what it names"
    assert "Refresh" not in board.headers


@pytest.mark.parametrize("role", ["service-user-partner", "partner-guest"])
def test_guests_of_the_team_see_what_is_its_own(ward: Ward, role: str) -> None:
    board = signed_in(make_person("Guest", role, ward.team)).get(BOARD).content.decode()
    assert "Falls on our ward" in board
    assert "A good week" not in board


def test_strangers_see_no_board(ward: Ward) -> None:
    stranger = signed_in(make_person("Stranger"))
    assert {stranger.get(page).status_code for page in (BOARD, f"{BOARD}add/", f"{BOARD}devices/")} == {404}
    assert Client().get(BOARD)["Location"].startswith(TO_SIGN_IN)


def test_only_who_leads_sees_the_devices(ward: Ward) -> None:
    pages = (f"{BOARD}devices/", f"{BOARD}devices/new/")
    assert [signed_in(ward.nurse).get(page).status_code for page in pages] == [403, 403]
    assert [ward.screen().get(page)["Location"][:9] for page in pages] == ["/sign-in/"] * 2
    ada = make_person("Ada", "administrator", ward.trust)
    assert [signed_in(ada).get(page).status_code for page in pages] == [200, 200]


def test_a_leader_keeps_only_the_own_teams_devices(ward: Ward) -> None:
    other = make_team(ward.trust, "Ward 8")
    ada = make_person("Ada", "administrator", ward.trust)
    device, _code = actions.add_device(by=ada, place=other, name="Theirs")
    browser = signed_in(ada)
    for way in ("code", "rename", "end"):
        assert browser.post(f"{BOARD}devices/{device.pk}/{way}/").status_code == 404
    path = f"/st-brides/board/ward-8/devices/{device.pk}/rename/"
    assert send_form(browser, path, {"name": "Ours"}).status_code == 302
    assert Device.objects.get().name == "Ours"


def test_what_could_tell_who_a_patient_is_waits_for_a_yes(ward: Ward) -> None:
    nurse, said = signed_in(ward.nurse), {"about": str(ward.measure.pk), "text": "We rang 943 476 5919 twice."}
    answer = nurse.post(f"{BOARD}add/words/", said)
    assert answer.status_code == 422
    tick = re.search(r'name="no_patient"[^>]*value="(\w+)"', answer.content.decode())
    assert tick
    assert not Comment.objects.exists()
    assert nurse.post(f"{BOARD}add/words/", {**said, "no_patient": tick[1]}).status_code == 302


def test_a_team_without_anything_says_what_to_do(ward: Ward) -> None:
    make_team(ward.trust, "Ward 8")
    board = signed_in(make_person("Ada", "administrator", ward.trust)).get("/st-brides/board/ward-8/").content.decode()
    assert "keeps no measure yet" in board
    assert signed_in(ward.leader).get("/st-brides/board/st-brides/").status_code == 404


def test_the_wall_shows_nothing_kept_to_the_team_and_no_draft(ward: Ward) -> None:
    make_measure(ward.leader, ward.team, "Kept to the team", sharing="team")
    make_measure(ward.leader, ward.team, "For all", sharing="organisation")
    for browser in (ward.screen(), signed_in(ward.leader)):
        board = browser.get(BOARD).content.decode()
        assert "For all" in board
        assert "Kept to the team" not in board


def test_at_most_five_measures_and_the_rest_counted(ward: Ward) -> None:
    for number in range(6):
        make_measure(ward.leader, ward.team, f"Another {number}")
    board = ward.screen().get(BOARD).content.decode()
    assert board.count("<h3>") == 5
    assert "And 2 more." in board


def test_old_numbers_are_told_at_the_top(ward: Ward) -> None:
    screen = ward.screen()

    def told_on(day: str) -> bool:
        with time_machine.travel(day):
            return "These numbers are old: the newest is of 1 December 2025" in screen.get(BOARD).content.decode()

    assert [told_on(day) for day in ("2026-01-10", "2026-02-14", "2026-02-16")] == [False, False, True]
    rare = make_measure(ward.leader, ward.team, "Rare", every="event")
    make_numbers(ward.leader, rare, [1])
    assert not told_on("2026-02-16"), "what happens rarely is never late"


def test_a_nurse_adds_at_the_screen_and_goes(ward: Ward) -> None:
    screen = ward.screen()
    actions.set_pin(person=ward.nurse, pin=PIN)
    asked = screen.get(f"{BOARD}add/").content.decode()
    assert "Who are you?" in asked
    assert ">\n    SC\n" in asked or "SC" in asked
    assert "Castle" not in asked, "only letters stand on the screen"
    assert give_pin(screen, ward)["Location"] == f"{BOARD}add/"
    assert "You are Sam Castle" in screen.get(f"{BOARD}add/").content.decode()
    typed = {"about": str(ward.measure.pk), "text": "Thank you, Ade."}
    assert screen.post(f"{BOARD}add/words/", {**typed, "text": ""}).status_code == 422
    assert screen.post(f"{BOARD}add/words/", typed)["Location"] == f"{BOARD}?said=added"
    assert Comment.objects.get().by == ward.nurse
    board = screen.get(f"{BOARD}?said=added").content.decode()
    assert "It is saved" in board
    assert "Sam Castle may add until" in board
    assert screen.post(f"{BOARD}finish/").status_code == 302
    assert "Who are you?" in screen.get(f"{BOARD}add/words/").content.decode()
    assert "Sam Castle" not in screen.get(BOARD).content.decode()


def test_a_nurse_may_not_add_a_number(ward: Ward) -> None:
    screen = ward.screen()
    actions.set_pin(person=ward.nurse, pin=PIN)
    give_pin(screen, ward)
    assert screen.get(f"{BOARD}add/number/").status_code == 403
    assert screen.get(f"{BOARD}add/nothing/").status_code == 404


def test_what_was_typed_outlives_the_three_minutes(ward: Ward) -> None:
    screen = ward.screen()
    actions.set_pin(person=ward.nurse, pin=PIN)
    typed = {"about": str(ward.measure.pk), "text": "Thank you, Ade."}
    with time_machine.travel(timezone.now(), tick=False) as clock:
        give_pin(screen, ward)
        clock.shift(timedelta(minutes=4))
        late = screen.post(f"{BOARD}add/words/", typed)
        assert late.status_code == 422
        assert "Thank you, Ade." in late.content.decode()
        assert not Comment.objects.exists()
        again = screen.post(f"{BOARD}add/words/", {**typed, "who": str(ward.nurse.pk), "pin": PIN})
        assert again.status_code == 200
        assert "It is not saved yet" in again.content.decode()
        assert "Thank you, Ade." in again.content.decode()
        assert not Comment.objects.exists()
        assert screen.post(f"{BOARD}add/words/", typed).status_code == 302
    assert Comment.objects.count() == 1


def test_a_wrong_pin_and_the_wait_are_told_in_words(ward: Ward) -> None:
    screen = ward.screen()
    actions.set_pin(person=ward.nurse, pin=PIN)
    answers = [give_pin(screen, ward, OTHER_PIN) for _each in range(5)]
    assert [each.status_code for each in answers] == [422] * 4 + [429]
    assert "do not go together" in answers[0].content.decode()
    assert "Wait a minute, until just after" in answers[4].content.decode()
    assert OTHER_PIN not in answers[0].content.decode()
    assert "Wait" in give_pin(screen, ward, PIN).content.decode()
    mine = signed_in(ward.nurse).get("/me/pin/").content.decode()
    assert "typed wrong 5 times" in mine


@pytest.mark.parametrize(
    "typed",
    [{}, {"who": "x"}, {"called": "Nobody"}, {"pin": "12"}, {"who": "", "called": " "}, {"pin": "\0" * 6}],
    ids=str,
)
def test_nonsense_gives_no_hand(ward: Ward, typed: dict[str, str]) -> None:
    screen = ward.screen()
    assert screen.post(f"{BOARD}add/", {"pin": OTHER_PIN, **typed}).status_code == 422
    assert not Hand.objects.exists()


def test_a_name_or_an_address_may_be_typed(ward: Ward) -> None:
    manager = make_person("Imran Yousaf", "manager", ward.trust)
    actions.set_pin(person=manager, pin=PIN)
    for called in ("imran yousaf", "Imran.Yousaf@example.org "):
        screen = ward.screen()
        assert screen.post(f"{BOARD}add/", {"called": called, "pin": "904 837"}).status_code == 302
        assert "You are Imran Yousaf" in screen.get(f"{BOARD}add/").content.decode()


def test_who_is_signed_in_adds_as_themselves(ward: Ward) -> None:
    nurse = signed_in(ward.nurse)
    assert "What do you want to add?" in nurse.get(f"{BOARD}add/").content.decode()
    typed = {"about": str(ward.measure.pk), "text": "Thank you, Ade."}
    assert nurse.post(f"{BOARD}add/words/", typed).status_code == 302
    assert Comment.objects.get().by == ward.nurse


def test_who_signs_in_at_a_screen_is_a_person_there(ward: Ward) -> None:
    """Then the screen is theirs until they sign out: it opens what they may, and no longer turns by itself."""
    screen = ward.screen()
    screen.force_login(make_person("Stranger"))
    assert screen.get(BOARD).status_code == 404
    screen.post("/sign-out/")
    assert screen.get(BOARD).status_code == 200


def test_my_pin_is_set_and_removed(ward: Ward) -> None:
    nurse = signed_in(ward.nurse)
    for typed, told in (
        ({"pin": "123456", "again": "123456"}, "easy to guess"),
        ({"pin": "904837", "again": "904838"}, "not the same"),
        ({"pin": "90483", "again": "90483"}, "six digits"),
        ({}, "Type six digits"),
    ):
        answer = nurse.post("/me/pin/", typed)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert "904837" not in answer.content.decode()
    assert nurse.post("/me/pin/", {"pin": PIN, "again": PIN}).status_code == 302
    assert "You set one on" in nurse.get("/me/pin/").content.decode()
    assert nurse.post("/me/pin/remove/").status_code == 302
    assert "You set one on" not in nurse.get("/me/pin/").content.decode()


def test_a_pin_is_set_only_by_who_signed_in_just_now(ward: Ward) -> None:
    person = make_person("Pat Password", "staff", ward.team, password="three quiet porters walk")  # noqa: S106 (made up)
    browser = signed_in(person)
    assert browser.get("/me/pin/")["Location"].startswith("/me/again/")


def test_what_a_shared_device_sends_twice_comes_once_whoever_gave_the_pin(ward: Ward) -> None:
    """The server went before it could answer; when it was sent again, another nurse stood at the screen."""
    screen, colleague = ward.screen(), make_person("Ada Hill", "staff", ward.team)
    typed = {"about": str(ward.measure.pk), "text": "Thank you, Ade.", "key": "01a20b68-57f3-7a9a-9df8-7feef14abc2b"}
    for who, pin in ((ward.nurse, PIN), (colleague, OTHER_PIN)):
        actions.set_pin(person=who, pin=pin)
        screen.post(f"{BOARD}add/", {"who": str(who.pk), "called": "", "pin": pin})
        assert screen.post(f"{BOARD}add/words/", typed)["Location"] == f"{BOARD}?said=added"
    assert Comment.objects.get().by == ward.nurse
    assert screen.post(f"{BOARD}add/words/", {**typed, "key": ""}).status_code == 302
    assert Comment.objects.count() == 2, "control: without a key it comes again"


def test_what_is_refused_may_be_sent_again_with_its_key(ward: Ward) -> None:
    nurse, key = signed_in(ward.nurse), "01a20b68-57f3-7a9a-9df8-7feef14abc2b"
    typed = {"about": str(ward.measure.pk), "key": key}
    assert nurse.post(f"{BOARD}add/words/", {**typed, "text": ""}).status_code == 422
    assert nurse.post(f"{BOARD}add/words/", {**typed, "text": "Thank you, Ade."}).status_code == 302
    assert Comment.objects.count() == 1


def test_the_pages_for_no_network_ask_nobody_who_they_are(ward: Ward) -> None:
    for browser in (ward.screen(), signed_in(ward.nurse)):
        menu = browser.get(f"{BOARD}offline/").content.decode()
        ways = set(re.findall(rf'href="{BOARD}offline/([a-z-]+)/"', menu))
        assert "thanks" in ways
        for way in ways:
            page = browser.get(f"{BOARD}offline/{way}/").content.decode()
            assert f'data-keep="{BOARD}add/{way}/"' in page
        assert browser.get(f"{BOARD}offline/words/").status_code == 404, "its form needs to know who asks"
    assert "/sign-in/" in Client().get(f"{BOARD}offline/")["Location"]
    script = Client().get("/board-worker.js")
    assert (script["Content-Type"], script["Cache-Control"]) == ("text/javascript", "no-cache")
