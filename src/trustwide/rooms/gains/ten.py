"""Ten plain answers: what tells whether a change will last, answered alone and then compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: After the ten factors of the NHS Sustainability Model (process, staff, organisation), in sentences of our own.
SENTENCES: tuple[Any, ...] = (
    gettext_lazy("It makes our own work better too, not only the care."),
    gettext_lazy("We can see that it helps, and people believe it."),
    gettext_lazy("It would go on if somebody left, or if things around it changed."),
    gettext_lazy("Somebody looks at how it goes, and tells us."),
    gettext_lazy("Those who do it had a say in it, and were shown how."),
    gettext_lazy("We do it without being asked, on a busy day too."),
    gettext_lazy("Our most senior leaders know of it and want it to last."),
    gettext_lazy("The people who lead our daily work stand behind it."),
    gettext_lazy("It fits with what our organisation wants to get better at."),
    gettext_lazy("We have what it needs: time, kit, and a place where it is written down."),
)
NO, A_LITTLE, MOSTLY, YES = range(4)
REPLIES = {
    YES: gettext_lazy("Yes"),
    MOSTLY: gettext_lazy("Mostly"),
    A_LITTLE: gettext_lazy("A little"),
    NO: gettext_lazy("No"),
}
FEWEST = 3  # people who answered, before anything is shown: nobody is to be guessed


@dataclass(frozen=True)
class Spread:
    """How the replies to one sentence lie: how many gave each, the widest apart first to be talked about."""

    sentence: Any
    counts: tuple[int, int, int, int]  # no, a little, mostly, yes
    unknown: int

    @property
    def apart(self) -> int:
        """From the lowest reply to the highest that somebody gave: 0 is of one mind, 3 as far as can be."""
        given = [reply for reply, count in enumerate(self.counts) if count]
        return given[-1] - given[0] if given else 0

    @property
    def words(self) -> str:
        said = [f"{REPLIES[reply]}: {count}" for reply, count in reversed(list(enumerate(self.counts))) if count]
        return ", ".join([*said, *([_("do not know: %(n)s") % {"n": self.unknown}] if self.unknown else [])])

    @property
    def told(self) -> str:
        """What to make of it, in a word."""
        given = [reply for reply, count in enumerate(self.counts) for _each in range(count)]
        if not given:
            return _("Nobody knows")
        if self.apart >= 2:
            return _("You see this differently: talk about it")
        middle = sorted(given)[len(given) // 2]
        return _("You agree: it holds") if middle >= MOSTLY else _("You agree: it is weak here")


def spreads(answers: Iterable[list[int | None]]) -> list[Spread]:
    """The ten sentences with their replies; [] where fewer than FEWEST people answered."""
    given = list(answers)
    if len(given) < FEWEST:
        return []
    found = []
    for place, sentence in enumerate(SENTENCES):
        counts = Counter(each[place] for each in given)
        found.append(Spread(sentence, (counts[NO], counts[A_LITTLE], counts[MOSTLY], counts[YES]), counts[None]))
    return found
