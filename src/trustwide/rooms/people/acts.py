"""What every write has in common: one transaction, a row that says who did it, and no second time by accident."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from trustwide.rooms.people.clock import now
from trustwide.rooms.people.inserting import insert_all
from trustwide.rooms.people.models import AuditRow, OnceKey, Person

KEEP_ONCE_KEYS = timedelta(days=30)
_together: ContextVar[list[AuditRow] | None] = ContextVar("audit rows to write together", default=None)


class NotAllowed(PermissionDenied):
    """The person may see the thing, and may not do this to it. Its page is a 403."""


def record_act(
    *,
    by: Person | None,
    verb: str,
    thing: Any,
    organisation: UUID | None,
    fields: Iterable[str] = (),
    related: Any = "",
) -> None:
    """Write the audit row of a change, in the change's own transaction.

    `thing` is the model instance that changed; `fields` the names of what changed, never the values.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act and its audit row belong in one transaction")
    row = AuditRow(
        by=by,
        verb=verb,
        kind=thing._meta.label_lower,
        thing=str(thing.pk),
        organisation=organisation,
        fields=sorted(fields),
        related=str(getattr(related, "pk", related)),
    )
    _write([row])


def _write(rows: list[AuditRow]) -> None:
    together = _together.get()
    if together is None:
        insert_all(rows)
    else:
        together += rows


@contextmanager
def acts_together() -> Iterator[None]:
    """Within it, audit rows wait and are written in a few statements, in their order, in the same transaction.

    For a load of much that is undone whole if any of it fails.
    """
    rows: list[AuditRow] = []
    with transaction.atomic():
        token = _together.set(rows)
        try:
            yield
        finally:
            _together.reset(token)
        _write(rows)


def record_acts(
    *,
    by: Person | None,
    verb: str,
    things: list[Any],
    organisation: UUID | None,
    fields: Callable[[Any], Iterable[str]] = lambda _thing: (),
    related: Callable[[Any], Any] = lambda _thing: "",
) -> None:
    """The audit rows of many things that came in one go, a row each, in the change's own transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act and its audit row belong in one transaction")
    rows = [
        AuditRow(
            by=by,
            verb=verb,
            kind=each._meta.label_lower,
            thing=str(each.pk),
            organisation=organisation,
            fields=sorted(fields(each)),
            related=str(related(each)),
        )
        for each in things
    ]
    _write(rows)


@transaction.atomic
def once(*, by: Person, key: UUID | None, act: Callable[[], object]) -> str:
    """Do `act` unless this person's form with this key was saved before; either way, the id that came of it.

    Two at the same moment: the second waits for the first's row, and finds its answer.
    """
    if key is None:
        return str(act())
    row, is_new = OnceKey.objects.get_or_create(person=by, key=key)
    if is_new:
        row.answer = str(act())
        row.save(update_fields=["answer"])
    return row.answer


def key_for(key: UUID | None, *told: object) -> UUID | None:
    """The key of a form whose page stays open: pressed again with something else in it, it is something else."""
    return key and uuid5(key, repr(told))


@transaction.atomic
def forget_once_keys() -> int:
    """Remove keys too old to be sent again; how many."""
    gone, _ = OnceKey.objects.filter(at__lt=now() - KEEP_ONCE_KEYS).delete()
    return gone
