"""Every read of drawings that a page needs, each through what the person may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from trustwide.rooms.commons.links import CAME_FROM
from trustwide.rooms.commons.models import Link, Version
from trustwide.rooms.people.models import Person
from trustwide.rooms.tools.models import Drawing

ON_A_SHEET, DAYS = 6, 100


def drawings_by_id(person: Person, ids: Iterable[UUID]) -> QuerySet[Any]:
    """Those of some drawings that the person may read, the last changed first."""
    return Drawing.objects.visible_to(person).filter(pk__in=list(ids)).select_related("organisation", "place")


def beside(person: Person, sheet: Drawing) -> list[Drawing]:
    """The other drawings in use that came from what a sheet came from, oldest first; one query."""
    sources = Link.objects.filter(start=sheet.pk, meaning=CAME_FROM).values("end")
    near = Link.objects.filter(end__in=sources, meaning=CAME_FROM).values("start")
    found = Drawing.objects.visible_to(person).filter(pk__in=near, closed_at=None).exclude(pk=sheet.pk)
    return list(found.select_related("organisation").order_by("created_at", "pk")[:ON_A_SHEET])


def versions_of(drawing: Drawing) -> list[Version]:
    """Its versions of the last changes, the newest first."""
    return list(drawing.versions.order_by("-number")[:500])
