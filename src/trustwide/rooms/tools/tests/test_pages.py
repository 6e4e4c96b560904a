"""The pages of a drawing: in words and drawn, as text, before and now, printed, taken away, on other pages, chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.makers import make_person, make_team
from trustwide.engines.diagrams import TOOLS
from trustwide.rooms.commons.actions import change_record, move_record, redact
from trustwide.rooms.commons.models import SearchText, Version
from trustwide.rooms.people import clock
from trustwide.rooms.projects.tests.made import make_project
from trustwide.rooms.tools import choosing
from trustwide.rooms.tools.tests.made import DRIVERS, Ward, signed_in, text_of


def at(drawing: Any, below: str = "") -> str:
    return f"/st-brides/drawings/{drawing.pk}/{below}"


def test_its_page_says_it_in_words_and_draws_it(ward: Ward) -> None:
    page = text_of(signed_in(ward.nurse), at(ward.draw()))
    assert "2 primary drivers, 1 secondary driver and 1 change idea." in page
    assert page.index('id="outline"') < page.index("<svg"), "a phone and a screen reader come to the words first"
    assert "Draw on" in page
    colleague = make_person("Ade", "staff", make_team(ward.trust, "Ward 8"))
    assert "Draw on" not in text_of(signed_in(colleague), at(ward.draw()))


@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_is_started_from_the_chooser_and_edited(ward: Ward, tool: str) -> None:
    client = signed_in(ward.leader)
    path = f"/st-brides/drawings/start/?tool={tool}&about={ward.aim.pk}"
    assert TOOLS[tool].name in text_of(client, path)
    sent = {"title": "Mine", "place": "ward-7", "sharing": "organisation", "about": ward.aim.pk}
    answer = client.post(path, sent)
    assert answer.status_code == 302, answer.content.decode()
    assert "It is started" in text_of(client, answer["Location"])
    assert "Mine" in text_of(client, f"/st-brides/objectives/{ward.aim.pk}/")


def test_the_aim_stands_word_for_word_in_a_driver_diagram_about_it(ward: Ward) -> None:
    client, about = signed_in(ward.leader), f"about={ward.aim.pk}"
    assert f'name="head" type="text" value="{ward.aim.title}"' in text_of(
        client, f"/st-brides/drawings/start/?tool=driver-diagram&{about}"
    )
    assert f'value="{ward.aim.title}"' not in text_of(client, f"/st-brides/drawings/start/?tool=pareto&{about}")


def test_a_projects_aim_is_told_whole(ward: Ward) -> None:
    told = {"aim": "8 of 10 by 11", "aim_for": "all of Ward 7", "aim_by": date(2026, 3, 31), "title": "Tablets"}
    made = make_project(ward.leader, ward.team, **told)
    page = text_of(signed_in(ward.leader), f"/st-brides/drawings/start/?tool=driver-diagram&about={made.pk}")
    assert 'value="8 of 10 by 11, all of Ward 7, by 31 March 2026"' in page


def test_all_of_it_can_be_written_as_text_and_what_is_wrong_is_said(ward: Ward) -> None:
    drawing, client = ward.draw(), signed_in(ward.leader)
    sent = {"title": "Tablets", "head": "", "lines": "- a\r\n  - b", "sharing": "organisation", "version": 1}
    assert client.post(at(drawing, "change/"), {**sent, "lines": "- a\n  gold: b"}).status_code == 422
    assert client.post(at(drawing, "change/"), sent).status_code == 302
    assert ward.again(drawing).lines == "- a\n  - b"
    assert "- a" in text_of(client, at(drawing, "change/"))


def test_it_stands_as_it_was_on_two_days_side_by_side(ward: Ward) -> None:
    drawing = ward.draw()
    with clock.at(clock.now() + timedelta(days=90)):
        new = "- Written up the day before\n- New"
        change_record(by=ward.leader, record=drawing, version=1, fields={"lines": new})
    page = text_of(signed_in(ward.nurse), at(drawing, "versions/"))
    assert page.count("<svg") == 2
    came, gone = page.partition("New:")[2].partition("No longer there:")[::2]
    assert "<li>New</li>" in came
    assert "<li>Made ready without a wait</li>" in gone
    assert "Moved, or its details changed" in page
    today = clock.today().isoformat()
    same = text_of(signed_in(ward.nurse), at(drawing, f"versions/?before={today}&after={today}"))
    assert "Its rows are the same on both days." in same


def test_an_old_sheet_shows_the_other_drawings_as_they_were_then(ward: Ward) -> None:
    counts = ward.draw("pareto", "- Late\n  count: 4", about=ward.aim)
    ward.draw("fishbone", "- Place\n  - Dark", about=ward.aim, sharing="team", title="Ours")
    sheet = ward.draw("a3", "- It hurts\n  part: background", about=ward.aim)
    with clock.at(clock.now() + timedelta(days=90)):
        change_record(by=ward.leader, record=counts, version=1, fields={"lines": "- Early\n  count: 4"})
        ward.draw("driver-diagram", "- Nobody asked", about=ward.aim)
        change_record(by=ward.leader, record=sheet, version=1, fields={"lines": "- It hurt\n  part: background"})
    before, after = text_of(signed_in(ward.nurse), at(sheet, "versions/")).split('id="side-')[1:]
    assert [word in before for word in ("Late", "Early", "Dark", "Nobody asked")] == [True, False, True, False]
    assert [word in after for word in ("Late", "Early", "Dark", "Nobody asked")] == [False, True, True, True]
    colleague = make_person("Ade", "staff", make_team(ward.trust, "Ward 8"))
    assert "Dark" not in text_of(signed_in(colleague), at(sheet, "versions/"))


def test_one_day_alone_says_so(ward: Ward) -> None:
    assert "changed on one day only" in text_of(signed_in(ward.nurse), at(ward.draw(), "versions/?before=never"))


def test_it_is_printed_and_taken_away(ward: Ward) -> None:
    client, drawing = signed_in(ward.nurse), ward.draw(title="Tablets <script>")
    assert "drawing-sheet" in text_of(client, at(drawing, "sheet/"))
    answer = client.get(at(drawing, "drawing.svg"))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"] == 'attachment; filename="tablets-script.svg"'
    assert b"<script>" not in answer.content


def test_it_stands_on_the_page_of_what_it_came_from_until_it_is_put_away(ward: Ward) -> None:
    client, path = signed_in(ward.leader), f"/st-brides/objectives/{ward.aim.pk}/"
    assert "What we have drawn" not in text_of(client, path)
    assert f"/st-brides/tools/?about={ward.aim.pk}" in text_of(client, path)
    drawings = [ward.draw(title=f"Number {each}", about=ward.aim) for each in range(4)]
    page = text_of(client, path)
    assert page.count('class="diagram"') == 2
    assert all(each.title in page for each in drawings)
    for each in drawings:
        move_record(by=ward.leader, record=ward.again(each), version=1, stage="past")
    assert text_of(client, path).count('class="diagram"') == 0


def test_pages_ask_little_however_much_is_drawn(ward: Ward, django_assert_max_num_queries: Callable[..., Any]) -> None:
    client = signed_in(ward.leader)
    drawings = [ward.draw("a3", "- It hurts", about=ward.aim), *(ward.draw(about=ward.aim) for _each in range(6))]
    text_of(client, at(drawings[0]))  # what is remembered from the first page on
    pages = [f"/st-brides/objectives/{ward.aim.pk}/", "/st-brides/tools/?problem=why", "/st-brides/drawings/"]
    for drawing in drawings[:2]:
        pages += [at(drawing, below) for below in ("", "edit/?row=0", "sheet/", "versions/", "drawing.svg")]
    for page in pages:
        with django_assert_max_num_queries(15):
            assert client.get(page).status_code == 200


def test_what_it_says_is_found_and_blanked_everywhere(ward: Ward) -> None:
    drawing = ward.draw()
    assert "share written up" in SearchText.objects.get(record=drawing.pk).text
    anna = make_person("Anna", "administrator", ward.trust)
    redact(by=anna, record=ward.again(drawing), names=["lines", "head"])
    assert "share written up" not in SearchText.objects.get(record=drawing.pk).text
    assert all("share" not in str(each.fields) for each in Version.objects.filter(record=drawing.pk))
    assert "[removed]" in text_of(signed_in(ward.nurse), at(drawing))
    assert "[removed]" in text_of(signed_in(ward.nurse), at(drawing, "versions/"))


def test_hostile_words_are_only_words(ward: Ward) -> None:
    drawing = ward.draw(lines='- <script>alert(1)</script>\n  measure: "><img onerror=x>', head="<b>&")
    for below in ("", "edit/", "sheet/", "versions/"):
        page = text_of(signed_in(ward.leader), at(drawing, below))
        assert "<script>alert" not in page
        assert "<img" not in page


@pytest.mark.parametrize("problem", choosing.PROBLEMS)
@pytest.mark.parametrize("time", ["", *choosing.TIMES])
@pytest.mark.parametrize("data", ["", *choosing.DATA])
def test_the_chooser_names_one_to_three_tools_for_every_answer(problem: str, time: str, data: str) -> None:
    found = choosing.fitting({"problem": problem, "time": time, "data": data})
    assert 1 <= len(found) <= 3
    assert all(TOOLS[each] for each in found)


def test_the_chooser_shows_examples_and_says_what_stands_against_them(ward: Ward) -> None:
    client = signed_in(ward.nurse)
    page = text_of(client, "/st-brides/tools/?problem=counts&time=short&data=none")
    assert "Start one" in page
    assert "<svg" in page
    few = choosing.context({"problem": "time", "time": "short", "data": "none"})["advice"]
    assert [each.tool.key for each in few] == ["waste-walk"]
    assert len(few[0].but) == 2
    assert "<svg" not in text_of(client, "/st-brides/tools/?problem=nonsense")


@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_has_an_example_and_a_sentence(tool: str) -> None:
    head, outline, readings, picture = choosing.example(tool)
    assert head
    assert outline
    assert readings
    assert picture.startswith("<svg")
    assert tool in choosing.ABOUT


def test_lists_say_which_tool_it_is(ward: Ward) -> None:
    ward.draw()
    assert "Driver diagram, 4 rows" in text_of(signed_in(ward.nurse), "/st-brides/drawings/")
    assert DRIVERS.count("- ") == 4
