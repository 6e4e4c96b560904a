"""An idea from anyone has a reply in ten working days; its supporters are kept; what is counted is what was tried."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from tests.makers import make_person
from trustwide.rooms.commons.actions import change_record, comment_on, move_record, redact
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.models import Link, Notice
from trustwide.rooms.ideas import actions_ideas as actions
from trustwide.rooms.ideas import counted, pages, queries
from trustwide.rooms.ideas.actions_past import PastIdea, bring_in_ideas
from trustwide.rooms.ideas.models import OUTCOMES, REPLIES, Answer, Idea, Support
from trustwide.rooms.ideas.next_steps import STEPS, NextStep, register_step
from trustwide.rooms.ideas.tests.made import House, again, make_house, page_of, signed_in
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import AuditRow
from trustwide.rooms.places.actions_deputies import name_deputy


def answer(house: House, idea: Any, what: str = "go-ahead", by: str = "head", said: str = "") -> Any:
    actions.answer_idea(by=getattr(house, by), idea=again(Idea, idea), what=what, said=said)
    return again(Idea, idea)


def tell(house: House, idea: Any, what: str, by: str = "porter", said: str = "") -> Any:
    actions.tell_outcome(by=getattr(house, by), idea=again(Idea, idea), what=what, said=said)
    return again(Idea, idea)


def back(house: House, idea: Any, *people: str) -> Any:
    for each in people:
        actions.support_idea(by=getattr(house, each), idea=again(Idea, idea))
    return again(Idea, idea)


def told(person: Any, what: str) -> int:
    return Notice.objects.filter(person=person, what=what).count()


def text(house: House, who: str, idea: Any) -> str:
    return signed_in(getattr(house, who)).get(page_of(idea)).content.decode()


def test_an_idea_goes_to_whoever_leads_there_with_ten_working_days(house: House) -> None:
    idea = house.idea()
    assert idea.owner == house.head
    assert idea.next_review == date(2026, 9, 21)
    assert told(house.head, "made-yours") == 1
    assert house.idea("leader", place=house.ward).owner == house.manager, "nobody replies to their own"
    assert house.idea("chief", place=house.trust).owner == house.lead


def test_a_deputy_replies_while_the_leader_is_away(house: House) -> None:
    days = {"organisation": house.trust, "starts": today(), "ends": today() + timedelta(days=20)}
    name_deputy(by=house.head, deputy=house.nurse, **days)
    assert house.idea().owner == house.nurse
    early = house.idea("other", place=house.ward)
    assert early.owner == house.leader
    name_deputy(by=house.leader, deputy=house.porter, **days)
    assert answer(house, early, by="porter").stage == "go-ahead"
    name_deputy(by=house.manager, deputy=house.other, **days)
    own = house.idea("leader", place=house.ward)
    assert own.owner == house.other


def test_an_idea_takes_one_field(house: House) -> None:
    page = signed_in(house.porter)
    address = "/st-brides/ideas/new/"
    assert page.post(address, {"title": "", "place": "porters"}).status_code == 422
    assert page.post(address, {"title": "x" * 201, "place": "porters"}).status_code == 422
    assert page.post(address, {"title": "A spare chair at each lift", "place": "porters"}).status_code == 302
    made = again(Idea, Idea.objects.get())
    assert (made.stage, made.place, made.owner) == ("new", house.porters, house.head)


def test_an_idea_for_a_problem_is_joined_to_it(house: House) -> None:
    problem = house.problem()
    form = signed_in(house.porter).get(f"/st-brides/ideas/new/?helps={problem.pk}").content.decode()
    assert f'value="{problem.pk}" selected' in form
    idea = house.idea(for_problem=problem)
    assert Link.objects.filter(start=idea.pk, end=problem.pk, meaning="contributes-to").count() == 1
    change_record(by=house.porter, record=idea, version=idea.version, fields={"more": "Two would do"})
    assert Link.objects.filter(start=idea.pk).count() == 1


def test_one_tap_answers_and_the_idea_is_its_writers_again(house: House) -> None:
    idea = back(house, house.idea(), "nurse")
    assert signed_in(house.head).post(f"{page_of(idea)}answer/", {"what": "go-ahead", "said": ""}).status_code == 302
    now = again(Idea, idea)
    assert (now.stage, now.owner, now.answered_on) == ("go-ahead", house.porter, today())
    assert now.next_review == date(2026, 10, 5)
    assert [told(house.porter, "idea-answered"), told(house.nurse, "idea-answered")] == [1, 1]
    assert "Go ahead, you need nobody’s permission" in text(house, "porter", idea)


@pytest.mark.parametrize("what", REPLIES)
def test_each_reply_is_a_stage_and_some_need_words(house: House, what: str) -> None:
    idea = house.idea()
    empty = signed_in(house.head).post(f"{page_of(idea)}answer/", {"what": what, "said": " "})
    assert empty.status_code == (422 if what in ("not-now", "already") else 302)
    sent = {"what": what, "said": "Ward 2 did so in May"}
    assert signed_in(house.head).post(f"{page_of(idea)}answer/", sent).status_code == 302
    assert again(Idea, idea).stage == what
    assert text(house, "porter", idea).count("Ward 2 did so in May") == 1


def test_who_may_not_answer_does_not(house: House) -> None:
    idea = house.idea()
    for who in ("porter", "nurse", "chair"):
        with pytest.raises(NotAllowed):
            answer(house, idea, by=who)
    for wrong in ("kept", "new", "merged"):
        with pytest.raises(NotAllowed):
            answer(house, idea, what=wrong)
    own = house.idea("head", place=house.porters)
    with pytest.raises(NotAllowed):
        answer(house, own, by="head")
    assert signed_in(house.porter).post(f"{page_of(idea)}answer/", {"what": "go-ahead"}).status_code == 403
    assert signed_in(house.head).post(f"{page_of(idea)}answer/", {"what": "kept"}).status_code == 422


def test_no_reply_comes_by_another_way(house: House) -> None:
    idea = house.idea()
    for stage in ("go-ahead", "talking", "not-now", "already", "merged"):
        with pytest.raises(NotNow):
            move_record(by=house.porter, record=again(Idea, idea), version=idea.version, stage=stage)
    answered = answer(house, idea)
    with pytest.raises(NotNow, match="Answer it again"):
        move_record(by=house.head, record=answered, version=answered.version, stage="new")


def test_lateness_is_told_to_the_owner_first(house: House) -> None:
    idea = house.idea()
    seen = {}
    for day in (20, 21, 22):
        with time_machine.travel(f"2026-09-{day} 09:00", tick=False):
            seen[day] = [("was due by" in text(house, who, idea)) for who in ("head", "nurse")]
            front = "This idea waits for your word" in signed_in(house.head).get("/").content.decode()
            assert front == (day >= 21)
            assert ("due by" in pages.idea_fact(again(Idea, idea))) == (day >= 22)
    assert seen == {20: [False, False], 21: [True, False], 22: [True, True]}


def test_support_is_once_each_and_can_be_taken_back(house: House) -> None:
    idea = back(house, house.idea(), "nurse", "nurse", "leader")
    assert (idea.supported, Support.objects.count()) == (2, 2)
    page, address = signed_in(house.nurse), f"{page_of(idea)}support/"
    for _twice in range(2):
        assert page.post(address, {"back": "yes"}).status_code == 302
    assert again(Idea, idea).supported == 1
    assert page.post(address).status_code == 302
    assert again(Idea, idea).supported == 2
    assert AuditRow.objects.filter(verb="took-back-support").count() == 1


def test_nobody_supports_their_own_nor_what_they_cannot_read(house: House) -> None:
    idea, hidden = house.idea(), house.idea(title="Ours", sharing="team")
    with pytest.raises(NotAllowed):
        back(house, idea, "porter")
    with pytest.raises(NotAllowed):
        back(house, hidden, "nurse")
    closed = answer(house, idea, "not-now", said="No money")
    with pytest.raises(NotAllowed):
        back(house, closed, "nurse")


def test_what_was_supported_stays_and_later_words_stand_beside_it(house: House) -> None:
    idea = back(house, house.idea(more="By the door"), "nurse", "leader", "chair")
    for fields in ({"title": "Two chairs at each lift"}, {"more": "By the window"}):
        with pytest.raises(NotNow, match="so they stay as they are"):
            change_record(by=house.porter, record=again(Idea, idea), version=idea.version, fields=fields)
    actions.word_anew(by=house.porter, idea=again(Idea, idea), text="Two chairs at each lift, <b>red</b> ones")
    now = back(house, idea, "other", "nurse", "nurse")
    assert (now.title, now.more, now.supported, now.worded) == (idea.title, "By the door", 4, 2)
    assert {each.by.name: each.words for each in now.supporters.select_related("by")} == {
        "Nurse": [1, 2], "Leader": [1], "Chair": [1], "Other": [2],
    }  # fmt: skip
    seen = text(house, "leader", now)
    assert seen.index("Supported by: Nurse, Leader, Chair.") < seen.index(
        "Two chairs at each lift, &lt;b&gt;red&lt;/b&gt;"
    )
    assert "Supported by: Nurse, Other." in seen
    assert "I support the later words too" in seen
    assert "I support the later words too" not in text(house, "nurse", now)
    assert "there are later words" in pages.idea_fact(now)
    assert [told(house.nurse, "reworded"), told(house.other, "reworded")] == [1, 0]
    for each in ("nurse", "leader", "chair", "other"):
        actions.take_back_support(by=getattr(house, each), idea=again(Idea, idea))
    with pytest.raises(NotNow, match="so they stay"):
        change_record(by=house.porter, record=again(Idea, now), version=now.version, fields={"more": "Late"})


def test_words_change_until_somebody_supports_them(house: House) -> None:
    idea = house.idea()
    read_before = again(Idea, idea)
    change_record(by=house.porter, record=idea, version=1, fields={"title": "A chair at each lift"})
    assert again(Idea, idea).title == "A chair at each lift"
    back(house, idea, "nurse")
    read_before = again(Idea, read_before)
    read_before.supported = 0  # as somebody read it a moment before the nurse came
    with pytest.raises(NotNow):
        change_record(by=house.porter, record=read_before, version=2, fields={"title": "Chairs"})
    with pytest.raises(NotAllowed):
        actions.word_anew(by=house.nurse, idea=again(Idea, idea), text="It is not mine")
    change_record(by=house.porter, record=again(Idea, idea), version=2, fields={"owner": house.lead})
    redact(by=house.admin, record=again(Idea, idea), names=["title"])
    assert again(Idea, idea).title == "[removed]", "what should not have been typed is never kept for its support"


def test_a_form_opened_before_says_that_the_words_stay_and_loses_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    idea = back(house, house.idea(more="By the door"), "nurse")
    page, form = signed_in(house.porter), {"owner": house.head.pk, "sharing": "group", "version": idea.version}
    assert 'name="title"' not in page.get(f"{page_of(idea)}change/").content.decode()
    late = page.post(f"{page_of(idea)}change/", {**form, "title": "Two chairs", "more": "By the door"})
    assert late.status_code == 422
    assert [each in late.content.decode() for each in ("Two chairs", "Somebody supports these words")] == [True, True]
    assert page.post(f"{page_of(idea)}change/", form).status_code == 302
    assert again(Idea, idea).sharing == "group"
    with monkeypatch.context() as patch:  # somebody supported it between the look at the form and the write
        patch.setattr(Idea, "is_locked", False)
        raced = page.post(f"{page_of(idea)}change/", {**form, "title": "Two chairs", "version": idea.version + 1})
    assert (raced.status_code, "Two chairs" in raced.content.decode()) == (422, True)
    assert page.post(f"{page_of(idea)}words/", {"later": " "}).status_code == 422
    named = page.post(f"{page_of(idea)}words/", {"later": "Ask Mr Smith, NHS number 943 476 5919"})
    assert (named.status_code, "943 476 5919" in named.content.decode()) == (422, True)
    assert page.post(f"{page_of(idea)}words/", {"later": "Two crimson ones"}).status_code == 302
    assert signed_in(house.nurse).post(f"{page_of(idea)}words/", {"later": "Mine"}).status_code == 403
    assert "Keep a spare chair" in signed_in(house.nurse).get("/search/?q=crimson").content.decode()


def test_a_merge_keeps_every_supporter_once_and_both_talks(house: House) -> None:
    old = back(house, house.idea("other", "Chairs by lifts", place=house.ward), "nurse", "chair", "leader")
    new = back(house, house.idea(), "nurse", "governor")
    comment_on(by=house.nurse, record=old, text="We have two in the store")
    comment_on(by=house.nurse, record=new, text="The red ones")
    actions.merge_ideas(by=house.leader, idea=old, into=new)
    old, new = again(Idea, old), again(Idea, new)
    backers = {each.by.name for each in new.supporters.select_related("by")}
    assert backers == {"Nurse", "Governor", "Chair", "Leader", "Other"}
    assert new.supported == 5
    assert (old.stage, old.merged_into_id, bool(old.closed_at)) == ("merged", new.pk, True)
    assert old.supporters.count() == 3
    assert "This is part of another idea now" in text(house, "nurse", old)
    seen = text(house, "nurse", new)
    assert "We have two in the store" in seen
    assert "The red ones" in seen
    assert told(house.chair, "merged-idea") == 1
    with pytest.raises(NotNow, match="part of another"):
        move_record(by=house.leader, record=old, version=old.version, stage="stopped")


def test_what_may_not_be_merged_is_not(house: House) -> None:
    idea, other = house.idea(), house.idea("other", "Chairs by lifts", place=house.ward)
    with pytest.raises(NotAllowed):
        actions.merge_ideas(by=house.leader, idea=idea, into=other)
    with pytest.raises(NotAllowed):
        actions.merge_ideas(by=house.chief, idea=idea, into=idea)
    strange = make_house("Riverside").idea()
    both = make_person("Both", "executive", house.trust)
    for role in ("executive", "staff"):
        from trustwide.rooms.places.actions_roles import give_role

        give_role(by=None, person=both, role=role, place=strange.organisation)
    with pytest.raises(NotAllowed):
        actions.merge_ideas(by=both, idea=idea, into=strange)
    closed = answer(house, house.idea(title="Closed"), "not-now", said="No")
    with pytest.raises(NotAllowed):
        actions.merge_ideas(by=house.chief, idea=idea, into=closed)
    with pytest.raises(NotAllowed):
        actions.merge_ideas(by=house.chief, idea=closed, into=idea)
    hidden = house.idea("other", "Ours", place=house.ward, sharing="team")
    with pytest.raises(NotAllowed):
        actions.merge_ideas(by=house.head, idea=idea, into=hidden)
    page = signed_in(house.head)
    assert page.post(f"{page_of(idea)}merge/", {"into": str(hidden.pk)}).status_code == 422
    assert page.post(f"{page_of(idea)}merge/", {"into": "nothing"}).status_code == 422
    found = page.get(f"{page_of(idea)}merge/?words=lifts").content.decode()
    assert "Chairs by lifts" in found
    assert page.post(f"{page_of(idea)}merge/", {"into": str(other.pk)}).status_code == 302


def test_who_has_the_same_idea_reads_what_stood_in_its_way(house: House) -> None:
    idea = answer(house, house.idea(), "not-now", said="The builders are here until spring")
    assert pages.again_words(idea) == "deal first with what stood in the way: “The builders are here until spring”"
    assert pages.again_words(answer(house, house.idea(title="Hooks"))) == ""
    stopped = tell(house, answer(house, house.idea(title="Tape on the floor")), "stopped", said="It came off in a day")
    found = signed_in(house.nurse).get("/st-brides/tried-before/?q=tape+on+the+floor").content.decode()
    assert stopped.title in found
    assert "To try it again: deal first with what stopped it: “It came off in a day”" in found


@pytest.mark.parametrize("what", OUTCOMES)
def test_what_was_tried_is_counted_once(house: House, what: str) -> None:
    idea = tell(house, answer(house, house.idea()), what, said="It held")
    assert (idea.stage, idea.tried_on) == (what, today())
    with time_machine.travel("2026-09-30 09:00", tick=False):
        if what == "trying":
            assert tell(house, idea, "kept").tried_on == date(2026, 9, 7)
    assert queries.counts_of(house.nurse, house.trust) == {
        "ideas": 1, "tried": 1, "kept": int(what in ("kept", "changed", "trying")),
    }  # fmt: skip
    for wrong in ("go-ahead", "new"):
        with pytest.raises(NotAllowed):
            tell(house, idea, wrong)
    with pytest.raises(NotAllowed):
        tell(house, house.idea(title="Another"), what, by="nurse")


def test_measures_count_what_was_tried_and_how_long_replies_took(house: House) -> None:
    first, second = house.idea(), house.idea("other", "Hooks", place=house.ward)
    with time_machine.travel("2026-09-09 10:00", tick=False):
        tell(house, answer(house, first), "trying")
    with time_machine.travel("2026-09-15 10:00", tick=False):
        answer(house, second, "talking", by="leader")
        answer(house, second, "go-ahead", by="leader")
    assert [each.took for each in Answer.objects.order_by("at") if each.what in REPLIES] == [2, 6, None]
    month = date(2026, 9, 1)
    tried = {each.period: each.value for each in counted.tried_by_month(house.trust, date(2026, 10, 2))}
    assert (tried[month], sum(tried.values()), len(tried)) == (1, 1, 24)
    days = list(counted.days_by_month(house.trust, date(2026, 10, 2)))
    assert [(each.period, each.value) for each in days] == [(month, 4)]
    assert next(counted.days_by_month(house.medicine, date(2026, 10, 2))).value == 6


def test_the_list_tells_what_was_tried_and_front_pages_tell_it_for_a_week(house: House) -> None:
    assert pages.what_was_tried(house.nurse, house.trust) == ""
    tell(house, answer(house, house.idea()), "trying")
    told = signed_in(house.nurse).get("/st-brides/ideas/").content.decode()
    assert "Of 1 ideas, 1 were tried; 0 of those were kept." in told
    assert "An idea from Porters, tried this week" in signed_in(house.nurse).get("/").content.decode()
    with time_machine.travel("2026-09-15 10:00", tick=False):
        assert "tried this week" not in signed_in(house.nurse).get("/").content.decode()


def test_other_rooms_offer_ways_to_try_an_idea(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trustwide.rooms.ideas.next_steps.STEPS", {})
    from trustwide.rooms.ideas import next_steps

    step = NextStep("small", "Make it a small test", lambda idea: f"/try/{idea.pk}/", lambda person, idea: True)
    next_steps.register_step(step)
    with pytest.raises(ValueError, match="small"):
        register_step(step)
    idea = house.idea()
    assert f'href="/try/{idea.pk}/"' in text(house, "porter", idea)
    assert STEPS is not next_steps.STEPS
    work = house.idea("nurse", "Stands for a test")
    actions.begin_trying(by=house.nurse, idea=idea, work=work)
    assert again(Idea, idea).stage == "new", "whoever may not change it only joins the two"
    work = house.idea("head", "Stands for another test")
    actions.begin_trying(by=house.head, idea=idea, work=work)
    assert again(Idea, idea).stage == "trying"
    assert Link.objects.filter(start=work.pk, end=idea.pk, meaning="came-from").count() == 1
    actions.begin_trying(by=house.head, idea=idea, work=work)
    assert Answer.objects.filter(idea=idea.pk).count() == 1


def test_what_was_told_before_is_brought_in_as_if_it_had_been_told_here(house: House) -> None:
    day = now() - timedelta(days=30)
    told = PastIdea(house.porter, house.porters, "Chairs by the lifts", day, "Two each", owner=house.head)
    told.backers = [(house.nurse, day), (house.chair, day)]
    told.said = [(house.nurse, "Yes, please", day)]
    told.answers = [(house.head, "go-ahead", "Do it", now()), (house.porter, "kept", "It stays", now())]
    told.for_problem = house.problem()
    young = PastIdea(house.porter, house.porters, "Tape on the floor", now(), owner=house.head)
    assert bring_in_ideas(by=house.chief, organisation=house.trust, told=[told, young]) == 2
    old, new = (again(Idea, Idea.objects.get(title=each.title)) for each in (told, young))
    assert (old.stage, old.supported, old.tried_on, old.answered_on) == ("kept", 2, today(), today())
    assert (new.stage, new.owner, new.next_review) == ("new", house.head, date(2026, 9, 21))
    assert Link.objects.get(start=old.pk).end_id == old.for_problem_id == told.for_problem.pk
    seen = text(house, "nurse", old)
    assert [each in seen for each in ("Two each", "Do it", "It stays", "Yes, please", "2 people support it")] == [
        True
    ] * 5
    assert Answer.objects.get(what="go-ahead").took == 20
    assert "Chairs by the" in signed_in(house.nurse).get("/search/?q=lifts+please").content.decode()
    change_record(by=house.porter, record=new, version=1, fields={"more": "Yellow"})
    assert again(Idea, new).more == "Yellow"
    for who, home in ((house.manager, house.trust), (house.chief, house.ward)):
        with pytest.raises(NotAllowed):
            bring_in_ideas(by=who, organisation=home, told=[told])


def test_a_page_that_nothing_went_wrong_on_says_so_of_nothing(house: House) -> None:
    idea = answer(house, house.idea(), said="Do it")
    for record, who in ((idea, "porter"), (idea, "head"), (house.framed(), "nurse")):
        assert "That did not work" not in text(house, who, record)
