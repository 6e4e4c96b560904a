"""Projects of any size, their tests of change, the room they were promised, and what failed well."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.actions import BLANKED
from trustwide.rooms.commons.models import Record
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place, one_of

JUST_DO_IT, SMALL_TEST, PROJECT, PROGRAMME = SIZES = ("just-do-it", "test", "project", "programme")
BIG = (PROJECT, PROGRAMME)
SIZE_WORDS = {
    JUST_DO_IT: _("Just do it"),
    SMALL_TEST: _("Small test"),
    PROJECT: _("Project"),
    PROGRAMME: _("Programme"),
}
PARTS = {
    "clinical": _("Clinical"),
    "corporate": _("Corporate"),
    "digital": _("Digital"),
    "estates": _("Estates"),
    "peoples-voice": _("People’s voice"),
}
#: Why it matters to people; money is a line of its own, the last.
BENEFITS = {
    "pathways": _("A better way through care"),
    "waste": _("Less waste"),
    "waiting": _("Less waiting"),
    "productivity": _("More done with the same effort"),
    "experience": _("How it feels"),
}
#: How people with lived experience take part, the least first. To tell people what to do is no step on it.
LADDER = {
    "informing": _("We tell them what we do"),
    "consultation": _("We ask what they think"),
    "engagement": _("They take part in some of it"),
    "co-design": _("We design it together"),
    "co-production": _("We do all of it together, and decide together"),
}
#: How many measures may stand beside the one that tells of a project.
MOST_BESIDE = 4
DOES = {
    "lead": _("Leads it"),
    "member": _("In the team"),
    "lived": _("Brings lived experience"),
    "coach": _("Coach"),
    "sponsor": _("Sponsor"),
}
RIGHT = {"yes": _("Yes"), "partly": _("Partly"), "no": _("No")}
ACTS = {
    "adopt": _("Adopt it: it is how we work now"),
    "adapt": _("Adapt it: try it in another way"),
    "expand": _("Expand it: try it in more places"),
    "abandon": _("Abandon it: it is not for us"),
}


def _line(words: Any, longest: int = 200) -> Any:
    return models.CharField(words, max_length=longest, blank=True)


def _lines(words: Any, longest: int = 2_000) -> Any:
    return models.TextField(words, max_length=longest, blank=True)


def _choice(words: Any, choices: dict[str, Any], usual: str = "") -> Any:
    return models.CharField(words, max_length=20, choices=list(choices.items()), default=usual, blank=not usual)


class Project(Record):
    """Work that makes something better: its size says how much is asked of it."""

    size = _choice(_("how big it is"), SIZE_WORDS, JUST_DO_IT)
    part = _choice(_("part of the organisation"), PARTS)
    trying = _lines(_("what we try"))
    expect = _lines(_("what we think will happen"), 500)
    aim = _line(_("aim: how much"))
    aim_by = models.DateField(_("aim: by when"), null=True, blank=True)
    aim_for = _line(_("aim: for whom"))
    benefit = _choice(_("kind of benefit"), BENEFITS)
    why = _line(_("why it matters to people"), 300)
    money = _line(_("money, last"))
    lived = _lines(_("people with lived experience, and what they do in it"))
    step_now = _choice(_("how they take part now"), LADDER)
    step_aim = _choice(_("how they are to take part"), LADDER)
    unequal = _lines(_("who may gain less, or lose"))
    digital_needs = _lines(_("what people need of anything digital in it"))
    ideas = _lines(_("change ideas, one line each"))
    stop_rule = _line(_("stop if"), 300)
    stop_on = models.DateField(_("stop, or decide to go on, by"), null=True, blank=True)
    promised_hours = models.PositiveSmallIntegerField(_("hours a month promised to the team"), null=True, blank=True)
    promised_by = _line(_("who promised them"), 100)
    covered_by = _line(_("who covers in those hours"))
    #: The newest month of which its team said what hours it had (`HoursHad` keeps them all).
    hours_month = models.DateField(null=True, editable=False)
    hours_had = models.PositiveSmallIntegerField(null=True, editable=False)
    says = _line(_("where it stands, as the team sees it"))
    says_why = _line(_("why the team sees it so"), 300)
    end_reason = _line(_("why it ended, or paused"), 300)
    kept = _lines(_("what is kept"), 500)
    again_if = _lines(_("what it would take to try it again"), 500)
    hours_freed = models.PositiveSmallIntegerField(_("hours freed each week"), null=True, blank=True)
    handed_to = _line(_("whom it was handed to"))
    #: Where it stands as its record tells (`standing.py`), kept so that lists need not work it out.
    stands = models.CharField(max_length=300, blank=True, editable=False)
    scale = models.FloatField(null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            one_of("size", SIZES), one_of("part", ("", *PARTS)), one_of("benefit", ("", *BENEFITS)),
            one_of("step_now", ("", *LADDER)), one_of("step_aim", ("", *LADDER)),
            models.CheckConstraint(
                condition=~Q(size__in=BIG) | (~Q(stop_rule="") & Q(stop_on__isnull=False)),
                name="what_is_big_says_when_it_stops",
            ),
        ]  # fmt: skip


class Member(models.Model):
    """Somebody in a project's team: a person with an account, or a part that somebody without one has."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100, blank=True)
    does = models.CharField(max_length=20, choices=list(DOES.items()), default="member")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [
            one_of("does", DOES),
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | Q(person=None) & ~Q(name=""),
                name="a_member_is_a_person_or_a_part",
            ),
            models.UniqueConstraint(fields=["project", "person", "does"], name="one_part_a_person_in_a_team"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ProjectMeasure(models.Model):
    """A measure that will tell whether a project helps; the first is the one it is judged by."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="told_by")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="told_of")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "measure"], name="one_measure_once_a_project"),
            models.UniqueConstraint(fields=["project", "position"], name="one_project_measure_a_position"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.measure_id}"


class HoursHad(models.Model):
    """The hours that a team had for its project in one month."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="hours")
    month = models.DateField()
    hours = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-month"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "month"], name="one_number_of_hours_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.month}"


