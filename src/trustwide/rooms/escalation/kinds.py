"""The kind of record that this room owns, and what people are told of it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.kinds import Kind, Stage, register
from trustwide.rooms.commons.notices import NoticeKind, theirs
from trustwide.rooms.commons.notices import register as register_notice
from trustwide.rooms.escalation import codes, item_page, route
from trustwide.rooms.escalation.models import ANSWERED, ASKED, HELPED, TAKEN_BACK, TOLD, WAITING, WORKING, Item
from trustwide.rooms.people.models import Person

register(
    Kind(
        model=Item,
        address="items",
        one=_("item"),
        many=_("What we raised"),
        why=_("What gets in the way of good care, told to somebody who must answer, and when. You see the answer."),
        example=_("Tablets to take home come after three on Sundays, so people wait for their lift in the corridor."),
        write=_("Raise something"),
        form="trustwide.rooms.escalation.forms.ItemForm",
        typed=("title", "words"),
        stages=(
            Stage(ASKED, _("Waits for an answer")),
            Stage(WORKING, _("Being worked on")),
            Stage(ANSWERED, _("Answered, to be told")),
            Stage(TOLD, _("Answered and told"), closed=True),
            Stage(HELPED, _("It helped"), closed=True),
            Stage(TAKEN_BACK, _("Taken back"), closed=True),
        ),
        parts="escalation/item-parts.jinja",
        shows=item_page.of_item,
        lets_add=codes.lets_in,
        begins=route.begin,
        waits=WAITING,
        enters=route.enter,
        saved=route.tell_story,
        fact=item_page.fact_of,
        made_yours=_("%(who)s raised this, and it came to you"),
        due=_("It is your turn: answer it, or tell the answer"),
        due_by=_("Due by %(day)s"),
        beside=((_("What waits for you"), "../asks/"), (_("Who answers, and by when"), "../tiers/")),
        button=10,
    )
)


def _has_it(person: Person) -> Q:
    """While it waits for their answer."""
    return theirs(person, *WAITING)


for _kind in (
    NoticeKind(
        "item-answered", _("%(who)s answered what you raised. Did it help?"), _("Somebody answers what I raised"),
        _("Something raised is answered"),
        asks=lambda person: Q(record__created_by=person.pk, record__stage__in=(ANSWERED, TOLD)),
    ),
    NoticeKind("item-seen", _("%(who)s has seen this, and thanks you"), _("Somebody has seen what I let them know")),
    NoticeKind(
        "item-working", _("%(who)s is working on this and says when the next word comes"),
        _("Somebody works on what I raised"),
    ),
    NoticeKind(
        "item-more-time", _("%(who)s asks for more time. Will the later day do?"),
        _("Somebody asks for more time for what I raised"),
        asks=lambda person: Q(record__created_by=person.pk, record__item__asks_until__isnull=False),
    ),
    NoticeKind(
        "item-time", _("%(who)s said whether the later day will do"), _("Somebody says whether I may take longer")
    ),
    NoticeKind(
        "item-up", _("%(who)s asked the next tier for help with this"), _("Something is passed up to me, or of mine"),
        _("Something raised is passed up"), asks=_has_it, is_news=True,
    ),
    NoticeKind(
        "item-rose", _("Nobody answered this in time, so it went up by itself"),
        _("Something goes up by itself that I raised or hold"), _("Something raised goes up by itself"),
        asks=_has_it, is_news=True,
    ),
    NoticeKind(
        "item-late", _("This is late, and nobody stands above to pass it up to"),
        _("Something late lies with me at the top"), asks=_has_it, is_news=True,
    ),
    NoticeKind(
        "item-passed", _("This lay with nobody any more, so it was passed on"),
        _("Something is passed on that lay with nobody"), asks=_has_it, is_news=True,
    ),
    NoticeKind("item-helped", _("%(who)s says that the answer helped"), _("Somebody says that my answer helped")),
    NoticeKind(
        "item-not-solved", _("%(who)s says that it did not help yet, so it is open again"),
        _("Somebody says that my answer did not help yet"), asks=_has_it,
    ),
):  # fmt: skip
    register_notice(_kind)
