"""A problem is told from several sides before anybody answers it; a board's question has replies without names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from trustwide.rooms.commons.actions import BLANKED, change_record, move_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.models import Notice
from trustwide.rooms.devices import actions as devices
from trustwide.rooms.ideas import access, actions, queries
from trustwide.rooms.ideas.framing import answers_in, missing
from trustwide.rooms.ideas.models import SIDES_OF_LIFE, Angle, Idea, Problem, Reply
from trustwide.rooms.ideas.tests.made import KNOWN, House, again, make_house, page_of, signed_in
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow, OnceKey


def frame(house: House, problem: Any, by: str = "nurse", stage: str = "framed") -> None:
    now = again(Problem, problem)
    move_record(by=getattr(house, by), record=now, version=now.version, stage=stage)


def ask(house: House, problem: Any, by: str = "chair", **more: Any) -> Any:
    actions.ask_everyone(by=getattr(house, by), problem=problem, version=again(Problem, problem).version, **more)
    return again(Problem, problem)


def asked(house: House, **more: Any) -> Any:
    return ask(house, house.problem("chair", "Why do people leave in their first year?"), **more)


def test_a_problem_is_framed_once_it_is_told_whole_and_from_two_sides(house: House) -> None:
    problem = house.problem()
    with pytest.raises(NotNow, match="where it happens; who it touches; since when; how we know; how 2 different"):
        frame(house, problem)
    change_record(by=house.nurse, record=problem, version=1, fields=KNOWN)
    for role in ("clinical", "clinical"):
        actions.add_angle(by=house.nurse, problem=problem, role=role, said="We ring and ring")
        with pytest.raises(NotNow, match="Before it is framed, say: how one more side sees it"):
            frame(house, problem)
    with pytest.raises(NotNow):
        frame(house, problem, stage="working")
    actions.add_angle(by=house.porter, problem=problem, role="support", said="We wait for the chair")
    frame(house, problem)
    assert again(Problem, problem).stage == "framed"


def test_a_problem_can_be_let_go_before_it_is_framed(house: House) -> None:
    problem = house.problem()
    frame(house, problem, stage="let-go")
    assert again(Problem, problem).closed_at


def test_an_angle_is_given_by_whoever_comments_and_reads_and_while_it_is_open(house: House) -> None:
    problem, closed = house.problem("leader"), house.framed()
    for who in ("porter", "partner", "guest"):
        place_alone = house.problem("nurse", "Only the ward", sharing="team")
        if who == "porter":
            with pytest.raises(NotAllowed):
                actions.add_angle(by=house.porter, problem=place_alone, role="support", said="We")
        else:
            actions.add_angle(by=getattr(house, who), problem=place_alone, role="lived", said="We")
    frame(house, closed, stage="solved")
    with pytest.raises(NotAllowed):
        actions.add_angle(by=house.nurse, problem=again(Problem, closed), role="lived", said="We")
    page = signed_in(house.nurse).post(f"{page_of(problem)}angles/", {"role": "lived", "said": "We wait in the cold"})
    assert page.status_code == 302
    assert Angle.objects.filter(problem=problem).get().comment.text == "We wait in the cold"


def test_a_page_says_who_has_not_spoken(house: House) -> None:
    problem = house.framed()
    text = signed_in(house.nurse).get(page_of(problem)).content.decode()
    unheard = text.partition("Not heard yet:")[2].partition("</p>")[0]
    assert "People with lived experience" in unheard
    assert "Porters" not in unheard
    assert text.count("We ring and ring") == 1, "an angle is not told again among the comments"


def test_leaders_are_told_that_a_title_is_an_answer_and_staff_are_not(house: House) -> None:
    titled = {"title": "We need an app for the porters"}
    nudged = {who: house.problem(who, **titled) for who in ("director", "chair", "manager", "leader", "nurse")}
    told = {who: "This may be an answer already" in page(house, who, each) for who, each in nudged.items()}
    assert told == {"director": True, "chair": True, "manager": True, "leader": True, "nurse": False}
    assert answers_in(house.problem("director", "Porters walk two miles for a chair"), house.director) == []


def page(house: House, who: str, record: Any) -> str:
    return signed_in(getattr(house, who)).get(page_of(record)).content.decode()


def test_ideas_of_leaders_wait_until_the_problem_is_framed_and_those_of_staff_do_not(house: House) -> None:
    problem = house.problem()
    ideas = {
        who: house.idea(who, f"{who} would", for_problem=problem)
        for who in ("director", "manager", "chair", "leader", "nurse", "porter", "governor")
    }
    assert {who: each.stage for who, each in ideas.items()} == {
        **dict.fromkeys(("director", "manager", "chair"), "draft"),
        **dict.fromkeys(("leader", "nurse", "porter", "governor"), "new"),
    }
    seen = {each.title for each in queries.ideas_for(house.nurse, problem)[0]}
    assert "director would" not in seen
    assert "nurse would" in seen
    held = ideas["director"]
    with pytest.raises(NotNow, match="not framed yet"):
        move_record(by=house.director, record=held, version=held.version, stage="new")
    for name, value in KNOWN.items():
        setattr(problem, name, value)
    change_record(by=house.nurse, record=again(Problem, problem), version=1, fields=KNOWN)
    for role in ("clinical", "lived"):
        actions.add_angle(by=house.nurse, problem=again(Problem, problem), role=role, said="Cold tea")
    frame(house, problem)
    assert Notice.objects.filter(what="framed", person=house.director, record=held.pk).count() == 1
    held = again(Idea, held)
    move_record(by=house.director, record=held, version=held.version, stage="new")
    let_in = again(Idea, held)
    assert let_in.stage == "new"
    assert let_in.next_review == today() + timedelta(days=14)
    assert let_in.owner != house.director


def test_an_idea_of_a_leader_begins_with_a_problem_and_that_of_others_need_not(house: House) -> None:
    unframed, framed, address = house.problem(), house.framed(title="Chairs are never there"), "/st-brides/ideas/new/"
    move_record(by=house.nurse, record=framed, version=framed.version, stage="framed")
    for who in ("director", "manager", "chair", "leader", "nurse", "porter", "governor"):
        person = getattr(house, who)
        place = person.roles.get().place.slug
        page, sent = signed_in(person), {"title": f"Idea of {who}", "place": place}
        alone = page.post(address, sent)
        if access.leads(person, house.trust):
            assert (alone.status_code, f"Idea of {who}" in alone.content.decode()) == (422, True)
            assert "tell of the problem first" in alone.content.decode()
            for problem, stage in ((unframed, "draft"), (framed, "new")):
                assert page.post(address, {**sent, "for_problem": problem.pk}).status_code == 302
                assert Idea.objects.get(for_problem=problem, created_by=person).stage == stage
        else:
            assert (alone.status_code, Idea.objects.get(created_by=person).stage) == (302, "new")


def at_the_wall(house: House, who: str) -> Idea:
    """What somebody adds with their PIN at the ward's screen, after reading its form."""
    person, pin = getattr(house, who), "904837"
    _device, code = devices.add_device(by=house.leader, place=house.ward, name="Wall")
    joined = devices.join_device(code=code)
    assert joined
    devices.set_pin(person=person, pin=pin)
    devices.take_hand(device=joined[0], person=person, pin=pin)
    screen, address = Client(), "/st-brides/board/ward-7/add/idea/"
    screen.cookies["device"] = joined[1]
    assert ("kept as a draft" in screen.get(address).content.decode()) == access.leads(person, house.trust)
    assert screen.post(address, {"title": f"From {who}"}).status_code == 302
    return Idea.objects.get(title=f"From {who}")


