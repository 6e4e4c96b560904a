"""What a link between two records can mean, said from either end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Meaning:
    """A meaning of links: the words from the start ("contributes to") and from the end ("is helped by")."""

    key: str
    words: Any
    back: Any
    upward: bool = False  # part of the chain up to the purpose, where no circle may be


MEANINGS: dict[str, Meaning] = {
    each.key: each
    for each in (
        Meaning("contributes-to", _("helps"), _("is helped by"), upward=True),
        Meaning("escalated-to", _("was passed up to"), _("was passed up from")),
        Meaning("came-from", _("came from"), _("led to")),
        Meaning("answered-by", _("was answered by"), _("answers")),
        Meaning("learned-from", _("learned from"), _("taught")),
        Meaning("part-of", _("became part of"), _("took in")),
        Meaning("made-room-for", _("stopped to make room for"), _("took the place of")),
    )
}
CONTRIBUTES_TO, MADE_ROOM_FOR, CAME_FROM = "contributes-to", "made-room-for", "came-from"
PART_OF = "part-of"  # two that were told as one
