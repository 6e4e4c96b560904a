"""What happened to an item, read out in dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.escalation.models import (
    AGREED,
    ANSWER,
    ASK_TIME,
    BACK,
    KEPT_CLOCK,
    LATE,
    MORE_HELP,
    NOBODY,
    NOT_YET,
    PASSED,
    PROMISE,
    RAISED,
    ROSE,
    SEEN,
    TELL,
    YES,
    Step,
)  # fmt: skip

SENTENCES: dict[str, Any] = {
    RAISED: gettext_lazy("%(by)s raised it. It went to %(holder)s (%(place)s), to be answered %(due)s."),
    NOBODY: gettext_lazy("Nobody answers for %(place)s just now, so it did not wait there and went up at once."),
    ROSE: gettext_lazy("Nobody had answered in time, so it went up by itself to %(holder)s (%(place)s), due %(due)s."),
    MORE_HELP: gettext_lazy("%(by)s needed more help: it went up to %(holder)s (%(place)s), due %(due)s."),
    PASSED: gettext_lazy("Who had it does not answer here any more, so it went to %(holder)s (%(place)s)."),
    ANSWER: gettext_lazy("%(by)s answered."),
    SEEN: gettext_lazy("%(by)s has seen it, with thanks."),
    PROMISE: gettext_lazy("%(by)s is working on it. The next word comes %(due)s."),
    ASK_TIME: gettext_lazy("%(by)s asked for more time, until %(due)s. Who raised it was asked; the first day stands."),
    AGREED: gettext_lazy("%(by)s agreed to the later day: %(due)s."),
    KEPT_CLOCK: gettext_lazy("%(by)s did not agree to a later day, so the first one stands."),
    TELL: gettext_lazy("%(by)s told the answer to who raised it."),
    YES: gettext_lazy("%(by)s says that it helped."),
    NOT_YET: gettext_lazy("%(by)s says that it did not help yet. It is open again, with %(holder)s, due %(due)s."),
    LATE: gettext_lazy(
        "It is late. Nobody stands above %(place)s, so it stays there and the board sees that it is late."
    ),
    BACK: gettext_lazy("%(by)s took it back."),
}
RAISED_PLAIN = gettext_lazy("%(by)s raised it. It went to %(holder)s (%(place)s).")
READ = gettext_lazy("Who raised it has read the answer.")


@dataclass(frozen=True)
class Told:
    """One step: when, in a sentence, and what was said with it."""

    at: datetime
    sentence: str
    words: str
    comment: Any


def told_of(steps: list[Step], *, names: bool = True) -> list[Told]:
    """The story, oldest first. Without `names`, for who has no account: places and roles alone."""
    return [
        Told(each.at, sentence_of(each, names=names), each.comment.text if each.comment else "", each.comment_id)
        for each in steps
    ]


def sentence_of(step: Step, *, names: bool = True) -> str:
    someone = _("Somebody")
    place = step.place.name if step.place else step.tier_name
    told = {
        "by": (step.by.name if names else someone) if step.by else _("Trustwide"),
        "holder": (step.holder.name if step.holder else _("nobody yet")) if names else step.tier_name,
        "place": place,
        "due": _when(step),
    }
    return str(_words_of(step)) % told


def _words_of(step: Step) -> Any:
    if step.what == TELL and step.by is None:
        return READ
    return RAISED_PLAIN if step.what == RAISED and step.due_at is None else SENTENCES[step.what]


def _when(step: Step) -> str:
    """The day that was set, as it would have been said then: by its date."""
    if step.due_at is None:
        return ""
    at = localtime(step.due_at)
    if localtime(step.at).date() == at.date():
        return _("the same day by %(time)s") % {"time": f"{at:%H:%M}"}
    return _("by %(day)s, %(time)s") % {"day": f"{at:%A %-d %B %Y}", "time": f"{at:%H:%M}"}
