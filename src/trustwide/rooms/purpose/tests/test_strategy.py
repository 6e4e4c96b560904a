"""The strategy on a page: on screen and paper alike, for everyone or for staff, today and before."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pypdf
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from tests.house_rules.reading import Reading
from tests.makers import make_group, make_measure, make_person
from trustwide.rooms.commons.actions import SomeoneChangedThis, change_record, move_record
from trustwide.rooms.people import clock
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.purpose.actions import share_strategy
from trustwide.rooms.purpose.models import Objective, Strategy, Value
from trustwide.rooms.purpose.strategy_page import page_of
from trustwide.rooms.purpose.strategy_pdf import strategy_as_pdf
from trustwide.rooms.purpose.tests.made import Sides, add, again, two_sides
from trustwide.rooms.purpose.versions import side_by_side

VISITOR = AnonymousUser()


@pytest.fixture
def sides(db: None) -> Sides:
    sides = two_sides(make_group())
    change_record(
        by=sides.chief,
        record=sides.strategy,
        version=1,
        fields={
            name: f"Said by {name}" for name in ("patients", "service_users", "local_people", "expect", "method_name")
        },
    )
    kind = add(Value, sides.chief, sides.trust, "Kind", in_method="We ask first")
    falls = make_measure(sides.chief, sides.trust, "Falls each month")
    add(
        Objective, sides.chief, sides.trust, "Go home as you came", money="Fewer claims", waiting="No waiting",
        lives=kind, told_by=falls, helps=sides.strategy,
    )  # fmt: skip
    return sides


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_paper_and_screen_say_the_same_on_one_page(sides: Sides) -> None:
    page = page_of(sides.chief, sides.trust)
    assert page
    pdf = pypdf.PdfReader(io.BytesIO(strategy_as_pdf(page)))
    client = Client()
    client.force_login(sides.chief)
    html = client.get(f"/{sides.trust.slug}/strategy/").text
    sheet = Reading("<body>" + html[html.index('<article class="sheet">') : html.index("</article>")] + "</body>").seen
    assert len(pdf.pages) == 1
    assert words(sheet) == words(pdf.pages[0].extract_text())
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert sheet.index("No waiting") < sheet.index("Fewer claims"), "money stands last"
    assert "Falls each month" in sheet


def test_the_longest_page_still_fits_one_sheet(sides: Sides) -> None:
    longest = {
        field.name: ("A plain word or two. " * 60)[: field.max_length]
        for field in Strategy._meta.local_fields
        if field.max_length
    }
    change_record(
        by=sides.chief, record=again(Strategy, sides.strategy), version=2, fields={**longest, "title": "T " * 90}
    )
    for each in range(4):
        benefits = dict.fromkeys(("pathways", "waste", "waiting", "productivity", "experience"), "A plain word. " * 11)
        add(Objective, sides.chief, sides.trust, f"{each} " + "Longer words here " * 10, **benefits)
        add(Value, sides.chief, sides.trust, f"Value {each} of ours", in_method="We do it in this way " * 7)
    page = page_of(sides.chief, sides.trust)
    assert page
    assert len(pypdf.PdfReader(io.BytesIO(strategy_as_pdf(page))).pages) == 1


def test_typed_words_are_only_words_on_paper(sides: Sides) -> None:
    hostile = '#panic() *a* $x$ "q" \\ = [b](c) <d> @e'
    change_record(by=sides.chief, record=sides.strategy, version=2, fields={"title": hostile})
    page = page_of(sides.chief, sides.trust)
    assert page
    text = pypdf.PdfReader(io.BytesIO(strategy_as_pdf(page))).pages[0].extract_text()
    assert "#panic()" in text
    assert "@e" in text


def test_a_visitor_reads_what_was_made_public_and_only_that(sides: Sides) -> None:
    visitor, address = Client(), f"/{sides.trust.slug}/strategy/"
    assert visitor.get(address).status_code == 302
    assert visitor.get(f"{address}strategy.pdf").status_code == 302
    change_record(by=sides.chief, record=sides.strategy, version=2, fields={"sharing": "public"})
    shown = visitor.get(address).text
    assert "Home sooner" in shown
    for hidden in ("Kind", "Go home as you came", "Falls each month", f"/{sides.trust.slug}/objectives/"):
        assert hidden not in shown
    version = again(Strategy, sides.strategy).version
    changed = share_strategy(by=sides.chief, strategy=again(Strategy, sides.strategy), version=version, public=True)
    assert changed == 3
    shown = visitor.get(address).text
    assert "Go home as you came" in shown
    assert "Kind" in shown
    assert "Falls each month" not in shown, "the measure was not made public"
    assert visitor.get(f"{address}strategy.pdf").status_code == 200
    for closed in ("versions/", "tree/", "priorities/"):
        assert visitor.get(address + closed).status_code == 302
    stranger = Client()
    stranger.force_login(two_sides(name="Elsewhere").chief)
    assert stranger.get(address).status_code == 200
    assert stranger.get(f"{address}versions/").status_code == 404
    share_strategy(by=sides.chief, strategy=again(Strategy, sides.strategy), version=version + 1, public=False)
    assert visitor.get(address).status_code == 302
    assert stranger.get(address).status_code == 404


def test_only_those_who_may_change_it_make_it_public(sides: Sides) -> None:
    with pytest.raises(NotAllowed):
        share_strategy(by=sides.leader, strategy=sides.strategy, version=2, public=True)
    with pytest.raises(SomeoneChangedThis):
        share_strategy(by=sides.chief, strategy=again(Strategy, sides.strategy), version=1, public=True)
    assert page_of(VISITOR, sides.trust) is None


def test_a_draft_is_not_in_use_and_a_public_draft_is_nobodys(sides: Sides) -> None:
    add(Strategy, sides.chief, sides.trust, "A bolder one", stage="draft", sharing="public")
    page = page_of(sides.chief, sides.trust)
    assert page
    assert page.strategy == sides.strategy
    assert page_of(VISITOR, sides.trust) is None


def test_two_days_side_by_side(db: None) -> None:
    with clock.at(datetime(2025, 3, 3, 9, tzinfo=UTC)):
        sides = two_sides()
        gone = add(Objective, sides.chief, sides.trust, "Posters on doors")
    with clock.at(datetime(2026, 3, 3, 9, tzinfo=UTC)):
        change_record(by=sides.chief, record=sides.strategy, version=1, fields={"method": "We try very small things"})
        move_record(by=sides.chief, record=gone, version=1, stage="done")
        add(Objective, sides.chief, sides.trust, "Answers on time")
    with clock.at(datetime(2026, 5, 3, 9, tzinfo=UTC)):
        change_record(by=sides.chief, record=sides.strategy, version=2, fields={"owner": sides.director})
    told = side_by_side(sides.leader, sides.trust, {})
    assert [day.isoformat() for day in told.days] == ["2026-03-03", "2025-03-03"], "a new owner changes no words"
    assert told.sentences == [
        "Our way of improving, in plain words says something else.",
        "Objective no longer there: Posters on doors",
        "Objective added: Answers on time",
    ]
    method = next(row for row in told.rows if row.label.startswith("Our way"))
    assert [said for said, new in method.after if new] == ["very "]
    backward = side_by_side(sides.leader, sides.trust, {"after": "2025-03-03", "before": "nonsense"})
    assert (backward.before, backward.sentences) == (backward.after, [])


def test_earlier_words_are_read_by_those_alone_who_read_the_record(sides: Sides) -> None:
    outsider = make_person("Olu", "executive", two_sides(name="Elsewhere").trust)
    assert side_by_side(outsider, sides.trust, {}).days == []
    assert "Our way" in str(side_by_side(sides.leader, sides.trust, {}).rows)
    change_record(by=sides.chief, record=sides.strategy, version=sides.strategy.version, fields={"sharing": "team"})
    assert "Our way" not in str(side_by_side(sides.leader, sides.trust, {}).rows), "nor what was once for all"


def test_before_there_is_one_the_page_says_how_to_begin(db: None) -> None:
    sides = two_sides()
    move_record(by=sides.chief, record=sides.strategy, version=1, stage="past")
    for person, begins in ((sides.chief, True), (sides.leader, False)):
        client = Client()
        client.force_login(person)
        assert ("/strategies/new/" in client.get(f"/{sides.trust.slug}/strategy/").text) is begins
