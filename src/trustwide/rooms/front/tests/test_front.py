"""Front pages: each kind of person sees what needs them, what changed and what went well, and nothing of others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.makers import (
    make_group,
    make_measure,
    make_message,
    make_numbers,
    make_organisation,
    make_person,
    make_team,
)
from trustwide.rooms.commons.actions import comment_on
from trustwide.rooms.commons.models import Notice, Record
from trustwide.rooms.commons.notices import WHAT
from trustwide.rooms.decisions.actions_drop_ins import book_slot, offer_slots
from trustwide.rooms.decisions.models import Slot
from trustwide.rooms.front.faces import face_of
from trustwide.rooms.front.queries import _joined, _teams
from trustwide.rooms.measures.queries import signals_within
from trustwide.rooms.notices.queries import asking_and_news
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import Reach
from trustwide.rooms.purpose.models import Strategy, Value
from trustwide.rooms.purpose.tests.made import add

WORSE = [5, 6, 4, 5, 6, 5, 4, 6, 5, 4, 5, 6, 40]
BETTER = [35, 36, 34, 35, 36, 35, 34, 36, 35, 34, 35, 36, 1]


@pytest.fixture
def ward(db: None) -> Place:
    return make_team(make_organisation(group=make_group()))


def page_of(client: Client, person: Person) -> str:
    client.force_login(person)
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_role_has_a_face(ward: Place) -> None:
    faces = {}
    for number, role in enumerate(ROLES):
        person = make_person(f"Person {number}", role, ward)
        faces[role] = face_of(Reach.of(person))[0]
    assert faces["team-leader"] == faces["manager"] == "leader"
    assert faces["executive"] == faces["board-member"] == "board"
    assert set(faces.values()) == {"member", "leader", "improver", "board", "administrator"}


def test_a_board_member_sees_the_organisation(ward: Place) -> None:
    board = make_team(ward.organisation, "Trust board", "board")
    assert face_of(Reach.of(make_person("Chair", "board-member", board))) == ("board", ward.organisation)


def test_what_changed_and_what_went_well(client: Client, ward: Place) -> None:
    lead = make_person("Lena", "team-leader", ward)
    make_numbers(lead, make_measure(lead, ward, title="Falls"), WORSE)
    make_numbers(lead, make_measure(lead, ward, title="Waits"), BETTER)
    page = page_of(client, make_person("Bob", "staff", ward))
    changed, well = page.index("What changed"), page.index("Went well")
    assert changed < page.index("Falls") < well < page.index("Waits")


def test_what_needs_me(client: Client, ward: Place) -> None:
    chief, nurse = make_person("Ces", "executive", ward.organisation), make_person("Bob", "staff", ward)
    message = make_message(chief, ward.organisation, title="Home by noon")
    comment_on(by=nurse, record=message, text="May we begin on Monday?", mentions=[chief])
    page = page_of(client, chief)
    assert page.index("Needs you") < page.index("Home by noon") < page.index("What changed")
    assert "Bob mentioned you" in page
    assert "Nothing is waiting for you" in page_of(client, nurse)
    comment_on(by=chief, record=message, text="Yes, do.")
    assert "Bob mentioned you" not in page_of(client, chief), "it was answered"


def test_what_asks_for_nothing_changed_and_needs_nobody(client: Client, ward: Place) -> None:
    chief, nurse = make_person("Ces", "executive", ward.organisation), make_person("Bob", "staff", ward)
    message = make_message(chief, ward.organisation, title="Home by noon")
    comment_on(by=nurse, record=message, text="Thank you")
    page = page_of(client, chief)
    needs, _what, changed = page.partition('id="changed"')
    assert "Home by noon" not in needs
    assert "Bob commented on this" in changed.partition("Went well")[0]
    Notice.objects.update(at=now() - timedelta(days=8))
    assert "Bob commented on this" not in page_of(client, chief), "it stands in its notices alone"


def test_each_notice_that_asks_says_until_when(ward: Place) -> None:
    chief = make_person("Ces", "executive", ward.organisation)
    record = make_message(chief, ward.organisation)
    for kind in WHAT.values():
        Notice.objects.create(person=chief, record_id=record.pk, what=kind.key)
    Record.objects.update(closed_at=now(), stage="shared", owner=None)
    asked = asking_and_news(chief, now() - timedelta(days=1)).filter(asks=True)
    assert {each.what for each in asked} == {"mentioned", "channel-off"}


def test_what_somebody_owes_and_was_told_of_stands_there_once(client: Client, ward: Place) -> None:
    chief, nurse = make_person("Ces", "executive", ward.organisation), make_person("Bob", "staff", ward)
    value = add(Value, chief, ward.organisation, "We tell the truth", next_review=today())
    first = page_of(client, chief)
    assert first.count("We tell the truth") == 1, "it is owed"
    assert "due since" not in first, "it is due today"
    Value.objects.update(next_review=date(2026, 6, 26))
    assert "due since 26 June 2026" in page_of(client, chief)
    comment_on(by=nurse, record=value, text="Do we?", mentions=[chief])
    page = page_of(client, chief).partition("What changed")[0]
    assert page.count("We tell the truth") == 1
    assert "Bob mentioned you · " in page, "what is owed stands beside what was told"


def test_what_both_say_is_said_once() -> None:
    told = "The measure changed. Is it still working?"
    assert _joined(told, "Is it still working? · due since 13 September") == f"{told} · due since 13 September"
    assert _joined(told, "Look at this again") == f"{told} · Look at this again"


def test_a_drop_in_that_was_booked_is_said_once_and_its_link_says_where_it_leads(client: Client, ward: Place) -> None:
    chief, nurse = make_person("Helen", "executive", ward.organisation), make_person("Sam", "staff", ward)
    at = (now() + timedelta(days=9)).replace(hour=10, minute=0, second=0, microsecond=0)
    offer_slots(by=chief, organisation=ward.organisation, starts=[at], where="Room 3")
    book_slot(by=nurse, slot=Slot.objects.select_related("person", "organisation").get(), about="The tea round")
    page = page_of(client, chief)
    assert page.count("Drop-in with Sam") == 1
    assert "booked your drop-in" not in page
    told = client.get("/notices/").content.decode()
    assert ">Sam booked your drop-in</a>" in told
    assert f">{ward.organisation.name}</a> <span" not in told


def test_an_administrator_hears_of_teams_without_a_leader(client: Client, ward: Place) -> None:
    administrator = make_person("Ada", "administrator", ward.organisation)
    assert "Nobody leads this team yet" in page_of(client, administrator)
    make_person("Lena", "team-leader", ward)
    assert "Nobody leads this team yet" not in page_of(client, administrator)


def test_an_organisation_that_begins_is_told_what_to_do_next(db: None, client: Client) -> None:
    trust = make_organisation()
    steps = ("Add your places", "Ask your colleagues in", "Say why you are here")
    administrator = make_person("Ada", "administrator", trust)
    page = page_of(client, administrator)
    assert [step for step in steps if step in page] == list(steps)
    make_person("Lena", "team-leader", make_team(trust))
    page = page_of(client, administrator)
    assert [step for step in steps if step in page] == ["Say why you are here"]
    assert "Say why" not in page_of(client, make_person("Sam", "staff", trust))
    add(Strategy, make_person("Ces", "executive", trust), trust, stage="draft", title="Home again sooner")
    assert "Say why" not in page_of(client, administrator)


def test_a_stranger_sees_nothing_of_it(client: Client, ward: Place) -> None:
    lead = make_person("Lena", "team-leader", ward)
    make_numbers(lead, make_measure(lead, ward, title="Falls on ward 7"), WORSE)
    make_message(make_person("Ces", "executive", ward.organisation), ward.organisation, title="Only for us")
    page = page_of(client, make_person("Dan", "staff", make_team(make_organisation("Riverside"))))
    assert "Falls on ward 7" not in page
    assert "Only for us" not in page
    assert "You hold no role here yet" in page_of(client, make_person("Nobody"))


def test_the_page_asks_as_often_for_many_teams(client: Client, ward: Place, django_assert_max_num_queries: Any) -> None:
    manager = make_person("Man", "manager", ward.organisation)
    for number in range(12):
        team = make_team(ward.organisation, f"Team {number}")
        make_numbers(manager, make_measure(manager, team), WORSE)
    client.force_login(manager)
    with django_assert_max_num_queries(15) as seen:
        client.get("/")
    many = len(seen)
    client.force_login(make_person("Max", "manager", make_organisation("Riverside")))
    with django_assert_max_num_queries(15) as seen:
        client.get("/")
    assert len(seen) <= many


def test_a_nurse_sees_what_goes_wrong_elsewhere_after_what_does_at_home(client: Client, ward: Place) -> None:
    lead, other = make_person("Lena", "team-leader", ward), make_team(ward.organisation, "Theatre 3")
    far = make_person("Theo", "team-leader", other)
    make_numbers(far, make_measure(far, other, title="Cancelled lists"), WORSE)
    make_numbers(lead, make_measure(lead, ward, title="Falls"), WORSE)
    page = page_of(client, make_person("Nia", "staff", ward))
    assert page.index(">Falls</a>") < page.index(">Cancelled lists</a>")


def test_what_others_wrote_this_week_is_told_and_each_record_once(client: Client, ward: Place) -> None:
    chief = make_person("Chief", "executive", ward.organisation)
    value = add(Value, chief, ward.organisation, "Kind", behaviours="We say sorry")
    nia = make_person("Nia", "staff", ward)
    assert "value, changed by Chief on" in page_of(client, nia)
    assert "changed by Chief" not in page_of(client, chief), "nobody is told what they wrote themselves"
    for _ in range(2):
        comment_on(by=chief, record=value, text="Look", mentions=[nia])
    assert page_of(client, nia).split('id="changed"')[0].count(">Kind</a>") == 1


def test_a_managers_teams_count_the_measures_that_they_may_read(ward: Place) -> None:
    make_measure(make_person("Ruby", "team-leader", ward), ward, "Falls", sharing="team")
    manager = make_person("Imran", "manager", ward.organisation)
    stranger = make_person("Dan", "manager", make_organisation("Riverside"))
    assert [_teams(who, ward.organisation)[0].measures for who in (manager, stranger)] == [1, 0]


def test_a_signal_out_of_sight_is_not_told(ward: Place) -> None:
    lead, other = (
        make_person("Ruby", "team-leader", ward),
        make_person("Olu", "staff", make_team(ward.organisation, "Ward 8")),
    )
    measure = make_measure(lead, ward, "Falls", sharing="team")
    make_numbers(lead, measure, WORSE)
    assert [list(signals_within(who, ward.organisation, "concern")) for who in (lead, other)] == [[measure], []]
