"""Canary words: every text of a look-alike trust carries one, so that one search of any answer finds any leak.

The texts are found from the models: a new table, or a new column of one, is marked without being named here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.db import IntegrityError, models, transaction
from pypdf import PdfReader

from tests.house_rules.trusts import make_trust
from tests.house_rules.world import World, world_of
from tests.makers import make_invitation
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import Version
from trustwide.rooms.people.actions import begin_visit
from trustwide.rooms.places.actions import rename_place

WORD = "zq7kwvxq"  # so long that no key made of random letters ever holds it
#: Columns of text that the program reads, not people: keys, roles, stages, parts of addresses; none holds a sentence.
STRUCTURE = {
    *("commons.Link.meaning", "commons.Notice.what", "commons.Record.kind", "commons.Record.stage"),
    *("commons.Version.stage", "decisions.Decision.role", "decisions.Step.what", "escalation.Step.what"),
    *("measures.Measure.assurance", "measures.Measure.computed", "measures.Measure.variation"),
    *("people.AuditRow.kind", "people.AuditRow.related", "people.AuditRow.thing", "people.AuditRow.verb"),
    *("people.IdentityProvider.slug", "people.Invitation.role", "people.Visit.session_key"),
    *("places.Partnership.slug", "places.Place.slug", "places.PlaceChange.old_slug"),
}
LONGEST = 60  # of those
#: Longer ones, each with the shape of all that it holds: hashes, seals, paths and kinds of file.
SHAPES = {
    "commons.File.content_type": r"[a-z]+/[-.+a-z0-9]+",
    "commons.File.sha256": r"[0-9a-f]{64}",
    "devices.Device.code_hash": r"([0-9a-f]{64})?",
    "devices.Device.token_hash": r"([0-9a-f]{64})?",
    "devices.Pin.sealed": r"[-\w=:.$+/]+",
    "escalation.Item.code_hash": r"([0-9a-f]{64})?",
    "notices.Channel.sealed_address": r"[-\w=:.$+/]+",
    "people.Invitation.token_hash": r"[0-9a-f]{64}",
    "people.OnceKey.answer": r"[-\w/]*",
    "people.Person.password": r"[!\w$+/=]+",
    "places.Place.path": r"[0-9a-z./-]+",
    "purpose.Objective.wording": r"[0-9a-f]*",
    "resources.Agreement.wording": r"[0-9a-f]*",
}
#: Columns of JSON that hold no words: names of fields, keys, ids and numbers.
NO_WORDS = {
    *("people.AuditRow.fields", "people.IdentityProvider.domains", "notices.Choice.ways", "notices.Channel.kinds"),
    *("purpose.DocumentCheck.found", "ideas.Support.words", "projects.Rigour.asks", "gains.Answers.given"),
}
Column = models.Field[Any, Any]
LEFT_OUT = {*STRUCTURE, *SHAPES}
#: Tables of the whole installation, which stand at no place.
NO_PLACE = {"people.IdentityProvider", "commons.KnownWord"}


def texts_of(model: type[models.Model]) -> list[Column]:
    """The columns of a table in which people, or what they sent, can write words."""
    typed = [each for each in model._meta.local_fields if isinstance(each, models.CharField | models.TextField)]
    known = {each.name for each in model._meta.constraints}  # of a choice that the database keeps: places.models.one_of
    free = [each for each in typed if f"{model._meta.model_name}_{each.name}_known" not in known]
    return [each for each in free if not each.choices and not each.primary_key and label(each) not in LEFT_OUT]


def label(column: Column) -> str:
    return f"{column.model._meta.label}.{column.name}"


def json_texts_of(model: type[models.Model]) -> list[Column]:
    """The columns of JSON in which people's words stand."""
    found = [each for each in model._meta.local_fields if isinstance(each, models.JSONField)]
    return [each for each in found if label(each) not in NO_WORDS]


def columns_of(model: type[models.Model]) -> list[Column]:
    return [*texts_of(model), *json_texts_of(model)]


def tables() -> list[type[models.Model]]:
    """Our own tables that hold somebody's words."""
    return [each for each in our_models() if columns_of(each) and each._meta.label not in NO_PLACE]


def our_models() -> list[type[models.Model]]:
    return [each for each in apps.get_models() if each.__module__.startswith("trustwide.")]


