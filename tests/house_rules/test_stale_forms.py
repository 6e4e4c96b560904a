"""A page that was left open never writes over what somebody saved meanwhile, and keeps what was typed on it.

Which forms show what stands now is found by trying: what one person saves by it, the page shows the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from tests.house_rules.forms_filled import Filling, forms_made
from tests.house_rules.forms_found import FormFound, forms_of
from tests.house_rules.put_back import put_back
from tests.house_rules.test_pressed_twice import SLICES, signed_in, slice_of
from tests.house_rules.world import ASKED, Example, World
from tests.shares import WHOLE, sampled

#: Where what others save is shown in a form: a short run asks some of these, a full one finds out.
EDITS = {
    *("boards:set-up", "commons:change", "decisions:change-scheme", "devices:rename", "escalation:set-tiers"),
    *("experiments:set-limits", "notices:change-channel", "places:rename", "projects:rigour", "resources:came"),
    "resources:pot",
}
BOXES, VALUES = 4, 2  # how many of a form are tried until one is found that others see
#: Forms in which the newer save is meant to win, and why.
ONES_OWN = {
    "people:my-name": "one's own name",
    "notices:choose": "how one is told oneself",
    "gains:answers": "one's own ten answers",
    "ideas:replies": "one's own reply",
    "measures:choose-columns": "a file that one is just sending, which nobody else sees",
    "projects:add-test": "a new test, which begins with the words of the last: pressed again it is the same one",
}


def in_short_run(example: Example) -> bool:
    return sampled(f"{example} left open", one_in=10)


@dataclass(frozen=True)
class Stale:
    """What came of a page that was left open while somebody else saved."""

    status: int
    stands: bool  # what the other saved
    kept: bool  # what was typed

    def is_well(self) -> bool:
        return self.status in (409, 422) and self.stands and self.kept


def shown(client: Client, form: FormFound) -> dict[str, list[str]]:
    """What the form shows now."""
    again = forms_of(client, [form.page]).get(form.name)
    return again.shown if again and again.to == form.to else {}


def left_open(client: Client, form: FormFound) -> Stale | None:
    """What comes of an old page of a form; None where the form shows nothing that others save."""
    with forms_made() as made:
        client.get(form.page)
    for name in list(form.boxes)[:BOXES]:
        filling = Filling(form, client, made)
        new = [each for each in filling.may_be(name) if isinstance(each, str) and each not in form.shown.get(name, [])]
        for theirs in new[:VALUES]:
            with put_back():
                filling.press(filling.body(**{name: theirs}))
                if shown(client, form).get(name) == [theirs]:
                    return after(client, form, filling, name, next((each for each in new if each != theirs), ""))
            filling.made = made
    return None


def after(client: Client, form: FormFound, filling: Filling, name: str, mine: str) -> Stale:
    """The old page is sent, once what `theirs` stands there; with nothing else to choose, as it was shown."""
    theirs = shown(client, form)[name]
    answer = filling.press(filling.body(**{name: mine} if mine else {}))
    return Stale(answer.status_code, shown(client, form).get(name) == theirs, mine in answer.content.decode())


@pytest.mark.parametrize("part", range(1, SLICES + 1))
def test_an_old_page_writes_over_nothing(world: World, client: Client, part: int) -> None:
    asked = slice_of(ASKED, part) if WHOLE else [each for each in ASKED if each.name in EDITS and in_short_run(each)]
    found = forms_of(client, dict.fromkeys(world.pages(asked)))
    answers = {name: left_open(signed_in(world), form) for name, form in found.items() if form.boxes}
    edits = {name: each for name, each in answers.items() if each}
    print(f"{len(answers)} forms of {len(asked)} addresses, {len(edits)} show what others save: {sorted(edits)}")
    assert {name: each for name, each in edits.items() if name not in ONES_OWN and not each.is_well()} == {}
    assert {name.partition(" ")[0] for name in edits} <= EDITS | set(ONES_OWN), "add it to EDITS"
    assert WHOLE or len(edits) >= 2


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("boards:set-up", "trustwide.rooms.boards.actions.must_be_seen"),
        ("projects:rigour", "trustwide.rooms.projects.actions.must_be_seen"),
        ("escalation:set-tiers", "trustwide.rooms.escalation.actions.must_be_seen"),
    ],
)
def test_control_a_form_that_looks_at_no_version_is_seen(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch, name: str, action: str
) -> None:
    form = forms_of(client, [world.at(name)])[name]
    kept = left_open(client, form)
    assert kept
    assert kept.is_well()
    monkeypatch.setattr(action, lambda *_seen: None)
    lost = left_open(client, form)
    assert lost
    assert not lost.stands
