"""Problems and the angles from which they are seen; ideas, who supports them, and what came of them."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.actions import BLANKED
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.models import Comment, Record
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import one_of

#: From which part of life or work somebody sees a problem.
SIDES_OF_LIFE: dict[str, Any] = {
    "lived": _("People with lived experience"),
    "carers": _("Carers and families"),
    "clinical": _("Nurses, doctors and therapists"),
    "support": _("Porters, cleaners, catering and volunteers"),
    "office": _("Office staff"),
    "leaders": _("Team leaders and managers"),
    "board": _("Executives and the board"),
    "partners": _("Partners outside: GPs, council, charities"),
}
#: Where a problem stands, and where an idea does.
FRAMING, FRAMED, WORKING, SOLVED, LET_GO = "framing", "framed", "working", "solved", "let-go"
NEW, GO_AHEAD, TALKING, TRYING = "new", "go-ahead", "talking", "trying"
KEPT, CHANGED, STOPPED, ALREADY, NOT_NOW, MERGED = "kept", "changed", "stopped", "already", "not-now", "merged"
#: What an idea can be answered with, and what can come of it: each is a stage too.
REPLIES: dict[str, Any] = {
    GO_AHEAD: _("Go ahead, you need nobody’s permission"),
    TALKING: _("Let us try it together"),
    NOT_NOW: _("Not now, because …"),
    ALREADY: _("It is already done, or being tried: see …"),
}
OUTCOMES: dict[str, Any] = {
    TRYING: _("We are trying it"),
    KEPT: _("We tried it and keep it"),
    CHANGED: _("We tried it, changed it, and keep that"),
    STOPPED: _("We tried it and stopped"),
}
TRIED = tuple(OUTCOMES)


def _line(words: Any, longest: int = 300) -> Any:
    return models.CharField(words, max_length=longest, blank=True)


def _text(words: Any) -> Any:
    return models.TextField(words, max_length=2_000, blank=True)


class Problem(Record):
    """Something that is not right yet, framed before anybody answers it. Its title is what happens."""

    happens = _line(_("where it happens"))
    touches = _line(_("who it touches"))
    since = _line(_("since when"))
    known_by = _text(_("how we know"))
    patients_say = _text(_("how patients see it"))
    staff_say = _text(_("how staff see it"))
    #: A board's question to all staff: until which day it takes replies, and whether they are shown without names.
    asks_until = models.DateField(null=True, blank=True, editable=False)
    unnamed = models.BooleanField(default=True, editable=False)

    @property
    def is_asking(self) -> bool:
        """Whether it takes replies today."""
        return self.asks_until is not None and self.closed_at is None and self.asks_until >= today()


class Angle(models.Model):
    """A problem as it looks from one side of life or work, in the words of a comment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="angles")
    role = models.CharField(max_length=20, choices=list(SIDES_OF_LIFE.items()))
    comment = models.OneToOneField(Comment, models.CASCADE, related_name="angle")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [one_of("role", SIDES_OF_LIFE)]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.role}"


class Reply(models.Model):
    """One person's reply to a board's question; of one that is shown without names, no name is kept.

    Its id is by chance and its day has no hour, so that neither tells when it was written. `writer_hash` lets the
    writer alone, signed in, find it again to change it (`replies.py`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="replies")
    text = models.TextField(max_length=2_000)
    day = models.DateField(default=today)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    writer_hash = models.BinaryField(max_length=32)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["problem", "writer_hash"], name="one_reply_a_writer")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class WordsLocked(NotNow):
    """The words of an idea that somebody would change once they were supported."""


LOCKED = _(
    "Somebody supports these words, so they stay as they are. Write yours as later words, on the page of the idea:"
    " they stand beside these."
)


class Idea(Record):
    """Something that somebody would try. Its title is the idea; once that is supported, its words stay."""

    WORDS: ClassVar[tuple[str, ...]] = ("title", "more")
    _read: ClassVar[dict[str, str]] = {}  # the words that it was read with

    more = _text(_("more about it"))
    for_problem = models.ForeignKey(
        Problem, models.SET_NULL, verbose_name=_("the problem it is for"), null=True, blank=True, related_name="ideas"
    )
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="merged")
    took_in = models.PositiveIntegerField(default=0, editable=False)  # how many ideas became part of it
    supported = models.PositiveIntegerField(default=0, editable=False)  # by how many, whichever of its words
    worded = models.PositiveIntegerField(default=1, editable=False)  # the number of its newest words; 1 are its own
    answered_on = models.DateField(null=True, editable=False)  # first
    tried_on = models.DateField(null=True, editable=False)  # first

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["tried_on"], name="ideas_tried")]

    @classmethod
    def from_db(cls, *told: Any) -> Idea:
        found: Idea = super().from_db(*told)
        found._keep_read()
        return found

    def _keep_read(self) -> None:
        self._read = {name: self.__dict__[name] for name in self.WORDS if name in self.__dict__}  # type: ignore[misc]

    @property
    def is_locked(self) -> bool:
        """Whether its words were supported, and so stay."""
        return self.supported > 0 or self.worded > 1

    def save(self, *arguments: Any, **options: Any) -> None:
        """Whatever way other words come in: what was supported stays, unless it is blanked out."""
        new = any(getattr(self, name) not in (words, BLANKED) for name, words in self._read.items())
        if new and Idea.objects.filter(Q(supported__gt=0) | Q(worded__gt=1), pk=self.pk).exists():
            raise WordsLocked(LOCKED)
        super().save(*arguments, **options)
        self._keep_read()


class LaterWords(models.Model):
    """An idea in other words, after its own were supported: the words are a comment, and may be supported too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="later_words")
    number = models.PositiveIntegerField()  # from 2
    comment = models.OneToOneField(Comment, models.CASCADE, related_name="later_words")

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["idea", "number"], name="one_number_a_wording")
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.number}"


class Support(models.Model):
    """One person's support of an idea, and of which of its words: their numbers, none of an idea that became part."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supporters")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    words = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["idea", "by"], name="one_support_a_person")]

    def __str__(self) -> str:
        return f"{self.by_id} {self.idea_id}"


class Answer(models.Model):
    """What somebody answered to an idea, or told of it since; the words that were typed are a comment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="answers")
    what = models.CharField(max_length=10)
    comment = models.OneToOneField(Comment, models.CASCADE, null=True, related_name="answer")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    took = models.PositiveSmallIntegerField(null=True)  # working days since the idea came, of its first reply

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [one_of("what", (*REPLIES, *OUTCOMES))]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.what}"
