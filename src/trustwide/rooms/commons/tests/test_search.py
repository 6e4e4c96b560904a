"""Finding records: what is filtered, what comes first, what a slip of the finger still finds."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.makers import make_group, make_measure, make_message, make_organisation, make_person, make_team
from trustwide.rooms.commons import actions, chores, search, search_sql
from trustwide.rooms.commons.models import Comment, KnownWord, Record, SearchText
from trustwide.rooms.commons.search import Question, find
from trustwide.rooms.jobs.work import run_ready
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import rename_place
from trustwide.rooms.places.models import Place

pytestmark = pytest.mark.both_databases  # each searches in its own way

CANARY = "zanzibarcanary"


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation(group=make_group())


@pytest.fixture
def alice(trust: Place) -> Person:
    return make_person("Alice", "executive", trust)


def titles(person: Person, typed: str, *narrower: Q, page: int = 1) -> list[str]:
    return [hit.card.title for hit in find(person, Question.of(typed), *narrower, page=page).hits]


def test_all_of_the_words_must_be_there(alice: Person, trust: Place) -> None:
    make_message(alice, trust, title="Tablets by 11", text="Ward 7 has them ready.")
    make_message(alice, trust, title="Tablets late", text="Pharmacy is short of bags.")
    assert titles(alice, "tablets ward") == ["Tablets by 11"]
    assert sorted(titles(alice, "the TABLETS")) == ["Tablets by 11", "Tablets late"]
    assert titles(alice, "tablets giraffe") == []
    assert titles(alice, "") == titles(alice, "?! — …") == []


def test_the_place_is_one_of_its_words(alice: Person, trust: Place) -> None:
    for name in ("Ward 7", "Ward 12"):
        make_measure(make_person(name, "team-leader", ward := make_team(trust, name)), ward, title="Fewer falls")
    found = find(alice, Question.of("falls ward 12")).hits
    assert [each.card.place for each in found] == ["Ward 12"]


def test_records_are_found_by_the_new_name_of_their_place(
    alice: Person, trust: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many they are; and by the old one no more, unless they say it themselves."""
    monkeypatch.setattr(chores, "AT_ONCE", 2)
    ward, other = make_team(trust, "Ward 12"), make_team(trust, "Ward 7")
    leader, elsewhere = make_person("Lea", "team-leader", ward), make_person("Olu", "team-leader", other)
    for title in ("Fewer falls", "Quiet nights", "Shorter waits", "Ward 12 rounds"):
        make_measure(leader, ward, title=title)
    make_measure(elsewhere, other, title="Elsewhere")
    rename_place(by=make_person("Ada", "administrator", trust), place=ward, name="Rosewood")
    while run_ready():
        pass
    found = titles(alice, "rosewood")
    assert sorted(found) == ["Fewer falls", "Quiet nights", "Shorter waits", "Ward 12 rounds"]
    assert titles(alice, "ward 12") == ["Ward 12 rounds"]
    assert titles(alice, "ward 7") == ["Elsewhere"]


def test_title_stands_above_text_and_newer_above_older(alice: Person, trust: Place) -> None:
    make_message(alice, trust, title="Older pharmacy", text="One")
    make_message(alice, trust, title="A week", text="pharmacy pharmacy pharmacy pharmacy pharmacy")
    make_message(alice, trust, title="Newer pharmacy", text="Two")
    assert titles(alice, "pharmacy") == ["Newer pharmacy", "Older pharmacy", "A week"]


def test_the_last_word_may_be_a_beginning(alice: Person, trust: Place) -> None:
    make_message(alice, trust, title="Quality improvement", text="We waited for it.")
    assert titles(alice, "improv") == titles(alice, "improvem") == titles(alice, "improving") == ["Quality improvement"]
    assert titles(alice, "quality wait") == titles(alice, "waiting") == ["Quality improvement"]


@pytest.mark.parametrize("typed", ["tabelts", "tablest", "tabblets", "tblets", "wrad tabelts"])
def test_a_slip_still_finds(alice: Person, trust: Place, typed: str) -> None:
    make_message(alice, trust, title="Tablets ready", text="The ward is pleased.")
    found = find(alice, Question.of(typed))
    assert [hit.card.title for hit in found.hits] == ["Tablets ready"]
    assert "tablets" in found.instead


