"""Work like it is found in other words, kept with each change, and never shown to whoever may not read it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from tests.makers import make_group, make_message, make_organisation, make_person, make_record, make_team
from trustwide.engines import similar
from trustwide.rooms.commons import actions, meanings
from trustwide.rooms.commons import tried_before as tried
from trustwide.rooms.commons.kinds import KINDS, kind_at
from trustwide.rooms.commons.models import DRAFT, Meaning, Record
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import GROUP_SHARED, TEAM_SHARED

pytestmark = pytest.mark.both_databases  # each searches in its own way

ASKED = "ttos not ready"
OTHERS = ("A garden for patients", "Printers that nobody could find", "Choir practice on Fridays")


@pytest.fixture
def ward(db: None) -> Place:
    return make_team(make_organisation(group=make_group()))


@pytest.fixture
def chief(ward: Place) -> Person:
    return make_person("Ces Hill", "executive", ward.organisation)


def add(by: Person, place: Place, title: str, **fields: Any) -> Record:
    kind = kind_at("objectives")
    assert kind
    return make_record(kind, by, place, title=title, **fields)


@pytest.fixture
def tablets(chief: Person, ward: Place) -> Record:
    found = add(chief, ward, "Tablets to take home by eleven")
    for title in OTHERS:
        add(chief, ward, title)
    meanings.work_out.call()
    return found


def titles(person: Person, asked: str = ASKED) -> list[str]:
    fresh = Person.objects.get(pk=person.pk)
    return [each.title for each in tried.like(fresh, asked).tried]


def test_it_is_found_in_other_words(chief: Person, tablets: Record, ward: Place) -> None:
    first = tried.like(chief, ASKED).tried[0]
    assert (first.title, first.place, first.owner, str(first.stage)) == (tablets.title, ward, chief, "Proposed")
    assert first.address == f"/st-brides/objectives/{tablets.pk}/"
    assert tried.like(chief, "").tried == []


def test_saving_keeps_the_words_and_leaves_the_meaning_for_later(chief: Person, ward: Place) -> None:
    add(chief, ward, "Tablets to take home by eleven")
    row = Meaning.objects.get()
    assert (bytes(row.meaning), row.made_with) == (b"", 0)
    assert titles(chief) == ["Tablets to take home by eleven"], "found by its words at once"
    meanings.work_out.call()
    row.refresh_from_db()
    assert (len(bytes(row.meaning)), row.made_with) == (384, meanings.MADE_WITH)


def test_a_change_is_found_and_what_it_said_before_is_not(chief: Person, tablets: Record) -> None:
    assert titles(chief)[:1] == [tablets.title]
    actions.change_record(by=chief, record=tablets, version=1, fields={"title": "Bicycle shed by the gate"})
    meanings.work_out.call()
    assert "Bicycle shed by the gate" not in titles(chief)
    assert titles(chief, "somewhere to lock my bike")[:1] == ["Bicycle shed by the gate"]


def test_a_move_leaves_the_meaning_as_it_is(chief: Person, tablets: Record) -> None:
    before = Meaning.objects.get(record=tablets.pk).stamp
    actions.move_record(by=chief, record=tablets, version=1, stage="live")
    assert Meaning.objects.get(record=tablets.pk).stamp == before


def test_what_was_blanked_out_is_gone_at_once(chief: Person, tablets: Record, ward: Place) -> None:
    keeper = make_person("Kit Oak", "administrator", ward.organisation)
    before = bytes(Meaning.objects.get(record=tablets.pk).words)
    actions.redact(by=keeper, record=tablets, names=list(KINDS[tablets.kind].typed))
    row = Meaning.objects.get(record=tablets.pk)
    assert bytes(row.meaning) == b""
    kept = set(np.frombuffer(bytes(row.words), np.uint32)) & set(np.frombuffer(before, np.uint32))
    assert kept == set()


def test_what_somebody_may_not_read_is_not_found_and_changes_nothing(chief: Person, ward: Place) -> None:
    group = ward.organisation.parent
    assert group
    other = make_organisation("Riverside", group=group)
    stranger = make_person("Una Elm", "executive", other)
    add(stranger, make_team(other, "Quay"), "Tablets to take home at the quay", sharing=TEAM_SHARED)
    mine = add(chief, ward, "Medicines for going home")
    meanings.work_out.call()
    alone = tried.like(chief, ASKED).tried[0]
    for number in range(30):
        add(stranger, other, f"Late tablets {number}")
    meanings.work_out.call()
    beside = tried.like(chief, ASKED).tried
    assert [each.title for each in beside] == [mine.title]
    assert (beside[0].score, beside[0].words) == (alone.score, alone.words)


def test_control_what_the_group_shares_is_found(chief: Person, ward: Place) -> None:
    group = ward.organisation.parent
    assert group
    other = make_organisation("Riverside", group=group)
    stranger = make_person("Una Elm", "executive", other)
    add(stranger, other, "Tablets to take home at the quay", sharing=GROUP_SHARED)
    found = tried.like(chief, ASKED).tried
    assert [each.title for each in found] == ["Tablets to take home at the quay"]
    assert found[0].owner is None, "who works elsewhere is not told"


def test_the_same_work_in_several_places_is_told_once_and_ones_own_first(chief: Person, ward: Place) -> None:
    group = ward.organisation.parent
    assert group
    other = make_organisation("Riverside", group=group)
    stranger = make_person("Una Elm", "executive", other)
    for by, place in ((stranger, other), (chief, ward), (stranger, make_team(other, "Quay"))):
        add(by, place, "Tablets to take home by eleven", sharing=GROUP_SHARED)
    meanings.work_out.call()
    found = tried.like(chief, ASKED).tried
    assert [(each.place, each.others) for each in found] == [(ward, 2)]


def test_where_the_owner_has_left_whoever_leads_there_now_is_named(
    chief: Person, tablets: Record, ward: Place, client: Client
) -> None:
    writer, leader = make_person("Gone Away", "staff", ward), make_person("Ruby Adeyemi", "team-leader", ward)
    Record.objects.filter(pk=tablets.pk).update(owner=writer)
    here = tried.like(chief, ASKED).tried[0]
    assert (here.owner, here.instead) == (writer, None)
    Person.objects.filter(pk=writer.pk).update(is_active=False)
    left = tried.like(chief, ASKED).tried[0]
    assert (left.owner, left.instead) == (None, leader)
    client.force_login(chief)
    said = client.get("/st-brides/tried-before/", {"q": ASKED}).content.decode()
    assert "Whoever had it has left. You can ask" in said
    assert "Ruby Adeyemi" in said
    assert "Gone Away" not in said
    Person.objects.filter(pk=leader.pk).update(is_active=False)
    assert tried.like(chief, ASKED).tried[0].instead == chief, "nobody leads the ward, so who leads above it"


def test_kinds_that_do_not_say_so_are_not_kept(chief: Person, ward: Place) -> None:
    make_message(chief, ward.organisation, title="Tablets")
    assert Meaning.objects.count() == 0


def test_what_was_there_before_its_kind_was_found_by_meaning_is_added(chief: Person, tablets: Record) -> None:
    Meaning.objects.all().delete()
    assert titles(chief) == []
    meanings.work_out.call()
    assert titles(chief)[:1] == [tablets.title]


def test_what_other_processes_wrote_is_read_again(chief: Person, tablets: Record, ward: Place) -> None:
    before = tried.kept_now()
    assert tried.kept_now() is before
    Meaning.objects.filter(record=tablets.pk).delete()
    assert len(tried.kept_now().numbers) == len(before.numbers) - 1
    row = Meaning.objects.first()
    assert row
    Meaning.objects.filter(pk=row.pk).update(words=similar.words_of("tablets"), stamp=row.stamp + 1)
    assert "tablets" in tried.like(chief, "tablets").tried[0].words


def test_a_change_while_the_model_thinks_waits_for_the_next_time(
    chief: Person, tablets: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    Meaning.objects.update(made_with=0, meaning=b"")
    think = similar.meanings_of

    def slowly(texts: list[str]) -> list[bytes]:
        Meaning.objects.filter(record=tablets.pk).update(stamp=7)
        return think(texts)

    monkeypatch.setattr(similar, "meanings_of", slowly)
    meanings.work_out_some()
    assert [each.record_id for each in meanings.waiting()] == [tablets.pk]


def test_what_was_kept_with_other_lists_of_words_is_kept_anew(chief: Person, tablets: Record) -> None:
    Meaning.objects.filter(record=tablets.pk).update(made_with=1, words=b"")
    meanings.work_out.call()
    row = Meaning.objects.get(record=tablets.pk)
    assert (bytes(row.words) == b"", row.made_with) == (False, meanings.MADE_WITH)


def test_many_changes_put_on_one_job(chief: Person, ward: Place, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for title in OTHERS:
            add(chief, ward, title)
    assert DBTaskResult.objects.filter(task_path=meanings.work_out.module_path).count() == 1


def test_without_the_model_words_find_it_and_it_says_so(
    chief: Person, ward: Place, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr("trustwide.engines.meaning.model.find_spec", lambda name: None)
    add(chief, ward, "Tablets to take home by eleven")
    meanings.work_out.call()
    answer = tried.like(chief, "tablets late")
    assert ([each.title for each in answer.tried], answer.by_words_alone) == (["Tablets to take home by eleven"], True)
    client.force_login(chief)
    assert "the language model is not installed" in client.get("/st-brides/tried-before/?q=tablets").content.decode()


def page(client: Client, path: str, **asked: str) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_page_and_the_part_say_what_it_was_and_whom_to_ask(chief: Person, tablets: Record, client: Client) -> None:
    client.force_login(chief)
    actions.move_record(by=chief, record=tablets, version=1, stage="done")
    whole = page(client, "/st-brides/tried-before/", q=ASKED)
    part = page(client, "/st-brides/tried-before/", q=ASKED, **{"as": "part"})
    for said in (whole, part):
        assert f'href="/st-brides/objectives/{tablets.pk}/"' in said
        assert "<strong>Done</strong>" in said
        assert "Ces Hill" in said
    assert "<html" not in part
    assert 'target="_blank"' in part
    assert 'target="_blank"' not in whole
    assert "We found nothing like it" in page(client, "/st-brides/tried-before/", q="giraffe")
    assert "What do you want to make better?" in page(client, "/st-brides/tried-before/")


def test_asking_while_one_types_writes_nothing(chief: Person, tablets: Record, client: Client) -> None:
    """So that whatever holds the database's one writer, it neither waits for it nor fails."""
    client.force_login(chief)
    address = f"/{tablets.organisation.slug}/tried-before/?as=part&q=bags"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert {each["sql"].split()[0] for each in asked} == {"SELECT"}


