"""One maker per kind of thing: each makes a good one; a test names only what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

import numpy as np
from django.db.models import CharField, DateField, Field, ForeignKey, TextField
from django.test import Client
from django_tasks_db.models import DBTaskResult

from trustwide.engines.spc.model import Batch, Settings
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.front_lines import lines_for
from trustwide.rooms.commons.kinds import Kind, kind_at
from trustwide.rooms.commons.models import DRAFT, Record
from trustwide.rooms.jobs.queue import later
from trustwide.rooms.measures import actions
from trustwide.rooms.measures.computed import Number
from trustwide.rooms.measures.models import Measure, MeasureSet, Upload
from trustwide.rooms.measures.open_data import SOURCE, WAITS
from trustwide.rooms.measures.open_data import TITLE as OPEN_DATA_TITLE
from trustwide.rooms.notices.posting import post_greeting
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import add_place
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.invitations import invite
from trustwide.rooms.places.models import Place

SPREADSHEET = "measure,date,value,target\n" + "".join(
    f"Falls,01/{month:02}/{year},{12 + (month * 7 + year) % 5},\n" for year in (2017, 2018) for month in range(1, 13)
)


def make_batch(measures: int = 6, points: int = 24, settings: list[Settings] | None = None) -> Batch:
    """Invented measures of monthly points: steady, rising, falling and stepped in turn, each third with a target."""
    number = np.repeat(np.arange(measures), points)
    month = np.tile(np.arange(points), measures)
    wobble = (number * 13 + month * 7) % 5 - 2.0
    path = np.select([number % 4 == 1, number % 4 == 2, number % 4 == 3], [month, -month, 6 * (month > points // 2)], 0)
    targets = [90.0 if each % 3 == 0 else None for each in range(measures)]
    return Batch(
        names=[f"Measure {each + 1}" for each in range(measures)],
        settings=settings or [Settings(target=target) for target in targets],
        offsets=np.arange(measures + 1, dtype=np.int64) * points,
        dates=(np.datetime64("2017-04") + month).astype("datetime64[s]"),
        values=85 + wobble + path,
        targets=np.array([np.nan if target is None else target for target in targets]).repeat(points),
    )


def make_report(
    title: str = "Board report",
    measures: int = 6,
    points: int = 24,
    *,
    at: Place | None = None,
    by: Person | None = None,
) -> MeasureSet:
    at, by = _reporter(at, by)
    batch = make_batch(measures, points)
    return actions.make_report(by=by, organisation=at, title=title, batch=batch, source="measures.csv")


def _reporter(at: Place | None, by: Person | None) -> tuple[Place, Person]:
    """An organisation, and an analyst of it, where a test does not name them."""
    at = at or Place.objects.filter(level="organisation").first() or make_organisation()
    by = by or Person.objects.filter(roles__role="analyst", roles__place=at).first()
    return at, by or make_person(f"Ana of {at.slug}", "analyst", at)


def make_open_data(organisations: int = 6, points: int = 24) -> MeasureSet:
    """Invented organisations O1, O2 … in place of the data that ships, each with its waits."""
    batch = make_batch(organisations, points, [Settings(target=95.0)] * organisations)
    batch.names[:] = [WAITS] * organisations  # type: ignore[index]
    labels = [
        {"org_code": f"O{each}", "org_name": f"Hospital {each}", "unit": "%"} for each in range(1, organisations + 1)
    ]
    return actions.save_open_data(title=OPEN_DATA_TITLE, batch=batch, source=SOURCE, labels=labels)


def make_upload(
    name: str = "measures.csv",
    content: bytes = SPREADSHEET.encode(),
    *,
    at: Place | None = None,
    by: Person | None = None,
) -> Upload:
    at, by = _reporter(at, by)
    return actions.keep_upload(by=by, organisation=at, name=name, content=content)


def make_described_upload(*, at: Place | None = None, by: Person | None = None) -> Upload:
    """An upload whose columns are understood: the next step asks about its measures."""
    upload = make_upload(at=at, by=by)
    columns = {"series": "measure", "date": "date", "value": "value"}
    actions.describe_upload(by=upload.by, upload=upload, title="Board report", chart="xmr", columns=columns)
    return upload


def make_person(name: str = "Alice", role: str = "", place: Place | None = None, password: str | None = None) -> Person:
    """A person, with a role at a place if one is named. A password takes a tenth of a second, so most have none."""
    address = f"{name.lower().replace(' ', '.')}@example.org"
    person = Person.objects.create_user(address, name, password)
    if role and place:
        give_role(by=None, person=person, role=role, place=place)
    return person


def client_of(person: Person, **options: Any) -> Client:
    """A browser in which somebody is signed in."""
    client = Client(**options)
    client.force_login(person)
    return client


def make_organisation(name: str = "St Bride's", group: Place | None = None, kind: str = "nhs-trust") -> Place:
    return add_place(by=None, level="organisation", name=name, parent=group, kind=kind)


def make_group(name: str = "Three Rivers") -> Place:
    return add_place(by=None, level="group", name=name)


def make_directorate(organisation: Place, name: str = "Medicine") -> Place:
    return add_place(by=None, level="directorate", name=name, parent=organisation)


def make_team(organisation: Place, name: str = "Ward 7", kind: str = "clinical") -> Place:
    return add_place(by=None, level="team", name=name, parent=organisation, kind=kind)


def make_invitation(by: Person, place: Place, email: str, role: str = "staff") -> str:
    """The link of it, as its letter tells it."""
    return invite(by=by, email=email, role=role, place=place, address="/welcome/token/").link


def read_by(person: Person) -> set[str]:
    """The titles of all that the person may read, as their next request would find it."""
    person.__dict__.pop("_reach", None)
    return set(Record.objects.visible_to(person).values_list("title", flat=True))


def said_on_front(person: Person, place: Place, words: str) -> list[str]:
    """The lines with those words that stand on their next front page, about a place."""
    said = lines_for(Person.objects.get(pk=person.pk), place)
    lines = [f"{each.words}: {each.beside}" for area in said.values() for each in area]
    return [each for each in lines if words in each]


def make_job(organisation: Place, **more: Any) -> DBTaskResult:
    """A job of an organisation: a greeting to a channel that is not there, so that it does nothing."""
    number = later(post_greeting, of=organisation.pk, channel=str(organisation.pk))
    DBTaskResult.objects.filter(pk=number).update(**more)
    return DBTaskResult.objects.get(pk=number)


def make_message(by: Person, organisation: Place, stage: str = "posted", **fields: str) -> Record:
    """A message from an executive: the smallest kind of record."""
    kind = kind_at("messages")
    assert kind
    typed = {"title": "A good week", "text": "The porters found a faster way.", **fields}
    number = add_record(by=by, kind=kind, place=organisation, fields=typed, stage=stage)
    return kind.model.objects.select_related("place", "organisation", "owner").get(pk=number)


def make_record(kind: Kind, by: Person, place: Place, *, canary: bool = False, **fields: Any) -> Record:
    """A record of any kind, filled from the fields of its model, so that a new kind needs no maker of its own."""
    given = {**filled(kind, by, place, canary=canary), **fields}
    open_to_all = next(each.key for each in kind.stages if each.key != DRAFT)
    number = add_record(by=by, kind=kind, place=place, fields=given, stage=given.pop("stage", open_to_all))
    return kind.model.objects.select_related("place__organisation", "organisation", "owner").get(pk=number)


def filled(kind: Kind, by: Person, place: Place, *, canary: bool = False) -> dict[str, Any]:
    """What a form of that kind would say: every text, and whatever else may not be left out."""
    shared = {each.name for each in Record._meta.local_fields} - {"title"}
    fields = [each for each in kind.model._meta.concrete_fields if each.editable and each.name not in shared]
    told = {each.name: _value(each, kind, by, place, canary=canary) for each in fields if not each.primary_key}
    return {name: value for name, value in told.items() if value is not None}


def _value(field: Field[Any, Any], kind: Kind, by: Person, place: Place, *, canary: bool) -> Any:
    """None where the model knows what to put there itself."""
    if field.has_default() or field.choices:
        return None
    if isinstance(field, CharField | TextField):
        return canary_word(kind, field.name)[: field.max_length] if canary else f"A {field.verbose_name}"
    if field.null:
        return None
    if isinstance(field, ForeignKey):
        return {Person: by, Place: place}[field.related_model]
    return today() if isinstance(field, DateField) else 1


def canary_word(kind: Kind, field: str) -> str:
    """A word that no page, row or letter may show where its record may not be seen."""
    return f"zq7-{kind.model._meta.model_name}-{field}"


def make_measure(by: Person, place: Place, title: str = "Falls", **fields: object) -> Measure:
    kind = kind_at("measures")
    assert kind
    typed = {"title": title, "improvement": "decrease", **fields}
    number = add_record(by=by, kind=kind, place=place, fields=typed)
    return Measure.objects.select_related("place", "organisation", "owner").get(pk=number)


def make_numbers(by: Person, measure: Measure, values: Iterable[float]) -> None:
    """A number for each month from January 2025."""
    days = (date(2025 + month // 12, month % 12 + 1, 1) for month in count())
    numbers = [Number(day, float(value)) for day, value in zip(days, values, strict=False)]
    actions.record_numbers(by=by, measure=measure, numbers=numbers)


def send_form(client: Any, path: str, typed: dict[str, Any]) -> Any:
    """Post what is typed with what its page says it was opened on, as a browser does."""
    return client.post(path, {"seen": opened_on(client.get(path).text), **typed})


def opened_on(page: str) -> str:
    """The mark of what stood there when a form was shown."""
    return re.findall(r'type="hidden" name="seen" value="([^"]*)"', page)[0]