def test_what_matched_is_marked(alice: Person, trust: Place) -> None:
    make_message(alice, trust, title="Tablets <b>ready</b>", text="long " * 80 + "the tablets came " + "after " * 80)
    (hit,) = find(alice, Question.of("tablet")).hits
    assert ("Tablets", True) in hit.title
    assert ("tablets", True) in hit.text
    assert len("".join(words for words, _ in hit.text)) < 400
    assert "".join(words for words, _ in hit.title) == "Tablets <b>ready</b>"


@pytest.mark.parametrize(
    "typed", ["carer", "patient", "ward", "7", "bride", "bride's", "ward-7", "patient/carer", "five"]
)
def test_what_parts_words_in_print_parts_them_here(alice: Person, trust: Place, typed: str) -> None:
    text = "Every patient/carer in “Ward-7” at St Bride’s waits <five_minutes>."
    make_message(alice, trust, title="A week", text=text)
    (hit,) = find(alice, Question.of(typed)).hits
    assert any(is_match for _, is_match in hit.text)
    assert "".join(words for words, _ in hit.text) == SearchText.objects.get().text


def test_the_index_and_the_marks_part_words_alike() -> None:
    migration = import_module("trustwide.rooms.commons.migrations.0002_search_and_local_needs")
    assert migration.PARTING.replace("''", "'") == search_sql.PARTING


def other_trusts(reader_place: Place) -> Person:
    """A reader, beside another trust's record and a draft that hold the canary word."""
    riverside = make_organisation("Riverside")
    make_message(make_person("Rae", "executive", riverside), riverside, title=f"Secret {CANARY}", text=CANARY)
    make_message(make_person("Ann", "executive", reader_place), reader_place, title=CANARY, text=CANARY, stage="draft")
    return make_person("Bob", "staff", make_team(reader_place))


CANARY_QUESTIONS = (CANARY, CANARY[:-1], CANARY[:9], "zanzibarcanaryy", "zanzibarcnaary", f"secret {CANARY}")


def leaks(person: Person) -> list[str]:
    found = [repr(find(person, Question.of(typed))) for typed in CANARY_QUESTIONS]
    return [each for each in found if CANARY in each or "Secret" in each]


def test_words_of_what_may_not_be_read_appear_nowhere(trust: Place) -> None:
    reader = other_trusts(trust)
    assert KnownWord.objects.filter(word=CANARY).exists()
    assert leaks(reader) == []


