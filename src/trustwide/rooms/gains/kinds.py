"""The kind of record that this room owns, and what people are told of it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.kinds import Kind, Stage, register
from trustwide.rooms.gains import page, rounds
from trustwide.rooms.gains.models import Gain, Signal
from trustwide.rooms.gains.verdicts import GONE, KEPT
from trustwide.rooms.people.models import Person


def _not_looked_at(person: Person) -> Q:
    """While nobody has looked at the change."""
    return notices.theirs(person) & Exists(Signal.objects.filter(gain=OuterRef("record"), looked_at=None))


notices.register(
    notices.NoticeKind(
        "gain-signal",
        _("The measure that you watch here changed for the worse. Is it still working?"),
        _("The measure of something that I keep changes for the worse"),
        asks=_not_looked_at,
    )
)
notices.register(
    notices.NoticeKind(
        "gain-signal-later",
        _("The measure of this changed for the worse a week ago or more. Is it still working?"),
        _("The measure of something that my team keeps changed for the worse"),
    )
)
register(
    Kind(
        model=Gain,
        address="gains",
        one=_("gain"),
        many=_("What we kept"),
        why=_("What we began or stopped, and mean to keep. We ask again and again: is it still working?"),
        example=_("Families far away see the ward round by video. Began in April 2020, still wanted."),
        write=_("Keep an eye on something"),
        form="trustwide.rooms.gains.forms.GainForm",
        typed=("title", "what", "why", "evidence", "unequal"),
        stages=(Stage(KEPT, _("We keep an eye on it")), Stage(GONE, _("Ended or let go"), closed=True)),
        parts="gains/gain-parts.jinja",
        shows=page.of_gain,
        fact=page.fact_of,
        begins=rounds.begin,
        tried_before=True,
        due=_("Is it still working?"),
        due_by=_("Is it still working? Say so by %(day)s"),
        beside=((_("At a glance: what we kept, what to look at, what changed"), "kept/"),),
        in_menu=False,
    )
)