def test_at_a_wall_an_idea_of_a_leader_is_kept_until_its_writer_says_for_which_problem(house: House) -> None:
    assert {who: at_the_wall(house, who).stage for who in ("nurse", "leader")} == {"nurse": "new", "leader": "new"}
    idea, problem = at_the_wall(house, "manager"), house.framed()
    frame(house, problem)
    browser, home = signed_in(house.manager), page_of(idea)
    assert (idea.stage, idea.owner) == ("draft", house.manager)
    assert "Say which problem it is for" in browser.get(home).content.decode()
    assert "From manager" not in signed_in(house.nurse).get("/st-brides/ideas/").content.decode()
    assert "Choose first which problem" in browser.post(f"{home}move/", {"stage": "new", "version": 1}).content.decode()
    sent = {"title": idea.title, "version": 1, "sharing": idea.sharing, "for_problem": problem.pk}
    assert browser.post(f"{home}change/", sent).status_code == 302
    assert browser.post(f"{home}move/", {"stage": "new", "version": 2}).status_code == 302
    let_in = again(Idea, idea)
    assert (let_in.stage, let_in.for_problem) == ("new", problem)
    assert "for_problem" not in browser.get(f"{home}change/").content.decode(), "it is settled now"


def test_the_form_of_a_leader_leads_to_where_a_problem_is_told(house: House) -> None:
    address = "/st-brides/ideas/new/"
    assert '"/st-brides/problems/new/" target="_blank"' in signed_in(house.manager).get(address).content.decode()
    assert '"/st-brides/problems/new/"' not in signed_in(house.nurse).get(address).content.decode()


