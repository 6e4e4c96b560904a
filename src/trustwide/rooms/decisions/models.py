"""Questions that wait for somebody's word, who may give it, and a quarter of an hour to talk about them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.models import Comment, Record
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.models import LEVELS, Place, one_of

MONEY, TIME, SERVICE, POLICY, ESTATES = "money", "time", "service", "policy", "estates"
SORTS = {
    MONEY: _("Spending money"),
    TIME: _("Staff time"),
    SERVICE: _("A change to how a service works"),
    POLICY: _("A policy or a rule"),
    ESTATES: _("Buildings, equipment or digital"),
}
ASKED, NOT_YET, TEST, YES, NO, TAKEN_BACK = "asked", "not-yet", "test", "yes", "no", "taken-back"
WAITING = (ASKED, NOT_YET)
OPEN = (*WAITING, TEST)
ANSWERS = (YES, TEST, NO, NOT_YET)
ROSE, STAYED, GIVEN, TO_BOARD = "rose", "stayed", "given", "to-board"
STEPS = (ASKED, *ANSWERS, ROSE, STAYED, GIVEN, TO_BOARD)
MINUTES = 15  # of a drop-in
#: Who decides at the top of an organisation where no line says who, in this order.
FALLBACK, BOARD = TOP = ("executive", "board-member")


class SchemeLine(models.Model):
    """One line of who may decide what: a role at a level of place, up to a limit. A change ends it and begins anew."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Place, models.CASCADE, related_name="scheme_lines")
    sort = models.CharField(max_length=10)
    level = models.CharField(max_length=20)
    role = models.CharField(max_length=30)
    limit = models.PositiveIntegerField(null=True, blank=True)  # pounds; none: any sum
    undo_only = models.BooleanField(default=False)  # only what can be undone again
    committee = models.CharField(max_length=80, blank=True)  # which decides; whoever holds the role takes it there
    why_committee = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            one_of("sort", SORTS),
            one_of("level", LEVELS),
            one_of("role", sorted(ROLES)),
            models.UniqueConstraint(
                fields=["organisation", "sort", "level", "role", "undo_only"],
                condition=Q(ended_at=None),
                name="one_line_of_the_scheme_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(committee="") | ~Q(why_committee=""), name="a_committee_says_why_no_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.sort} {self.limit}"


class AtTop(models.Model):
    """Who is the chief executive of an organisation, or its chair: a decision goes first to them of all in the role."""

    organisation = models.ForeignKey(Place, models.CASCADE, related_name="+")
    role = models.CharField(max_length=30)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            one_of("role", TOP),
            models.UniqueConstraint(fields=["organisation", "role"], name="one_at_the_top_in_each_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"


class Decision(Record):
    """One question. Its title asks it, its owner is who decides, and its next review is the day by which."""

    #: Named, so that other kinds of record may have a field called `decision`.
    record_ptr = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_decision"
    )
    why = models.TextField(_("why it is asked now"), max_length=1_000, blank=True)
    options = models.TextField(_("the options, one line each"), max_length=1_500, blank=True)
    recommendation = models.TextField(_("what we recommend"), max_length=500, blank=True)
    affected = models.CharField(_("who is affected, and who was asked"), max_length=300, blank=True)
    sort = models.CharField(_("what it is about"), max_length=10, default=SERVICE, choices=list(SORTS.items()))
    money = models.PositiveIntegerField(_("what it costs, in pounds"), null=True, blank=True)
    reversible = models.BooleanField(_("it can be undone"), default=True)
    level = models.CharField(max_length=20, editable=False)  # at which it waits, or was decided
    first_level = models.CharField(max_length=20, editable=False)
    role = models.CharField(max_length=30, blank=True, editable=False)  # in which its owner decides
    line = models.ForeignKey(SchemeLine, models.PROTECT, null=True, editable=False, related_name="decisions")
    needed_by = models.DateField(editable=False)  # the first day that was asked for
    decided_on = models.DateField(null=True, editable=False, db_index=True)
    put_off = models.BooleanField(default=False, editable=False)  # "not yet" was said, which counts once

    class Meta:
        constraints: ClassVar[list[Any]] = [
            one_of("sort", SORTS),
            one_of("level", LEVELS),
            one_of("first_level", LEVELS),
        ]


class Step(models.Model):
    """One thing that happened to a question, in order: its story, and what the measures are worked out from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=10)
    level = models.CharField(max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: Trustwide itself
    holder = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # who decides from then on
    until = models.DateField(null=True)
    comment = models.OneToOneField(Comment, models.SET_NULL, null=True, related_name="decision_step")  # the reason
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(what__in=STEPS), name="decision_step_what_known"),
            one_of("level", LEVELS),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.decision_id}"


class Asker(models.Model):
    """Somebody who asks for a decision too, and is told of it."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="askers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["decision", "person"], name="one_asks_once_for_a_decision")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} asks {self.decision_id}"


class Slot(models.Model):
    """A quarter of an hour in which somebody who decides can be talked to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Place, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="drop_ins")
    starts_at = models.DateTimeField(db_index=True)
    where = models.CharField(max_length=120, blank=True)
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["person", "starts_at"],
                condition=Q(called_off_at=None),
                name="nobody_is_in_two_drop_ins_at_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_at}"


class Booking(models.Model):
    """Who comes to a drop-in, and about what."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="bookings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    about = models.CharField(max_length=200, blank=True)
    decision = models.ForeignKey(Decision, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["slot"], condition=Q(cancelled_at=None), name="one_booking_a_drop_in")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.slot_id}"