class Rigour(models.Model):
    """What an organisation asks of work of each size: names of fields, by size."""

    organisation = models.OneToOneField(Place, models.CASCADE, related_name="+")
    asks = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.organisation_id)


class TestOfChange(Record):
    """One turn of plan, do, study, act: its title is the question that it asks."""

    __test__: ClassVar[bool] = False  # for those who collect tests by their names

    of_project = models.ForeignKey(Project, models.PROTECT, null=True, editable=False, related_name="tests")
    number = models.PositiveSmallIntegerField(default=1, editable=False)  # in its project's series
    trying = _lines(_("what we try"))
    prediction = _lines(_("what we think will happen"), 500)
    rethought = _lines(_("what we think since (written afterwards)"), 500)
    how = _lines(_("who, where, when, and how small"), 500)
    collect = _lines(_("what we will look at or count"), 500)
    stop_if = _line(_("stop if"), 300)
    happened = _lines(_("what happened"))
    surprises = _lines(_("what surprised us"))
    right = _choice(_("did what we thought happen?"), RIGHT)
    learned = _lines(_("what we learned"))
    act = _choice(_("what we do now"), ACTS)
    next_time = _line(_("what we try next"), 300)
    started_at = models.DateTimeField(null=True, editable=False)
    studied_at = models.DateTimeField(null=True, editable=False)
    predicted_at = models.DateTimeField(null=True, editable=False)  # when the prediction got the words it has
    afterwards = models.BooleanField(default=False, editable=False)  # it was written once the test had begun
    locked = models.TextField(blank=True, editable=False)  # the prediction that `predicted_at` is of

    class Meta:
        verbose_name_plural: ClassVar[Any] = "tests of change"
        constraints: ClassVar[list[Any]] = [
            one_of("right", ("", *RIGHT)), one_of("act", ("", *ACTS)),
            models.UniqueConstraint(fields=["of_project", "number"], name="one_test_a_number"),
            models.CheckConstraint(
                condition=Q(started_at=None) | Q(prediction=F("locked")), name="a_prediction_stays_once_its_test_began"
            ),
            models.CheckConstraint(
                condition=Q(started_at=None) | Q(predicted_at=None)
                | Q(afterwards=False, predicted_at__lte=F("started_at"))
                | Q(afterwards=True, predicted_at__gt=F("started_at")),
                name="a_late_prediction_says_so",
            ),
        ]  # fmt: skip

    def save(self, *arguments: Any, **options: Any) -> None:
        """Whatever way a prediction comes in: once the test began the first stays, and what comes late says so."""
        if self.started_at and self.locked and self.prediction not in (self.locked, BLANKED):
            self.rethought, self.prediction = self.prediction or self.rethought, self.locked
        if self.prediction != self.locked:
            if not (self.started_at and self.prediction == BLANKED):
                self.predicted_at = now() if self.prediction else None
                self.afterwards = bool(self.started_at)
            self.locked = self.prediction
        super().save(*arguments, **options)


class FabulousFailure(Record):
    """What a team tried that did not work, told so that others need not find out again."""

    of_project = models.ForeignKey(Project, models.SET_NULL, null=True, editable=False, related_name="failures")
    what_tried = _lines(_("what we tried"))
    predicted = _lines(_("what we thought would happen"), 500)
    happened = _lines(_("what happened"))
    why = _lines(_("why we think so"))
    cost = _line(_("what it cost us in time"))
    differently = _lines(_("what we would do differently"))
    again_if = _lines(_("try it again if"), 500)
    tell = _line(_("who else should know"))
    published_at = models.DateTimeField(null=True, editable=False)
    thanked_at = models.DateTimeField(null=True, editable=False)
    thanked_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(thanked_at=None, thanked_by=None) | Q(thanked_at__isnull=False, thanked_by__isnull=False),
                name="thanks_come_from_somebody",
            )
        ]