def test_a_leader_of_the_group_is_held_back_too_and_one_of_elsewhere_is_not(db: None) -> None:
    from tests.makers import make_group, make_person

    group = make_group()
    house = make_house(group=group)
    above, beside = make_person("Above", "executive", group), make_house("Riverside").director
    problem = house.problem()
    assert access.is_held_back(above, problem)
    assert not access.is_held_back(beside, problem)


def test_only_the_board_and_executives_ask_all_staff(house: House) -> None:
    refused = {"nurse", "leader", "manager", "admin", "lead"}
    for who in refused:
        own = house.problem(who, f"Asked by {who}")
        with pytest.raises(NotAllowed):
            ask(house, own, who)
    for who in ("chair", "chief"):
        assert ask(house, house.problem(who, f"Asked by {who}"), who).is_asking
    with pytest.raises(NotAllowed):
        ask(house, house.problem("nurse", "Not the chair's own"), "chair")


def test_a_question_to_all_can_be_read_by_all(house: House) -> None:
    problem = house.problem("chair", "Kept to the board until now", sharing="team")
    assert ask(house, problem).sharing == "organisation"


def test_what_was_promised_of_names_stays(house: House) -> None:
    problem = asked(house, unnamed=True)
    again_asked = ask(house, problem, unnamed=False, until=today())
    assert again_asked.unnamed
    assert again_asked.asks_until == today()


def test_nothing_names_who_replied_without_a_name(house: House) -> None:
    problem = asked(house)
    before = OnceKey.objects.count(), Notice.objects.count(), AuditRow.objects.last().pk
    actions.reply(by=house.porter, problem=problem, text="My first rota came on my third day")
    kept, row = Reply.objects.get(), AuditRow.objects.last()
    assert (kept.by, kept.day) == (None, today())
    assert kept.pk.version == 4, "its id does not tell the hour"
    assert (row.by, row.verb, row.thing, row.at.hour) == (None, "replied", str(problem.pk), 11)  # noon in London
    assert (OnceKey.objects.count(), Notice.objects.count()) == before[:2]
    named = [each for each in AuditRow.objects.filter(pk__gt=before[2]) if each.by_id]
    assert named == []
    assert again(Problem, problem).updated_by == house.chair


def test_a_second_reply_takes_the_place_of_the_first_and_nobody_elses(house: House) -> None:
    problem = asked(house)
    for who, text in (("porter", "First"), ("nurse", "Mine"), ("porter", "Second")):
        actions.reply(by=getattr(house, who), problem=problem, text=text)
    assert sorted(Reply.objects.values_list("text", flat=True)) == ["Mine", "Second"]
    mine = queries.reply_of(problem, house.porter)
    assert mine
    assert mine.text == "Second"
    assert queries.reply_of(problem, house.other) is None


def test_replies_are_shown_from_three_on_and_never_with_a_name(house: House) -> None:
    problem = asked(house)
    address = f"{page_of(problem)}replies/"
    for number, who in enumerate(("porter", "nurse", "leader")):
        text = signed_in(house.chair).get(address).content.decode()
        assert ("nobody stands alone" in text) == (number > 0)
        answer = signed_in(getattr(house, who)).post(address, {"text": f"Said by somebody {number}"})
        assert answer.status_code == 302
    for reader in ("chair", "admin", "nurse"):
        text = signed_in(getattr(house, reader)).get(address).content.decode().partition("<h2")[2]
        assert [f"Said by somebody {each}" in text for each in range(3)] == [True, True, True]
        assert not [name for name in ("Porter", "Nurse", "Leader") if name in text.partition("</main>")[0]]


