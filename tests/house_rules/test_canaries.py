"""Nothing of another trust is ever shown: each of its texts is a canary word, which no answer may hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import models
from django.template.loader import render_to_string
from django.test import Client

from tests.house_rules.canaries import (
    LEFT_OUT,
    LONGEST,
    NO_WORDS,
    SHAPES,
    STRUCTURE,
    WORD,
    Outsider,
    columns_of,
    label,
    leaks,
    our_models,
    tables,
)
from tests.house_rules.examples import Example
from tests.house_rules.world import ASKED, PARTS, World, by_name
from tests.makers import client_of, make_organisation, make_person
from tests.shares import PARTS as DATABASES
from tests.shares import in_share
from trustwide.rooms.commons import queries
from trustwide.rooms.commons.kinds import Kind
from trustwide.rooms.commons.models import Link, RecordQuerySet
from trustwide.rooms.devices.parts import BoardPart, parts
from trustwide.rooms.experiments.models import Experiment
from trustwide.rooms.notices.sending import send_email
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.actions_partnership import agree, ask_in, make_partnership
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import Reach, reach_of

SAMPLE = 32
#: What the outsider's texts hold and ours do too, so that a search finds both where there is no wall.
QUESTIONS = ("tried", "went well", "riverside", "manager", "ward", "fil", "board")


def visitors(world: World) -> dict[str, Person | None]:
    above = make_person("Group executive", "executive", world.trust.place.parent)
    return {"everyone": world.trust.everyone, **world.trust.people, "group": above, "no role": make_person("None")}


def own(world: World) -> list[str]:
    """The pages of one's own trust, and what they say when they are asked for something."""
    paths = [*world.pages(ASKED), *(f"/search/?q={each.replace(' ', '+')}" for each in QUESTIONS)]
    joins = [each for each in paths if each.rstrip("/").endswith(str(world.trust.records["messages"].pk))]
    return paths + [f"{each}?join=tried" for each in joins] + [f"{each}?format=xlsx" for each in exports(paths)]


def exports(paths: list[str]) -> list[str]:
    return [each for each in paths if each.endswith("/export/")]


def names_something(example: Example) -> bool:
    return bool(example.parts) and example.signed_in and not by_name()[example.name].policy.public


def theirs(world: World, outsider: Outsider) -> list[str]:
    """Each address of the outsider's, and each thing of the outsider's under our own address."""
    named = [each for each in ASKED if names_something(each) and set(each.parts) & PARTS.keys()]
    paths = [outsider.world.path(each, outsider.world.trust) for each in named]
    ours, other = (f"/{each.trust.place.slug}/" for each in (world, outsider.world))
    moved = [path.replace(other, ours) for path in paths if path.count("-") > 3]
    return [*paths, *(f"{each}?format=xlsx" for each in exports(paths)), *(each for each in moved if WORD not in each)]


def asked_by(who: str, path: str) -> bool:
    """Every second address as one with every role, and as others one in 32; all of them in the full run."""
    return in_share(f"{who} {path}", one_in=2 if who == "everyone" else SAMPLE)


def test_every_table_of_words_was_given_canaries(world: World, outsider: Outsider) -> None:
    columns = [f"{each._meta.label_lower}.{text.name}" for each in tables() for text in columns_of(each)]
    rows = sum(outsider.marked.values())
    print(f"{len(tables())} tables with {len(columns)} columns of words, {rows} canaries")
    assert [each for each in columns if not outsider.marked.get(each)] == []


def test_nothing_is_left_out_by_a_name_that_people_write_under() -> None:
    """Each column that gets no canary is named with its table, and is too short for a sentence or has a shape."""
    found = {label(each): each for model in our_models() for each in model._meta.local_fields}
    assert LEFT_OUT - found.keys() == set(), "these are no columns"
    assert too_long({name: found[name] for name in STRUCTURE}) == []
    assert {name for name in SHAPES if type(found[name]) not in (models.CharField, models.TextField)} == set()


def too_long(columns: dict[str, Any]) -> list[str]:
    return [name for name, each in columns.items() if not each.max_length or each.max_length > LONGEST]


def test_control_a_column_of_words_may_not_be_left_out() -> None:
    assert too_long(
        {label(each): each for each in (Experiment._meta.get_field("what"), Link._meta.get_field("meaning"))}
    ) == ["experiments.Experiment.what"]


def test_what_gets_no_canary_holds_what_it_says(world: World, outsider: Outsider) -> None:
    """Nothing that was typed of the outsider's came into it: it fits its shape, and JSON has no canary."""
    found, count = [], Counter[str]()
    for name in sorted({*SHAPES, *NO_WORDS}):
        table, column = name.rsplit(".", 1)
        for value in apps.get_model(table)._base_manager.values_list(column, flat=True):
            count[name] += 1
            said = json.dumps(value) if name in NO_WORDS else value or ""
            if WORD in said or not re.fullmatch(SHAPES.get(name, r"(?s:.*)"), said):
                found.append(f"{name}: {said}")
    print(f"{count.total()} values of {len(count)} of {len(SHAPES) + len(NO_WORDS)} columns")
    assert len(count) > 15
    assert found == []


