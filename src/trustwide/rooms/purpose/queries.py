"""Every read of this room."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from trustwide.rooms.commons.models import DRAFT
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose.models import Message


def latest_messages(person: Person) -> QuerySet[Message]:
    """Posted messages that the person may read, the newest first."""
    posted = Message.objects.visible_to(person).filter(stage="posted")
    return posted.select_related("organisation", "created_by").order_by("-created_at")


def message_on_wall(team: Place, person: Person | None) -> Message | None:
    """The newest posted message of a team's organisation, or of its group, as its board may show it."""
    above = (team.organisation_id, team.organisation.parent_id)
    posted = Message.objects.on_wall(team, person).filter(stage="posted", organisation__in=above)
    return posted.select_related("organisation", "created_by").order_by("-created_at", "-pk").first()


def messages_by_month(place: Place) -> dict[date, int]:
    """How many messages were posted at a place and below in each month that has any, by its first day.

    A count, for a measure that all of the organisation reads: it says nothing of what any message holds.
    """
    posted = Message.objects.filter(place__path__startswith=place.path).exclude(stage=DRAFT)
    months = (
        posted.annotate(month=TruncMonth("created_at")).values("month").annotate(count=Count("pk")).order_by("month")
    )
    return {each["month"].date(): each["count"] for each in months.order_by("month")}