@pytest.mark.parametrize(
    "strange", ["\x00", '"*', "-1", "🚑", "x" * 10_000, "%", "<script>alert(1)</script>", "the of"]
)
def test_no_question_breaks_it(chief: Person, tablets: Record, client: Client, strange: str) -> None:
    client.force_login(chief)
    assert "<script>alert" not in page(client, "/st-brides/tried-before/", q=strange)


def test_who_may_not_read_the_organisation_is_told_nothing(tablets: Record, client: Client) -> None:
    client.force_login(make_person("Una Elm", "executive", make_organisation("Riverside")))
    assert client.get("/st-brides/tried-before/?q=tablets").status_code == 404


def test_the_queries_do_not_grow(chief: Person, tablets: Record, ward: Place, client: Client) -> None:
    client.force_login(chief)
    page(client, "/st-brides/tried-before/", q=ASKED)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client, "/st-brides/tried-before/", q=ASKED)
    for number in range(20):
        add(chief, ward, f"Tablets late on day {number}")
    page(client, "/st-brides/tried-before/", q=ASKED)
    with CaptureQueriesContext(connection) as many:
        page(client, "/st-brides/tried-before/", q=ASKED)
    print(f"{len(few)} queries with four records, {len(many)} with 24")
    assert len(few) == len(many) <= 15


