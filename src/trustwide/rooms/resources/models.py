"""Pots from which teams draw on their word, and the mini business case with what was seen of each benefit."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place, one_of

#: What kinds of benefit there are, those for patients first and money last. They are never added up.
TIME, AVOIDED, CASH, INCOME = "time", "avoided", "cash", "income"
SORTS: dict[str, Any] = {
    "outcomes": _("Better for patients and carers"),
    "pathways": _("A better way through care"),
    "waiting": _("Less waiting"),
    "experience": _("How it feels"),
    "staff": _("How it is to work here"),
    "waste": _("Less waste"),
    "productivity": _("More done with the same effort"),
    TIME: _("Saved time"),
    AVOIDED: _("Cost we avoid"),
    CASH: _("Money we can take out"),
    INCOME: _("Money that comes in"),
}
#: In whose case it is said that saved time is not cash.
NOT_CASH = ("productivity", TIME, AVOIDED)
LOOKS = (6, 12)  # months after it began


class Pot(models.Model):
    """Days and money that a board sets aside for a place and a time: its teams draw on their word."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Place, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    half_days = models.PositiveIntegerField()
    money = models.PositiveIntegerField()  # pounds
    #: What was drawn: the database itself refuses more than there is.
    half_days_drawn = models.PositiveIntegerField(default=0)
    money_drawn = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(half_days_drawn__lte=F("half_days")), name="no_more_days_than_the_pot"),
            models.CheckConstraint(condition=Q(money_drawn__lte=F("money")), name="no_more_money_than_the_pot"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="a_pot_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.starts}"

    @property
    def half_days_left(self) -> int:
        return self.half_days - self.half_days_drawn

    @property
    def money_left(self) -> int:
        return self.money - self.money_drawn

    @property
    def is_open(self) -> bool:
        return self.starts <= today() <= self.ends

    @property
    def is_empty(self) -> bool:
        return not (self.half_days_left or self.money_left)


class Draw(models.Model):
    """What a team took from a pot, for what, and what came of it. Told by team, never by person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pot = models.ForeignKey(Pot, models.PROTECT, related_name="draws")
    team = models.ForeignKey(Place, models.PROTECT, related_name="+")
    half_days = models.PositiveIntegerField()
    money = models.PositiveIntegerField()
    what_for = models.CharField(max_length=200)
    came = models.CharField(max_length=300, blank=True)
    ask_on = models.DateField()  # the day from which the team is asked what came of it
    given_back = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["team", "ask_on"], name="draws_of_a_team")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(half_days__gt=0) | Q(money__gt=0), name="a_draw_takes_something")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Case(Record):
    """A case on one page: the problem, what is asked, and what it is thought to bring, each kind by itself."""

    trouble = models.TextField(_("the problem"), max_length=2_000)
    ask = models.TextField(_("what we ask for"), max_length=1_000)
    hours = models.PositiveIntegerField(_("hours a week"), null=True, blank=True)
    people = models.PositiveSmallIntegerField(_("how many people"), null=True, blank=True)
    money = models.PositiveIntegerField(_("money, in pounds"), null=True, blank=True)
    kit = models.CharField(_("kit"), max_length=200, blank=True)
    test_weeks = models.PositiveSmallIntegerField(_("weeks of trying it out first"), default=12)
    worse = models.TextField(_("what it could make worse"), max_length=1_000)
    partner = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")
    began_on = models.DateField(null=True, editable=False)


class Benefit(models.Model):
    """One thing that a case is thought to bring: a low, a likely and a high number, and how it will be measured."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="benefits")
    sort = models.CharField(max_length=12, choices=list(SORTS.items()))
    what = models.CharField(max_length=160)
    unit = models.CharField(max_length=40)
    low = models.FloatField()
    likely = models.FloatField()
    high = models.FloatField()
    measured = models.CharField(max_length=200)
    budget_line = models.CharField(max_length=160, blank=True)  # which one falls, where money is taken out
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [
            one_of("sort", tuple(SORTS)),
            models.CheckConstraint(
                condition=Q(low__lte=F("likely"), likely__lte=F("high")), name="low_is_below_likely_below_high"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Agreement(models.Model):
    """That a named person agreed to the numbers of a case as they stood; other numbers open it again."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="agreements")
    wording = models.CharField(max_length=64)  # a fingerprint of those numbers
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class Seen(models.Model):
    """What was seen of one benefit, six or twelve months after the case began; no number where nobody could tell."""

    benefit = models.ForeignKey(Benefit, models.CASCADE, related_name="seen")
    months = models.PositiveSmallIntegerField()
    value = models.FloatField(null=True)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["months"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["benefit", "months"], name="one_look_a_benefit"),
            one_of("months", LOOKS),
        ]

    def __str__(self) -> str:
        return f"{self.benefit_id} {self.months}"
