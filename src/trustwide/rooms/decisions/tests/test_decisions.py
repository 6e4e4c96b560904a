"""Who decides, what an answer does, and what happens when none comes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.makers import make_measure, make_person, send_form
from trustwide.rooms.commons.actions import change_record, move_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.models import Link
from trustwide.rooms.decisions import access, chores
from trustwide.rooms.decisions.actions import ask_decision, decide, join_asking, raise_silent
from trustwide.rooms.decisions.actions_scheme import name_at_top
from trustwide.rooms.decisions.models import SERVICE, SORTS, Asker, AtTop, Decision, SchemeLine
from trustwide.rooms.decisions.scheme import HEIGHT, Question, at_top, find_decider, fits, upward
from trustwide.rooms.decisions.tests.trust import DAY, Trust, again, make_trust, told
from trustwide.rooms.jobs.queue import later
from trustwide.rooms.jobs.work import run_ready
from trustwide.rooms.people import clock
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places.actions import add_place
from trustwide.rooms.places.actions_deputies import name_deputy
from trustwide.rooms.places.actions_roles import end_role
from trustwide.rooms.places.models import LEVELS, RoleHeld

lines = st.builds(
    SchemeLine,
    sort=st.sampled_from(sorted(SORTS)),
    level=st.sampled_from(LEVELS),
    role=st.sampled_from(["team-leader", "manager", "executive"]),
    limit=st.none() | st.integers(0, 100_000),
    undo_only=st.booleans(),
)
questions = st.builds(Question, st.sampled_from(sorted(SORTS)), st.none() | st.integers(0, 100_000), st.booleans())


@pytest.fixture
def trust(db: None) -> Trust:
    return make_trust()


def at_nine(day: date) -> Any:
    return clock.at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def page_of(person: Person, path: str = "/") -> str:
    browser = Client()
    browser.force_login(person)
    return browser.get(path).content.decode()


@given(line=lines, asked=questions, less=st.integers(0, 100_000))
def test_what_costs_less_or_can_be_undone_is_never_harder_to_decide(
    line: SchemeLine, asked: Question, less: int
) -> None:
    if fits(line, asked):
        assert fits(line, Question(asked.sort, min(less, asked.money or 0), asked.reversible))
        assert fits(line, Question(asked.sort, asked.money, reversible=True))


@given(st.lists(lines))
def test_lines_go_upward(some: list[SchemeLine]) -> None:
    found = upward(some)
    assert sorted(map(id, found)) == sorted(map(id, some))
    heights = [HEIGHT[each.level] for each in found]
    assert heights == sorted(heights)


@pytest.mark.parametrize(
    ("money", "reversible", "who"),
    [
        (None, True, "leader"), (250, True, "leader"), (251, True, "manager"), (1_001, True, "director"),
        (None, False, "director"), (5_000, False, "director"), (5_001, True, "chief"),
    ],
)  # fmt: skip
def test_the_lowest_who_may_decides(trust: Trust, money: int | None, reversible: bool, who: str) -> None:
    decision = trust.ask(money=money, reversible=reversible)
    assert decision.owner == trust.people[who]
    assert told(trust.people[who]) == ["made-yours"]
    passed = find_decider(trust.ward, Question(SERVICE, money, reversible), today()).passed
    assert len(passed) == ["leader", "manager", "director", "chief"].index(who)


def test_where_nobody_holds_the_role_it_goes_up_and_says_why(trust: Trust) -> None:
    end_role(by=None, held=trust.people["leader"].roles.get(), on=today() - timedelta(days=0))
    tomorrow = today() + timedelta(days=1)
    found = find_decider(trust.ward, Question(SERVICE), tomorrow)
    assert found.person == trust.people["manager"]
    assert found.passed == ("Nobody is team leader of Ward 7 now.",)


def test_where_no_line_says_who_an_executive_does(trust: Trust) -> None:
    SchemeLine.objects.all().delete()
    decision = trust.ask()
    assert (decision.owner, decision.level, decision.line) == (trust.people["chief"], "organisation", None)
    end_role(by=None, held=trust.people["chief"].roles.get(), on=today())
    found = find_decider(trust.ward, Question(SERVICE), today() + timedelta(days=1))
    assert found.person is None


def test_a_question_has_its_day_and_doing_nothing(trust: Trust) -> None:
    with at_nine(DAY):
        decision = trust.ask(options=["Try it", "• Try it twice"])
    assert (decision.needed_by, decision.next_review) == (date(2027, 3, 15), date(2027, 3, 15))
    assert decision.options.splitlines()[-1] == "Do nothing"
    assert trust.ask(options=["Do nothing at all", "Try it"]).options.count("othing") == 1


def test_asking_twice_with_one_key_asks_once_and_keeps_where_it_came_from(trust: Trust) -> None:
    measure = make_measure(trust.people["leader"], trust.ward)
    first, second = (trust.ask(about=measure, key=key) for key in [uuid7()] * 2)
    assert first.pk == second.pk
    assert Link.objects.get().end_id == measure.pk
    with pytest.raises(ValueError, match="none of"):
        trust.ask(sort="love")
    with pytest.raises(NotAllowed):
        ask_decision(by=make_person("Stranger"), place=trust.ward, question="?", why="", options=[],
                     recommendation="", sort=SERVICE)  # fmt: skip


@pytest.mark.parametrize(("what", "closed"), [("yes", True), ("no", True), ("test", False), ("not-yet", False)])
def test_an_answer_is_told_to_all_who_asked(trust: Trust, what: str, closed: bool) -> None:
    decision, until = trust.ask(), today() + timedelta(days=9)
    join_asking(by=trust.people["porter"], decision=decision)
    join_asking(by=trust.people["porter"], decision=decision)
    decide(by=trust.people["leader"], decision=decision, what=what, reason="It is safe.", until=until)
    found = again(decision)
    assert (found.stage, found.closed_at is not None) == (what, closed)
    assert found.next_review == (None if closed else until)
    assert (found.decided_on is None) == (what == "not-yet")
    assert [told(trust.people[who]) for who in ("nurse", "porter")] == [["decided"], ["decided"]]
    assert "asks-too" in told(trust.people["leader"])
    assert found.steps.last().comment.text == "It is safe."
    assert Asker.objects.count() == 1
    assert AuditRow.objects.filter(verb="decided", thing=str(decision.pk)).count() == 1


def test_the_same_role_decides_at_the_same_place_alone(trust: Trust) -> None:
    """While somebody has it; and whoever is of another trust does not join those who ask."""
    decision, next_door = trust.ask(), add_place(by=None, level="team", name="Ward 8", parent=trust.service)
    beside, elsewhere = make_person("Bea", "team-leader", trust.ward), make_person("Eva", "team-leader", next_door)
    assert [access.can_decide(each, decision) for each in (beside, elsewhere)] == [True, False]
    decision.owner = None
    assert not access.can_decide(beside, decision)
    stranger = make_trust("Riverside").people["chief"]
    assert [access.can_join(each, decision) for each in (elsewhere, stranger)] == [True, False]


def test_only_who_decides_does(trust: Trust) -> None:
    decision = trust.ask()
    for who in ("nurse", "porter", "manager", "chief", "administrator"):
        with pytest.raises(NotAllowed):
            decide(by=trust.people[who], decision=decision, what="yes")
    other = make_trust("Riverside").people["chief"]
    for act in (
        lambda: decide(by=other, decision=decision, what="yes"),
        lambda: join_asking(by=other, decision=decision),
    ):
        with pytest.raises(NotAllowed):
            act()
    for stage in ("yes", "no", "test", "not-yet"):
        with pytest.raises(NotNow):
            move_record(by=trust.people["leader"], record=decision, version=decision.version, stage=stage)
        decision = again(decision)
    move_record(by=trust.people["leader"], record=decision, version=decision.version, stage="taken-back")
    with pytest.raises(NotNow):
        decide(by=trust.people["leader"], decision=decision, what="yes")


def test_a_deputy_decides_while_they_are_away(trust: Trust) -> None:
    leader, porter = trust.people["leader"], trust.people["porter"]
    days = {"starts": today(), "ends": today() + timedelta(days=3)}
    name_deputy(by=leader, deputy=porter, organisation=trust.place, **days)
    decision = trust.ask()
    assert told(porter) == ["decide-for"]
    with clock.at(clock.now() + timedelta(days=5)), pytest.raises(NotAllowed):
        decide(by=porter, decision=decision, what="yes")
    decide(by=porter, decision=decision, what="yes")
    assert told(leader) == ["made-yours", "decided"]


def test_two_who_share_a_role_may_both_decide(trust: Trust) -> None:
    other, elsewhere = (
        make_person("Second", "team-leader", trust.ward),
        make_person("Third", "team-leader", trust.service),
    )
    decision = trust.ask()
    with pytest.raises(NotAllowed):
        decide(by=elsewhere, decision=decision, what="yes")
    decide(by=other, decision=decision, what="yes")


def test_not_yet_counts_once(trust: Trust) -> None:
    leader, decision = trust.people["leader"], trust.ask()
    for day in (None, today()):
        with pytest.raises(NotNow):
            decide(by=leader, decision=decision, what="not-yet", until=day)
    decide(by=leader, decision=decision, what="not-yet", until=today() + timedelta(days=2))
    with pytest.raises(NotNow):
        decide(by=leader, decision=decision, what="not-yet", until=today() + timedelta(days=4))
    decide(by=leader, decision=decision, what="test", until=today() + timedelta(days=9))
    decided_on = again(decision).decided_on
    with clock.at(clock.now() + timedelta(days=9)):
        decide(by=leader, decision=decision, what="yes")
    assert again(decision).decided_on == decided_on
    with pytest.raises(NotNow):
        decide(by=leader, decision=decision, what="no")


def test_silence_goes_up_a_level_and_all_are_told(trust: Trust) -> None:
    people = trust.people
    with at_nine(DAY):
        decision = trust.ask(needed_by=DAY + timedelta(days=2))
    with at_nine(DAY + timedelta(days=2)):
        assert not raise_silent(decision=decision)
    owners = []
    day = DAY + timedelta(days=3)
    for _each in range(4):
        with at_nine(day):
            assert raise_silent(decision=decision)
            assert not raise_silent(decision=decision)
        found = again(decision)
        owners.append((found.owner, found.level, found.next_review))
        day = found.next_review + timedelta(days=1)
    assert [who for who, _level, _day in owners] == [people[who] for who in ("manager", "director", "chief", "chief")]
    assert owners[0][1:] == ("service", date(2027, 3, 11))
    assert told(people["nurse"]) == ["decision-rose"] * 3 + ["decision-late"]
    assert told(people["leader"]) == ["made-yours", "decision-rose"]
    assert told(people["manager"]) == ["decision-rose"] * 2
    assert [each.what for each in found.steps.all()] == ["asked", "rose", "rose", "rose", "stayed"]
    with at_nine(day):
        front = page_of(people["chief"])
    assert "Overdue to the board: it was needed by 3 March." in front
    assert found.first_level == "team"
    assert AuditRow.objects.filter(verb="went-up", by=None).count() == 3


def test_whoever_is_named_at_the_top_comes_first_for_as_long_as_they_hold_the_role(trust: Trust) -> None:
    board = add_place(by=None, level="team", name="Trust board", parent=trust.place, kind="board")
    make_person("Nora Quill", "board-member", board)
    chair, longest = make_person("Marian Whitlock", "board-member", board), trust.people["chief"]
    chief = make_person("Daniel Okonjo", "executive", trust.place)
    admin, address = trust.people["administrator"], "/st-brides/who-decides/change/"
    sent = {"top": "yes", "executive": str(chief.pk), "board": str(chair.pk)}
    browser = Client()
    browser.force_login(admin)
    assert trust.ask(money=90_000).owner == longest
    assert browser.post(address, {**sent, "executive": str(chair.pk)}).status_code == 422, "who is no executive"
    assert send_form(browser, address, sent).status_code == 302
    assert send_form(browser, address, sent).status_code == 302
    assert AuditRow.objects.filter(verb="named-at-top").count() == 2, "the same again is nothing new"
    assert trust.ask(money=90_000).owner == chief
    assert [each[0] for each in at_top(trust.place, today()).values()] == [chief, chair]
    page = browser.get("/st-brides/who-decides/").content.decode()
    assert "At the top it goes to Daniel Okonjo." in page
    assert "it goes to the board: Marian Whitlock" in page
    RoleHeld.objects.filter(person=chief).update(ends=today() - timedelta(days=1), starts=today() - timedelta(days=9))
    assert trust.ask(money=90_000).owner == longest
    with pytest.raises(NotAllowed):
        name_at_top(by=admin, organisation=trust.place, named={"executive": chief})
    with pytest.raises(NotAllowed):
        name_at_top(by=trust.people["nurse"], organisation=trust.place, named={"board-member": None})
    with pytest.raises(NotAllowed):  # both or neither
        name_at_top(by=admin, organisation=trust.place, named={"executive": longest, "board-member": chief})
    assert AtTop.objects.get(role="executive").person == chief
    assert send_form(browser, address, {"top": "yes", "executive": "", "board": ""}).status_code == 302
    assert not AtTop.objects.exists()


def test_silence_at_the_top_goes_to_the_board(trust: Trust) -> None:
    board = add_place(by=None, level="team", name="Trust board", parent=trust.place, kind="board")
    with at_nine(DAY - timedelta(days=9)):
        chair = make_person("Marian Whitlock", "board-member", board)
    with at_nine(DAY):
        other = make_person("Nora Quill", "board-member", board)
        decision = trust.ask(needed_by=DAY, money=90_000)
    assert decision.owner == trust.people["chief"]
    day = DAY
    for what in ("to-board", "stayed"):
        day = again(decision).next_review + timedelta(days=1)
        with at_nine(day):
            assert raise_silent(decision=decision)
        found = again(decision)
        assert (found.owner, found.level, found.role) == (chair, "organisation", "board-member")
        assert [each.what for each in found.steps.all()][-1] == what
    with at_nine(day):
        page = page_of(chair, f"/st-brides/decisions/{found.pk}/")
        assert "Overdue to the board: a decision was needed by 1 March 2027." in page
        assert "so it went to the board: Marian Whitlock decides" in page
        for who, sees in ((other, True), (trust.people["chief"], True), (trust.people["manager"], False)):
            assert ("Overdue to the board" in page_of(who)) is sees
        with pytest.raises(NotAllowed):
            decide(by=other, decision=found, what="yes")
        decide(by=trust.people["chief"], decision=found, what="yes")  # who may still be quicker
    assert told(trust.people["nurse"]) == ["decision-rose", "decision-late", "decided"]


def test_the_morning_round_raises_each_once(trust: Trust) -> None:
    with at_nine(DAY):
        late = trust.ask(needed_by=DAY)
        decided = trust.ask(needed_by=DAY)
        decide(by=trust.people["leader"], decision=decided, what="yes")
        on_time = trust.ask()
    with at_nine(DAY + timedelta(days=1)):
        for each in range(2):
            later(chores.find_silent, key=f"round {each}")
            run_ready()
    assert [again(each).level for each in (late, on_time, decided)] == ["service", "team", "team"]
    assert again(late).next_review == date(2027, 3, 9)


def test_who_left_is_passed_over(trust: Trust) -> None:
    decision = trust.ask()
    Person.objects.filter(pk=trust.people["leader"].pk).update(is_active=False)
    assert raise_silent(decision=again(decision))
    assert again(decision).owner == trust.people["manager"]
    lonely = make_trust("Riverside")
    end_role(by=None, held=lonely.people["chief"].roles.get(), on=today())
    with clock.at(clock.now() + timedelta(days=1)):
        waits = lonely.ask(money=9_000)
        assert waits.owner is None
        assert raise_silent(decision=waits)
        assert again(waits).owner is None
        line = SchemeLine.objects.get(organisation=lonely.place, level="directorate")
        SchemeLine.objects.filter(pk=line.pk).update(limit=None)
        assert raise_silent(decision=waits)
        assert again(waits).owner == lonely.people["director"]


def test_what_now_costs_more_goes_to_who_may_decide_it(trust: Trust) -> None:
    decision = trust.ask()
    change_record(by=trust.people["nurse"], record=decision, version=decision.version, fields={"money": 900})
    found = again(decision)
    assert (found.owner, found.level) == (trust.people["manager"], "service")
    with pytest.raises(NotAllowed):
        decide(by=trust.people["leader"], decision=found, what="yes")
    change_record(by=trust.people["nurse"], record=found, version=found.version, fields={"money": 1})
    assert again(decision).owner == trust.people["manager"]
    assert Decision.objects.get().first_level == "team"
