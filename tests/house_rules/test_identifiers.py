"""What could tell who a patient is never gets into a record unless a person has said that it is nobody's."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
from django import forms
from django.db.models import CharField, TextField
from django.test import Client

from tests.house_rules.test_get_is_safe import table_contents
from tests.house_rules.world import World
from tests.kinds_asked import some_kinds
from tests.makers import filled
from tests.shares import WHOLE
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.people.clock import today

NUMBER = "943 476 5919"  # right by its check digit, and nobody's: the NHS's own example
TOLD = f"We rang about {NUMBER} twice."
TICK = re.compile(r'name="no_patient"[^>]*value="(\w+)"')


def boxes(kind: Kind) -> list[str]:
    """The text boxes of a kind's form."""
    return [
        name
        for name in kind.typed
        if isinstance(kind.model._meta.get_field(name), CharField | TextField) and name in kind.form_class.base_fields
    ]


def good(kind: Kind, world: World) -> dict[str, Any]:
    """What a form of that kind takes."""
    place, by = world.trust.place, world.trust.everyone
    told = {name: value if isinstance(value, str) else str(value) for name, value in filled(kind, by, place).items()}
    form = kind.form_class(places=[place])
    form.made_for(by, place)
    chosen = {
        name: str(next(value for value, _words in field.choices if value))
        for name, field in form.fields.items()
        if isinstance(field, forms.ChoiceField) and field.required
    }
    needed = {name: plain_value(field) for name, field in form.fields.items() if field.required}
    return {**needed, **chosen, "title": "We tried it", **told, "place": place.slug}


def plain_value(field: forms.Field) -> str:
    """What a box that must be filled takes."""
    if isinstance(field, forms.IntegerField):
        return "1"
    return (today() + timedelta(days=7)).isoformat() if isinstance(field, forms.DateField) else "We tried it"


BOXES = [(key, name) for key, kind in KINDS.items() for name in boxes(kind)]
#: A short run types into one box of each kind, all of which look by the same mixin, and into every box of a few.
FIRST_BOX = {key: min(boxes(kind), key=lambda name: crc32(name.encode())) for key, kind in KINDS.items() if boxes(kind)}
FEW = {kind.key for kind in some_kinds("identifiers")}
CASES = [(key, name) for key, name in BOXES if WHOLE or key in FEW or name == FIRST_BOX[key]]


@pytest.mark.parametrize(("key", "name"), CASES, ids=str)
def test_a_new_record_with_an_identifier_waits_for_a_yes(world: World, client: Client, key: str, name: str) -> None:
    kind = KINDS[key]
    path, typed = f"/{world.trust.place.slug}/{kind.address}/new/", {**good(kind, world), name: TOLD}
    before = table_contents()
    refused = client.post(path, typed)
    if refused.status_code == 302:  # a box that is not asked of what is small: what was sent for it is not kept
        assert NUMBER not in repr(table_contents())
        return
    assert refused.status_code == 422
    assert NUMBER in refused.text
    assert table_contents() == before
    tick = TICK.search(refused.text)
    assert tick, "the page must offer the tick"
    assert client.post(path, {**typed, name: TOLD + " Born 3/4/1950.", "no_patient": tick[1]}).status_code == 422
    saved = client.post(path, {**typed, "no_patient": tick[1]})
    assert saved.status_code == 302
    assert client.get(saved["Location"]).status_code == 200
    print(f"{key} {name}: refused, not let through by the tick for another text, saved with its own")


def test_a_comment_with_an_identifier_waits_for_a_yes(world: World, client: Client) -> None:
    path = f"/{world.trust.place.slug}/messages/{world.trust.records['messages'].pk}/comments/"
    before = table_contents()
    refused = client.post(path, {"text": TOLD})
    assert refused.status_code == 422
    assert table_contents() == before
    tick = TICK.search(refused.text)
    assert tick
    assert client.post(path, {"text": TOLD, "no_patient": tick[1]}).status_code == 302


def test_every_form_of_a_kind_warns() -> None:
    silent = [key for key, kind in KINDS.items() if not issubclass(kind.form_class, WritingForm)]
    print(f"{len(KINDS)} kinds, {len(BOXES)} text boxes, {len(CASES)} of them typed into")
    assert silent == []
    assert len(BOXES) >= 2 * len(KINDS)
    assert {key for key, _name in CASES} == set(KINDS)


def test_checking_the_words_saves_nothing_and_keeps_them(world: World, client: Client) -> None:
    path = f"/{world.trust.place.slug}/messages/new/"
    before = table_contents()
    typed = {**good(KINDS["purpose.message"], world), "text": "We will leverage it.", "check": "words"}
    answer = client.post(path, typed)
    assert answer.status_code == 200
    assert "“leverage”" in answer.text
    assert "We will leverage it." in answer.text
    assert table_contents() == before


def test_boxes_that_say_what_to_do_are_there() -> None:
    """A name that is no field of its kind would bring the hint back, and nobody would notice."""
    told = {key: set(kind.form_class.says_what_to_do) for key, kind in KINDS.items() if kind.form_class.says_what_to_do}
    assert told.keys() >= {"ideas.idea", "experiments.experiment", "projects.project", "projects.testofchange"}
    assert "ideas.problem" not in told
    unknown = {(key, name) for key, names in told.items() for name in names - set(KINDS[key].form_class._meta.fields)}
    assert unknown == set()


def test_control_a_form_that_does_not_look_is_seen(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trustwide.engines.words.identifiers", lambda _text: [])
    kind = KINDS["purpose.message"]
    typed = {**good(kind, world), "text": TOLD}
    assert client.post(f"/{world.trust.place.slug}/messages/new/", typed).status_code == 302
