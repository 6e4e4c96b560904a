"""No check of the wall is there for show: without any single one of them, a test fails."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.house_rules.taking_away import NOTHING, SURVIVED, TAKEN, TOLD, File
from tests.house_rules.wall import SOURCE, Removal, removals
from tests.shares import WHOLE, sampled

pytestmark = pytest.mark.seen_once  # a check is in the code, not in the database

ROOT = SOURCE.parents[1]
#: The tests that hold the wall: those of every room, and of what a form, a role and an address come to.
TESTS = ("src/trustwide/rooms", "src/trustwide/demo", "src/trustwide/house/tests/test_figures.py", *(
    f"tests/house_rules/test_{each}.py" for each in ("refusals", "revocation", "urls", "who_gets_in")
))  # fmt: skip
#: A short run takes away a quarter of what one room has, and asks that room alone.
SHORT, SHORT_TESTS = "rooms/boards/", ("src/trustwide/rooms/boards/tests",)
#: What looks like a check and takes nothing away, and why.
NO_CHECK = {
    "for … if home.level == GROUP": "an organisation's own id among the groups opens nothing but itself",
    "if self.organisations": "spares a query: the partners of no organisation are none",
    "if found is None": "spares a query: the team of a record that was read is asked for once",
    "and: can_frame(person, problem)": "what asks is open, and each role of an organisation comments",
    "and: reach.may_anywhere(May.COMMENT)": "each role there comments; it is asked for one to come",
    "and: bool(self.organisations)": "spares a query: the partners of no organisation are none",
}
#: Gates of what is only posted to: the action asks the same, as it must of whoever comes by another way, and its own
#: check is among those removed. The gate spares reading a form, and tells nobody what is behind it.
ASKED_AGAIN = {
    "at_organisation: inside=True before offer": "who decides something in an organisation is of it",
    "at_organisation: needs=May.AUDIT before again": "try_again",
    "at_organisation: needs=May.CHANGE before share": "share_strategy",
    "at_organisation: needs=May.PEOPLE before account": "close_account and its like",
    "at_organisation: needs=May.PLACES before step": "agree, leave",
    "at_record: may=access.can_agree before agree": "agree_numbers",
    "at_record: may=access.can_change before begin": "begin_test",
    "at_record: may=access.can_change before local_need": "say_local_need",
    "at_record: may=access.can_change before remove_member": "remove_member",
    "at_organisation: needs=May.PEOPLE before withdraw": "withdraw_invitations",
    "at_record: may=access.can_attach before attach": "attach_file",
    "at_record: may=access.can_comment before comment": "comment_on",
    "at_record: may=access.can_frame before angle": "add_angle",
    "at_record: may=access.can_join before me_too": "join_asking",
    "at_record: may=access.can_redact before redact_comment": "redact_comment",
    "at_record: may=access.can_support before support": "support_idea",
    "at_record: may=can_answer before take": "take_wording",
    "at_record: may=can_change before ask": "ask_for_decision",
    "at_record: may=can_change before begin": "begin_experiment",
    "at_record: may=can_publish before publish": "publish_failure",
    "at_record: may=can_redact before blank": "blank_benefit, blank_verdict",
    "at_record: may=records.can_redact before redact_reply": "redact_reply",
    "at_team: needs=May.ADD before remove_huddle": "remove_huddle",
    "at_team: needs=May.ADD before take_off_thanks": "take_off_thanks",
    "at_team: needs=May.CHANGE before move": "move_card, take_off",
    "at_team: needs=May.DEVICES before end": "end_device",
    "at_team: needs=May.DEVICES before new_code": "give_code",
}


def taken_away(tests: Iterable[str], checks: Iterable[Removal], folder: Path) -> dict[str, str]:
    """What came of each check when it was taken away: the first test that failed, or SURVIVED; as a run of its own."""
    told = folder / "told"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "TRUSTWIDE"))}
    environment = {**kept, TAKEN: json.dumps([str(each) for each in checks]), TOLD: str(told)}
    left_out = (f"no:{each}" for each in ("xdist", "cacheprovider", "unraisableexception"))  # it asks of a child too
    options = ("-q", *(word for each in left_out for word in ("-p", each)))
    command = [sys.executable, "-m", "pytest", *options, "-p", "tests.house_rules.taking_away", *tests]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"with every check the tests must pass\n{done.stdout[-3000:]}{done.stderr[-1000:]}"
    found = dict(line.split("\t") for line in told.read_text(encoding="utf-8").splitlines())
    assert found.pop(NOTHING) == SURVIVED, "with nothing taken away any more the tests must pass again"
    return found


def chosen(all_of_them: list[Removal]) -> list[Removal]:
    if WHOLE:
        return all_of_them
    there = [each for each in all_of_them if each.file.startswith(SHORT) and not each.asks]  # gates take other tests
    return [each for each in there if sampled(str(each), one_in=8)]


def test_without_any_single_check_a_test_fails(tmp_path: Path) -> None:
    checks = [each for each in removals() if each.what not in {*NO_CHECK, *ASKED_AGAIN}]
    found = taken_away(TESTS if WHOLE else SHORT_TESTS, chosen(checks), tmp_path)
    for check, outcome in found.items():
        print(f"{check}\n    {outcome}")
    survived = [check for check, outcome in found.items() if outcome.startswith(SURVIVED)]
    print(f"{len(checks)} checks, {len(found)} removed in turn, {len(survived)} survived")
    assert len(checks) > 50
    assert len(found) == len(chosen(checks))
    assert survived == [], "add a test, in the room concerned, that fails without these"


def test_what_is_left_out_is_there() -> None:
    found = {each.what for each in removals()}
    assert {*NO_CHECK, *ASKED_AGAIN} - found == set(), "these are no checks any more"


def test_control_what_no_test_asks_for_survives(tmp_path: Path) -> None:
    """So that a failure above is because of what was removed: a check that one test does not ask, and two gates."""
    leads = "src/trustwide/rooms/boards/tests/test_wall.py::test_only_who_leads_arranges"
    closed = next(each for each in removals() if each.what == "and: team.closed_on is None")
    gates = {each.what.split()[-1]: each for each in removals() if each.file == "rooms/boards/views.py" and each.asks}
    found = taken_away([leads], [closed, gates["arrange"], gates["move"]], tmp_path)
    assert {check for check, outcome in found.items() if outcome.startswith(SURVIVED)} == {
        str(each) for each in (closed, gates["move"])
    }


GATE = """
def gate(open_to):
    def show(asked):
        if asked not in open_to:
            return "refused"
        return "shown"
    return show
"""


def test_a_check_that_alone_names_what_is_around_it_can_be_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "gate.py"
    file.write_text(GATE, encoding="utf-8")
    room: dict[str, Any] = {}
    exec(compile(GATE, str(file), "exec", dont_inherit=True), room)  # noqa: S102 (the five lines above)
    show = room["gate"]({"nurse"})
    held, without = File(file), ast.parse(GATE)
    without.body[0].body[0].body.pop(0)  # type: ignore[attr-defined]
    answers = [show("porter")]
    for tree in (without, held.tree):
        held.become(tree)
        answers.append(show("porter"))
    assert answers == ["refused", "shown", "refused"]
