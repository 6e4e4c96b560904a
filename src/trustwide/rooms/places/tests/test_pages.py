"""The pages of places: who may open what, what is refused, and what is kept of what was typed."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.makers import make_group, make_measure, make_organisation, make_person, make_team
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places import actions
from trustwide.rooms.places.models import Place

TREE, NEW, WARD = "/st-brides/places/", "/st-brides/places/new/", "/st-brides/places/ward-7/"


@pytest.fixture
def trust(db: None) -> Place:
    trust = make_organisation(group=make_group())
    make_team(trust, "Ward 7")
    return trust


@pytest.fixture
def administrator(trust: Place, client: Client) -> Client:
    client.force_login(make_person("Ada", "administrator", trust))
    return client


def test_who_may_open_what(trust: Place, client: Client) -> None:
    stranger = make_person("Sam", "administrator", make_organisation("Elsewhere"))
    people = {"ada": make_person("Ada", "administrator", trust), "nora": make_person("Nora", "staff", trust)}
    pages = (TREE, WARD, NEW, *(f"{WARD}{change}/" for change in ("rename", "move", "merge", "close", "reopen")))
    answers = {}
    for name, person in {**people, "sam": stranger}.items():
        client.force_login(person)
        answers[name] = [client.get(page).status_code for page in pages]
        answers[name] += [client.post(page).status_code for page in pages[2:]]
    assert answers["ada"] == [200] * 8 + [422] * 6
    assert answers["nora"] == [200, 200] + [403] * 12
    assert answers["sam"] == [404] * 14


def test_only_an_administrator_sees_the_buttons(trust: Place, administrator: Client) -> None:
    assert "Add a place" in administrator.get(TREE).text
    assert "rename/" in administrator.get(WARD).text
    administrator.force_login(make_person("Nora", "staff", trust))
    assert "Add a place" not in administrator.get(TREE).text
    assert "rename/" not in administrator.get(WARD).text


def test_a_form_sent_twice_adds_one_place(trust: Place, administrator: Client) -> None:
    sent = {"once": str(uuid4()), "name": "Ward 8", "level": "team", "parent": str(trust.pk), "kind": "clinical"}
    answers = [administrator.post(NEW, sent) for _ in range(2)]
    assert [each["Location"] for each in answers] == ["/st-brides/places/ward-8/"] * 2
    assert Place.objects.filter(name="Ward 8").count() == 1


def test_what_was_typed_is_kept(trust: Place, administrator: Client) -> None:
    sent = {
        "name": "Ward 8",
        "level": "directorate",
        "parent": str(trust.pk),
        "kind": "clinical",
        "opened_on": "32/1/26",
    }
    page = administrator.post(NEW, sent)
    assert page.status_code == 422
    assert 'value="Ward 8"' in page.text
    assert 'value="32/1/26"' in page.text
    page = administrator.post(NEW, {**sent, "opened_on": ""})
    assert page.status_code == 422
    assert "That kind does not fit the level" in page.text


def test_two_administrators_do_not_overwrite_each_other(trust: Place, administrator: Client) -> None:
    seen = {"seen": "1"}
    assert administrator.post(f"{WARD}rename/", {**seen, "name": "Willow"}).status_code == 302
    late = administrator.post(f"{WARD}rename/", {**seen, "name": "Oak"})
    assert late.status_code == 422
    assert "Somebody changed" in late.text
    assert 'value="Oak"' in late.text
    assert Place.objects.get(slug="willow").name == "Willow"


def test_what_is_wrong_stands_at_its_field(trust: Place, administrator: Client) -> None:
    make_team(trust, "Ward 8")
    for change, sent in {
        "rename": {"name": "Willow", "on": "1/1/2000"},
        "merge": {"into": str(Place.objects.get(slug="ward-8").pk), "on": "1/1/2000", "sure": "on"},
    }.items():
        page = administrator.post(f"{WARD}{change}/", {"seen": "1", **sent}).text
        assert 'id="on-error"' in page, change
        assert page.count("Choose a day between") == 2, "once in the summary, once at the field"
    page = administrator.post(f"{WARD}rename/", {"seen": "1", "name": "ward 8"}).text
    assert 'id="name-error"' in page
    assert "There is a place of this name here already" in page
    page = administrator.post(
        NEW, {"name": "W", "level": "team", "parent": str(trust.pk), "opened_on": "1/1/2090"}
    ).text
    assert 'id="opened_on-error"' in page


def test_history_reads_as_sentences_and_old_addresses_work(trust: Place, administrator: Client) -> None:
    ward, eight = Place.objects.get(slug="ward-7"), make_team(trust, "Ward 8")
    actions.rename_place(by=None, place=ward, name="Willow")
    actions.merge_places(by=None, place=eight, into=ward, reason="One team now")
    assert administrator.get(WARD)["Location"] == "/st-brides/places/willow/"
    page = administrator.get("/st-brides/places/willow/").text
    assert "Was called Ward 7 until" in page
    assert "Carried on from Ward 8 on" in page
    closed = administrator.get("/st-brides/places/ward-8/").text
    assert "Willow carries on in its stead." in closed
    assert "Why: One team now" in closed
    assert "Ward 8" not in administrator.get(TREE).text
    assert "Ward 8" in administrator.get(f"{TREE}?closed=yes").text


def test_history_says_who_did_it_to_those_who_may_see_the_audit(trust: Place, administrator: Client) -> None:
    ada, bea = Person.objects.get(name="Ada"), make_person("Bea", "administrator", trust)
    ward, eight = Place.objects.get(slug="ward-7"), make_team(trust, "Ward 8")
    for by, name in ((ada, "Willow"), (bea, "Oak")):
        actions.rename_place(by=by, place=ward, name=name, on=ward.opened_on)
    actions.merge_places(by=bea, place=eight, into=ward)
    page = administrator.get("/st-brides/places/oak/").text
    for words, name in (("Was called Ward 7", "Ada"), ("Was called Willow", "Bea"), ("Carried on from Ward 8", "Bea")):
        assert re.search(rf"<li>{words} \w+ [^.]+\. Done by {name} on {today():%-d %B %Y}\.</li>", page), words
    assert page.index("Carried on from") < page.index("Was called Willow") < page.index("Opened on"), "the newest first"
    assert re.search(r"<li>Opened on [^.]+\.</li>", page), "what the system did has no name"
    assert "Done by Bea" in administrator.get("/st-brides/places/ward-8/").text
    administrator.force_login(make_person("Nora", "staff", trust))
    assert "Done by" not in administrator.get("/st-brides/places/oak/").text


def test_each_change_is_made_and_audited(trust: Place, administrator: Client) -> None:
    medicine = actions.add_place(by=None, level="directorate", name="Medicine", parent=trust)
    make_team(trust, "Ward 8")
    eight = Place.objects.get(slug="ward-8")
    sent = {
        "rename": {"name": "Ward 9"},
        "move": {"parent": str(medicine.pk)},
        "merge": {"into": str(eight.pk), "sure": "on"},
    }
    for change, fields in sent.items():
        ward = Place.objects.exclude(pk=eight.pk).get(level="team")
        answer = administrator.post(f"/st-brides/places/{ward.slug}/{change}/", {"seen": ward.version, **fields})
        assert answer.status_code == 302, change
    sure = {"seen": eight.version, "sure": "on"}
    assert administrator.post("/st-brides/places/ward-8/close/", sure).status_code == 302
    verbs = AuditRow.objects.exclude(by=None).filter(kind="places.place").values_list("verb", flat=True)
    assert sorted(verbs) == ["closed", "merged", "moved", "renamed"]


def test_closing_and_merging_say_what_will_happen_and_ask_first(trust: Place, administrator: Client) -> None:
    ward, eight = Place.objects.get(slug="ward-7"), make_team(trust, "Ward 8")
    for number in range(12):
        make_person(f"P {number:02}", "staff", ward)
    make_measure(make_person("Ann", "analyst", trust), ward)
    shown = {change: administrator.get(f"{WARD}{change}/").text for change in ("close", "merge")}
    for page in shown.values():
        assert "12 people hold a role here: P 00, P 01" in page
        assert "P 09 and 2 more." in page
        assert "P 10" not in page
        assert "No open place stands below it." in page
        assert "1 open piece of work stands here." in page
    assert "Yes, close Ward 7" in shown["close"]
    assert "go on at the place that carries on" in shown["merge"]
    sent = {"seen": "1", "into": str(eight.pk), "reason": "One team now"}
    for change in shown:
        page = administrator.post(f"{WARD}{change}/", sent)
        assert page.status_code == 422
        assert 'id="sure-error"' in page.text
        assert 'value="One team now"' in page.text
        assert Place.objects.get(pk=ward.pk).closed_on is None
    above = administrator.get("/st-brides/places/st-brides/close/").text
    assert "2 open places stand below it. Close or move these first." in above


def test_pages_ask_as_often_at_any_size(trust: Place, administrator: Client) -> None:
    def asked() -> list[int]:
        counts = []
        for page in (TREE, WARD, "/st-brides/places/st-brides/", NEW, f"{WARD}merge/", f"{WARD}close/"):
            with CaptureQueriesContext(connection) as seen:
                assert administrator.get(page).status_code == 200
            counts.append(len(seen))
        return counts

    few = asked()
    for number in range(40):
        make_person(f"P {number}", "staff", make_team(trust, f"Team {number}"))
    print(f"queries: {few}")
    assert asked() == few
    assert max(few) <= 15
