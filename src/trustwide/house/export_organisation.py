"""All that one organisation has, found by walking the tables: a new room is covered as soon as it has a table.

A table is the organisation's where it names one itself, or by what it belongs to. What is left out is listed here.
"""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import QuerySet

from trustwide import __version__
from trustwide.engines.sheets import write_csv
from trustwide.rooms.commons import files as kept_files
from trustwide.rooms.commons.models import File, KnownWord, Meaning, Notice, SearchText
from trustwide.rooms.devices.models import Arrival, Hand, Pin, Tries
from trustwide.rooms.gains.models import Answers
from trustwide.rooms.gains.queries import answers_of_enough
from trustwide.rooms.measures.models import Upload
from trustwide.rooms.notices.models import Choice
from trustwide.rooms.people.acts import record_act
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import OnceKey, Person, Visit
from trustwide.rooms.places.models import KeptSheet, Partnership, Place, RoleHeld

ROOMS = "trustwide.rooms."
Model = type[models.Model]
LEFT_OUT: dict[Model, str] = {
    OnceKey: "keys of forms that were saved",
    Visit: "people's own sessions",
    Notice: "each person's own, of what the records tell",
    SearchText: "made from the records",
    Meaning: "made from the records",
    KnownWord: "made from the records",
    Arrival: "keys of forms that were saved",
    Pin: "a person's own",
    Tries: "a mark of time",
    Hand: "a mark of time",
    Choice: "each person's own, of how they are told",
    KeptSheet: "files on their way in",
    Upload: "files on their way in",
}
#: What people gave on a promise that nobody sees whose it is. Its id stands in the audit beside who gave it, and its
#: moment and its place in a list would tell the same. With it, which of its rows are of so many that none is guessed.
NOBODYS: dict[Model, tuple[tuple[str, ...], Callable[[], QuerySet[Any]]]] = {
    Answers: (("id", "by", "at"), answers_of_enough),
}
#: What the export tells of somebody who never held a role there, such as who commented from a partner.
KNOWN_OF_OTHERS = ("id", "name")
#: Those that are found the other way round.
BACKWARDS: dict[Model, str] = {Partnership: "members__organisation"}
SECRET = re.compile(r"password|sealed|_hash$|token")
AT_ONCE = 2_000
README = """What {name} has in Trustwide {version}, as it was on {day}.

tables/   each table twice: as .csv for a spreadsheet and as .json for a program. Ids join them.
          people.person.* holds those who are named in the others: of who never held a role here, the name alone.
          Whose the answers in gains.answers.* are is not told: they were given alone. Dates and times are UTC.
files/    attached files; commons.file.* tells to which record each belongs.
contents.json tells how many rows each table has.

It holds names and what people wrote. Keep it where only those may read it who may read all of that.
"""


def tables() -> list[Model]:
    """Every table of every room that is some organisation's, people aside."""
    rooms = [each for each in apps.get_app_configs() if each.name.startswith(ROOMS)]
    found = [model for room in rooms for model in room.get_models(include_auto_created=True)]
    return [model for model in found if model not in LEFT_OUT and model is not Person]


@cache
def way_to_organisation(model: Model, seen: tuple[Model, ...] = ()) -> str:
    """How a table is joined to an organisation, as a filter names it; '' where it is not."""
    if model in BACKWARDS:
        return BACKWARDS[model]
    fields = [each for each in model._meta.concrete_fields if not _is_parent(each)]
    if any(each.name == "organisation" for each in fields):
        return "organisation"
    for field in fields:
        further = field.related_model
        if not isinstance(field, models.ForeignKey) or further in (Person, model) or further in seen:
            continue
        if way := way_to_organisation(further, (*seen, model)):
            return f"{field.name}__{way}"
    return ""


def _is_parent(field: Any) -> bool:
    return bool(field.remote_field and getattr(field.remote_field, "parent_link", False))


def rows_of(model: Model, organisation: Place) -> QuerySet[Any]:
    way = way_to_organisation(model)
    found = model._default_manager.filter(**{way: organisation.pk}).order_by("pk")
    if model in NOBODYS:
        found = found.filter(pk__in=NOBODYS[model][1]().values("pk")).order_by("?")
    return found.distinct() if model in BACKWARDS else found


