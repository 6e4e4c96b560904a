"""Telling owners, once, of the day on which to look at something again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.models import Record
from trustwide.rooms.jobs.queue import job, later
from trustwide.rooms.jobs.timed import Timed, register
from trustwide.rooms.notices.models import ReviewTold
from trustwide.rooms.people.clock import today

AHEAD = timedelta(days=7)


@job(words=_("find what it is time to look at again"))
def find_reviews() -> None:
    """A job for each record whose day of review is past, or comes within a week, and was not told yet."""
    told = ReviewTold.objects.filter(record=OuterRef("pk"), on=OuterRef("next_review"))
    due = Record.objects.filter(~Exists(told), closed_at=None, next_review__lte=today() + AHEAD).exclude(owner=None)
    for number, on, of in due.order_by().values_list("pk", "next_review", "organisation"):
        later(tell_review, key=f"{number} {on}", of=of, record=str(number), on=on.isoformat())


@job(words=_("tell somebody that it is time to look at their work again"))
def tell_review(record: str, on: str) -> None:
    """Unless it was told, or the day was changed, meanwhile."""
    found = Record.objects.select_related("owner", "place", "organisation").filter(pk=UUID(record), closed_at=None)
    about = found.filter(next_review=on).first()
    if about is None or about.owner is None:
        return
    _told, is_new = ReviewTold.objects.get_or_create(record_id=about.pk, on=on)
    if is_new:
        notices.tell_owner(about, by=None, what="review-due")
        notices.happened(about, by=None, what="review-due")


register(Timed(find_reviews, at_hour=6))
