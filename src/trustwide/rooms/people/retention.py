"""How long each class of records is kept. A room registers its classes in a `retention.py` of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from trustwide.rooms.people.actions_retention import NOBODY_ANY_MORE, forget_class, pseudonymise
from trustwide.rooms.people.acts import KEEP_ONCE_KEYS
from trustwide.rooms.people.models import Invitation, OnceKey, Person, Visit

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class RecordClass:
    """One class: what it is, how long it is kept (None: for good) from when, and why.

    `due` counts what is from before a moment and `forget` takes it away; both say how many.
    """

    key: str
    what: str
    kept: timedelta | None
    since: str
    why: str
    due: Callable[[datetime], int] = lambda before: 0
    forget: Callable[[datetime], int] = lambda before: 0

    @property
    def age(self) -> timedelta:
        """How old it may get. ValueError where it is kept for good."""
        if self.kept is None:
            raise ValueError(f"{self.key} is kept for good")
        return self.kept


CLASSES: dict[str, RecordClass] = {}


def register_class(kept: RecordClass) -> None:
    """Called once for each class, as its room's `retention.py` is read. ValueError where the key is taken."""
    if kept.key in CLASSES:
        raise ValueError(f"{kept.key} is registered already")
    CLASSES[kept.key] = kept


def rows(find: Callable[[datetime], QuerySet[Any]]) -> dict[str, Callable[[datetime], int]]:
    """`due` and `forget` of a class whose rows can simply go."""

    def forget(before: datetime) -> int:
        count = find(before).count()
        find(before).delete()
        return count

    return {"due": lambda before: find(before).count(), "forget": forget}


def due_now() -> dict[str, int]:
    """How many of each class have been kept for long enough."""
    moment = timezone.now()
    return {key: each.due(moment - each.age) for key, each in CLASSES.items() if each.kept is not None}


def forget_what_is_due() -> dict[str, int]:
    """Take away what has been kept for long enough; how many of each class. The audit keeps the counts."""
    return {key: forget_class(kept=each) for key, each in CLASSES.items() if each.kept is not None}


def as_table() -> str:
    """The classes as docs/hosting.md shows them."""
    told = [f"| {each.what} | {words(each)} | {each.why} |" for each in CLASSES.values()]
    return "\n".join(["| what | how long | why |", "|---|---|---|", *told])


def words(kept: RecordClass) -> str:
    if kept.kept is None:
        return "for good"
    years, days = divmod(kept.kept.days, YEAR.days)
    if not kept.kept:
        return kept.since
    number, unit = (years, "year") if years and not days else (kept.kept.days, "day")
    return f"{number} {unit}{'s' if number > 1 else ''} {kept.since}"


def leavers(before: datetime) -> QuerySet[Person]:
    gone = Person.objects.filter(is_active=False, left_at__lt=before)
    return gone.exclude(email__endswith=NOBODY_ANY_MORE)


def pseudonymise_leavers(before: datetime) -> int:
    found = list(leavers(before))
    for person in found:
        pseudonymise(person=person)
    return len(found)


register_class(
    RecordClass(
        "audit",
        "Who did what, and when",
        None,
        "",
        "it holds ids and names of fields, never what was typed, and the database refuses to change it",
    )
)
register_class(
    RecordClass(
        "people",
        "Names, addresses and ways to sign in of people who left",
        2 * YEAR,
        "after they left",
        "so that their colleagues still read who did something; after that it was someone who left",
        due=lambda before: leavers(before).count(),
        forget=pseudonymise_leavers,
    )
)
register_class(
    RecordClass(
        "sessions",
        "Sessions",
        timedelta(0),
        "until they end",
        "they are worth nothing after that",
        **rows(lambda before: Session.objects.filter(expire_date__lt=before)),
    )
)
register_class(
    RecordClass(
        "visits",
        "On which device somebody signed in",
        timedelta(days=7),
        "after they signed in",
        "no session lasts longer",
        **rows(lambda before: Visit.objects.filter(began_at__lt=before)),
    )
)
register_class(
    RecordClass(
        "once-keys",
        "Keys that stop a form from being saved twice",
        KEEP_ONCE_KEYS,
        "after it was saved",
        "no browser sends a form again so late",
        **rows(lambda before: OnceKey.objects.filter(at__lt=before)),
    )
)
register_class(
    RecordClass(
        "invitations",
        "Invitations, used or not",
        timedelta(days=90),
        "after their last day",
        "who invited whom stays in the audit",
        **rows(lambda before: Invitation.objects.filter(ends_at__lt=before)),
    )
)
