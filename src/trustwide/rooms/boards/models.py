"""How a team set up its board, and what it writes there each day: its plan, its huddles, its thanks."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place, one_of

#: A board that shows more is read by nobody.
MOST_CARDS = MOST_COLUMNS = MOST_LINES = 5
USUAL_COLUMNS = (_("Safety"), _("Quality"), _("Delivery"), _("Cost and waste"), _("People"))
MOST_MINUTES = 240  # of a huddle
STALE_AFTER = {24: _("a day"), 72: _("three days"), 168: _("a week")}  # hours
SHIFTS = {"day": _("Day"), "late": _("Late"), "night": _("Night")}
#: Why a huddle was not held, each with the letter that stands for it on the paper sheet.
WHY_NOT = {
    "busy": _("We were too busy"),
    "few": _("Too few of us were here"),
    "lead": _("Nobody was there to lead it"),
    "else": _("Another reason"),
}


class Board(models.Model):
    """How a team set up its board. A team without one is shown its measures as they come."""

    team = models.OneToOneField(Place, models.PROTECT, primary_key=True, related_name="wall_board")
    own_columns = models.TextField(max_length=200, blank=True)  # a name a line; none: the usual five
    huddle_at = models.TimeField(null=True, blank=True)
    weekends = models.BooleanField(default=True)  # whether the team huddles on them
    stale_after = models.PositiveSmallIntegerField(default=72, choices=list(STALE_AFTER.items()))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[Any]] = [one_of("stale_after", STALE_AFTER)]

    def __str__(self) -> str:
        return str(self.team_id)

    @property
    def columns(self) -> list[Any]:
        return [line for line in self.own_columns.splitlines() if line] or list(USUAL_COLUMNS)


class Card(models.Model):
    """One measure on a board: in which column, and where among all cards of the board."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey(Board, models.CASCADE, related_name="cards")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+")
    column = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["board", "measure"], name="one_card_a_measure"),
            models.UniqueConstraint(fields=["board", "position"], name="one_card_a_position"),
            models.CheckConstraint(condition=Q(position__lt=MOST_CARDS), name="at_most_five_cards"),
            models.CheckConstraint(condition=Q(column__lt=MOST_COLUMNS), name="at_most_five_columns"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.position}"


class Plan(models.Model):
    """What a team plans for one day, in counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    team = models.ForeignKey(Place, models.PROTECT, related_name="plans")
    day = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)  # when it was last written
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["team", "day"], name="one_plan_a_day")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.day}"


class PlanLine(models.Model):
    """One thing that is planned: how many, how many are done, and what the rest waits for."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    planned = models.PositiveSmallIntegerField(null=True)
    done = models.PositiveSmallIntegerField(null=True)
    waits_for = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["plan", "position"], name="one_plan_line_a_position"),
            models.CheckConstraint(condition=Q(position__lt=MOST_LINES), name="at_most_five_plan_lines"),
        ]

    def __str__(self) -> str:
        return self.name


class Thanks(models.Model):
    """A thank-you on a team's board: to whom, for what."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    team = models.ForeignKey(Place, models.PROTECT, related_name="thanks")
    to = models.CharField(max_length=80)
    why = models.CharField(max_length=160)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    happened_at = models.DateTimeField(default=now)  # when it was typed, perhaps with no network
    at = models.DateTimeField(default=now)
    taken_off_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural: ClassVar[Any] = "thanks"
        ordering: ClassVar[list[str]] = ["-happened_at", "-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["team", "-happened_at"], name="thanks_of_a_team")]

    def __str__(self) -> str:
        return str(self.pk)


class Huddle(models.Model):
    """What somebody wrote of one huddle. Two may write of the same one: both stay, and the team sees both."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    team = models.ForeignKey(Place, models.PROTECT, related_name="huddles")
    day = models.DateField()  # a night shift is of the day on which it begins
    shift = models.CharField(max_length=10, default="day", choices=list(SHIFTS.items()))
    held = models.BooleanField()
    why_not = models.CharField(max_length=10, blank=True, choices=list(WHY_NOT.items()))
    minutes = models.PositiveSmallIntegerField(null=True)
    people = models.PositiveSmallIntegerField(null=True)
    raised = models.PositiveSmallIntegerField(null=True)  # how many things were raised
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    happened_at = models.DateTimeField(default=now)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["day", "shift", "at"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["team", "-day"], name="huddles_of_a_team")]
        constraints: ClassVar[list[Any]] = [
            one_of("shift", SHIFTS),
            one_of("why_not", ("", *WHY_NOT)),
            models.CheckConstraint(
                condition=Q(held=True, why_not="") | Q(held=False, minutes=None, people=None, raised=None),
                name="a_huddle_was_held_or_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.day} {self.shift}"
