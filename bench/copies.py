"""The demo group with its directorates, teams, people, records and links many times over, by rows in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

#: What has to differ from one copy to the next, as SQL is given it.
UNLIKE = {
    ("Person", "email"): "{0}.{1}",
    ("Place", "slug"): "{1}-{0}",
    ("Item", "code_hash"): "{0}.{1:.50}",
}


class Copies:
    """What stands below the demo's trusts, read once and written as often as asked: the demo as `--scale` tells it.

    The numbers of measures and the history of records are left out: neither page that is measured reads them.
    """

    def __init__(self) -> None:
        from trustwide.rooms.commons.models import Comment, Record
        from trustwide.rooms.places.demo import TRUSTS
        from trustwide.rooms.places.models import DIRECTORATE, SERVICE, TEAM, Place, RoleHeld

        below = Place.objects.filter(level__in=(DIRECTORATE, SERVICE, TEAM), organisation__name__in=TRUSTS)
        self.places = list(below.exclude(kind__in=("board", "peoples-voice")).values_list("pk", flat=True))
        self.people = list(RoleHeld.objects.filter(place__in=self.places).values_list("person", flat=True).distinct())
        self.records = list(Record.objects.filter(place__in=self.places).values_list("pk", flat=True))
        self.comments = list(Comment.objects.filter(record__in=self.records).values_list("pk", flat=True))
        self.tables = [Rows(model, kept) for model, kept in self._kept()]
        self.scale = 1

    def _kept(self) -> Iterator[tuple[Any, dict[str, Any]]]:
        """The tables, and which rows of each."""
        from trustwide.rooms.commons.kinds import KINDS
        from trustwide.rooms.commons.models import Comment, Link, Record
        from trustwide.rooms.people.models import Person
        from trustwide.rooms.places.models import Place, RoleHeld
        from trustwide.rooms.purpose.models import Round

        yield Place, {"pk__in": self.places}
        yield Person, {"pk__in": self.people}
        yield RoleHeld, {"place__in": self.places}
        for model in (Record, *(kind.model for kind in KINDS.values())):
            yield model, {"pk__in": self.records}
        yield Comment, {"pk__in": self.comments}
        yield Link, {"start__in": self.records}
        yield Round, {"objective__in": self.records}

    def grow_to(self, scale: int) -> None:
        """Add copies until the group is so many times its size."""
        from django.db import connection, transaction

        with transaction.atomic():
            for number in range(self.scale, scale):
                new = {each: uuid4() for each in (*self.places, *self.people, *self.records, *self.comments)}
                for table in self.tables:
                    table.write(new, number)
        self.scale = scale
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # as it does by itself within minutes of such a load; SQLite never does


class Rows:
    """Rows of one table, as the database keeps them."""

    def __init__(self, model: Any, kept: dict[str, Any]) -> None:
        from django.db import connection, models

        self.name = model.__name__
        self.fields = [each for each in model._meta.local_concrete_fields if not isinstance(each, models.AutoField)]
        self.rows = list(model.objects.filter(**kept).order_by().values_list(*[each.attname for each in self.fields]))
        quote = connection.ops.quote_name
        columns = ", ".join(quote(each.column) for each in self.fields)
        values = ", ".join(["%s"] * len(self.fields))
        self.insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({values})"  # noqa: S608 (our own names)

    def write(self, new: dict[UUID, UUID], number: int) -> None:
        """Add them once more, with the new ids that what they are or name has got."""
        from django.db import connection

        paths = {old.hex: copy.hex for old, copy in new.items()} if self.name == "Place" else {}
        with connection.cursor() as cursor:
            cursor.executemany(self.insert, [self._row(each, new, paths, number) for each in self.rows])

    def _row(self, row: tuple[Any, ...], new: dict[UUID, UUID], paths: dict[str, str], number: int) -> list[Any]:
        from django.db import connection

        found = []
        for field, value in zip(self.fields, row, strict=True):
            if isinstance(value, UUID):
                value = new.get(value) or (uuid4() if field.primary_key else value)
            elif value is not None and (self.name, field.attname) in UNLIKE:
                value = UNLIKE[self.name, field.attname].format(number, value)
            elif paths and field.attname == "path":
                value = "/".join(paths.get(part, part) for part in value.split("/"))
            found.append(field.get_db_prep_save(value, connection))
        return found