def written(row: models.Model, word: Callable[[Column, Any], str]) -> dict[str, Any]:
    """What a row would hold with such a word in each of its texts, given the column and what stands there."""
    said: dict[str, Any] = {each.name: word(each, getattr(row, each.attname)) for each in texts_of(type(row))}
    for column in json_texts_of(type(row)):
        said[column.name] = {
            key: word(of, value) if (of := _text_of(row, key, column)) and isinstance(value, str) else value
            for key, value in getattr(row, column.name).items()
        }
    return {name: value for name, value in said.items() if value}


def _text_of(row: Any, key: str, column: Column) -> Column | None:
    """The column whose text stands under a key: of a version that of its record, where people write it."""
    if not isinstance(row, Version):
        return column
    kind = KINDS[row.record.kind]
    of = kind.model._meta.get_field(key)
    return of if key in kind.typed and isinstance(of, models.CharField | models.TextField) else None


@dataclass
class Outsider:
    """A trust like ours, of another group, every text of which is a canary; `marked` by table and column."""

    world: World
    marked: dict[str, int] = field(default_factory=dict)


def make_outsider(ours: World) -> Outsider:
    """All that its making wrote is marked, whatever the table."""
    before = {each: set(each._base_manager.values_list("pk", flat=True)) for each in tables()}
    trust = make_trust("Riverside", word=f" {WORD}")
    world = replace(world_of(trust, 4), open_data=ours.open_data)
    make_invitation(trust.everyone, trust.place, f"{WORD}@example.org")
    begin_visit(person=trust.everyone, session_key="of-riverside", device="a browser")
    rename_place(by=None, place=trust.ward, name=f"Ward 9 {WORD}")
    trust.ward.refresh_from_db()
    made = Outsider(world)
    for model, known in before.items():
        new = model._base_manager.exclude(pk__in=known)
        for number, row in enumerate(list(new)):
            said = written(row, lambda column, before, number=number: _marked(column, before, number))
            for name in _mark(model, row, said):
                key = f"{model._meta.label_lower}.{name}"
                made.marked[key] = made.marked.get(key, 0) + 1
    return made


def _mark(model: type[models.Model], row: models.Model, said: dict[str, str]) -> list[str]:
    """Write the canaries into a row; the columns that then hold one.

    Where a rule of the database binds columns together, each is tried alone, and one that may not change holds the
    word that its making gave it, or nothing.
    """
    rows = model._base_manager.filter(pk=row.pk)
    try:
        with transaction.atomic():
            rows.update(**said)
            return list(said)
    except IntegrityError:
        return [name for name, value in said.items() if _mark_one(rows, row, name, value)]


def _mark_one(rows: Any, row: models.Model, name: str, value: str) -> bool:
    try:
        with transaction.atomic():
            rows.update(**{name: value})
    except IntegrityError:
        before = str(getattr(row, name))
        assert not before or WORD in before, f"{row._meta.label}.{name} holds {before!r}, which no canary marks"
        return bool(before)
    return True


def _marked(column: Any, before: Any, number: int) -> str:
    """What stood there, so that it is found by its words, and the canary: its own word for each row."""
    word, most = f"{WORD}-{column.model._meta.model_name}-{column.name}-{number}", column.max_length or 10_000
    if most < 30:
        return f"{WORD}{number}"[:most]
    if isinstance(column, models.EmailField):
        return f"{word}@example.org"
    whole = f"{before or ''} {word}".strip()
    return whole if len(whole) <= most else word[:most]


def leaks(response: Any, path: str) -> list[str]:
    """Each canary in an answer: its headers, its body, and what is packed into it; the address asked for aside."""
    told = "\n".join([*(f"{name}: {value}" for name, value in response.headers.items()), *_bodies(response)])
    for asked in (path, quote(path), quote(path, safe="")):
        told = told.replace(asked, "")
    return [told[max(0, at - 40) : at + 60] for at in _places(told.lower())]


def _places(told: str) -> Iterator[int]:
    at = told.find(WORD)
    while at >= 0:
        yield at
        at = told.find(WORD, at + 1)


def _bodies(response: Any) -> Iterator[str]:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    yield body.decode("utf-8", "replace")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as parts:
            yield from (parts.read(each).decode("utf-8", "replace") for each in parts.namelist())
    if body.startswith(b"%PDF"):
        pdf = PdfReader(BytesIO(body))
        yield from (page.extract_text() for page in pdf.pages)
        yield str(pdf.metadata)
