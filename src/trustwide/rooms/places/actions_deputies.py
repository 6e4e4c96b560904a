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
from trustwide.rooms.places.models import Deputy, Place

LONGEST = timedelta(days=366)


class DeputyRefused(ValidationError):
    """What is wrong with a choice of deputy, and the cure, in words for whoever chose."""


@transaction.atomic
def name_deputy(
    *, by: Person, deputy: Person, organisation: Place, starts: date, ends: date, person: Person | None = None
) -> Deputy:
    """Have a colleague answer for `person` (`by` themselves) in an organisation, from a day to a day.

    Both get a letter. The same again changes nothing. NotAllowed where `deputies.may_name_for` says no, and where
    the two do not both work there.
    """
    person = person or by
    if not deputies.may_name_for(by, person, organisation):
        raise NotAllowed
    Person.objects.select_for_update().get(pk=person.pk)  # two at once wait here, so that one of them sees the other
    then = Deputy.objects.filter(organisation=organisation, starts__lte=ends, ends__gte=starts)
    mine = then.filter(person=person)
    if same := mine.filter(deputy=deputy, starts=starts, ends=ends).first():
        return same
    if not deputies.colleagues_called(person, deputy.email, organisation):
        raise NotAllowed
    _check_days(starts, ends)
    if mine.exists():
        raise DeputyRefused(_("Somebody is named for some of these days. End that first, or choose other days."))
    if then.filter(person=deputy, deputy=person).exists():
        raise DeputyRefused(_("They are away then too, and it is the other way round. Choose somebody else."))
    row = Deputy.objects.create(organisation=organisation, person=person, deputy=deputy, starts=starts, ends=ends)
    record_act(by=by, verb="named-deputy", thing=row, organisation=organisation.pk, related=deputy.pk)
    days = _("from %(first)s to %(last)s") % {"first": date_format(starts, "j F"), "last": date_format(ends, "j F Y")}
    transaction.on_commit(lambda: _write_to(row, by, days), robust=True)
    return row


def _write_to(row: Deputy, by: Person, days: str) -> None:
    letters.send_deputy(row.deputy.email, name=row.person.name, days=days, by=by.name)
    if row.person_id != by.pk:
        letters.send_named_for(row.person.email, name=row.deputy.name, days=days, by=by.name)


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
    if not deputies.may_name_for(by, row.person, row.organisation):
        raise NotAllowed
    record_act(by=by, verb="ended-deputy", thing=row, organisation=row.organisation_id, related=row.deputy_id)
    yesterday = today() - timedelta(days=1)
    if row.starts > yesterday:
        row.delete()
        return
    row.ends = yesterday
    row.save(update_fields=["ends"])
