"""Sending the e-mail: at the hour that each person chose, once, and only if something is new."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.models import Notice
from trustwide.rooms.jobs.queue import job, later
from trustwide.rooms.jobs.timed import Timed, register
from trustwide.rooms.notices import actions, letters, queries
from trustwide.rooms.notices.models import DAILY, HERE, WEEKLY, Choice
from trustwide.rooms.people.models import Person

MONDAY = 0
MOST = 40  # lines of one e-mail; the rest is told by their number
#: What is older is on the page alone: an e-mail is of today, or of the week.
OLDEST = {DAILY: timedelta(days=2), WEEKLY: timedelta(days=8)}


@job(words=_("find who is due an e-mail"))
def find_emails() -> None:
    """A job for each person whose hour it is, or was earlier today, and who has something new."""
    if settings.DEMO:
        return  # the people of the demo are made up, and so are their mailboxes
    moment = timezone.localtime()
    waiting = Notice.objects.filter(sent_at=None, read_at=None, at__gt=moment - max(OLDEST.values()))
    told = Person.objects.filter(pk__in=waiting.values("person"), is_active=True).select_related("notice_choice")
    for person in told.order_by("pk"):
        choice = getattr(person, "notice_choice", None) or Choice(person=person)
        if is_due(choice, moment):
            later(send_email, key=f"{person.pk} {moment.date()}", person=str(person.pk), day=moment.date().isoformat())


def is_due(choice: Choice, moment: datetime) -> bool:
    """Whether somebody's e-mail should have gone by that moment of the day: late is better than not at all."""
    days = {DAILY: True, WEEKLY: moment.weekday() == MONDAY}
    return days.get(choice.rhythm, False) and choice.hour <= moment.hour


@job(words=_("send somebody the e-mail of their notices"), outside=True)
def send_email(person: str, day: str) -> None:
    """What is new for one person, as they may read it now. One that could not go on its day does not go at all."""
    reader = Person.objects.filter(pk=UUID(person), is_active=True).first()
    if reader is None or date.fromisoformat(day) < timezone.localdate() - timedelta(days=1):
        return
    new = new_for(reader)
    if new:
        letters.send_notices(reader, new[:MOST], more=max(0, len(new) - MOST))
        actions.mark_sent(person=reader, numbers=[each.pk for each in new])


def new_for(person: Person) -> list[Notice]:
    """What the next e-mail would tell; nothing where they chose none meanwhile."""
    choice = queries.choice_of(person)
    if choice.rhythm not in OLDEST:
        return []
    recent = queries.unread(person).filter(sent_at=None, at__gt=timezone.now() - OLDEST[choice.rhythm])
    return list(recent.exclude(what__in=choice.kinds_told(HERE)))


register(Timed(find_emails, every=60))
