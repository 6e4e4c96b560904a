"""The board's safe limits, whom to ask about the five ticks, and the experiments that teams try."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.actions import BLANKED
from trustwide.rooms.commons.models import Record
from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place, one_of

YES, NO = "yes", "no"
ANSWERS = {YES: _("Yes"), NO: _("No")}
PLANNED, RUNNING, KEPT, CHANGED, STOPPED = STAGES = ("planned", "running", "kept", "changed", "stopped")
ENDED = (KEPT, CHANGED, STOPPED)
#: What each tick asks; a yes to any of them makes the experiment a question for whoever decides.
TICKS: dict[str, Any] = {
    "research": _("Is it research?"),
    "governance": _("Does it use people’s information in a new way?"),
    "medicines": _("Does it touch medicines or medical devices?"),
    "equality": _("Could it be worse for one group of people than for others?"),
    "quality": _("Could it make care less safe or less good?"),
}
#: Who knows about each.
DESKS: dict[str, Any] = {
    "research": _("Research office"),
    "governance": _("Information governance"),
    "medicines": _("Pharmacy, or medical devices"),
    "equality": _("Equality lead"),
    "quality": _("Quality impact"),
}


def _answer(words: Any) -> Any:
    return models.CharField(words, max_length=3, choices=list(ANSWERS.items()), default="", blank=True)


class SafeLimits(models.Model):
    """What a board lets every team try on its own, from one day on. Never changed: a new version follows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Place, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    cost = models.PositiveIntegerField()  # pounds
    people = models.PositiveSmallIntegerField()
    weeks = models.PositiveSmallIntegerField()
    since = models.DateField(default=today)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_version_of_limits_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"


class Contacts(models.Model):
    """Whom to ask about each tick: a desk and how to reach it. Written over, so that what was wrong is gone."""

    organisation = models.OneToOneField(Place, models.CASCADE, related_name="+")
    research = models.CharField(max_length=120, blank=True)
    governance = models.CharField(max_length=120, blank=True)
    medicines = models.CharField(max_length=120, blank=True)
    equality = models.CharField(max_length=120, blank=True)
    quality = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return str(self.organisation_id)


class Experiment(Record):
    """Something small that a team tries: what, what it thinks will happen, when it stops, and who must know."""

    what = models.TextField(_("what we try"), max_length=2_000)
    expect = models.TextField(_("what we think will happen"), max_length=1_000)
    rethought = models.TextField(_("what we think since (written afterwards)"), max_length=1_000, blank=True)
    scope = models.CharField(_("where, and with whom"), max_length=200)
    cost = models.PositiveIntegerField(_("what it costs, in pounds"), default=0)
    people = models.PositiveSmallIntegerField(_("how many people take part"), default=1)
    weeks = models.PositiveSmallIntegerField(_("how many weeks it takes"), default=2)
    reversible = _answer(_("can we go back to how it was?"))
    risk = _answer(_("could it put a patient at risk?"))
    research = _answer(TICKS["research"])
    governance = _answer(TICKS["governance"])
    medicines = _answer(TICKS["medicines"])
    equality = _answer(TICKS["equality"])
    quality = _answer(TICKS["quality"])
    stop_signs = models.TextField(_("we stop if"), max_length=1_000)
    must_know = models.CharField(_("who must know"), max_length=300)
    happened = models.TextField(_("what happened"), max_length=2_000, blank=True)
    began_on = models.DateField(null=True, editable=False)
    locked = models.TextField(blank=True, editable=False)  # what was thought when it began
    #: The limits that held on the day it began: what a board changes later does not reach back.
    limits = models.ForeignKey(SafeLimits, models.PROTECT, null=True, editable=False, related_name="+")
    tries = models.ForeignKey(Idea, models.SET_NULL, null=True, blank=True, related_name="+")  # the idea
    #: The decision that was asked for, and a fingerprint of what it was asked about.
    question = models.ForeignKey(Record, models.SET_NULL, null=True, editable=False, related_name="+")
    asked = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            *(one_of(name, ("", *ANSWERS)) for name in ("reversible", "risk", *TICKS)),
            models.CheckConstraint(
                condition=Q(began_on=None) | Q(expect=F("locked")),
                name="what_was_thought_stays_once_it_began",
            ),
        ]

    def save(self, *arguments: Any, **options: Any) -> None:
        """Whatever way it comes in: once it began, what was thought first stays, and what is thought since says so."""
        if self.began_on and self.locked and self.expect not in (self.locked, BLANKED):
            self.rethought, self.expect = self.expect or self.rethought, self.locked
        self.locked = self.expect
        super().save(*arguments, **options)