def test_replies_with_names_say_them(house: House) -> None:
    problem = asked(house, unnamed=False)
    actions.reply(by=house.porter, problem=problem, text="Hello")
    assert Reply.objects.get().by == house.porter
    assert AuditRow.objects.last().by == house.porter


def test_who_does_not_belong_or_comes_late_cannot_reply(house: House) -> None:
    problem = asked(house)
    stranger = make_house("Riverside").nurse
    for by in (stranger, house.guest, house.partner):
        with pytest.raises(NotAllowed):
            actions.reply(by=by, problem=problem, text="Hello")
    hidden = house.problem("chair", "For the board")
    hidden = ask(house, hidden)
    change_record(by=house.chair, record=hidden, version=hidden.version, fields={"sharing": "team"})
    with pytest.raises(NotAllowed):
        actions.reply(by=house.porter, problem=again(Problem, hidden), text="Hello")
    Problem.objects.filter(pk=problem.pk).update(asks_until=today() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        actions.reply(by=house.porter, problem=again(Problem, problem), text="Hello")
    assert signed_in(house.porter).post(f"{page_of(problem)}replies/", {"text": ""}).status_code == 403
    assert signed_in(house.nurse).get(f"{page_of(house.problem())}replies/").status_code == 404


def test_a_reply_can_be_blanked_by_those_who_redact(house: House) -> None:
    problem = asked(house)
    actions.reply(by=house.porter, problem=problem, text="A name")
    with pytest.raises(NotAllowed):
        actions.redact_reply(by=house.chair, reply=Reply.objects.get())
    address = f"{page_of(problem)}replies/{Reply.objects.get().pk}/redact/"
    assert signed_in(house.chair).post(address).status_code == 403
    assert signed_in(house.lead).post(address).status_code == 302
    assert Reply.objects.get().text == BLANKED
    elsewhere = f"{page_of(house.problem())}replies/{Reply.objects.get().pk}/redact/"
    assert signed_in(house.lead).post(elsewhere).status_code == 404


def test_a_question_stands_on_the_front_page_of_all_staff(house: House) -> None:
    asked(house)
    for who in ("porter", "nurse", "manager"):
        assert "Why do people leave in their first year?" in signed_in(getattr(house, who)).get("/").content.decode()
    assert "Why do people leave" not in signed_in(make_house("Riverside").nurse).get("/").content.decode()


def test_a_day_too_far_or_past_is_refused(house: House) -> None:
    problem = house.problem("chair", "Why?")
    for day in (today() - timedelta(days=1), today() + timedelta(days=93)):
        sent = {"version": 1, "unnamed": "on", "until": f"{day:%d/%m/%Y}"}
        assert signed_in(house.chair).post(f"{page_of(problem)}ask/", sent).status_code == 422
    sent = {"version": 1, "unnamed": "on", "until": f"{today():%d/%m/%Y}"}
    assert signed_in(house.chair).post(f"{page_of(problem)}ask/", sent).status_code == 302
    assert signed_in(house.chair).post(f"{page_of(problem)}ask/", sent).status_code == 409


def test_what_is_missing_is_said_one_by_one(house: House) -> None:
    whole = Problem(**KNOWN)
    assert missing(whole, set(SIDES_OF_LIFE)) == []
    for name in KNOWN:
        assert len(missing(Problem(**{**KNOWN, name: " "}), {"lived", "clinical"})) == 1


@pytest.mark.parametrize(
    ("kind", "box", "hinted"), [("problems", "title", True), ("ideas", "title", False), ("ideas", "more", False)]
)
def test_a_problem_told_as_a_fix_gets_a_hint_and_an_idea_is_let_in_as_one(
    house: House, kind: str, box: str, hinted: bool
) -> None:
    """What else is said of its words is said of an idea too."""
    typed = {"title": "Waits", box: "We need to buy a second scanner to leverage the data", "check": "words"}
    page = signed_in(house.nurse).post(f"/{house.trust.slug}/{kind}/new/", {"place": house.ward.slug, **typed})
    assert ("This is a way to fix it" in page.text) is hinted
    assert "“leverage”" in page.text
