"""Rows that are inserted together are as Django's own bulk_create leaves them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from tests.makers import make_organisation, make_person
from trustwide.rooms.commons.kinds import kind_at
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.inserting import insert_all, write_again
from trustwide.rooms.people.models import AuditRow

MOMENT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def rows(by: Any) -> list[AuditRow]:
    """What stands in the row before, and what does not: a number, no number, a list, a moment on either side."""
    told: dict[str, Any] = {"verb": "changed", "kind": "messages.message", "at": MOMENT}
    return [
        AuditRow(by=by, thing="1", fields=["title", "naïve “words”"], **told),
        AuditRow(by=by, thing="1", fields=[], organisation=UUID(int=7), **told),
        AuditRow(by=None, thing="2", organisation=UUID(int=7), **told | {"at": MOMENT + timedelta(hours=1)}),
    ]


def test_they_are_as_bulk_create_leaves_them(db: None) -> None:
    by, before = make_person(), AuditRow.objects.count()
    AuditRow.objects.bulk_create(rows(by))
    insert_all(rows(by))
    names = [each.attname for each in AuditRow._meta.concrete_fields if each.attname != "id"]
    found = list(AuditRow.objects.order_by("pk").values_list(*names)[before:])
    assert found[:3] == found[3:]
    assert len(found) == 6
    insert_all([])


def test_a_kind_of_record_has_its_row_in_both_tables(db: None) -> None:
    trust, kind = make_organisation(), kind_at("messages")
    chief = make_person("Alice", "executive", trust)
    moments = {"created_at": MOMENT, "updated_at": MOMENT, "created_by": chief, "updated_by": chief}
    assert kind
    shared = {"kind": kind.key, "place": trust, "organisation": trust, "stage": "posted", **moments}
    made = [kind.model(title=title, text=title * 2, **shared) for title in ("Falls", "Waits")]
    insert_all(made)
    assert [each.pk for each in made] == [each.id for each in made]
    assert list(Record.objects.order_by("title").values_list("pk", "title")) == [(each.pk, each.title) for each in made]
    assert [each.text for each in kind.model.objects.order_by("title")] == ["FallsFalls", "WaitsWaits"]
    made[0].title = "Falls on wards"
    made[0].save()
    assert kind.model.objects.count() == 2
    assert kind.model.objects.get(pk=made[0].pk).title == "Falls on wards"
    made[1].delete()
    with pytest.raises(kind.model.DoesNotExist):
        write_again(made[0].__class__(pk=UUID(int=7), **shared))


def test_a_row_that_the_database_refuses_is_refused(db: None) -> None:
    there = make_person()
    with pytest.raises(IntegrityError):
        insert_all([there])
