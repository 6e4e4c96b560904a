"""What could tell who a patient is never gets into a record unless a person has said that it is nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import CharField, TextField
from django.test import Client

from tests.house_rules.forms_filled import TAKEN, Filling, forms_made, once_taken
from tests.house_rules.forms_found import FormFound, forms_of
from tests.house_rules.put_back import put_back
from tests.house_rules.test_get_is_safe import table_contents
from tests.house_rules.test_pressed_twice import SLICES, signed_in, slice_of
from tests.house_rules.world import ASKED, World
from tests.kinds_asked import some_kinds
from tests.makers import filled
from tests.shares import WHOLE, sampled
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7

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


#: Boxes for text that need no such look, by class or by class and box, and why.
NOT_LOOKED_AT = {
    "people.forms.NameForm": "one's own name at work",
    "people.forms.AccountForm": "one's own name at work, and a password",
    "people.forms.ForgottenForm": "an e-mail address",
    "people.passkey_forms": "what a passkey says",
    "devices.forms.CodeForm": "a code",
    "devices.forms.NewPinForm": "a PIN",
    "devices.forms.WhoForm": "the name of a colleague, who is found by it, and a PIN: neither is kept as typed",
    "escalation.forms.CodeForm": "a code",
    "places.deputy_forms.AwayForm.deputy": "the name of a colleague, who is found by it: it is not kept as typed",
    "commons.forms.LinkForm.other": "the number of a record",
    "commons.forms.MoveForm.stage": "a stage, from a list",
    "measures.forms.NumbersForm.pasted": "dates and numbers: whatever is neither is refused",
    "notices.forms.ChannelForm.address": "a link",
    "measures.forms.MeasuresForm.target": "a number: whatever is none is refused",
    "measures.on_board.NumberForm": "a day and numbers: whatever is neither is refused",
}


def every_form(below: type = forms.BaseForm) -> Iterator[type]:
    """The form classes of Trustwide."""
    for each in below.__subclasses__():
        if each.__module__.startswith("trustwide.") and ".tests." not in each.__module__:
            yield each
        yield from every_form(each)


def takes_words(box: forms.Field) -> bool:
    """Whether a person may type any words into it."""
    checked = forms.EmailField | forms.URLField | forms.UUIDField | forms.RegexField
    return isinstance(box, forms.CharField) and not isinstance(box, checked) and not box.widget.is_hidden


def unlooked(form: type, boxes: dict[str, forms.Field]) -> list[str]:
    """The boxes for words of a form that does not look for what could tell who a patient is."""
    name = f"{form.__module__}.{form.__qualname__}".removeprefix("trustwide.rooms.")
    found = [f"{name}.{each}" for each, box in boxes.items() if takes_words(box)]
    looks = issubclass(form, WritingForm)
    no_words = getattr(form, "no_words", ())
    return [each for each in found if not looks or each.rpartition(".")[2] in no_words]


def excused(boxes: Iterable[str]) -> set[str]:
    return {each for each in boxes if any(each.startswith(known) for known in NOT_LOOKED_AT)}


def test_every_box_for_words_is_looked_at() -> None:
    classes = sorted(set(every_form()), key=lambda each: (each.__module__, each.__qualname__))
    found = {box for each in classes for box in unlooked(each, each.base_fields)}
    print(f"{len(classes)} form classes, {len(found)} boxes for text in which nothing is looked for")
    assert len(classes) > 100
    assert found - excused(found) == set()


def test_boxes_made_as_a_page_is_shown_are_looked_at(world: World, client: Client) -> None:
    """Many forms make boxes of their own for what there is."""
    pages = world.pages([each for each in ASKED if sampled(f"{each} makes boxes", one_in=30)])
    pages.append(world.at("measures:choose-measures"))
    with forms_made() as made:
        for page in pages:
            client.get(page)
    ours = [each for each in made if type(each).__module__.startswith("trustwide.")]
    found = {box for each in ours for box in unlooked(type(each), each.fields)}
    print(f"{len(ours)} forms of {len(pages)} pages, {len(found)} boxes for text in which nothing is looked for")
    assert "measures.forms.MeasuresForm.target-0" in found
    assert found - excused(found) == set()


def test_control_a_form_that_takes_any_words_is_seen() -> None:
    class Careless(forms.Form):
        reason = forms.CharField()
        email = forms.EmailField()

    assert unlooked(Careless, Careless.base_fields) == [f"{__name__}.{Careless.__qualname__}.reason"]


def asks_first(world: World, form: FormFound) -> bool | None:
    """Whether words that could tell who a patient is wait for a yes, in the first box for words; None without one."""
    browser = signed_in(world)
    taken = once_taken(form, browser, lambda filling, body, _answer: (filling, body, boxes_for_words(filling)))
    if taken is None or not taken[2]:
        return None
    filling, body, (box, *_more) = taken
    with put_back():
        refused = filling.press({**body, box: TOLD})
    tick = TICK.search(refused.text)
    if refused.status_code != 422 or NUMBER not in refused.text or not tick:
        return False
    with put_back():
        return filling.press({**body, box: TOLD, "no_patient": tick[1]}).status_code in TAKEN


def boxes_for_words(filling: Filling) -> list[str]:
    """Those of a form that looks: which boxes it looks at, its class says."""
    looks = [each for each in filling.made if isinstance(each, WritingForm)]
    named = {each.add_prefix(name) for each in looks for name, box in each.fields.items() if takes_words(box)}
    links = {name for each in looks for name in each.no_words}
    return [each for each in filling.form.boxes if each in named - links]


#: What a short run asks each time: pages of which a name or a reason is typed.
NAMES = [
    "places:close",
    "places:begin",
    "places:add",
    "devices:new-device",
    "notices:add-channel",
    "measures:choose-columns",
]


#: A button beside "Save" that looks up what was tried before, keeps no word of it, and so asks nothing.
KEEPS_NOTHING = " tried=yes"


#: What is typed there with so many words is refused in any case, and why; what is short enough, or right, is asked of.
REFUSED_ANYHOW = {
    "projects:team": "the name of a colleague, who is found by it",
    "places:ask": "the name of an organisation, which is found by it",
    "boards:set-up": "a column's name has 24 letters at most",
    "decisions:change-scheme": "a committee is told with why it decides",
}


def test_what_is_refused_anyhow_is_asked_of_where_it_could_be_kept(world: World, client: Client) -> None:
    typed_at = {
        "projects:team": {"name": NUMBER, "does": "lived"},
        "boards:set-up": {"own_columns": NUMBER, "stale_after": "24"},
        "decisions:change-scheme": {"committee": NUMBER, "why_committee": "It must"},
    }
    for name, typed in typed_at.items():
        refused = client.post(world.at(name), typed)
        assert refused.status_code == 422, name
        assert TICK.search(refused.text), name


@pytest.mark.parametrize("part", range(1, SLICES + 1))
def test_every_page_for_words_offers_the_tick(fuller: World, client: Client, part: int) -> None:
    asked = slice_of(ASKED, part) if WHOLE else [each for each in ASKED if each.name in NAMES]
    found = forms_of(client, fuller.pages(asked))
    answers = {name: asks_first(fuller, form) for name, form in found.items() if form.boxes}
    looked = {name for name, asks in answers.items() if asks}
    print(f"{len(answers)} forms, {len(looked)} of them take words and ask first")
    silent = {name for name, asks in answers.items() if asks is False and not name.endswith(KEEPS_NOTHING)}
    assert silent - REFUSED_ANYHOW.keys() == set()
    assert WHOLE or len(looked) >= len(NAMES)


def test_control_a_page_that_does_not_ask_is_seen(
    fuller: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = forms_of(client, [fuller.at("places:close")])["places:close"]
    monkeypatch.setattr("trustwide.engines.words.identifiers", lambda _text: [])
    assert asks_first(fuller, form) is False


def test_a_text_file_with_an_nhs_number_waits_for_a_yes(world: World, client: Client) -> None:
    path = f"/{world.trust.place.slug}/messages/{world.trust.records['messages'].pk}/files/"
    before, sent = table_contents(), {"key": str(uuid7())}
    refused = client.post(path, {**sent, "file": SimpleUploadedFile("calls.csv", f"ward,call\n7,{TOLD}".encode())})
    assert refused.status_code == 422
    assert f"“{NUMBER}” could tell who a patient is" in refused.text
    assert table_contents() == before
    tick = TICK.search(refused.text)
    assert tick
    again = {**sent, "file": SimpleUploadedFile("calls.csv", f"ward,call\n7,{TOLD}".encode()), "no_patient": tick[1]}
    assert client.post(path, again).status_code == 302
    plain = SimpleUploadedFile("calls.csv", b"ward,month,calls\n7,2025-03-01,12\n")
    assert client.post(path, {"key": str(uuid7()), "file": plain}).status_code == 302


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
