"""Every read of drop-ins, and one as a calendar takes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from trustwide.rooms.decisions.models import MINUTES, Booking, Decision, Slot
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

WEEKS = 3  # ahead
MOST = 200
LONGEST_LINE = 75  # bytes of a line of a calendar file


def coming(organisation: Place, with_: Iterable[Person] = ()) -> list[Slot]:
    """The drop-ins of the next weeks, with who booked each; of those people alone, where some are named."""
    found = _open().filter(organisation=organisation, starts_at__lt=now() + timedelta(weeks=WEEKS))
    people = list(with_)
    found = found.filter(person__in=people) if people else found
    booked = Prefetch("bookings", Booking.objects.filter(cancelled_at=None), to_attr="booked")
    return list(found.select_related("person").prefetch_related(booked)[:MOST])


def _open() -> QuerySet[Slot]:
    found: QuerySet[Slot] = Slot.objects.filter(called_off_at=None, starts_at__gt=now())
    return found


def slot_numbered(organisation: Place, number: UUID) -> Slot | None:
    """A drop-in that was not called off, past or to come."""
    found = Slot.objects.filter(organisation=organisation, called_off_at=None, pk=number)
    return found.select_related("person", "organisation").first()


def booking_of(slot: Slot) -> Booking | None:
    """Who has it booked."""
    found = Booking.objects.filter(slot=slot, cancelled_at=None)
    return found.select_related("person", "decision__organisation", "slot__organisation", "slot__person").first()


def of_person(person: Person) -> QuerySet[Booking]:
    """Drop-ins of the next weeks to which the person goes, or in which somebody comes to them. One query."""
    mine = Q(person=person) | Q(slot__person=person)
    weeks = {"slot__starts_at__gt": now(), "slot__starts_at__lt": now() + timedelta(weeks=WEEKS)}
    found = Booking.objects.filter(mine, cancelled_at=None, slot__called_off_at=None, **weeks)
    return found.select_related("person", "slot__person", "slot__organisation").order_by("slot__starts_at")


def question_numbered(person: Person, organisation: Place, number: str) -> Decision | None:
    """A question of an organisation that the person may read; None where the number is none."""
    try:
        wanted = UUID(number)
    except ValueError:
        return None
    found = Decision.objects.visible_to(person).filter(organisation=organisation, pk=wanted)
    decision: Decision | None = found.select_related("owner", "organisation", "place").first()
    return decision


def as_calendar(slot: Slot, address: str) -> str:
    """One event as RFC 5545 has it: it says who is met and where, and nothing of what it is about."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Trustwide//Drop-ins//EN",
        "BEGIN:VEVENT",
        f"UID:{slot.pk}@trustwide",
        f"DTSTAMP:{_moment(now())}",
        f"DTSTART:{_moment(slot.starts_at)}",
        f"DTEND:{_moment(slot.starts_at + timedelta(minutes=MINUTES))}",
        "SUMMARY:" + _text(_("Drop-in with %(name)s") % {"name": slot.person.name}),
        *(["LOCATION:" + _text(slot.where)] if slot.where else []),
        "URL:" + address,
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(said: str) -> str:
    for mark in ("\\", ";", ","):
        said = said.replace(mark, "\\" + mark)
    return "\\n".join(said.splitlines())


def _folded(line: str) -> list[str]:
    """A line of at most 75 bytes, and the rest of it on further ones that begin with a space."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST_LINE:
            parts.append(part)
            part = " "
        part += letter
    return [*parts, part]