@transaction.atomic
def record_export(*, organisation: Place) -> None:
    """That it was exported stands in its audit."""
    record_act(by=None, verb="exported", thing=organisation, organisation=organisation.pk)


def export_organisation(organisation: Place, file: Path) -> tuple[dict[str, int], int]:
    """Write the file, whole or not at all; the rows of each table and the number of attached files."""
    record_export(organisation=organisation)
    people: set[Any] = set()
    with tempfile.TemporaryDirectory(dir=file.resolve().parent, prefix=".export-") as folder:
        making = Path(folder) / "export.zip"
        with zipfile.ZipFile(making, "x", zipfile.ZIP_DEFLATED) as out:
            counts = {
                model._meta.label_lower: _add_table(out, Path(folder), model, rows_of(model, organisation), people)
                for model in tables()
            }
            named = Person.objects.filter(pk__in=people).order_by("pk")
            own = set(RoleHeld.objects.filter(place__organisation=organisation).values_list("person", flat=True))
            counts[Person._meta.label_lower] = _add_table(out, Path(folder), Person, named, set(), own)
            count = sum(_add_file(out, each) for each in rows_of(File, organisation))
            _add_contents(out, organisation, counts)
        making.chmod(0o600)
        making.replace(file)
    return counts, count


def _add_table(
    out: zipfile.ZipFile,
    folder: Path,
    model: Model,
    found: QuerySet[Any],
    people: set[Any],
    own: set[Any] | None = None,
) -> int:
    """One table, in one reading, as CSV and as JSON; those whom it names are added to `people`.

    With `own`, those whose rows are told whole; of the others it tells what it may of those.
    """
    fields = [each for each in model._meta.concrete_fields if _is_told(model, each.name)]
    names = [each.attname for each in fields]
    persons = [place for place, each in enumerate(fields) if each.related_model is Person]
    sheet, data, count = folder / "table.csv", folder / "table.json", 0
    with sheet.open("w", encoding="utf-8", newline="") as as_csv, data.open("w", encoding="utf-8") as as_json:
        as_csv.write("\ufeff" + write_csv([names]))
        as_json.write("[")
        for each in found.values_list(*names).iterator(chunk_size=AT_ONCE):
            row = each if own is None or each[names.index("id")] in own else _as_other(names, each)
            as_csv.write(write_csv([[_cell(value) for value in row]]))
            told = json.dumps(dict(zip(names, row, strict=True)), cls=DjangoJSONEncoder)
            as_json.write((",\n" if count else "\n") + told)
            people.update(row[place] for place in persons if row[place])
            count += 1
        as_json.write("\n]\n")
    out.write(sheet, f"tables/{model._meta.label_lower}.csv")
    out.write(data, f"tables/{model._meta.label_lower}.json")
    return count


def _as_other(names: list[str], row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(value if name in KNOWN_OF_OTHERS else None for name, value in zip(names, row, strict=True))


def _is_told(model: Model, name: str) -> bool:
    return not SECRET.search(name) and name not in NOBODYS.get(model, [()])[0]


def _cell(value: Any) -> Any:
    """What a spreadsheet shows: lists and objects as JSON, moments as they are written everywhere."""
    if isinstance(value, list | dict):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if hasattr(value, "isoformat") else value


def _add_file(out: zipfile.ZipFile, kept: File) -> int:
    """One attached file, under its id and its name; 0 where its bytes are lost."""
    name = re.sub(r"[^\w. -]", "_", kept.name)
    try:
        out.write(kept_files.where(kept.sha256), f"files/{kept.pk}/{name}")
    except FileNotFoundError:
        return 0
    return 1


def _add_contents(out: zipfile.ZipFile, organisation: Place, counts: dict[str, int]) -> None:
    day = f"{today():%-d %B %Y}"
    told = {"organisation": organisation.slug, "trustwide": __version__, "at": now(), "rows": counts}
    out.writestr("contents.json", json.dumps(told, indent=1, cls=DjangoJSONEncoder))
    out.writestr("README.txt", README.format(name=organisation.name, version=__version__, day=day))
