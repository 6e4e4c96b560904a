"""Mini business cases: each benefit by itself, numbers agreed by a named person, and whether it happened."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from trustwide.rooms.commons.actions import SomeoneChangedThis, change_record, move_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.models import Notice
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import at, now, today
from trustwide.rooms.resources import actions, looking_back, queries
from trustwide.rooms.resources.agreement import AGREED, REOPENED, WAITS, standing_of
from trustwide.rooms.resources.case_page import money_first
from trustwide.rooms.resources.dates import months_after
from trustwide.rooms.resources.models import Benefit, Case, Seen
from trustwide.rooms.resources.range_picture import WIDTH, draw_range, scale
from trustwide.rooms.resources.tests.made import CASH, FEELS, TIME, Trust, again, make_case, make_trust

pytestmark = pytest.mark.django_db
ALL = (TIME, CASH, FEELS)


def agreed_case(made: Trust) -> Case:
    case = make_case(made.lead, made.ward, *ALL)
    actions.ask_to_agree(by=made.lead, case=case, version=case.version, partner=made.finance)
    case = again(case)
    actions.agree_numbers(by=made.finance, case=case, version=case.version)
    return again(case)


def state_of(case: Case) -> str:
    return standing_of(case, queries.benefits_of(case), case.agreements.first()).state


def test_a_named_person_agrees_and_nobody_for_them() -> None:
    made = make_trust()
    case = make_case(made.lead, made.ward, TIME)
    with pytest.raises(NotAllowed):
        actions.ask_to_agree(by=made.lead, case=case, version=case.version, partner=made.lead)
    actions.ask_to_agree(by=made.lead, case=case, version=case.version, partner=made.finance)
    case = again(case)
    assert state_of(case) == WAITS
    assert Notice.objects.get(what="numbers-asked").person == made.finance
    for person in (made.lead, made.chief):
        with pytest.raises(NotAllowed):
            actions.agree_numbers(by=person, case=case, version=case.version)
    actions.agree_numbers(by=made.finance, case=case, version=case.version)
    assert state_of(again(case)) == AGREED


@pytest.mark.parametrize("change", ["ask", "benefit", "another", "gone"])
def test_other_numbers_open_it_again(change: str) -> None:
    made = make_trust()
    case = agreed_case(made)
    first = case.benefits.first()
    told: dict[str, Any] = {"by": made.lead, "case": case, "version": case.version}
    if change == "ask":
        change_record(by=made.lead, record=case, version=case.version, fields={"hours": 12})
    elif change == "benefit":
        actions.set_benefit(**told, benefit=first, fields={"high": 9_000.0})
    elif change == "another":
        actions.set_benefit(**told, fields=TIME)
    else:
        actions.remove_benefit(**told, benefit=first)
    assert state_of(again(case)) == REOPENED


def test_other_words_do_not() -> None:
    made = make_trust()
    case = agreed_case(made)
    change_record(by=made.lead, record=case, version=case.version, fields={"trouble": "Eleven people a week."})
    assert state_of(again(case)) == AGREED


def test_nobody_agrees_to_what_they_did_not_read() -> None:
    made = make_trust()
    case = agreed_case(made)
    read = case.version
    actions.set_benefit(by=made.lead, case=case, version=read, fields=TIME)
    with pytest.raises(SomeoneChangedThis):
        actions.agree_numbers(by=made.finance, case=case, version=read)


def test_it_goes_ahead_with_a_benefit_and_is_looked_back_at_twice() -> None:
    made = make_trust()
    bare = make_case(made.lead, made.ward)
    with pytest.raises(NotNow):
        move_record(by=made.lead, record=bare, version=bare.version, stage="going")
    case = agreed_case(made)
    move_record(by=made.lead, record=case, version=case.version, stage="going")
    case = again(case)
    assert case.next_review == months_after(today(), 6)
    saw: dict[Any, tuple[float | None, str]] = {each.pk: (each.low, "") for each in case.benefits.all()}
    with pytest.raises(NotNow):
        actions.look_back(by=made.lead, case=case, version=case.version, seen=saw)
    for months, again_on in ((6, months_after(today(), 12)), (12, None)):
        with at(now() + timedelta(days=31 * months)):
            case = again(case)
            with pytest.raises(NotAllowed):
                actions.look_back(by=made.nurse, case=case, version=case.version, seen=saw)
            actions.look_back(by=made.lead, case=case, version=case.version, seen=saw)
        assert again(case).next_review == again_on
        assert Seen.objects.filter(months=months).count() == 3
    assert again(case).stage == "done"
    assert "That is still to come" in str(looking_back.too_early(bare, 6))
    assert "It was looked back at" in str(looking_back.too_early(again(case), None))


def test_a_look_back_that_is_late_is_called_so_and_any_unit_reads() -> None:
    made, client = make_trust(), Client()
    case = agreed_case(made)
    move_record(by=made.lead, record=case, version=case.version, stage="going")
    client.force_login(made.lead)
    home, day = f"/{made.trust.slug}/cases/{case.pk}/", date_format(months_after(today(), 6), "j F Y")
    assert f"We look on {day}, after 6 months." in client.get(home).content.decode()
    with at(now() + timedelta(days=190)):
        client.force_login(made.lead)
        shown = client.get(home).content.decode()
        assert f"We were to look on {day}, after 6 months: it is time." in shown
        assert "We look on" not in shown
        assert "what did you see? (of 100 people)" in client.get(f"{home}look-back/").content.decode()


def test_what_was_thought_is_not_made_to_fit() -> None:
    made = make_trust()
    case = agreed_case(made)
    Seen.objects.create(benefit=case.benefits.first(), months=6, value=1, by=made.lead)
    version = case.version
    with pytest.raises(NotNow):
        actions.set_benefit(by=made.lead, case=case, version=version, fields=TIME, benefit=case.benefits.first())
    assert again(case).version == version


def numbers_in(text: str) -> set[float]:
    return {float(each.replace(",", "")) for each in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def sums() -> set[float]:
    """What any of the benefits' numbers would come to, added across kinds, by column or all together."""
    columns = [[each[name] for each in ALL] for name in ("low", "likely", "high")]
    groups = [some for column in columns for size in (2, 3) for some in combinations(column, size)]
    return {float(sum(some)) for some in groups}  # type: ignore[arg-type]