def test_no_page_of_ones_own_holds_a_canary(world: World, outsider: Outsider, forget: Any) -> None:
    found, asked = [], Counter[str]()
    for who, person in visitors(world).items():
        client = client_of(person)
        for path in filter(lambda path: asked_by(who, path), own(world)):
            answer = client.get(path)
            asked[str(answer.status_code)] += 1
            found += [f"{who} {path}: {each}" for each in leaks(answer, path)]
    print(f"{asked.total()} pages of our own, {dict(asked)}: {len(found)} canaries")
    assert asked["200"] > 75 // DATABASES
    assert found == []


@pytest.fixture
def both(world: World, outsider: Outsider) -> Client:
    """Of somebody who works in both trusts, in every role."""
    person = make_person("Works in both")
    for trust, role in product((world.trust.place, outsider.world.trust.place), ROLES):
        give_role(by=None, person=person, role=role, place=trust)
    return client_of(person)


def test_a_page_of_one_trust_tells_whoever_works_in_both_nothing_of_the_other(
    world: World, both: Client, forget: Any
) -> None:
    """Each query of a page asks for the trust that its address names, and does not lean on what its reader may read."""
    paths = [each for each in own(world) if each.startswith(f"/{world.trust.place.slug}/") and "?join=" not in each]
    answers = {path: both.get(path) for path in paths if in_share(f"both {path}", one_in=4)}
    found = [f"{path}: {each}" for path, answer in answers.items() for each in leaks(answer, path)]
    print(f"{len(answers)} pages of our own, read by somebody of both trusts: {len(found)} canaries")
    assert found == []


def test_control_a_list_of_all_that_its_reader_may_read_is_seen(
    world: World, both: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_of_them(person: Person, _organisation: Place, kind: Kind, _asked: dict[str, str]) -> Any:
        return kind.model.objects.visible_to(person).select_related("place", "owner", "organisation")

    path = f"/{world.trust.place.slug}/messages/"
    assert leaks(both.get(path), path) == []
    monkeypatch.setattr(queries, "records_in", all_of_them)
    assert leaks(both.get(path), path) != []


def test_nothing_of_the_outsiders_is_found_by_its_address(world: World, outsider: Outsider) -> None:
    found, open_, asked = [], [], Counter[int]()
    paths, strange = theirs(world, outsider), outsider.world.trust.place.slug
    for who, person in visitors(world).items():
        client = client_of(person, raise_request_exception=False)
        for path in filter(lambda path: asked_by(who, path), paths):
            for ask in (client.get, client.post) if asked_by("posting", path) else (client.get,):
                answer = ask(path)
                asked[answer.status_code] += 1
                found += [f"{who} {path}: {each}" for each in leaks(answer, path)]
                refused = {404, 405} if f"/{strange}/" in path else {403, 404, 405}  # our own gate may come first
                open_ += [f"{who} {ask.__name__} {path}"] if answer.status_code not in refused else []
    print(f"{len(paths)} addresses, {asked.total()} asked for, {dict(asked)}: {len(found)} canaries")
    assert found == []
    assert open_ == []


def test_no_part_of_a_board_tells_partners_what_was_not_shared(world: World, outsider: Outsider) -> None:
    theirs, partner = outsider.world.trust, make_organisation("Partner of Riverside")
    partnership = make_partnership(by=None, organisation=theirs.place, name="Borough")
    agree(by=None, member=ask_in(by=None, organisation=theirs.place, partnership=partnership, other=partner.name))
    reader = make_person("Partner", "staff", partner)
    assert reach_of(reader).can_read_place(theirs.ward)
    told = {
        who: [part.key for part in parts() if WORD in as_shown(part, theirs.ward.pk, who)] for who in (reader, None)
    }
    print(f"{len(parts())} parts of a board; on the wall {len(told[None])} tell something, here {len(told[reader])}")
    assert told[reader] == []
    assert {"today", "thanks", "measures"} <= set(told[None]), "control"


def as_shown(part: BoardPart, team: Any, person: Person | None) -> str:
    """One part of a board as it is for somebody, and how old the board is said to be."""
    shown = part.shows(Place.objects.select_related("organisation").get(pk=team), person)
    return render_to_string(part.template, {"shown": shown, "links": person is not None, "lists": False})


def test_no_letter_holds_a_canary(world: World, outsider: Outsider, settings: Any) -> None:
    settings.DEMO = False
    for person in [world.trust.everyone, *world.trust.people.values()]:
        send_email.func(person=str(person.pk), day=today().isoformat())
    told = [f"{each.message()}" for each in mail.outbox]
    print(f"{len(told)} letters")
    assert told
    assert [each for each in told if WORD in each] == []


CONTROLS = {
    "places": (Reach, "can_read_place", lambda self, place: True),
    "records": (RecordQuerySet, "visible_to", lambda self, person: self.all()),
}


@pytest.mark.parametrize("wall", CONTROLS)
def test_control_without_a_wall_canaries_are_found(
    world: World, outsider: Outsider, wall: str, monkeypatch: pytest.MonkeyPatch, forget: Any
) -> None:
    monkeypatch.setattr(*CONTROLS[wall])
    client, place = Client(), outsider.world.trust.place.slug
    client.force_login(world.trust.everyone)
    paths = {"places": [f"/{place}/measures/", f"/{place}/places/"], "records": ["/search/?q=tried"]}[wall]
    found = [each for path in paths for each in leaks(client.get(path), path)]
    print(f"without the wall of {wall}: {len(found)} canaries, such as {found[:1]}")
    assert found
