"""The chain of records from a ward's item up to the purpose, and the work below it."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from trustwide.rooms.commons.links import CONTRIBUTES_TO
from trustwide.rooms.commons.models import Link
from trustwide.rooms.places.models import Place

DEEPEST = 20  # links: a chain from a ward to the purpose has five or six

LEADS_TO = """
WITH RECURSIVE above(id, depth) AS (
    SELECT end_id, 1 FROM commons_link WHERE start_id = %s AND meaning = %s
    UNION
    SELECT link.end_id, above.depth + 1 FROM commons_link link JOIN above ON link.start_id = above.id
    WHERE link.meaning = %s AND above.depth < %s
)
SELECT 1 FROM above WHERE id = %s LIMIT 1
"""


def leads_to(start: UUID, end: UUID) -> bool:
    """Whether a chain of links upward leads from one record to another."""
    field = Link._meta.get_field("start")
    first, last = (field.get_db_prep_value(each, connection) for each in (start, end))
    with connection.cursor() as cursor:
        cursor.execute(LEADS_TO, [first, CONTRIBUTES_TO, CONTRIBUTES_TO, DEEPEST, last])
        return cursor.fetchone() is not None


def lock_chains() -> None:
    """One upward link at a time: two people closing a circle from both ends would each see none."""
    list(Place.objects.select_for_update(no_key=True).filter(parent=None).order_by("pk").values_list("pk"))
