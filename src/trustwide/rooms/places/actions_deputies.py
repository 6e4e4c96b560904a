"""Every write of who answers for whom while they are away."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trustwide.rooms.people import letters
from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places import deputies
from trustwide.rooms.places.models import Deputy

LONGEST = timedelta(days=366)


class DeputyRefused(ValidationError):
    """What is wrong with a choice of deputy, and the cure, in words for whoever chose."""


@transaction.atomic
def name_deputy(*, by: Person, deputy: Person, starts: date, ends: date) -> Deputy:
    """Have a colleague answer for `by` from a day to a day. The same again changes nothing; they get a letter."""
    Person.objects.select_for_update().get(pk=by.pk)  # two at once wait here, so that one of them sees the other
    mine = Deputy.objects.filter(person=by, starts__lte=ends, ends__gte=starts)
    if same := mine.filter(deputy=deputy, starts=starts, ends=ends).first():
        return same
    if not deputies.colleagues_called(by, deputy.email):
        raise NotAllowed
    _check_days(starts, ends)
    if mine.exists():
        raise DeputyRefused(_("You named somebody for some of these days. End that first, or choose other days."))
    if Deputy.objects.filter(person=deputy, deputy=by, starts__lte=ends, ends__gte=starts).exists():
        raise DeputyRefused(_("They are away then too, and named you. Choose somebody else."))
    row = Deputy.objects.create(person=by, deputy=deputy, starts=starts, ends=ends)
    record_act(by=by, verb="named-deputy", thing=row, organisation=None, related=deputy.pk)
    days = _("from %(first)s to %(last)s") % {"first": date_format(starts, "j F"), "last": date_format(ends, "j F Y")}
    transaction.on_commit(lambda: letters.send_deputy(deputy.email, name=by.name, days=days), robust=True)
    return row


def _check_days(starts: date, ends: date) -> None:
    if ends < starts:
        raise DeputyRefused(_("The last day is before the first. Choose the first day or one after it."))
    if ends < today():
        raise DeputyRefused(_("The last day is over. Choose today or a day after it."))
    if ends - starts > LONGEST:
        raise DeputyRefused(_("That is more than a year. Choose a last day within a year of the first."))


@transaction.atomic
def end_deputy(*, by: Person, row: Deputy) -> None:
    """They answer from now on by themselves; days that were stay as they were."""
    if row.person_id != by.pk:
        raise NotAllowed
    record_act(by=by, verb="ended-deputy", thing=row, organisation=None, related=row.deputy_id)
    yesterday = today() - timedelta(days=1)
    if row.starts > yesterday:
        row.delete()
        return
    row.ends = yesterday
    row.save(update_fields=["ends"])