def test_control_without_the_filter_they_do(trust: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = other_trusts(trust)
    monkeypatch.setattr(type(Record.objects.all()), "visible_to", lambda self, _person: self)
    assert len(leaks(reader)) == len(CANARY_QUESTIONS)


def test_filtering_comes_before_ranking(trust: Place, alice: Person) -> None:
    riverside = make_organisation("Riverside")
    rae = make_person("Rae", "executive", riverside)
    make_message(alice, trust, title="Ours", text="a long text that says pharmacy once " * 3)
    for each in range(search.A_PAGE + 5):
        make_message(rae, riverside, title=f"Pharmacy {each}", text="pharmacy pharmacy")
    assert titles(alice, "pharmacy") == ["Ours"]


def test_pages_hold_twenty_each(alice: Person, trust: Place) -> None:
    for each in range(25):
        make_message(alice, trust, title=f"Pharmacy {each}")
    first, second = (find(alice, Question.of("pharmacy"), page=page) for page in (1, 2))
    assert (len(first.hits), first.more, len(second.hits), second.more) == (20, True, 5, False)
    assert {hit.card.pk for hit in first.hits}.isdisjoint({hit.card.pk for hit in second.hits})
    assert titles(alice, "pharmacy", Q(kind="elsewhere.kind")) == []


def test_queries_are_the_same_for_few_and_many(alice: Person, trust: Place) -> None:
    def asked(typed: str) -> int:
        Record.objects.visible_to(alice)
        with CaptureQueriesContext(connection) as queries:
            find(alice, Question.of(typed))
        return len(queries)

    make_message(alice, trust, title="Pharmacy")
    few = [asked("pharmacy"), asked("pharmcay")]
    for each in range(30):
        make_message(alice, trust, title=f"Pharmacy {each}")
    assert few == [asked("pharmacy"), asked("pharmcay")] == [4, 6]


def test_words_change_with_the_record(alice: Person, trust: Place) -> None:
    message = make_message(alice, trust, title="Tablets", text="Giraffes in the corridor")
    actions.change_record(by=alice, record=message, version=1, fields={"text": "Zebras in the corridor"})
    assert titles(alice, "giraffes") == []
    assert titles(alice, "zebras") == ["Tablets"]
    message.delete()
    assert titles(alice, "zebras") == []


def test_comments_are_found_with_their_record_until_they_are_blanked(alice: Person, trust: Place) -> None:
    message = make_message(alice, trust, title="Tablets")
    actions.comment_on(by=alice, record=Record.objects.get(pk=message.pk), text="The **giraffes** helped")
    assert titles(alice, "giraffes") == ["Tablets"]
    comment = Comment.objects.get()
    actions.redact_comment(by=make_person("Lee", "improvement-lead", trust), comment=comment)
    assert titles(alice, "giraffes") == []
    assert not KnownWord.objects.filter(word="giraffes").exists()


def test_blanked_words_are_forgotten(alice: Person, trust: Place) -> None:
    make_message(alice, trust, title="Corridor")
    message = make_message(alice, trust, text="Mr Smithington 9434765919 in the corridor")
    assert set(KnownWord.objects.filter(word__in=["smithington", "9434765919"]).values_list("word", flat=True)) == {
        "smithington"
    }
    actions.redact(by=make_person("Lee", "improvement-lead", trust), record=message, names=["text"])
    assert not KnownWord.objects.filter(word="smithington").exists()
    assert KnownWord.objects.filter(word="corridor").exists()


def test_people_and_places_are_found_by_insiders_alone(trust: Place, alice: Person) -> None:
    ward = make_team(trust, "Ward 7")
    bob, guest = make_person("Bob Bell", "staff", ward), make_person("Gus", "partner-guest", ward)
    stranger = make_person("Dan", "staff", make_organisation("Riverside"))
    asked = Question.of("bob bell"), Question.of("ward")
    assert [each.person for each in search.find_people(alice, asked[0])] == [bob]
    assert [each.name for each in search.find_places(alice, asked[1])] == ["Ward 7"]
    assert [each.name for each in search.find_places(guest, asked[1])] == ["Ward 7"]
    assert not search.find_people(guest, asked[0])
    assert not search.find_people(stranger, asked[0])
    assert not search.find_places(stranger, asked[1])
    assert not search.find_people(alice, Question.of("example"))  # nobody is found by their e-mail address


OPERATORS = ['"', "'", "*", "-", "NEAR(", ")", "AND", "OR NOT", "title:", "^", "\\", ":*", "&", "|", "!", "<->", "%"]
STRANGE = ["tablets", "\x00", "🚑", "\ud800", "߷", "_", "x" * 10_000]
PIECES = st.one_of(st.sampled_from([*OPERATORS, *STRANGE]), st.text(max_size=20))


class AnyQuestion(TestCase):
    """Whatever is typed is looked for, and never runs as a command."""

    @given(st.lists(PIECES, max_size=12).map(" ".join))
    @example("tablets*")
    @example('"tablets" OR NEAR(a b, 3)')
    @example("'); DROP TABLE commons_searchtext; --")
    @example("\x00\x00tablets\x00")
    @example("tablets " * 1_300)
    @example("𝐭𝐚𝐛𝐥𝐞𝐭𝐬")
    def test_no_question_raises(self, typed: str) -> None:
        person = Person.objects.filter(name="Alice").first() or self.with_message()
        question = Question.of(typed)
        find(person, question)
        search.find_people(person, question)
        search.find_places(person, question)
        assert SearchText.objects.count() == 1

    def with_message(self) -> Person:
        trust = make_organisation()
        alice = make_person("Alice", "executive", trust)
        make_message(alice, trust, title="Tablets")
        return alice
