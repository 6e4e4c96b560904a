"""Lists of records as spreadsheets whose cells cannot run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from trustwide.engines.sheets import write_csv, write_xlsx
from trustwide.rooms.commons.kinds import Kind

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_spreadsheet(kind: Kind, records: Iterable[Any], form: str) -> HttpResponse:
    """CSV, or XLSX where it is asked for; one row a record."""
    rows = list(_rows(kind, records))
    if form == "xlsx":
        response = HttpResponse(write_xlsx(rows, title=str(kind.many)[:31]), content_type=XLSX)
    else:
        response = HttpResponse("\ufeff" + write_csv(rows), content_type="text/csv; charset=utf-8")
    ending = "xlsx" if form == "xlsx" else "csv"
    response["Content-Disposition"] = f'attachment; filename="{kind.address}.{ending}"'
    return response


def _rows(kind: Kind, records: Iterable[Any]) -> Iterator[list[Any]]:
    names = [name for name in kind.typed if name != "title"]
    labels = [str(kind.model._meta.get_field(name).verbose_name).capitalize() for name in names]
    yield [
        _("Title"),
        _("Place"),
        _("Stage"),
        _("Owner"),
        _("Added"),
        _("Changed"),
        *labels,
        *(str(words) for words, _tells in kind.columns),
    ]
    for record in records:
        when = [localtime(record.created_at).date(), localtime(record.updated_at).date()]
        owner = record.owner.name if record.owner else ""
        typed = [getattr(record, name) for name in names]
        told = [tells(record) for _words, tells in kind.columns]
        yield [record.title, record.place.name, str(kind.stage(record.stage).name), owner, *when, *typed, *told]
