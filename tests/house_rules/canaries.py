"""Canary words: every text of a look-alike trust carries one, so that one search of any answer finds any leak.

The texts are found from the models: a new table, or a new column of one, is marked without being named here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
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
from trustwide.rooms.people.actions import begin_visit
from trustwide.rooms.places.actions import rename_place

WORD = "zq7kwvxq"  # so long that no key made of random letters ever holds it
#: Columns of text that the program reads, not people: keys, addresses, hashes and sealed secrets.
STRUCTURE = {
    *("answer", "change", "code_hash", "computed", "content_type", "kind", "meaning", "old_slug", "password", "path"),
    *("rhythm", "role", "sealed", "sealed_address", "session_key", "sha256", "side", "slug", "stage", "token_hash"),
    *("assurance", "variation", "verb", "thing", "related", "what", "wording"),
}
#: Tables of the whole installation, which stand at no place.
NO_PLACE = {"people.IdentityProvider", "commons.KnownWord"}


def texts_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a table in which people, or what they sent, can write words."""
    written = [each for each in model._meta.local_fields if isinstance(each, models.CharField | models.TextField)]
    known = {each.name for each in model._meta.constraints}  # of a choice that the database keeps: places.models.one_of
    free = [each for each in written if f"{model._meta.model_name}_{each.name}_known" not in known]
    return [each for each in free if not each.choices and each.name not in STRUCTURE and not each.primary_key]


def tables() -> list[type[models.Model]]:
    """Our own tables that hold somebody's words."""
    ours = [each for each in apps.get_models() if each.__module__.startswith("trustwide.")]
    return [each for each in ours if texts_of(each) and each._meta.label not in NO_PLACE]


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
            said = {each.name: _marked(model, each, getattr(row, each.attname), number) for each in texts_of(model)}
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
        before = getattr(row, name)
        assert not before or WORD in before, f"{row._meta.label}.{name} holds {before!r}, which no canary marks"
        return bool(before)
    return True


def _marked(model: type[models.Model], column: Any, before: Any, number: int) -> str:
    """What stood there, so that it is found by its words, and the canary: its own word for each row."""
    word, most = f"{WORD}-{model._meta.model_name}-{column.name}-{number}", column.max_length or 10_000
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