def test_the_button_of_the_form_lists_it_and_keeps_what_was_typed(
    chief: Person, tablets: Record, client: Client
) -> None:
    client.force_login(chief)
    written = KINDS[tablets.kind].typed[1]
    sent = {"title": ASKED, written: "They get home <b>sooner</b>", "tried": "yes", "key": "", "place": "ward-7"}
    before = Record.objects.count()
    answer = client.post("/st-brides/objectives/new/", sent)
    said = answer.content.decode()
    assert (answer.status_code, Record.objects.count()) == (200, before)
    assert f'href="/st-brides/objectives/{tablets.pk}/" target="_blank"' in said
    assert "They get home &lt;b&gt;sooner&lt;/b&gt;" in said
    assert f'value="{ASKED}"' in said
    assert "There is a problem" not in said
    none = client.post("/st-brides/objectives/new/", {**sent, "title": "giraffes"}).content.decode()
    assert "You may be the first" in none
    for empty in ("", "  "):
        said = client.post("/st-brides/objectives/new/", {**sent, "title": empty}).content.decode()
        assert "Write a title first" in said
        assert "the first." not in said


def test_forms_of_other_kinds_and_of_changes_do_not_ask(chief: Person, tablets: Record, client: Client) -> None:
    client.force_login(chief)
    assert 'id="tried"' in page(client, "/st-brides/objectives/new/")
    assert 'id="tried"' not in page(client, f"/st-brides/objectives/{tablets.pk}/change/")
    assert 'id="tried"' not in page(client, "/st-brides/messages/new/")


def test_whoever_runs_it_finds_what_everyone_of_an_organisation_may_read(chief: Person, ward: Place) -> None:
    add(chief, ward, "Tablets to take home by eleven")
    add(chief, ward, "Tablets of the team alone", sharing=TEAM_SHARED)
    strategy = kind_at("strategies")
    assert strategy
    make_record(strategy, chief, ward.organisation, title="Tablets in a draft", stage=DRAFT)
    assert [each.title for each in tried.like_anywhere("tablets", everything=False)] == [
        "Tablets to take home by eleven"
    ]
    found = {each.title for each in tried.like_anywhere("tablets", everything=True)}
    assert found == {"Tablets to take home by eleven", "Tablets of the team alone"}
