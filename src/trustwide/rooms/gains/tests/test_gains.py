"""What we kept: verdicts that follow and those that do not, ten answers without names, and who is told first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.makers import make_measure, make_numbers, make_organisation, make_person, make_team, said_on_front
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS, NotNow
from trustwide.rooms.commons.models import Notice
from trustwide.rooms.gains import actions, queries
from trustwide.rooms.gains.models import AMPLIFY, END, LET_GO, RESTART, Answers, Gain, Signal, Verdict
from trustwide.rooms.gains.rounds import round_now
from trustwide.rooms.gains.ten import REPLIES, SENTENCES, spreads
from trustwide.rooms.gains.verdicts import suggested
from trustwide.rooms.gains.watching import watch_gains
from trustwide.rooms.jobs import work
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import at, now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.resources.dates import months_after

pytestmark = pytest.mark.django_db
GAIN = {
    "title": "Video visits", "what": "Families see the ward round by video.", "why": "Nobody could visit.",
    "evidence": "Fewer calls", "unequal": "Families without a phone",
}  # fmt: skip
SAID: dict[str, Any] = {"fits": True, "unequal": "Nobody we know of", "decided_by": "The ward meeting"}


@dataclass
class Keeping:
    trust: Place
    ward: Place
    leader: Person
    nurse: Person
    owner: Person


def keeping(name: str = "St Bride's") -> Keeping:
    trust = make_organisation(name)
    ward, of = make_team(trust), "" if name == "St Bride's" else f" of {name}"
    return Keeping(
        trust, ward, make_person(f"Ruby{of}", "team-leader", ward), make_person(f"Zofia{of}", "staff", ward),
        make_person(f"Ade{of}", "staff", ward),
    )  # fmt: skip


def keep(made: Keeping, by: Person | None = None, **other: Any) -> Gain:
    kind = KINDS[Gain._meta.label_lower]
    return again(add_record(by=by or made.owner, kind=kind, place=made.ward, fields={**GAIN, **other}))


def again(number: Any) -> Gain:
    whole = Gain.objects.select_related("place__organisation", "organisation", "owner", "watch")
    return whole.get(pk=getattr(number, "pk", number))


def worse(made: Keeping) -> Measure:
    """A measure of falls that went up."""
    measure = make_measure(made.leader, made.ward)
    make_numbers(made.leader, measure, [4, 5, 4, 6, 5, 4, 5, 6, 5, 4, 5, 4, 14, 15, 14, 16, 15, 14, 15, 16])
    measure.refresh_from_db()
    assert measure.variation.startswith("concern")
    return measure


@pytest.mark.parametrize(
    ("turn", "fits", "verdict"),
    [("began", True, AMPLIFY), ("began", False, END), ("stopped", True, RESTART), ("stopped", False, LET_GO)],
)
def test_the_four_verdicts_follow(turn: str, fits: bool, verdict: str) -> None:
    made = keeping()
    gain = keep(made, turn=turn)
    actions.give_verdict(by=made.owner, gain=gain, version=gain.version, **{**SAID, "fits": fits})
    kept = Verdict.objects.get()
    assert (kept.verdict, kept.suggested) == (verdict, verdict)
    assert again(gain).stage == ("kept" if fits else "gone")
    assert (again(gain).next_review is None) is (not fits)


def test_another_verdict_needs_a_reason() -> None:
    made = keeping()
    gain = keep(made)
    with pytest.raises(NotNow):
        actions.give_verdict(by=made.owner, gain=gain, version=gain.version, **SAID, verdict=END)
    told = {**SAID, "verdict": END, "reason": "The tablets are gone"}
    actions.give_verdict(by=made.owner, gain=gain, version=gain.version, **told)
    assert Verdict.objects.get().suggested == AMPLIFY


def test_it_is_asked_at_3_6_and_12_months_and_then_each_year() -> None:
    made = keeping()
    gain, began = keep(made), today()
    assert gain.next_review == months_after(began, 3)
    for months, then in ((3, 6), (6, 12), (12, 24)):
        with at(now() + timedelta(days=round(30.5 * months) + 2)):
            gain, day = again(gain), today()
            actions.give_verdict(by=made.owner, gain=gain, version=gain.version, **SAID)
            expected = months_after(began, then) if then < 24 else months_after(day, 12)
        assert again(gain).next_review == expected
    assert [each.verdict for each in queries.verdicts_of(gain)] == [AMPLIFY] * 3


def test_who_may_not_gives_no_verdict_and_no_answer() -> None:
    made, other = keeping(), keeping("Calder Vale")
    gain = keep(made)
    for person in (made.nurse, other.leader):
        with pytest.raises(NotAllowed):
            actions.give_verdict(by=person, gain=gain, version=gain.version, **SAID)
    with pytest.raises(NotAllowed):
        actions.answer_ten(by=other.leader, gain=gain, given=[3] * 10)


def test_ten_answers_are_shown_once_three_gave_them_and_never_whose() -> None:
    made, client = keeping(), Client()
    gain = keep(made)
    with pytest.raises(NotNow):
        actions.answer_ten(by=made.nurse, gain=gain, given=[3] * 10)
    with at(now() + timedelta(days=95)):
        assert round_now(gain) == 3
        with pytest.raises(NotNow):
            actions.answer_ten(by=made.nurse, gain=gain, given=[3] * 9)
        people = (made.nurse, made.owner, made.leader)
        pages = []
        for person, reply in zip(people, (3, 0, None), strict=True):
            actions.answer_ten(by=person, gain=gain, given=[reply] * 10)
            client.force_login(make_person(f"Reader {reply}", "staff", made.ward))
            pages.append(client.get(f"/{made.trust.slug}/gains/{gain.pk}/").content.decode())
    assert "Yes: 1" not in pages[1]
    assert "Yes: 1, No: 1, do not know: 1" in pages[2]
    assert "Zofia" not in pages[2]
    actions_again = Answers.objects.count()
    with at(now() + timedelta(days=95)):
        actions.answer_ten(by=made.nurse, gain=gain, given=[2] * 10)
    assert Answers.objects.count() == actions_again


REPLY = st.one_of(st.none(), st.sampled_from(list(REPLIES)))


@given(st.lists(st.lists(REPLY, min_size=10, max_size=10), max_size=12))
def test_spreads_count_each_answer_once(answers: list[list[int | None]]) -> None:
    found = spreads(answers)
    assert len(found) == (len(SENTENCES) if len(answers) >= 3 else 0)
    for place, each in enumerate(found):
        given = [one[place] for one in answers if one[place] is not None]
        assert sum(each.counts) + each.unknown == len(answers)
        assert each.apart == (max(given) - min(given) if given else 0)


@given(st.booleans())
def test_only_what_no_longer_fits_is_over(fits: bool) -> None:
    assert (suggested("began", fits) == END) is (not fits)
    assert (suggested("stopped", fits) == LET_GO) is (not fits)


def told(what: str) -> set[str]:
    return {each.person.name for each in Notice.objects.filter(what=what).select_related("person")}


def look() -> None:
    watch_gains.func()
    work.run_ready()


def test_the_owner_is_told_first_and_the_others_a_week_later() -> None:
    made = keeping()
    gain = keep(made, watch=worse(made))
    look()
    assert told("gain-signal") == {"Ade"}
    assert told("gain-signal-later") == set()
    assert queries.signals_of(made.leader, gain) == []
    assert queries.changed_in(made.leader, made.trust) == []
    assert len(queries.signals_of(made.owner, gain)) == 1
    look()
    assert Notice.objects.filter(what="gain-signal").count() == 1
    with at(now() + timedelta(days=7)):
        watch_gains.func()
    work.run_ready()
    assert told("gain-signal-later") == {"Ruby"}
    assert len(queries.changed_in(made.leader, made.trust)) == 1


def test_nobody_without_a_right_tells_of_a_signal() -> None:
    made, stranger = keeping(), keeping("Riverside").leader
    gain = keep(made, watch=worse(made))
    with pytest.raises(NotAllowed):
        actions.tell_of_signal(by=stranger, gain=gain, began=today())
    actions.tell_of_signal(by=None, gain=gain, began=today())
    with pytest.raises(NotAllowed):
        actions.tell_others_of_signal(by=stranger, signal=Signal.objects.get())
    assert told("gain-signal-later") == set()


def test_the_front_page_says_it_until_somebody_looks() -> None:
    made = keeping()
    gain = keep(made, watch=worse(made))
    look()
    words = "Its measure changed for the worse"
    assert said_on_front(made.owner, made.ward, words) == [], "the notice says it"
    Notice.objects.filter(what="gain-signal").update(read_at=now())
    assert [each.split(":")[0] for each in said_on_front(made.owner, made.ward, words)] == ["Video visits"]
    assert said_on_front(made.leader, made.ward, words) == []
    gain = again(gain)
    actions.give_verdict(by=made.owner, gain=gain, version=gain.version, **SAID)
    assert said_on_front(made.owner, made.ward, words) == []


def test_control_a_measure_as_usual_tells_nobody() -> None:
    made = keeping()
    measure = make_measure(made.leader, made.ward)
    make_numbers(made.leader, measure, [4, 5, 4, 6, 5, 4, 5, 6, 5, 4, 5, 4])
    keep(made, watch=measure)
    look()
    assert not Signal.objects.exists()


def test_a_verdict_is_given_by_form_and_stands_in_the_story() -> None:
    made, client = keeping(), Client()
    gain = keep(made, turn="stopped", since=date(2020, 3, 23))
    client.force_login(made.owner)
    home = f"/{made.trust.slug}/gains/{gain.pk}/"
    sent = {"version": gain.version, "fits": "yes", "unequal": "Night staff", "decided_by": "Ward meeting"}
    page = client.get(f"{home}verdict/").content.decode()
    assert "If yes, this follows: Start it again. If no: Let it go for good." in page
    assert client.post(f"{home}verdict/", {**sent, "verdict": LET_GO}).status_code == 422
    assert client.post(f"{home}verdict/", {**sent, "version": 99}).status_code == 409
    assert client.post(f"{home}verdict/", {**sent, "verdict": ""}).status_code == 302
    shown = client.get(home).content.decode()
    assert "Start it again" in shown
    assert "Night staff" in shown
    assert client.get(f"{home}answers/").status_code == 200
    assert client.post(f"{home}answers/", {f"says-{n}": "3" for n in range(10)}).status_code == 422
    listed = client.get(f"/{made.trust.slug}/gains/kept/").content.decode()
    assert "Video visits" in listed


def test_what_is_out_of_sight_is_neither_listed_nor_shown() -> None:
    made = keeping()
    other = make_person("Olu", "staff", make_team(made.trust, "Ward 8"))
    gain = keep(made, sharing="team", watch=worse(made))
    assert [list(queries.gains_of(who, made.trust)) for who in (made.nurse, other)] == [[gain], []]
    Measure.objects.update(sharing="team")
    assert [queries.watched_by(who, gain) is not None for who in (made.nurse, other)] == [True, False]


def test_words_of_another_gain_are_not_blanked_from_this_one(client: Client) -> None:
    made = keeping()
    gain, other = keep(made), keep(made, title="Visits by telephone")
    actions.give_verdict(by=made.owner, gain=other, version=other.version, **SAID)
    client.force_login(make_person("Lea", "improvement-lead", made.trust))
    verdict = Verdict.objects.get()
    address = "/st-brides/gains/{}/verdicts/{}/blank/"
    assert client.post(address.format(gain.pk, verdict.pk)).status_code == 404
    assert client.post(address.format(other.pk, verdict.pk)).status_code == 302
