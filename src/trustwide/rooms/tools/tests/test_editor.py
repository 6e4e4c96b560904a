"""The editor, one button at a time: nothing typed is ever lost, and each answer says what was done."""

from __future__ import annotations

from typing import Any

import pytest

from tests.makers import make_person, make_team
from trustwide.rooms.commons.models import Version
from trustwide.rooms.people.models import AuditRow
from trustwide.rooms.tools.models import Drawing
from trustwide.rooms.tools.tests.made import Ward, signed_in, text_of


class Editor:
    """What the ward's leader, or somebody else of it, does on the page."""

    def __init__(self, ward: Ward, drawing: Drawing, by: Any = None) -> None:
        self.client, self.drawing, self.ward = signed_in(by or ward.leader), drawing, ward
        self.path = f"/st-brides/drawings/{drawing.pk}/edit/"

    def press(self, do: str, **sent: Any) -> Any:
        return self.client.post(self.path, {"do": do, "version": self.now.version, **sent})

    def said(self, answer: Any) -> str:
        assert answer.status_code == 302, answer.content.decode()
        page = text_of(self.client, answer["Location"])
        return page.partition('id="said" class="arrange__said">')[2].partition("</p>")[0]

    @property
    def now(self) -> Drawing:
        return self.ward.again(self.drawing)

    @property
    def lines(self) -> list[str]:
        return self.now.lines.split("\n")


@pytest.fixture
def editor(ward: Ward) -> Editor:
    return Editor(ward, ward.draw(lines="- a\n  - b\n- c"))


def test_a_row_is_added_where_it_was_asked_for_and_the_next_is_open(editor: Editor) -> None:
    answer = editor.press("next", after=1, level=1, text="new", measure="how many")
    assert editor.lines == ["- a", "  - b", "  - new", "    measure: how many", "- c"]
    assert editor.said(answer) == "Added: “new”. It is row 3 of 4, secondary driver."
    assert "after=2&level=1" in answer["Location"]
    assert "autofocus" in text_of(editor.client, answer["Location"])


def test_a_row_is_changed_and_keeps_its_place(editor: Editor) -> None:
    answer = editor.press("save", row=1, was="b", text="b, in other words")
    assert editor.lines == ["- a", "  - b, in other words", "- c"]
    assert editor.said(answer) == "Saved: “b, in other words”. It is row 2 of 3, secondary driver."


@pytest.mark.parametrize(
    ("do", "row", "lines", "said"),
    [
        ("down", 0, ["- c", "- a!", "  - b"], "Moved: “a!” is now row 2 of 3, primary driver."),
        ("up", 2, ["- c!", "- a", "  - b"], "Moved: “c!” is now row 1 of 3, primary driver."),
        ("in", 2, ["- a", "  - b", "  - c!"], "Moved: “c!” is now row 3 of 3, secondary driver."),
        ("out", 1, ["- a", "- b!", "- c"], "Moved: “b!” is now row 2 of 3, primary driver."),
        ("up", 0, ["- a!", "  - b", "- c"], "“a!” cannot go further that way. It is row 1 of 3, primary driver."),
        ("remove", 0, ["- b", "- c"], "It was taken away. What stood beneath it came out one level."),
    ],
)
def test_each_button_keeps_what_was_typed_and_then_does_its_work(
    editor: Editor, do: str, row: int, lines: list[str], said: str
) -> None:
    answer = editor.press(do, row=row, text="abc"[row] + "!")
    assert editor.lines == lines
    assert editor.said(answer) == said


def test_an_empty_new_row_is_not_added_and_an_emptied_one_is_asked_about(editor: Editor) -> None:
    assert editor.said(editor.press("next", after=2, text=" ")) == "Nothing was typed, so nothing was added."
    refused = editor.press("save", row=0, text="")
    assert refused.status_code == 422
    assert "Write something, or take the row away" in refused.content.decode()
    assert editor.now.version == 1


def test_wrong_details_are_refused_and_stay_in_the_form(ward: Ward) -> None:
    editor = Editor(ward, ward.draw("process-map", "- Carry it down\n  minutes: 15"))
    refused = editor.press("save", row=0, text="Carry it", minutes="a while")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Write a whole number from 0 to 10,000" in page
    assert 'value="a while"' in page
    editor.press("save", row=0, text="Carry it", minutes="20", worth="waste")
    assert editor.lines == ["- Carry it", "  minutes: 20", "  worth: waste"]


