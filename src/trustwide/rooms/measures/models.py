"""Sets of measures, each measure's settings, and its observations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from trustwide.engines.spc.model import AGGREGATES, CHARTS, IMPROVEMENTS, RULES
from trustwide.rooms.people.ids import uuid7

OPEN_DATA, REPORT = "open data", "report"
KINDS = (OPEN_DATA, REPORT)


def choices(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


def one_of(field: str, words: tuple[str, ...]) -> models.CheckConstraint:
    """The rule of a choice, kept by the database too."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": words}), name=f"%(class)s_{field}_known")


class MeasureSet(models.Model):
    """Measures that belong in one report: a file somebody loaded, or an open data set."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=choices(KINDS), default=REPORT)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints: ClassVar[list[Any]] = [one_of("kind", KINDS)]

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """One measure: what it is called, whose it is, and how it is charted (the fields of `Settings`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    measure_set = models.ForeignKey(MeasureSet, models.CASCADE, related_name="measures")
    place_in_set = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    org_code = models.CharField(max_length=20, blank=True)  # whose it is, where a set holds many organisations
    org_name = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    chart = models.CharField(max_length=10, choices=choices(CHARTS), default="xmr")
    rules = models.CharField(max_length=10, choices=choices(RULES), default="nhs")
    improvement = models.CharField(max_length=10, choices=choices(IMPROVEMENTS), default="increase")
    aggregate = models.CharField(max_length=10, choices=choices(AGGREGATES), blank=True)
    target = models.FloatField(null=True, blank=True)
    centre = models.FloatField(null=True, blank=True)
    baseline = models.PositiveIntegerField(null=True, blank=True)
    multiply = models.FloatField(default=1.0)
    screen = models.BooleanField(default=True)
    floor_zero = models.BooleanField(default=False)

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


class Observation(models.Model):
    """One point of a measure, as the chart engine takes it: rows of one date already brought together.

    `period` is the start of the period, or the moment of a rare event; it carries no time zone of its own.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="observations")
    period = models.DateTimeField()
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    size = models.FloatField(null=True)
    spread = models.FloatField(null=True)
    target = models.FloatField(null=True)
    segment = models.PositiveIntegerField(default=1)
    excluded = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["measure", "period"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["measure", "period"], name="one_observation_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period:%Y-%m-%d}"


class Upload(models.Model):
    """A file on its way in: kept until its columns are understood, then loaded whole or not at all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    title = models.CharField(max_length=200, blank=True)
    chart = models.CharField(max_length=10, choices=choices(CHARTS), default="xmr")
    columns = models.JSONField(default=dict)  # what each column is, by role; empty until somebody has said
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
