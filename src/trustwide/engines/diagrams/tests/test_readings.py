"""The sums and sentences of each tool, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.diagrams import TOOLS, Drawing, Row, outline, read, readings
from trustwide.engines.diagrams.words import by_count, vital_few

MAP = """- Write up the tablets
  lane: Doctors
  minutes: 12
  worth: value
- Carry the chart down
  lane: Nurses
  wait: 35
  minutes: 15
  worth: waste
- Make them ready
  lane: Pharmacy
  wait: 95
  minutes: 20
  worth: value"""


def said(tool: str, text: str, head: str = "Head") -> list[str]:
    return readings(Drawing(TOOLS[tool], head, tuple(read(TOOLS[tool], text))))


def test_a_process_map_adds_up_work_and_waiting() -> None:
    assert said("process-map", MAP) == [
        "It takes 2 h 57 min from beginning to end: 47 min of work and 2 h 10 min of waiting.",
        "What matters to patients takes 32 min of it.",
        "3 steps, handed over 2 times.",
        "Could be left out: Carry the chart down.",
    ]


def test_a_pareto_chart_names_the_few_that_matter() -> None:
    text = "- Late\n  count: 80\n- Lost\n  count: 15\n- Other\n  count: 5\n- Noise"
    assert said("pareto", text) == ["1 of 4 reasons makes up 80 % of 100: Late.", "Not counted yet: Noise."]
    assert said("pareto", "- Late") == ["Nothing is counted yet. A Pareto chart needs counts, not what people think."]
    even = "\n".join(f"- r{each}\n  count: 10" for each in range(5))
    assert said("pareto", even)[1] == "No few reasons stand out: it is spread over many."


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=20))
def test_the_few_are_the_fewest_that_make_80_percent(counts: list[int]) -> None:
    drawing = Drawing(TOOLS["pareto"], "", tuple(Row(str(n), 0, {"count": str(n)}) for n in counts))
    few, total = vital_few(drawing), sum(counts)
    if not total:
        assert few == 0
        return
    sums = [sum_ for _row, _count, sum_ in by_count(drawing)]
    assert sums[few - 1] >= 0.8 * total
    assert few == 1 or sums[few - 2] < 0.8 * total


def test_whys_say_what_is_not_checked_and_where_to_act() -> None:
    text = "- She went alone\n  evidence: she said so\n  - Nobody came\n    act: yes\n- The floor was wet"
    assert said("five-whys", text) == [
        "We asked why 2 times in a row.", "We can act here: Nobody came.", "2 answers of 3 not checked yet.",
    ]  # fmt: skip


def test_forces_say_to_weaken_what_holds_back_first() -> None:
    told = (("Seen to work", "for", 4), ("Habit", "against", 2), ("Full", "against", 5))
    text = "\n".join(f"- {words}\n  side: {side}\n  strength: {strength}" for words, side, strength in told)
    assert said("force-field", text) == [
        "For it: 4 in all. Against it: 7 in all.",
        "Weaken what holds back first, beginning with: Full.",
    ]


def test_waste_is_hours_a_week_the_most_first() -> None:
    text = "- Writing twice\n  minutes: 2\n  times: 60\n  days: 5\n- Looking for a chair\n  minutes: 10\n  times: 24"
    assert said("waste-walk", text) == [
        "38 hours a week in all.", "The most goes on: Looking for a chair (28 hours a week, 74 % of it).",
    ]  # fmt: skip
    told = outline(Drawing(TOOLS["waste-walk"], "", tuple(read(TOOLS["waste-walk"], text))))
    assert [each.text for each in told] == ["Looking for a chair", "Writing twice"]


def test_drivers_without_aim_or_measure_say_so() -> None:
    many = "\n".join(f"- d{each}" for each in range(6))
    assert said("driver-diagram", many, head="")[1:] == [
        "No change idea yet: what could be tried?",
        "It has no aim yet: write how much, by when and for whom.",
        "Three to five primary drivers are easier to keep in mind.",
        "No driver has a measure yet.",
    ]


def test_a_fishbone_names_bare_bones_and_a_sheet_empty_parts() -> None:
    assert said("fishbone", "- People\n  - Few at night\n- Policy") == ["1 cause on 1 bone.", "Nothing yet on: Policy."]
    assert said("a3", "- It hurts\n  part: background")[0].startswith("Still empty: How it is now, Our goal")


def test_angles_say_who_stands_short_and_who_has_no_next_step() -> None:
    text = "- Porters\n  now: 2\n  needed: 4\n- Clerks\n  now: 4\n  needed: 4"
    assert said("angles", text) == [
        "2 people or groups.", "1 stands short of where we need them.", "No next step yet with: Porters.",
    ]  # fmt: skip
    assert said("angles", "- Clerks\n  now: 4\n  needed: 4")[1:] == ["All stand where we need them."]
    unsaid = "Still to say of 1: where they stand now, and where we need them."
    assert said("angles", "- Clerks\n  now: 4\n  needed: 4\n- Porters\n  now: 2")[1:] == [unsaid]


@pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.key)
def test_each_tool_can_say_all_of_its_details_in_its_outline(tool: Any) -> None:
    values = {"number": "1", "choice": "", "tick": "yes", "text": "words"}
    details = {each.key: values[each.sort] or each.choices[0][0] for each in tool.details_at(0)}
    told = outline(Drawing(tool, "", (Row("a row", 0, details),)))
    assert "a row" in str(told)
