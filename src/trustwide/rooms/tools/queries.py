"""Every read of drawings that a page needs, each through what the person may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from trustwide.rooms.commons.links import CAME_FROM
from trustwide.rooms.commons.models import Link, Version
from trustwide.rooms.commons.queries import could_read
from trustwide.rooms.people.models import Person
from trustwide.rooms.tools.models import Drawing

ON_A_SHEET, DAYS = 6, 100


def drawings_by_id(person: Person, ids: Iterable[UUID]) -> QuerySet[Any]:
    """Those of some drawings that the person may read, the last changed first."""
    return Drawing.objects.visible_to(person).filter(pk__in=list(ids)).select_related("organisation", "place")


def beside(person: Person, sheet: Drawing) -> list[Drawing]:
    """The other drawings in use that came from what a sheet came from, oldest first; one query."""
    found = _near(person, sheet, Q()).filter(closed_at=None)
    return list(found.select_related("organisation").order_by("created_at", "pk")[:ON_A_SHEET])


def beside_before(person: Person, sheet: Drawing, moment: datetime) -> list[tuple[Drawing, Version]]:
    """The same as they stood before a moment, each with the version that held then; two queries."""
    found = _near(person, sheet, Q(at__lt=moment)).filter(Q(closed_at=None) | Q(closed_at__gte=moment))
    then = {each.pk: each for each in found.filter(created_at__lt=moment).order_by("created_at", "pk")[:ON_A_SHEET]}
    versions = Version.objects.filter(record__in=list(then), at__lt=moment).order_by("number")
    could = could_read(person)
    newest = {each.record_id: each for each in versions if could(then[each.record_id], each)}
    return [(each, newest[pk]) for pk, each in then.items() if pk in newest]


def _near(person: Person, sheet: Drawing, when: Q) -> QuerySet[Any]:
    sources = Link.objects.filter(when, start=sheet.pk, meaning=CAME_FROM).values("end")
    near = Link.objects.filter(when, end__in=sources, meaning=CAME_FROM).values("start")
    return Drawing.objects.visible_to(person).filter(pk__in=near).exclude(pk=sheet.pk)


def versions_of(person: Person, drawing: Drawing) -> list[Version]:
    """Its versions of the last changes that the person might have read, the newest first."""
    could = could_read(person)
    return [each for each in drawing.versions.order_by("-number")[:500] if could(drawing, each)]
