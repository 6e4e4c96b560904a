"""What is asked of work of each size: sane to begin with, and set by each organisation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.places.models import Place
from trustwide.rooms.projects.models import BIG, JUST_DO_IT, PROGRAMME, PROJECT, SMALL_TEST, Project, Rigour

#: What can be asked, in the order of the form.
CAN_ASK = (
    "part", "trying", "expect", "aim", "aim_by", "aim_for", "benefit", "why", "money", "lived", "step_now", "step_aim",
    "unequal", "digital_needs", "ideas", "stop_rule", "stop_on", "promised_hours", "promised_by", "covered_by",
)  # fmt: skip
ALWAYS = {
    JUST_DO_IT: (),
    SMALL_TEST: ("trying",),
    PROJECT: ("aim", "stop_rule", "stop_on"),
    PROGRAMME: ("aim", "stop_rule", "stop_on"),
}
CHARTER = tuple(each for each in CAN_ASK if each not in ("trying", "expect", "money"))
USUAL = {
    JUST_DO_IT: (),
    SMALL_TEST: ("trying", "expect", "stop_rule"),
    PROJECT: CHARTER,
    PROGRAMME: (*CHARTER, "money"),
}
#: What each size is for, in the words of the page on which one chooses.
WHAT_FOR = {
    JUST_DO_IT: _("You can do it today, and nobody minds if it fails. One line."),
    SMALL_TEST: _("You want to find out if it works: what you try, what you think will happen, when you stop."),
    PROJECT: _("Several tests and a team: an aim, a chart, and a day on which it stops unless it is worth going on."),
    PROGRAMME: _("Several projects with one aim, over a year or more."),
}


def asked_of(organisation: Place, size: str) -> tuple[str, ...]:
    """The names of what an organisation asks of a size, in the order of the form. One query."""
    chosen = Rigour.objects.filter(organisation=organisation).values_list("asks", flat=True).first()
    return asks(chosen or {}, size)


def asks(chosen: dict[str, list[str]], size: str) -> tuple[str, ...]:
    """The same from what was chosen; what must be said always is.

    >>> asks({"test": ["expect"]}, "test")
    ('trying', 'expect')
    """
    wanted = {*chosen.get(size, USUAL[size]), *ALWAYS[size]}
    return tuple(each for each in CAN_ASK if each in wanted)


def words_of(name: str) -> Any:
    return Project._meta.get_field(name).verbose_name


def is_big(size: str) -> bool:
    return size in BIG