def test_no_total_stands_anywhere() -> None:
    made = make_trust()
    case, client = agreed_case(made), Client()
    client.force_login(made.lead)
    home = f"/{made.trust.slug}/cases/"
    pages = [f"{home}{case.pk}/", home, f"{home}export/", f"{home}{case.pk}/history/"]
    told = {page: re.sub(r"<svg.*?</svg>|<[^>]+>", " ", client.get(page).content.decode()) for page in pages}
    paper = PdfReader(io.BytesIO(client.get(f"{home}{case.pk}/case.pdf").content))
    assert len(paper.pages) == 1
    told["paper"] = paper.pages[0].extract_text()
    assert {523.0, 2017.0, 29.0} <= numbers_in(told["paper"])
    assert {page: found for page, text in told.items() if (found := numbers_in(text) & sums())} == {}
    assert not any(re.search(r"\btotals?\b", text, re.IGNORECASE) for text in told.values())


def test_control_a_total_would_be_seen() -> None:
    assert numbers_in("In all 2,540 a year") & sums()


def test_no_code_of_the_room_adds_benefits_up() -> None:
    room = Path(actions.__file__).parent
    files = [each for each in room.glob("*.py") if not each.name.startswith("actions_pots")]
    found = [each.name for each in files if re.search(r"\b(Sum|sum)\(|\|\s*sum\b", each.read_text(encoding="utf-8"))]
    found += [each.name for each in room.rglob("*.jinja") if re.search(r"\|\s*sum\b", each.read_text(encoding="utf-8"))]
    print(f"{len(files)} files")
    assert found == []


def test_saved_time_is_not_money() -> None:
    made, client = make_trust(), Client()
    client.force_login(made.lead)
    said = "Saved time is not money unless a budget line falls."
    for benefits, is_said in (((TIME,), True), ((FEELS,), False)):
        case = make_case(made.lead, made.ward, *benefits)
        assert (said in client.get(f"/{made.trust.slug}/cases/{case.pk}/").content.decode()) is is_said
    sent = {**CASH, "budget_line": "", "version": again(case).version}
    assert client.post(f"/{made.trust.slug}/cases/{case.pk}/benefits/new/", sent).status_code == 422


def test_a_writer_who_begins_with_money_is_told() -> None:
    case = Case(title="Save £20,000 a year on agency", trouble="Our budget is overspent")
    assert money_first(case)
    assert money_first(Case(title="Nobody waits for tablets", trouble="Ten people a week wait")) == ""


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6))
def test_every_number_has_its_place_in_the_picture(values: list[float]) -> None:
    place = scale(values)
    assert all(0 <= place(each) <= WIDTH for each in values)
    assert [place(each) for each in sorted(values)] == sorted(place(each) for each in values)


def test_a_picture_says_what_it_shows() -> None:
    made = make_trust()
    case = make_case(made.lead, made.ward, {**TIME, "unit": "<b>hours</b>"})
    benefit = case.benefits.get()
    Seen.objects.create(benefit=benefit, months=6, value=100, by=made.lead)
    picture = draw_range(Benefit.objects.prefetch_related("seen").get(pk=benefit.pk))
    assert "less than we thought" in picture
    assert "<b>" not in picture
