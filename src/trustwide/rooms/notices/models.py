"""How each person wants to be told, which channels teams have, and which reviews were told."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place, one_of

HERE, EMAIL, NOT = WAYS = ("here", "email", "not")
DAILY, WEEKLY, NEVER = RHYTHMS = ("daily", "weekly", "never")
USUAL_HOUR = 8


class Choice(models.Model):
    """How one person wants to be told. Who never chose has none of these, and is told in the usual way."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="notice_choice")
    ways = models.JSONField(default=dict)  # a way by each kind of notice; by e-mail where it names none
    rhythm = models.CharField(max_length=10, default=DAILY)
    hour = models.PositiveSmallIntegerField(default=USUAL_HOUR)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            one_of("rhythm", RHYTHMS),
            models.CheckConstraint(condition=models.Q(hour__lte=23), name="choice_hour_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.rhythm} at {self.hour}"

    def kinds_told(self, way: str) -> list[str]:
        """The kinds of notice for which that way was chosen."""
        return [kind for kind, chosen in self.ways.items() if chosen == way]


class Channel(models.Model):
    """Where a place's chat takes messages. Who has its address may write there, so the address is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    sealed_address = models.TextField()
    kinds = models.JSONField(default=list)  # keys of commons.notices.WHAT
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    answered_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place__path", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class ReviewTold(models.Model):
    """An owner was told of this day of review: a new day is told anew."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["record", "on"], name="one_telling_a_day_of_review")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.on}"
