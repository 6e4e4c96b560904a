"""Sets of measures, each measure's settings, and its observations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from trustwide.engines.spc.model import AGGREGATES, CHARTS, IMPROVEMENTS, RULES
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place, one_of

OPEN_DATA, REPORT = "open data", "report"
KINDS = (OPEN_DATA, REPORT)
EVERY_WORDS = {
    "day": _("Day"),
    "week": _("Week"),
    "month": _("Month"),
    "quarter": _("Quarter"),
    "event": _("Each time it happens"),
}


def choices(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


class MeasureSet(models.Model):
    """Measures that belong in one report: a file somebody loaded, or an open data set."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=choices(KINDS), default=REPORT)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=500, blank=True)
    organisation = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")  # null: open data
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints: ClassVar[list[Any]] = [
            one_of("kind", KINDS),
            models.CheckConstraint(
                condition=models.Q(kind=OPEN_DATA) | models.Q(organisation__isnull=False, by__isnull=False),
                name="a_report_has_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Charted(models.Model):
    """How a measure is charted (the fields of `Settings`), and its unit."""

    unit = models.CharField(max_length=20, blank=True)
    chart = models.CharField(max_length=10, choices=choices(CHARTS), default="xmr")
    improvement = models.CharField(max_length=10, choices=choices(IMPROVEMENTS), default="increase")
    aggregate = models.CharField(max_length=10, choices=choices(AGGREGATES), blank=True)
    target = models.FloatField(null=True, blank=True)
    centre = models.FloatField(null=True, blank=True)
    baseline = models.PositiveIntegerField(null=True, blank=True)
    multiply = models.FloatField(default=1.0)
    screen = models.BooleanField(default=True)
    floor_zero = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Counted(models.Model):
    """One number: a value, and where it is a share or a rate what it was made of.

    `period` is the start of the period, or the moment of a rare event; it carries no time zone of its own.
    """

    period = models.DateTimeField()
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    size = models.FloatField(null=True)

    class Meta:
        abstract = True


class Plotted(Counted):
    """One point, as the chart engine takes it: rows of one date already brought together."""

    spread = models.FloatField(null=True)
    target = models.FloatField(null=True)
    excluded = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True


class SetMeasure(Charted):
    """One measure of a set: what it is called, whose it is, and how it is charted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    measure_set = models.ForeignKey(MeasureSet, models.CASCADE, related_name="measures")
    place_in_set = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    org_code = models.CharField(max_length=20, blank=True)  # whose it is, where a set holds many organisations
    org_name = models.CharField(max_length=200, blank=True)
    rules = models.CharField(max_length=10, choices=choices(RULES), default="nhs")

    class Meta:
        ordering: ClassVar[list[str]] = ["measure_set", "place_in_set"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["measure_set", "place_in_set"], name="one_measure_a_place"),
            one_of("chart", CHARTS),
            one_of("rules", RULES),
            one_of("improvement", IMPROVEMENTS),
        ]

    def __str__(self) -> str:
        return self.name


class SetObservation(Plotted):
    """One point of a measure of a set."""

    measure = models.ForeignKey(SetMeasure, models.CASCADE, related_name="observations")
    segment = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["measure", "period"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["measure", "period"], name="one_set_observation_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period:%Y-%m-%d}"


class Measure(Record, Charted):
    """A measure that a place keeps: why it matters, how it is counted, and its numbers. The words are versioned."""

    why = models.TextField(max_length=2_000, blank=True)
    definition = models.TextField(max_length=5_000, blank=True)
    source = models.CharField(max_length=300, blank=True)
    every = models.CharField(max_length=10, choices=list(EVERY_WORDS.items()), default="month")
    computed = models.CharField(max_length=60, blank=True, editable=False)  # a key of computed.COMPUTED
    numbers_version = models.PositiveIntegerField(default=1, editable=False)  # of its observations and resets
    #: What its chart says, kept with each change, so that lists and front pages need no chart.
    variation = models.CharField(max_length=20, blank=True, editable=False)
    assurance = models.CharField(max_length=20, blank=True, editable=False)
    sentence = models.CharField(max_length=500, blank=True, editable=False)
    changed_since = models.DateField(null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            one_of("chart", CHARTS), one_of("improvement", IMPROVEMENTS), one_of("every", EVERY_WORDS),
        ]  # fmt: skip


class Observation(Plotted):
    """One number of a measure, for one period; typing it again for the same period puts it right."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="observations")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: computed
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["measure", "period"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["measure", "period"], name="one_observation_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period:%Y-%m-%d}"


class EarlierNumber(Counted):
    """What a number said until somebody put it right or took it away, and who that was. Its note went with it: it may
    have been what was wrong."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="earlier_numbers")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period:%Y-%m-%d} until {self.at:%Y-%m-%d}"


class LimitsReset(models.Model):
    """The day from which new limits hold, and what changed in the work that day; written on the chart."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="resets")
    starts = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["measure", "starts"], name="one_reset_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.starts}"


class RuleSet(models.Model):
    """The one set of rules by which all charts of an organisation look for signals."""

    organisation = models.OneToOneField(Place, models.CASCADE, related_name="+")
    rules = models.CharField(max_length=10, choices=choices(RULES), default="nhs")

    class Meta:
        constraints: ClassVar[list[Any]] = [one_of("rules", RULES)]

    def __str__(self) -> str:
        return self.rules


class Upload(models.Model):
    """A file on its way in: kept until its columns are understood, then loaded whole or not at all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Place, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")  # nobody else sees it before it is a report
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    title = models.CharField(max_length=200, blank=True)
    chart = models.CharField(max_length=10, choices=choices(CHARTS), default="xmr")
    columns = models.JSONField(default=dict)  # what each column is, by role; empty until somebody has said
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name