def test_a_detail_that_such_a_row_has_not_is_not_dropped_in_silence(editor: Editor) -> None:
    refused = editor.press("save", after=1, level=2, text="An idea", measure="how many")
    assert refused.status_code == 422
    assert "This kind of row has none" in refused.content.decode()


def test_what_somebody_else_changed_meanwhile_stays_and_so_do_the_words_typed(ward: Ward, editor: Editor) -> None:
    opened = editor.now.version
    Editor(ward, editor.drawing, ward.nurse).press("down", row=0, text="a")  # somebody else moves it
    refused = editor.client.post(editor.path, {"do": "save", "version": opened, "row": 0, "was": "a", "text": "mine"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "changed this while you were writing" in page
    assert 'value="mine"' in page
    assert 'name="row" value="1"' in page, "the form is of the same row, which stands further down now"
    assert editor.lines == ["- c", "- a", "  - b"]
    editor.press("save", row=1, text="mine")
    assert editor.lines == ["- c", "- mine", "  - b"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"do": "next", "after": 2, "level": 0, "text": "new"}, "Added: “new”. It is row 4 of 4"),
        ({"do": "save", "row": 0, "was": "a", "text": "other"}, "Saved: “other”. It is row 1 of 3"),
        ({"do": "down", "row": 0, "was": "a", "text": "a"}, "Moved: “a” is now row 2 of 3"),
        ({"do": "remove", "row": 2, "was": "c", "text": "c"}, "It was taken away."),
    ],
)
def test_a_button_pressed_twice_does_its_work_once(editor: Editor, sent: dict[str, Any], said: str) -> None:
    opened = editor.now.version
    first, second = (editor.client.post(editor.path, {"version": opened, **sent}) for _each in range(2))
    assert said in editor.said(first)
    assert said in editor.said(second)
    assert editor.now.version == opened + 1


def test_a_row_that_somebody_took_away_becomes_a_new_one(ward: Ward, editor: Editor) -> None:
    opened = editor.now.version
    Editor(ward, editor.drawing, ward.nurse).press("remove", row=0)
    refused = editor.client.post(editor.path, {"do": "save", "version": opened, "row": 0, "was": "a", "text": "mine"})
    assert refused.status_code == 409
    assert 'name="row" value=""' in refused.content.decode()
    assert 'value="mine"' in refused.content.decode()


def test_a_full_drawing_says_so(ward: Ward) -> None:
    editor = Editor(ward, ward.draw(lines="\n".join(["- a"] * 50)))
    refused = editor.press("save", after=49, text="one more")
    assert refused.status_code == 422
    assert "as many as a drawing holds" in refused.content.decode()


def test_what_could_tell_who_a_patient_is_waits_for_a_tick(editor: Editor) -> None:
    refused = editor.press("save", after=2, text="Look at 943 476 5919")
    assert refused.status_code == 422
    assert "could tell who a patient is" in refused.content.decode()
    assert editor.now.version == 1


def test_each_change_is_a_version_and_the_audit_holds_no_words(editor: Editor) -> None:
    editor.press("save", row=0, text="a word of mine")
    assert Version.objects.filter(record=editor.drawing.pk).count() == 2
    row = AuditRow.objects.filter(verb="changed").latest("pk")
    assert row.fields == ["lines"]
    assert not AuditRow.objects.filter(fields__icontains="a word of mine").exists()


def test_those_who_may_not_change_it_do_not_reach_the_editor(ward: Ward, editor: Editor) -> None:
    colleague = make_person("Ade", "staff", make_team(ward.trust, "Ward 8"))
    assert signed_in(colleague).get(editor.path).status_code == 403
    assert signed_in(colleague).post(editor.path, {"do": "save", "text": "x"}).status_code == 403
    assert editor.now.version == 1


def test_a_team_draws_together(ward: Ward, editor: Editor) -> None:
    editor.client = signed_in(ward.nurse)
    editor.press("save", row=0, text="a, says Sam")
    assert editor.lines[0] == "- a, says Sam"
    assert editor.now.updated_by == ward.nurse
