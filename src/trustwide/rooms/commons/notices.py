"""What people are told, and why: each notice says it in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.models import Notice, Record
from trustwide.rooms.people.models import Person

WHAT: dict[str, Any] = {
    "made-yours": _("%(who)s made this yours"),
    "moved": _("%(who)s moved this on"),
    "commented": _("%(who)s commented on this"),
    "attached": _("%(who)s attached a file"),
    "mentioned": _("%(who)s mentioned you"),
    "linked": _("%(who)s joined something to this"),
    "redacted": _("%(who)s blanked out words here that should not have been typed"),
    "review-due": _("It is time to look at this again"),
}


def tell(people: Iterable[Person], record: Record, *, by: Person | None, what: str) -> None:
    """Leave a notice for each of those who may read the record; nobody is told of what they did themselves."""
    told = [person for person in people if person != by and can_read(person, record)]
    Notice.objects.bulk_create(Notice(person=person, record_id=record.pk, what=what, by=by) for person in told)


def tell_owner(record: Record, *, by: Person | None, what: str, but: Iterable[Person] = ()) -> None:
    """Tell the owner, unless they did it, or are told already."""
    if record.owner is not None and record.owner not in but:
        tell([record.owner], record, by=by, what=what)


def can_read(person: Person, record: Record) -> bool:
    return Record.objects.visible_to(person).filter(pk=record.pk).exists()


def waiting() -> int:
    """How many notices nobody has read and no letter has told, in the whole installation."""
    return Notice.objects.filter(read_at=None, sent_at=None).count()
