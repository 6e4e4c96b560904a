"""Every write of drop-ins: offering, booking, cancelling, calling off. One booking a drop-in, whoever presses first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.actions import BLANKED
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.decisions import access, drop_ins
from trustwide.rooms.decisions.models import MINUTES, Booking, Decision, Slot
from trustwide.rooms.people.acts import NotAllowed, record_act, record_acts
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

MOST_AT_ONCE = 16  # four hours


@transaction.atomic
def offer_slots(*, by: Person, organisation: Place, starts: Iterable[datetime], where: str = "") -> int:
    """Offer quarters of an hour from those moments; how many are new. NotNow where one is past, or there are too many.

    One that is offered already stays as it is.
    """
    if not access.can_offer(by, organisation):
        raise NotAllowed
    wanted = sorted(set(starts))
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise NotNow(_("Offer 1 to %(most)s drop-ins at once.") % {"most": MOST_AT_ONCE})
    if wanted[0] <= now() or any(each.minute % MINUTES for each in wanted):
        raise NotNow(_("Choose times to come, on the quarter of an hour, such as 10:15."))
    Person.objects.select_for_update().get(pk=by.pk)  # of two at once, one sees what the other offered
    there = set(
        Slot.objects.filter(person=by, called_off_at=None, starts_at__in=wanted).values_list("starts_at", flat=True)
    )
    new = [
        Slot(organisation=organisation, person=by, starts_at=each, where=where) for each in wanted if each not in there
    ]
    Slot.objects.bulk_create(new)
    record_acts(by=by, verb="offered-slots", things=new, organisation=organisation.pk)
    return len(new)


def book_slot(*, by: Person, slot: Slot, about: str = "", decision: Decision | None = None) -> Booking:
    """Book a drop-in, for a question or in a line of one's own. The same person again is once.

    NotNow where somebody else was first, it was called off, or it is past.
    """
    if not reach_of(by).belongs_to(slot.organisation) or (decision and not notices.can_read(by, decision)):
        raise NotAllowed
    try:
        return _book(by, slot, about, decision)
    except IntegrityError:  # somebody was first: the database holds one booking a drop-in
        mine = drop_ins.booking_of(slot)
        if mine is not None and mine.person_id == by.pk:
            return mine
        raise NotNow(_("Somebody booked it a moment before you. Choose another time.")) from None


@transaction.atomic
def _book(by: Person, slot: Slot, about: str, decision: Decision | None) -> Booking:
    now_it_is = Slot.objects.select_for_update().get(pk=slot.pk)
    if now_it_is.called_off_at or now_it_is.starts_at <= now():
        raise NotNow(_("It is not to be had any more. Choose another time."))
    if slot.person_id == by.pk:
        raise NotNow(_("It is your own: others book it."))
    booking: Booking = Booking.objects.create(slot=slot, person=by, about=about, decision=decision)
    record_act(by=by, verb="booked-slot", thing=booking, organisation=slot.organisation_id, related=slot.pk)
    notices.tell_of_place(slot.person, slot.organisation, what="drop-in-booked", by=by)
    return booking


@transaction.atomic
def leave_slot(*, by: Person, booking: Booking) -> None:
    """Cancel a booking: whoever booked it, and whoever may blank out words. The drop-in is free again."""
    if booking.person_id != by.pk and not reach_of(by).may(May.REDACT, booking.slot.organisation):
        raise NotAllowed
    if booking.cancelled_at is None:
        _cancel(by, booking)
        notices.tell_of_place(booking.slot.person, booking.slot.organisation, what="drop-in-left", by=by)


@transaction.atomic
def blank_booking(*, by: Person, booking: Booking) -> None:
    """Take out the line that says what it is about; the booking stays. Both of them may, and whoever blanks words."""
    if not access.can_blank(by, booking):
        raise NotAllowed
    booking.about = BLANKED
    booking.save(update_fields=["about"])
    organisation = booking.slot.organisation_id
    record_act(
        by=by, verb="blanked-booking", thing=booking, organisation=organisation, fields=["about"],
        related=booking.slot_id,
    )  # fmt: skip


def _cancel(by: Person, booking: Booking) -> None:
    """What it was to be about goes with it."""
    booking.cancelled_at, booking.about = now(), ""
    booking.save(update_fields=["cancelled_at", "about"])
    organisation = booking.slot.organisation_id
    record_act(by=by, verb="left-slot", thing=booking, organisation=organisation, related=booking.slot_id)


@transaction.atomic
def call_off_slot(*, by: Person, slot: Slot) -> None:
    """Call a drop-in off: whoever offered it, and whoever may blank out words. Who had booked it is told."""
    if slot.person_id != by.pk and not reach_of(by).may(May.REDACT, slot.organisation):
        raise NotAllowed
    mine = Slot.objects.select_for_update().get(pk=slot.pk)
    if mine.called_off_at:
        return
    mine.called_off_at, mine.where = now(), ""
    mine.save(update_fields=["called_off_at", "where"])
    record_act(by=by, verb="called-off-slot", thing=slot, organisation=slot.organisation_id)
    if booking := drop_ins.booking_of(slot):
        _cancel(by, booking)
        notices.tell_of_place(booking.person, slot.organisation, what="drop-in-left", by=by)
