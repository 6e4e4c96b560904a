"""Why an organisation is here: its strategy, values and objectives, and what its executives say of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.models import Comment, Record
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import one_of

#: Why an objective matters to people. Money stands last, and never alone.
BENEFITS = ("pathways", "waste", "waiting", "productivity", "experience")
MONEY = "money"
UPPER, LOWER = SIDES = ("upper", "lower")
#: What one side can say of an objective's words; the last two are its word on them.
OFFER, HELP, WORDING, AGREE, DISAGREE = SAYINGS = ("offer", "help", "wording", "agree", "disagree")
#: The kinds of document that are checked.
CONTRACT = "contract"
SORTS = {
    "job-description": _("Job description"),
    CONTRACT: _("Consultant’s contract"),
    "advert": _("Advert"),
    "interview": _("Interview guide"),
    "induction": _("Induction plan"),
    "appraisal": _("Appraisal form"),
}


def _line(words: Any, longest: int = 160) -> Any:
    return models.CharField(words, max_length=longest, blank=True)


class Value(Record):
    """What an organisation stands by, in what people can be seen to do."""

    behaviours = models.TextField(_("what we do, one line each"), max_length=2_000)
    in_method = _line(_("how it shows in the way we improve"))
    conversation = models.TextField(_("what we said when we last looked at it"), max_length=5_000, blank=True)
    reviewed_on = models.DateField(null=True, blank=True, editable=False)


class Strategy(Record):
    """One page: the purpose (its title) in the words of four audiences, the way of improving, what we expect."""

    colleagues = _line(_("why we are here, in colleagues’ words"), 240)
    patients = _line(_("why we are here, in patients’ words"), 240)
    service_users = _line(_("why we are here, in service users’ words"), 240)
    local_people = _line(_("why we are here, in local people’s words"), 240)
    method_name = _line(_("what we call our way of improving"), 60)
    method = models.TextField(_("our way of improving, in plain words"), max_length=500, blank=True)
    expect = models.TextField(_("what we expect of each other"), max_length=500, blank=True)


class Objective(Record):
    """Something that a place means to get better at, joined to the one above that it helps."""

    pathways = _line(_("a better way through care"))
    waste = _line(_("less waste"))
    waiting = _line(_("less waiting"))
    productivity = _line(_("more done with the same effort"))
    experience = _line(_("how it feels"))
    money = _line(_("money, last"))
    lives = models.ForeignKey(
        Value, models.SET_NULL, verbose_name=_("the value it lives"), null=True, blank=True, related_name="objectives"
    )
    told_by = models.ForeignKey(
        Measure, models.SET_NULL, verbose_name=_("the measure"), null=True, blank=True, related_name="objectives"
    )
    stop_reason = _line(_("why it stopped"), 300)
    hours_freed = models.PositiveSmallIntegerField(_("hours freed each week"), null=True, blank=True)
    #: The version at which its wording last changed: both sides agree to one wording, not to a name.
    worded = models.PositiveIntegerField(default=1, editable=False)
    wording = models.CharField(max_length=64, editable=False)  # a fingerprint of those words


class Round(models.Model):
    """One side's turn in the talk about an objective: what it said to the other of which wording."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="rounds")
    upper = models.ForeignKey(Objective, models.CASCADE, related_name="+")  # the one above that it was said about
    side = models.CharField(max_length=10)
    what = models.CharField(max_length=10)
    worded = models.PositiveIntegerField()
    comment = models.OneToOneField(Comment, models.CASCADE, null=True, related_name="round")  # the words typed with it
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [one_of("side", SIDES), one_of("what", SAYINGS)]

    def __str__(self) -> str:
        return f"{self.side} {self.what} {self.objective_id}"


class Message(Record):
    """A message to all staff: what an executive saw of the values in the work, in their own words."""

    text = models.TextField(max_length=20_000)
    shows = models.ForeignKey(Value, models.SET_NULL, null=True, blank=True, related_name="messages")
    about = models.ForeignKey(Objective, models.SET_NULL, null=True, blank=True, related_name="messages")
    comments_open = models.BooleanField(default=True)


class DocumentCheck(Record):
    """What a document that we give people carries of our values. Its text goes once it was read; quotations stay."""

    sort = models.CharField(
        _("kind of document"), max_length=20, choices=list(SORTS.items()), default="job-description"
    )
    text = models.TextField(_("text that waits to be read"), blank=True)
    quotes = models.TextField(_("what it says, quoted"), blank=True)  # a passage a line
    #: What was looked for, by id, with the numbers of the lines that quote it: `document_reading` writes it.
    found = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, default="", blank=True, editable=False)  # tells the same text again
    read_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [one_of("sort", tuple(SORTS))]
