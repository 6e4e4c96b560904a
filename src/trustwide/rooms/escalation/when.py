"""When an answer is due, as people say it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext as _

from trustwide.rooms.people.clock import today
from trustwide.rooms.people.working_time import CLOSES, is_working_day

SOON = timedelta(minutes=2)


def by_when(moment: datetime) -> str:
    """ "today by 16:00", "tomorrow by 10:00", "Monday 30 November by 10:00"."""
    at = localtime(moment)
    days = (at.date() - today()).days
    told = {"day": f"{at:%A %-d %B}", "time": f"{at:%H:%M}"}
    if days == 0:
        return _("today by %(time)s") % told
    if days == 1:
        return _("tomorrow by %(time)s") % told
    if days < -300:
        told["day"] = f"{at:%-d %B %Y}"
    return _("%(day)s by %(time)s") % told


def short_when(moment: datetime) -> str:
    """ "16:00", "Mon 10:00", "30 Nov": for a wall, which has little room."""
    at = localtime(moment)
    days = (at.date() - today()).days
    return f"{at:%H:%M}" if days == 0 else f"{at:%a %H:%M}" if 0 < days < 7 else f"{at:%-d %b}"


def when_written(typed_at: datetime | None, sent_at: datetime) -> str:
    """What to say of something that was written with no network: the day and time of both; else nothing."""
    if typed_at is None or sent_at - typed_at < SOON:
        return ""
    typed, sent = localtime(typed_at), localtime(sent_at)
    day = "" if typed.date() == sent.date() else f"{sent:%A %-d %B}, "
    told = {"typed": f"{typed:%A %-d %B}, {typed:%H:%M}", "sent": f"{day}{sent:%H:%M}"}
    return _("Written %(typed)s with no network, sent %(sent)s.") % told


def last_working_evening(moment: datetime) -> datetime:
    """Five in the afternoon of the last working day before today: what happened since is news this morning."""
    day = localtime(moment).date() - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, CLOSES, get_current_timezone())
