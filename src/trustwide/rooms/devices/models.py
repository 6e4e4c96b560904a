"""A team's shared devices, people's PINs, and who is adding something where just now."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


class Device(models.Model):
    """A screen or a tablet of a team. What it shows itself by is stored as hashes alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="devices")
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # of its cookie; none until it is joined
    code_hash = models.CharField(max_length=64, null=True, unique=True)  # of the code that joins it, once
    code_ends_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    joined_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Pin(models.Model):
    """A person's PIN: hashed, and the hash sealed, since a million guesses at a bare hash are soon made."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="pin")
    sealed = models.TextField()
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.person_id)


class Tries(models.Model):
    """How often a PIN was wrong of late, for one person or at one device, and until when it waits."""

    subject = models.UUIDField(primary_key=True)  # of a person or of a device
    wrong = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)
    waits_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural: ClassVar[Any] = "tries"

    def __str__(self) -> str:
        return f"{self.wrong} at {self.subject}"


class Hand(models.Model):
    """The person who gave their PIN at a device, and until when they may add something there."""

    device = models.OneToOneField(Device, models.CASCADE, primary_key=True, related_name="hand")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} at {self.device_id}"


class Arrival(models.Model):
    """The key of something that was added at a board. It came once: whoever sends it again adds nothing.

    It is the key's alone, and no person's: what was kept on a shared device may be sent again with another's PIN.
    """

    key = models.UUIDField(primary_key=True)
    team = models.ForeignKey(Place, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.key)
