"""What people raise, who must answer it at which tier, and each step of how it went."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.models import Comment, Record
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import LEVEL_WORDS, LEVELS, Place, one_of

KNOW, HELP, STOP = "know", "help", "stop"
SORTS = {KNOW: _("Just so you know"), HELP: _("We need help"), STOP: _("Not safe, stop now")}
ON_WALL = {KNOW: _("To know"), HELP: _("Help"), STOP: _("Not safe")}
GROUPS = {
    "nursing": _("Nursing or midwifery"),
    "medical": _("Doctors"),
    "therapy": _("Therapies, science or pharmacy"),
    "support": _("Porters, catering or estates"),
    "office": _("Office and clerical"),
    "bank": _("Bank, agency or contractor"),
    "volunteer": _("Volunteers"),
    "public": _("Patients, carers or visitors"),
    "other": _("Somebody else"),
}
ASKED, WORKING, ANSWERED, TOLD, HELPED, TAKEN_BACK = "asked", "working", "answered", "told", "helped", "taken-back"
WAITING = (ASKED, WORKING)
MOST_TIERS = 6
#: Who answers at a tier: the first of these roles that somebody holds at its place.
ANSWERING = ("team-leader", "manager", "executive", "improvement-lead")
#: What a step can be.
RAISED, NOBODY, ROSE, MORE_HELP, PASSED = "raised", "nobody", "rose", "more-help", "passed"
ANSWER, SEEN, PROMISE, ASK_TIME, AGREED, KEPT_CLOCK = "answer", "seen", "promise", "ask-time", "agreed", "kept-clock"
TELL, YES, NOT_YET, LATE, BACK = "tell", "yes", "not-yet", "late", "back"
STEPS = (
    RAISED, NOBODY, ROSE, MORE_HELP, PASSED, ANSWER, SEEN, PROMISE, ASK_TIME, AGREED, KEPT_CLOCK,
    TELL, YES, NOT_YET, LATE, BACK,
)  # fmt: skip
#: The steps by which a tier begins to hold an item.
ARRIVALS = (RAISED, ROSE, MORE_HELP, NOT_YET)


class Tier(models.Model):
    """One tier of an organisation: at which level of place it answers, who, and within how many working hours."""

    organisation = models.ForeignKey(Place, models.CASCADE, related_name="tiers")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=20, choices=list(LEVEL_WORDS.items()))
    role = models.CharField(max_length=30)
    know_hours = models.PositiveSmallIntegerField(default=16)
    help_hours = models.PositiveSmallIntegerField(default=8)
    stop_hours = models.PositiveSmallIntegerField(default=1)
    ring = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_tier_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=MOST_TIERS), name="at_most_six_tiers"),
            one_of("level", LEVELS),
            one_of("role", ANSWERING),
        ]

    def __str__(self) -> str:
        return self.name

    def hours(self, sort: str) -> int:
        return {KNOW: self.know_hours, HELP: self.help_hours, STOP: self.stop_hours}[sort]


class Item(Record):
    """Something that somebody raised. Its owner is who must answer, by `due_at`."""

    sort = models.CharField(_("what it is"), max_length=10, default=HELP, choices=list(SORTS.items()))
    words = models.TextField(_("more words"), max_length=2_000, blank=True)
    group = models.CharField(_("who raises it"), max_length=20, blank=True, choices=list(GROUPS.items()))
    tier = models.PositiveSmallIntegerField(default=1, editable=False)
    typed_at = models.DateTimeField(_("when it was written"), null=True, editable=False)  # where it was sent later
    given_at = models.DateTimeField(default=now, editable=False)  # when it came to that tier
    due_at = models.DateTimeField(null=True, editable=False)
    put_off = models.BooleanField(default=False, editable=False)  # "working on it" has moved the day at this tier
    asks_until = models.DateField(null=True, editable=False)  # more time that whoever raised it has not agreed to
    not_solved = models.PositiveSmallIntegerField(default=0, editable=False)  # how often an answer did not help
    code_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)  # of who has no account

    class Meta:
        constraints: ClassVar[list[Any]] = [one_of("sort", SORTS), one_of("group", ("", *GROUPS))]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["due_at"], name="items_by_day")]

    @property
    def is_late(self) -> bool:
        return self.stage in WAITING and self.due_at is not None and self.due_at < now()

    @property
    def by_code(self) -> bool:
        return self.code_hash is not None


class Step(models.Model):
    """One thing that happened to an item, in order: its story, and what the measures are worked out from."""

    #: Numbered by the database, so that steps of one moment stay in order.
    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=12)
    tier = models.PositiveSmallIntegerField()
    tier_name = models.CharField(max_length=60)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")  # that answers at the tier
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: Trustwide itself
    holder = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # who has it from then on
    due_at = models.DateTimeField(null=True)
    comment = models.OneToOneField(Comment, models.SET_NULL, null=True, related_name="step")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(what__in=STEPS), name="item_step_known"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["at", "what"], name="steps_by_day")]

    def __str__(self) -> str:
        return f"{self.what} {self.item_id}"


class Door(models.Model):
    """The QR code on a team's board, by which people with no account raise something. A new turn ends the old code."""

    team = models.OneToOneField(Place, models.CASCADE, primary_key=True, related_name="raise_door")
    turn = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.team_id)
