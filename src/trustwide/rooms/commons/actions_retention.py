"""What goes when it was closed for long enough: the system's own act, in which nobody is named."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.acts import record_act


@transaction.atomic
def forget_record(*, record: Record) -> bool:
    """A record goes with all that hangs on it, and a row in its organisation's audit says so.

    One that others need (the database says so) stays until they go: False.
    """
    number = record.pk
    try:
        with transaction.atomic():
            record.delete()
    except ProtectedError:
        return False
    record.pk = number  # Django takes it away with the row
    record_act(by=None, verb="forgot", thing=record, organisation=record.organisation_id)
    return True
