"""Files of places and people on their way in: kept between the look at what one would change and the yes."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import KeptSheet, Place
from trustwide.rooms.places.reach import reach_of

#: What one must be let do to send a file of that.
RIGHT_TO_SEND = {"places": May.PLACES, "people": May.PEOPLE}


def _must(by: Person, what: str, organisation: Place) -> None:
    if not reach_of(by).may(RIGHT_TO_SEND[what], organisation):
        raise NotAllowed


@transaction.atomic
def keep_sheet(*, by: Person, organisation: Place, what: str, name: str, content: bytes) -> KeptSheet:
    """Keep a file until its changes are agreed to; files nobody came back for are cleared on the way."""
    _must(by, what, organisation)
    KeptSheet.objects.filter(created_at__lt=timezone.now() - timedelta(days=1)).delete()
    sheet = KeptSheet.objects.create(by=by, organisation=organisation, what=what, name=name[:200], content=content)
    record_act(by=by, verb="sent-file", thing=sheet, organisation=organisation.pk)
    return sheet


@transaction.atomic
def spend_sheet(*, by: Person, sheet: KeptSheet) -> bool:
    """Whether the file was still there to be used: it goes as its changes are made, so they are made once."""
    _must(by, sheet.what, sheet.organisation)
    gone, _rows = KeptSheet.objects.filter(pk=sheet.pk, by=by).delete()
    if gone:
        record_act(by=by, verb="used-file", thing=sheet, organisation=sheet.organisation_id)
    return bool(gone)
