"""The pages of what is raised, as people use them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.makers import make_organisation, make_person, send_form
from trustwide.rooms.commons.actions import add_record, comment_on
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import Link
from trustwide.rooms.escalation import actions, queries
from trustwide.rooms.escalation.actions_clock import raise_late
from trustwide.rooms.escalation.models import Item, Tier
from trustwide.rooms.escalation.tests.way_up import TEN, WayUp, anew, at, signed_in, steps
from trustwide.rooms.escalation.tiers import usual_tiers
from trustwide.rooms.places.actions_deputies import name_deputy

ITEMS = "/st-brides/items/"


def page(person: Any, address: str, status: int = 200) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_form_says_before_who_answers_and_by_when(way: WayUp) -> None:
    seen = page(way.nurse, f"{ITEMS}new/?place=ward-7")
    assert "It goes to Ruby Adeyemi (Ward 7), answer due tomorrow by 10:00." in seen
    assert "Do not type: ring first" in seen
    with at(12, 8):
        assert "answer due today by 17:00" in page(way.nurse, f"{ITEMS}new/?place=ward-7")


def test_what_is_raised_says_who_has_it_and_by_when(way: WayUp) -> None:
    sent = {"title": "Tablets late on Sundays", "sort": "help", "place": "ward-7", "words": "", "group": ""}
    answer = signed_in(way.nurse).post(f"{ITEMS}new/", sent)
    assert answer.status_code == 302
    seen = page(way.nurse, answer["Location"])
    assert "It is with Ruby Adeyemi (Ward 7)" in seen
    assert "An answer is due tomorrow by 10:00." in seen
    assert "Sam Castle raised it." in seen


@pytest.mark.parametrize("words", ["Bed 4 has no bell", "Bay B is cold", "Side room 2 leaks"])
def test_beds_and_bays_are_asked_about_before_anything_is_saved(way: WayUp, words: str) -> None:
    sent = {"title": words, "sort": "help", "place": "ward-7"}
    answer = signed_in(way.nurse).post(f"{ITEMS}new/", sent)
    assert answer.status_code == 422
    assert "Leave the bed or bay out" in answer.content.decode()
    assert not Item.objects.exists()


def test_a_service_user_partner_sees_the_form(way: WayUp) -> None:
    partner = make_person("Grace Tembo", "service-user-partner", way.team)
    assert "Ruby Adeyemi" in page(partner, f"{ITEMS}new/")


def test_a_manager_answers_four_asks_on_one_page(way: WayUp) -> None:
    items = [way.raise_item(f"Ask {number}") for number in range(4)]
    for each in items:
        actions.pass_up(by=anew(way.leader), item=each, words="Too much for the ward.")
    browser, seen = signed_in(way.manager), page(way.manager, "/st-brides/asks/")
    assert [f"Ask {number}" in seen for number in range(4)] == [True] * 4
    assert "Too much for the ward." in seen
    following = [str(each.pk) for each in items[1:]] + ["end"]
    sent = [{"what": "answer", "words": "Yes, from Monday."}, {"what": "promise", "until": "15/5/2026"},
            {"what": "up", "words": "It needs money."}, {"what": "answer", "words": "No."}]  # fmt: skip
    for item, said, after in zip(items, sent, following, strict=True):
        answer = browser.post(f"{ITEMS}{item.pk}/answer/", {**said, "tier": 2, "back": after})
        where = f"#ask-{after}" if after != "end" else ""
        assert answer["Location"] == f"/st-brides/asks/?said={said['what']}{where}"
    left = page(way.manager, "/st-brides/asks/")
    assert ["Ask 0" in left, "Ask 1" in left, "Ask 2" in left, "Ask 3" in left] == [False, True, False, False]


def test_an_empty_answer_comes_back_in_its_place_and_loses_nothing(way: WayUp) -> None:
    item, other = way.raise_item(), way.raise_item("Another")
    browser = signed_in(way.leader)
    answer = browser.post(
        f"{ITEMS}{item.pk}/answer/", {"what": "promise", "until": "x", "words": "Soon", "back": "end"}
    )
    seen = answer.content.decode()
    assert answer.status_code == 422
    assert "Write the day like 3/4/2026" in seen
    assert ">Soon</textarea>" in seen
    assert other.title in seen
    assert browser.post(f"{ITEMS}{item.pk}/answer/", {"what": "answer"}).status_code == 422
    assert steps(item) == ["raised"]


def test_an_answer_to_what_went_up_meanwhile_is_not_given(way: WayUp) -> None:
    item = way.raise_item()
    with at(14):
        raise_late(item=item)
    answer = signed_in(way.director).post(f"{ITEMS}{item.pk}/answer/", {"what": "answer", "words": "Yes", "tier": 1})
    assert answer.status_code == 409
    assert "passed on while you were reading" in answer.content.decode()


def test_a_stranger_and_a_nurse_may_not_answer(way: WayUp) -> None:
    item = way.raise_item()
    stranger = make_person("Ola", "manager", make_organisation("Riverside"))
    for person, status in ((stranger, 404), (way.nurse, 403)):
        sent = signed_in(person).post(f"{ITEMS}{item.pk}/answer/", {"what": "answer", "words": "Yes"})
        assert sent.status_code == status
    assert signed_in(stranger).get("/st-brides/asks/").status_code == 404
    assert signed_in(stranger).get("/st-brides/overnight/").status_code == 404
    assert signed_in(way.leader).post(f"{ITEMS}{item.pk}/helped/", {"helped": "yes"}).status_code == 403


def test_a_deputy_finds_the_asks_of_who_is_away(way: WayUp) -> None:
    before = way.raise_item("Raised before she went")
    days = {"starts": date(2026, 5, 12), "ends": date(2026, 5, 20)}
    name_deputy(by=anew(way.leader), deputy=way.nurse, organisation=way.team.organisation, **days)
    porter = make_person("Jo Marlow", "staff", way.team)
    assert way.raise_item("Raised meanwhile", by=porter).owner == way.nurse
    seen = page(way.nurse, "/st-brides/asks/")
    assert "Raised before she went" in seen
    assert "you answer for Ruby Adeyemi" in seen
    assert "Raised meanwhile" in seen
    assert way.raise_item("By the deputy herself").owner == way.manager
    assert signed_in(way.nurse).post(
        f"{ITEMS}{before.pk}/answer/", {"what": "answer", "words": "Yes."}
    ).status_code == 302  # fmt: skip


def test_the_huddle_of_executives_sees_what_rose_overnight(way: WayUp) -> None:
    low, high, stays = (way.raise_item(each) for each in ("Low", "High", "Stays"))
    for day, hour, each in ((13, 10, low), (13, 10, high), (14, 17, high)):
        with at(day, hour):
            raise_late(item=each)
    with at(15, 7):
        seen = page(way.chief, "/st-brides/overnight/")
        assert "High" in seen
        assert "Medicine" in seen
        assert "since Thursday 14 May, 17:00" in seen
        assert "1 item waits with a director or with us. 1 of them rose since then." in seen
    assert stays.title == "Stays"


def test_what_rose_overnight_and_was_answered_waits_no_more(way: WayUp) -> None:
    items = [way.raise_item(each) for each in ("Lamps are out", "Trays are missing")]
    for item in items:
        for by in (way.leader, way.manager):
            actions.pass_up(by=anew(by), item=item, words="More than we can do.")
    actions.answer_item(by=anew(way.director), item=items[0], words="New lamps come.")
    with at(12, 10):
        seen = page(way.chief, "/st-brides/overnight/")
        waits, answered = seen.split("Answered since then")
        assert "1 item waits with a director or with us. 1 of them rose since then." in waits
        assert "Trays are missing" in waits
        assert "Lamps are out" not in waits
        assert "it went up to Helen Prior" in answered
        assert "New lamps come." in answered
        assert "1 item that rose to directors" in page(way.chief, "/")


def test_overnight_says_how_many_wait_and_shows_each_once(way: WayUp) -> None:
    late, rose = way.raise_item("Lamps are out"), way.raise_item("Trays are missing")
    for item, hour in ((late, 9), (rose, 17)):
        with at(12, hour):
            for by in (way.leader, way.manager):
                actions.pass_up(by=anew(by), item=queries.item_numbered(item.pk), words="More than we can do.")
    Item.objects.filter(pk=late.pk).update(given_at=TEN.replace(day=12, hour=18), due_at=TEN.replace(day=12, hour=20))
    with at(13, 6):
        seen = page(way.chief, "/st-brides/overnight/").split("<main", 1)[-1]
        assert "2 items wait with a director or with us. 2 of them rose since then. 1 of them is late." in seen
        assert [seen.count(f">{each.title}</a>") for each in (late, rose)] == [1, 1]


def test_overnight_counts_since_the_last_working_evening(way: WayUp) -> None:
    item = way.raise_item()
    for by in (way.leader, way.manager):
        actions.pass_up(by=anew(by), item=item, words="More than we can do.")
    with at(13, 6):
        seen = page(way.chief, "/st-brides/overnight/")
        assert "rose since then" not in seen  # it rose in the morning, before five; it waits all the same
        assert "Waits with us" in seen
        assert queries.waiting_counts(anew(way.chief), way.trust)[1:] == (0, 0)
    with at(12, 8):
        assert queries.waiting_counts(anew(way.chief), way.trust)[1:] == (1, 0)
    with at(15, 6):
        assert queries.waiting_counts(anew(way.chief), way.trust)[1:] == (0, 1)
        home = page(way.chief, "/")
        assert "1 is late." in home
        own = [{"name": each.name, "level": "team", "role": each.role} for each in usual_tiers(way.trust)]
        administrator = make_person("Ada Keen", "administrator", way.trust)
        actions.set_tiers(by=administrator, organisation=way.trust, tiers=own)
        assert queries.waiting_counts(anew(way.chief), way.trust)[1:] == (0, 0), "none of its own tiers is a high one"


def test_front_pages_say_once_that_asks_wait(way: WayUp) -> None:
    first = way.raise_item("Lamps are out")
    assert "Lamps are out" in page(way.leader, "/"), "one alone stands there itself"
    way.raise_item("Trays are missing")
    needs = page(way.leader, "/").split('id="needs"')[1].split("</section>")[0]
    assert "2 asks wait for your answer" in needs
    assert "Lamps are out" not in needs
    assert "Trays are missing" not in needs
    comment_on(by=anew(way.nurse), record=first, text="Since Monday.", mentions=[way.leader])
    needs = page(way.leader, "/").split('id="needs"')[1].split("</section>")[0]
    assert "Lamps are out" in needs, "what is new of one is told"


def parts_of_front(person: Any) -> list[str]:
    found = page(person, "/")
    return [found.split(f'id="{name}"')[1].split("</section>")[0] for name in ("needs", "changed")]


def test_what_somebody_passed_up_needs_them_no_more(way: WayUp) -> None:
    item = way.raise_item("Lamps are out")
    assert "it came to you" in parts_of_front(way.leader)[0]
    actions.pass_up(by=anew(way.leader), item=item, words="It is above the ward.")
    assert "Lamps are out" not in parts_of_front(way.leader)[0], "others have it, though its notice was not read"
    assert "asked the next tier for help" in parts_of_front(way.manager)[0]
    needs, changed = parts_of_front(way.nurse)
    assert "Lamps are out" not in needs, "who raised it is asked nothing"
    assert "asked the next tier for help" in changed
    actions.answer_item(by=anew(way.manager), item=queries.item_numbered(item.pk), words="New ones are in.")
    assert "asked the next tier for help" not in parts_of_front(way.manager)[0], "what is owed now is to tell it"
    assert "Did it help?" in parts_of_front(way.nurse)[0]
    actions.say_helped(by=anew(way.nurse), item=queries.item_numbered(item.pk), helped=True)
    assert "Lamps are out" not in parts_of_front(way.nurse)[0]
    assert "says that the answer helped" in parts_of_front(way.manager)[1]


def test_what_went_up_by_itself_is_not_said_to_be_somebodys_doing(way: WayUp) -> None:
    item = way.raise_item("Lamps are out")
    watches = make_person("Ada Keen", "staff", way.team)
    with at(14):
        assert raise_late(item=item)
        assert "Trustwide passed up what nobody had answered in time" in parts_of_front(watches)[1]
        assert "changed by" not in parts_of_front(watches)[1], "whoever raised it did not do this"
    with at(14, 10):
        actions.pass_up(by=anew(way.manager), item=queries.item_numbered(item.pk), words="It is above us.")
        assert "item, changed by Imran Yousaf on 14 May" in parts_of_front(watches)[1]


def test_front_pages_lead_to_the_asks_and_ask_whether_it_helped(way: WayUp) -> None:
    items = [way.raise_item(f"Ask {number}") for number in range(2)]
    assert "2 asks wait for your answer" in page(way.leader, "/")
    assert "It is your turn" not in page(way.leader, "/")
    actions.answer_item(by=anew(way.leader), item=items[0], words="Yes.")
    assert "answered what you raised. Did it help?" in page(way.nurse, "/")


def test_pages_ask_the_database_no_more_where_there_is_more(way: WayUp) -> None:
    def count(address: str, person: Any) -> int:
        browser = signed_in(person)
        browser.get(address)
        with CaptureQueriesContext(connection) as found:
            browser.get(address)
        return len(found)

    way.raise_item("One")
    before = [count("/st-brides/asks/", way.leader), count(ITEMS, way.leader)]
    for number in range(5):
        way.raise_item(f"More {number}")
    after = [count("/st-brides/asks/", way.leader), count(ITEMS, way.leader)]
    print(f"asks and list: {before}, with five more: {after}")
    assert before == after
    assert max(after) <= 15


def test_the_tiers_are_seen_by_all_and_set_by_few(way: WayUp) -> None:
    assert "Ward or team" in page(way.nurse, "/st-brides/tiers/")
    assert "Set who answers" not in page(way.nurse, "/st-brides/tiers/")
    page(way.manager, "/st-brides/tiers/set/", 403)
    ada = make_person("Ada", "administrator", way.trust)
    row = {"name0": "Ward", "level0": "team", "role0": "team-leader", "help_hours0": "4", "ring0": "2222"}
    rest = {"name1": "Top", "level1": "organisation", "role1": "executive"}
    answer = send_form(signed_in(ada), "/st-brides/tiers/set/", {**row, **rest})
    assert answer.status_code == 302
    assert [(each.name, each.help_hours, each.know_hours) for each in Tier.objects.all()] == [
        ("Ward", 4, 16), ("Top", 8, 16),
    ]  # fmt: skip
    assert "today by 14:00" in page(way.nurse, f"{ITEMS}new/?place=ward-7")
    assert "ring first 2222" in page(way.nurse, f"{ITEMS}new/?place=ward-7")
    wrong = signed_in(ada).post("/st-brides/tiers/set/", {**row, "level0": "organisation", **rest, "level1": "team"})
    assert wrong.status_code == 422
    assert Tier.objects.count() == 2


def test_an_objective_shows_the_items_below_it_and_the_item_what_it_helps(way: WayUp) -> None:
    kind = KINDS["purpose.objective"]
    aim = add_record(by=anew(way.leader), kind=kind, place=way.team, fields={"title": "Ready by 11"}, stage="live")
    item = way.raise_item()
    seen = page(way.nurse, f"{ITEMS}{item.pk}/")
    assert "Which objective does it get in the way of?" in seen
    sent = {"meaning": "contributes-to", "other": str(aim)}
    assert signed_in(way.nurse).post(f"{ITEMS}{item.pk}/links/", sent).status_code == 302
    assert Link.objects.filter(start=item.pk, end=aim).exists()
    assert "Ready by 11" in page(way.nurse, f"{ITEMS}{item.pk}/")
    for address in (f"/st-brides/objectives/{aim}/", f"/st-brides/objectives/{aim}/thread/"):
        assert "Tablets late on Sundays" in page(way.nurse, address)
    assert "an answer is due tomorrow by 10:00" in page(way.nurse, f"/st-brides/objectives/{aim}/thread/")
