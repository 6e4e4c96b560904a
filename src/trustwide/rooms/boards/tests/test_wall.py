"""The wall board: its columns, each measure with its objective, today's plan, and when it says that it is old."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.makers import make_group, make_organisation, make_person, make_record, make_team, opened_on, send_form
from trustwide.rooms.boards import actions, queries
from trustwide.rooms.boards.models import Board, Card, Plan
from trustwide.rooms.boards.tests.ward import BOARD, Ward, make_ward, signed_in, text_of
from trustwide.rooms.boards.wall import Wall
from trustwide.rooms.commons.actions import link_records
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions_partnership import agree, ask_in, make_partnership

LINE = {"name": "Home by noon", "planned": 6, "done": 2, "waits_for": "tablets"}


def main_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)))


def order(ward: Ward) -> list[tuple[int, str]]:
    return [(card.column, card.measure.title) for card in queries.cards_of(ward.team, None)]


def add_cards(ward: Ward, *columns: int) -> list[Card]:
    return [
        actions.add_card(by=ward.leader, team=ward.team, measure=ward.measure(f"Measure {number}"), column=column)
        for number, column in enumerate(columns)
    ]


def objective(ward: Ward, title: str, by: Person | None = None, place: Any = None, **fields: Any) -> Any:
    kind = KINDS["purpose.objective"]
    return make_record(kind, by or ward.leader, place or ward.team, title=title, stage="live", **fields)


def test_who_is_signed_in_opens_what_the_board_names_and_a_screen_has_nothing_to_open(ward: Ward) -> None:
    falls, aim = ward.measure("Falls"), objective(ward, "Fewer falls")
    link_records(by=ward.leader, start=falls, meaning="contributes-to", end=aim)
    item = make_record(KINDS["escalation.item"], ward.nurse, ward.team, title="Lamps are out")
    for number in range(3):
        make_record(KINDS["escalation.item"], ward.nurse, ward.team, title=f"Trays are missing {number}")
    screen, nurse = ward.screen(), signed_in(ward.nurse)
    for _again in range(2):  # neither is shown what was made for the other
        seen, bare = (re.sub(r"(?s)<footer.*", "", text_of(each, BOARD)) for each in (nurse, screen))
        for page in (f"measures/{falls.pk}/", f"objectives/{aim.pk}/", f"items/{item.pk}/", "items/?place=ward-7"):
            assert f'href="/st-brides/{page}"' in seen
            assert nurse.get(f"/st-brides/{page}").status_code == 200
        assert "Lamps are out" in bare
        assert set(re.findall(r'<a [^>]*href="([^"]+)"', bare)) == {"#maincontent", f"{BOARD}add/"}


def test_a_guest_reads_that_there_is_more_and_opens_no_list_of_the_organisation(ward: Ward) -> None:
    for number in range(4):
        make_record(KINDS["escalation.item"], ward.nurse, ward.team, title=f"Trays are missing {number}")
    seen = text_of(signed_in(make_person("Lee Hart", "partner-guest", ward.team)), BOARD)
    assert "and 1 more" in seen
    assert "items/?place=" not in seen
    assert re.search(r'href="/st-brides/items/[-0-9a-f]+/"', seen), "what stands at the team itself opens"


def test_measures_stand_in_the_columns_that_the_team_chose(ward: Ward) -> None:
    falls, home = ward.measure("Falls"), ward.measure("Home before noon", ward.trust)
    ward.measure("Not chosen")
    actions.add_card(by=ward.leader, team=ward.team, measure=home, column=2)
    actions.add_card(by=ward.leader, team=ward.team, measure=falls, column=0)
    for browser in (ward.screen(), signed_in(ward.nurse)):
        board = text_of(browser, BOARD)
        assert re.findall(r'board__title">([^<]+)', board) == ["Safety", "Delivery"]
        assert re.findall(r"<h3>(?:<a[^>]+>)?([^<]+)", board) == ["Falls", "Home before noon"]
        assert board.count("<svg xmlns") >= 2
        assert "Not chosen" not in board


def test_each_measure_names_the_objective_that_it_helps(ward: Ward) -> None:
    told, added, far, none = (ward.measure(each) for each in ("Told", "Added", "Far", "None"))
    chief = make_person("Chief", "executive", ward.trust)
    upper = ward.measure("Of the trust", ward.trust)
    objective(ward, "By its own measure", told_by=told)
    objective(ward, "Above", chief, ward.trust, told_by=upper)
    added_to = objective(ward, "By a link")
    link_records(by=ward.leader, start=added, meaning="contributes-to", end=added_to)
    link_records(by=ward.leader, start=far, meaning="contributes-to", end=upper)
    joined = {told.pk: None, added.pk: added_to.pk, far.pk: upper.pk, none.pk: None}
    found = queries.helped(joined, Wall(ward.team, None).aims)
    assert {each: str(found[each]) for each in found} == {
        told.pk: "By its own measure", added.pk: "By a link", far.pk: "Above",
    }  # fmt: skip
    board = main_of(text_of(ward.screen(), BOARD))
    assert "Helps: By a link" in board
    assert "Helps: Above" in board
    assert "Not joined to an objective yet" in board
    for measure in (told, added, far, none):
        actions.add_card(by=ward.leader, team=ward.team, measure=measure, column=0)
    assert "Helps: By a link" in main_of(text_of(ward.screen(), BOARD)), "and on a board that the team set up"


def test_the_nearest_objective_is_named(ward: Ward) -> None:
    falls, chief = ward.measure("Falls"), make_person("Chief", "executive", ward.trust)
    objective(ward, "The trust's", chief, ward.trust, told_by=falls)
    objective(ward, "The ward's", told_by=falls)
    objective(ward, "Of another ward", chief, make_team(ward.trust, "Ward 8"), told_by=falls)
    assert str(queries.helped({falls.pk: None}, Wall(ward.team, None).aims)[falls.pk]) == "The ward's"


def test_what_is_kept_to_the_team_is_not_on_the_wall(ward: Ward) -> None:
    falls = ward.measure("Falls")
    card = actions.add_card(by=ward.leader, team=ward.team, measure=falls, column=0)
    objective(ward, "A secret aim", told_by=falls, sharing="team")
    type(falls).objects.filter(pk=falls.pk).update(sharing="team")
    for browser in (ward.screen(), signed_in(ward.leader)):
        board = text_of(browser, BOARD)
        assert "Falls" not in board
        assert "A secret aim" not in board
    assert card.measure == falls


def test_at_most_five_measures_stand_there(ward: Ward) -> None:
    add_cards(ward, 0, 1, 2, 3, 4)
    sixth = ward.measure("Sixth")
    with pytest.raises(actions.BoardFull):
        actions.add_card(by=ward.leader, team=ward.team, measure=sixth, column=0)
    leader = signed_in(ward.leader)
    assert "as many as a board can show" in text_of(leader, f"{BOARD}arrange/")
    assert leader.post(f"{BOARD}arrange/", {"measure": str(sixth.pk), "column": "0"}).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.create(board=Board.objects.get(), measure=sixth, column=0, position=5)
    assert len(order(ward)) == 5


def test_a_card_moves_up_and_down_and_into_the_next_column(ward: Ward) -> None:
    cards = add_cards(ward, 0, 0, 1)
    moves = [(1, True), (1, True), (0, False), (0, False), (2, True)]
    found = []
    for number, up in moves:
        card = queries.card_of(ward.team, cards[number].pk)
        assert card
        actions.move_card(by=ward.leader, card=card, up=up)
        found.append([(column, title[-1]) for column, title in order(ward)])
    assert found == [
        [(0, "1"), (0, "0"), (1, "2")],
        [(0, "1"), (0, "0"), (1, "2")],  # it is at the top: nothing happens
        [(0, "1"), (1, "0"), (1, "2")],
        [(0, "1"), (1, "2"), (1, "0")],
        [(0, "1"), (0, "2"), (1, "0")],
    ]


def test_the_page_says_where_a_card_went(ward: Ward) -> None:
    cards, leader = add_cards(ward, 0, 0), signed_in(ward.leader)
    answer = leader.post(f"{BOARD}arrange/{cards[0].pk}/", {"to": "down"})
    assert answer["Location"].endswith(f"#card-{cards[0].pk}")
    assert "Measure 0 is now number 2 of 2 in Safety." in text_of(leader, answer["Location"])
    answer = leader.post(f"{BOARD}arrange/{cards[0].pk}/", {"to": "off"})
    assert "taken off the board" in text_of(leader, answer["Location"])
    assert order(ward) == [(0, "Measure 1")]


def test_only_who_leads_arranges(ward: Ward) -> None:
    card, nurse = add_cards(ward, 0)[0], signed_in(ward.nurse)
    assert nurse.get(f"{BOARD}arrange/").status_code == 403
    assert nurse.post(f"{BOARD}arrange/{card.pk}/", {"to": "off"}).status_code == 403
    with pytest.raises(NotAllowed):
        actions.take_off(by=ward.nurse, card=card)
    other = make_team(ward.trust, "Ward 8")
    with pytest.raises(NotAllowed):
        actions.add_card(by=ward.leader, team=other, measure=ward.measure("Ours"), column=0)
    theirs = make_person("Their leader", "team-leader", other)
    with pytest.raises(NotAllowed):  # another ward's measure
        actions.add_card(by=theirs, team=other, measure=ward.measure("Not theirs"), column=0)
    assert signed_in(theirs).post(f"/st-brides/board/ward-8/arrange/{card.pk}/", {"to": "off"}).status_code == 404


def test_a_team_names_its_own_columns(ward: Ward) -> None:
    add_cards(ward, 0, 4)
    leader, typed = signed_in(ward.leader), {"stale_after": "24", "huddle_at": "8:15"}
    names = {"own_columns": " Calls  answered \n\nOur people\nCalls answered"}
    assert send_form(leader, f"{BOARD}arrange/set-up/", {**typed, **names}).status_code == 302
    assert Board.objects.get().columns == ["Calls answered", "Our people"]
    assert [column for column, _title in order(ward)] == [0, 1], "a card of a column that went stands in the last"
    board = text_of(leader, BOARD)
    assert "Our people" in board
    assert "We huddle at 08:15" in main_of(board)
    for wrong in ("a\nb\nc\nd\ne\nf", "x" * 25, "Call 943 476 5919"):
        assert leader.post(f"{BOARD}arrange/set-up/", {**typed, "own_columns": wrong}).status_code == 422


def test_a_board_that_somebody_set_up_meanwhile_stands(ward: Ward) -> None:
    """A page left open keeps what was typed on it, shows what stands now, and saves it if it is sent again."""
    path, leader = f"{BOARD}arrange/set-up/", signed_in(ward.leader)
    left_open = {"seen": opened_on(text_of(leader, path)), "stale_after": "24", "own_columns": "Mine"}
    send_form(leader, path, {"stale_after": "72", "own_columns": "Theirs", "huddle_at": "8:15"})
    refused = leader.post(path, left_open)
    assert refused.status_code == 409
    assert "Somebody changed this while you had the page open" in refused.text
    assert "<td>Mine</td><td>Theirs</td>" in refused.text
    assert Board.objects.get().columns == ["Theirs"]
    again = {**left_open, "seen": opened_on(refused.text)}
    assert leader.post(path, again).status_code == 302
    assert Board.objects.get().columns == ["Mine"]


def test_a_board_is_set_up_at_once(ward: Ward) -> None:
    measures = [ward.measure(f"Measure {number}") for number in range(6)]
    told = {"by": ward.leader, "team": ward.team, "fields": {"weekends": False}}
    actions.set_up_board(**told, cards=[(measures[0], 4), (measures[1], 0), (measures[2], 9)])
    assert order(ward) == [(0, "Measure 1"), (4, "Measure 0"), (4, "Measure 2")]
    with pytest.raises(actions.BoardFull):
        actions.set_up_board(**told, cards=[(each, 0) for each in measures])
    theirs = make_team(ward.trust, "Ward 8")
    with pytest.raises(NotAllowed):
        actions.set_up_board(
            by=make_person("Lead", "team-leader", theirs), team=theirs, fields={}, cards=[(measures[0], 0)]
        )
    assert len(order(ward)) == 3


def test_todays_plan_is_shown_in_counts(ward: Ward) -> None:
    screen = ward.screen()
    assert "No plan is written for today yet" in text_of(screen, BOARD)
    actions.write_plan(by=ward.nurse, team=ward.team, day=today(), version=0, lines=[LINE])
    assert "Home by noon : 6 planned, 2 done, waiting for tablets" in main_of(text_of(screen, BOARD))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert "No plan is written for today yet" in text_of(screen, BOARD), "a plan is of one day"
        nurse = text_of(signed_in(ward.nurse), f"{BOARD}add/plan/")
    assert 'value="Home by noon"' in nurse, "what the last plan was about is offered again"
    assert 'value="tablets"' not in nurse


def test_a_teams_plan_and_thanks_are_not_read_by_partners_or_the_group(db: None) -> None:
    group, other = make_group(), make_organisation("Beta")
    ward = make_ward(group)
    partnership = make_partnership(by=None, organisation=ward.trust, name="Borough")
    agree(by=None, member=ask_in(by=None, organisation=ward.trust, partnership=partnership, other="Beta"))
    shared = make_record(KINDS["escalation.item"], ward.nurse, ward.team, title="Lamps are out", sharing="partners")
    actions.write_plan(by=ward.nurse, team=ward.team, day=today(), version=0, lines=[LINE])
    actions.thank(by=ward.leader, team=ward.team, to="Nina Nurse", why="staying late")
    Board.objects.update_or_create(team=ward.team, defaults={"huddle_at": time(8, 15)})
    told = ("Home by noon", "Nina Nurse", "We huddle at 08:15")
    for who in (make_person("Bob Beta", "staff", other), make_person("Gill", "executive", group)):
        seen = text_of(signed_in(who), BOARD)
        assert [words for words in told if words in seen] == []
        assert shared.title in seen, "what is shared stands there"
    guest = make_person("Lee Hart", "partner-guest", ward.team)
    for who in (signed_in(ward.nurse), signed_in(guest), ward.screen()):
        seen = text_of(who, BOARD)
        assert [words for words in told if words not in seen] == [], "control"


def test_two_who_write_the_plan_are_told_of_each_other(ward: Ward) -> None:
    nurse, leader = signed_in(ward.nurse), signed_in(ward.leader)
    mine = {"version": "0", "name0": "Home by noon", "planned0": "6"}
    assert nurse.post(f"{BOARD}add/plan/", mine).status_code == 302
    theirs = leader.post(f"{BOARD}add/plan/", {"version": "0", "name0": "Discharges", "planned0": "7"})
    assert theirs.status_code == 422
    told = theirs.content.decode()
    assert "Sam Castle changed the plan meanwhile. It now says: Home by noon: 6, 0." in told
    assert 'value="Discharges"' in told
    assert Plan.objects.get().lines.get().name == "Home by noon"
    version = re.search(r'name="version" value="(\d+)"', told)
    assert version
    again = leader.post(f"{BOARD}add/plan/", {"version": version[1], "name0": "Discharges", "planned0": "7"})
    assert again.status_code == 302
    assert Plan.objects.get().lines.get().name == "Discharges"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"planned0": "6"}, "Say what is planned"),
        ({"name0": "Home", "planned0": "six"}, "Write a count in figures"),
        ({"name0": "Home", "done0": "-1"}, "Write a count in figures"),
        ({"name0": "Home", "planned0": "1000"}, "Write a count in figures"),
        ({"name0": "x" * 61}, "60 letters or fewer"),
        ({"name0": "We rang 943 476 5919"}, "could tell who a patient is"),
    ],
    ids=str,
)
def test_a_wrong_plan_is_told_and_kept(ward: Ward, typed: dict[str, str], told: str) -> None:
    answer = signed_in(ward.nurse).post(f"{BOARD}add/plan/", typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Plan.objects.exists()


def test_a_board_says_that_it_is_old_after_the_teams_own_limit(ward: Ward) -> None:
    actions.write_plan(by=ward.nurse, team=ward.team, day=today(), version=0, lines=[LINE])
    screen, told = ward.screen(), []
    for hours, limit in ((71, 72), (73, 72), (30, 24), (160, 168)):
        actions.set_up_board(by=ward.leader, team=ward.team, fields={"stale_after": limit})
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            told.append("This board may be out of date" in text_of(screen, BOARD))
    assert told == [False, True, True, False]


def test_a_card_that_was_taken_off_meanwhile_is_not_moved(ward: Ward) -> None:
    gone, stays = add_cards(ward, 0, 0)
    actions.take_off(by=ward.leader, card=gone)
    with pytest.raises(NotAllowed):
        actions.move_card(by=ward.leader, card=gone, up=False)
    assert order(ward) == [(0, stays.measure.title)]
