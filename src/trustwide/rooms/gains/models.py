"""What teams changed and want to keep: verdicts with their dates, ten plain answers, signals of what is watched."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.models import Record
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import one_of

BEGAN, STOPPED = "began", "stopped"
TURNS = {BEGAN: _("We began it"), STOPPED: _("We stopped it")}
ORIGINS = {
    "project": _("A project or a test of ours"),
    "pandemic": _("The pandemic"),
    "elsewhere": _("Another team or organisation"),
    "other": _("Something else"),
}
LET_GO, RESTART, END, AMPLIFY = "let-go", "restart", "end", "amplify"
#: The four verdicts, each in the words of a team.
VERDICTS = {
    AMPLIFY: _("Keep it, and do more of it"),
    RESTART: _("Start it again"),
    END: _("End it"),
    LET_GO: _("Let it go for good"),
}
ROUNDS = (3, 6, 12)  # months after it was kept


class Gain(Record):
    """A practice that began or stopped, which a team means to keep an eye on: is it still working?"""

    what = models.TextField(_("what we do differently"), max_length=2_000)
    turn = models.CharField(_("did it begin, or stop?"), max_length=10, choices=list(TURNS.items()), default=BEGAN)
    origin = models.CharField(_("where it came from"), max_length=10, choices=list(ORIGINS.items()), default="project")
    since = models.DateField(_("since when"), null=True, blank=True)
    why = models.TextField(_("why"), max_length=1_000)
    evidence = models.TextField(_("how we know that it helps"), max_length=2_000)
    unequal = models.TextField(_("who may be affected more or less than others"), max_length=1_000)
    watch = models.ForeignKey(
        Measure, models.SET_NULL, verbose_name=_("the measure we watch"), null=True, blank=True, related_name="gains"
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [one_of("turn", tuple(TURNS)), one_of("origin", tuple(ORIGINS))]


class Verdict(models.Model):
    """What a team made of a practice on one day. Asked again: each is a row, and together they tell how it went."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    gain = models.ForeignKey(Gain, models.CASCADE, related_name="verdicts")
    fits = models.BooleanField()
    suggested = models.CharField(max_length=10, choices=list(VERDICTS.items()))
    verdict = models.CharField(max_length=10, choices=list(VERDICTS.items()))
    reason = models.CharField(max_length=300, blank=True)
    unequal = models.CharField(max_length=300)
    decided_by = models.CharField(max_length=120)
    again_on = models.DateField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [
            one_of("suggested", tuple(VERDICTS)),
            one_of("verdict", tuple(VERDICTS)),
        ]

    def __str__(self) -> str:
        return f"{self.gain_id} {self.verdict}"


class Answers(models.Model):
    """One person's ten answers, given alone. Nobody else is shown whose they are."""

    gain = models.ForeignKey(Gain, models.CASCADE, related_name="answers")
    months = models.PositiveSmallIntegerField()
    given = models.JSONField()  # ten of 0 to 3, null where they do not know
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["gain", "months", "by"], name="ten_answers_of_a_person_a_round"),
            one_of("months", ROUNDS),
        ]

    def __str__(self) -> str:
        return f"{self.gain_id} {self.months}"


class Signal(models.Model):
    """That the measure watched changed for the worse: its owner is told first, the others a week later."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    gain = models.ForeignKey(Gain, models.CASCADE, related_name="signals")
    began = models.DateField()  # the day from which the chart shows it
    owner_told = models.DateField()
    others_told = models.DateField(null=True)
    looked_at = models.DateTimeField(null=True)  # a verdict came after it

    class Meta:
        ordering: ClassVar[list[str]] = ["-owner_told", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["gain", "began"], name="one_signal_a_beginning")
        ]

    def __str__(self) -> str:
        return f"{self.gain_id} {self.began}"
