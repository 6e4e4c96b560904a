"""The Record that everything people make is one of, and what all records share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.people.clock import now
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.inserting import insert_all, write_again
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place, one_of
from trustwide.rooms.places.reach import ORGANISATION_SHARED, SHARINGS, reach_of, shown_on_wall
from trustwide.rooms.places.rule import Rule

DRAFT = "draft"  # the one stage that every kind may have: nobody but its writer and its owner sees it
SHARING_WORDS = {
    "team": _("Only the team, and those above it"),
    "organisation": _("Everyone in the organisation"),
    "group": _("Everyone in the group of organisations"),
    "partners": _("The group and our partners"),
    "public": _("Everyone"),
}


def readable_by(person: Person) -> Q:
    """The rule of reading: what of the records the person may read, and no draft of others."""
    drafts = ~Q(stage=DRAFT)
    if person.is_authenticated:
        drafts |= Q(owner_id=person.pk) | Q(created_by_id=person.pk)
    return reach_of(person).reads() & drafts


class RecordQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Person) -> RecordQuerySet:
        """What the person may read. The only way that a page, an export or a search comes to records.

        Somebody who is not signed in reads what was made public.
        """
        return self.filter(Rule(readable_by(person)))

    def on_wall(self, team: Place, person: Person | None) -> RecordQuerySet:
        """What a team's board shows: on the wall, where nobody in particular looks, or to a person who may read it."""
        shown = self.filter(shown_on_wall(team)).exclude(stage=DRAFT)
        return shown.visible_to(person) if person else shown


class Record(models.Model):
    """One thing that people made, in a place. Each kind is a table of its own that adds to this one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=60, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="records", editable=False)
    organisation = models.ForeignKey(Place, models.PROTECT, related_name="+", editable=False)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="owned")
    stage = models.CharField(max_length=30, editable=False)
    sharing = models.CharField(max_length=20, default=ORGANISATION_SHARED, choices=list(SHARING_WORDS.items()))
    next_review = models.DateField(null=True, blank=True)
    local_need = models.BooleanField(default=False, editable=False)  # it helps nothing above it, and somebody said so
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    updated_at = models.DateTimeField(editable=False)
    updated_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-updated_at", "-pk"]
        constraints: ClassVar[list[Any]] = [one_of("sharing", SHARINGS)]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organisation", "kind", "-updated_at"], name="records_of_an_organisation"),
            models.Index(fields=["kind", "-updated_at"], name="records_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *arguments: Any, **options: Any) -> None:
        """The whole of it in one statement a table, which takes Django several and much thought."""
        if arguments or options.keys() - {"force_insert"}:
            super().save(*arguments, **options)
            return
        with transaction.atomic(savepoint=False):
            if self._state.adding or options.get("force_insert"):
                insert_all([self])
            else:
                write_again(self)


class Link(models.Model):
    """One record joined to another, with a meaning (`links.py` names the meanings)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    start = models.ForeignKey(Record, models.CASCADE, related_name="links_out")
    end = models.ForeignKey(Record, models.CASCADE, related_name="links_in")
    meaning = models.CharField(max_length=20)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["start", "end", "meaning"], name="one_link_a_meaning"),
            models.CheckConstraint(condition=~Q(start=models.F("end")), name="no_link_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.start_id} {self.meaning} {self.end_id}"


class Comment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, models.CASCADE, related_name="comments")
    text = models.TextField(max_length=5_000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    mentions: Any = models.ManyToManyField(Person, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)


class File(models.Model):
    """A file attached to a record. Its bytes stand in the data folder under their own hash, never under its name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """What a record said after one change: its typed fields, side by side with the next."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=30)
    fields = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["record", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.number}"


class Notice(models.Model):
    """Something to tell one person, about a record or a place: on their page, and in the e-mail that they chose."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    record = models.ForeignKey(Record, models.CASCADE, null=True, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="+")
    what = models.CharField(max_length=30)  # a key of notices.WHAT
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(record=None, place__isnull=False) | Q(record__isnull=False, place=None),
                name="notice_is_about_one_thing",
            )
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["person", "read_at", "-at"], name="notices_of_a_person")]

    def __str__(self) -> str:
        return f"{self.what} {self.record_id}"


class SearchText(models.Model):
    """The words by which a record is found: its own, in the order of their weight."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="search_text")
    title = models.CharField(max_length=200)
    text = models.TextField()

    def __str__(self) -> str:
        return self.title


class Meaning(models.Model):
    """What a record is about, so that it is found in other words (`meanings.py`); of kinds that say `tried_before`."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="kept_meaning")
    words = models.BinaryField()
    meaning = models.BinaryField(default=bytes)  # empty until it is worked out
    made_with = models.BigIntegerField(default=0)  # the model that made it, as a number; 0 is none yet
    text_hash = models.BinaryField()
    stamp = models.IntegerField()  # new by chance at each write: their sum tells every process when to read again

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["stamp"], name="stamps_of_meanings")]

    def __str__(self) -> str:
        return str(self.record_id)


class KnownWord(models.Model):
    """A word that some record holds: what a mistyped one may have meant. Plain letters alone, never a number."""

    word = models.CharField(max_length=30, primary_key=True)

    def __str__(self) -> str:
        return self.word
