"""What a channel of a team is sent: what the whole of its organisation may read, and nothing else."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.engines.outbound import Guard, Refused, Unanswered, post_json
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.commons.models import DRAFT, Record
from trustwide.rooms.commons.notices import WHAT, sentence_of
from trustwide.rooms.jobs.queue import job, later
from trustwide.rooms.notices import actions
from trustwide.rooms.notices.models import Channel
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.sealing import unseal
from trustwide.rooms.places.reach import ORGANISATION_SHARED, TEAM_SHARED

LONGEST_WORDS = 200


class NotTaken(Exception):
    """The channel did not take the message; it is sent again later."""


def post_later(record: Record, *, by: Person | None, what: str) -> None:
    """A listener of commons: put on a message for each channel that wants to know, in the act's own transaction."""
    if not WHAT[what].in_channel:
        return
    above = Channel.objects.filter(place__in=record.place.line, stopped_at=None).select_related("place")
    for channel in above:
        if what in channel.kinds and may_hear(channel, record):
            told = {"channel": str(channel.pk), "record": str(record.pk), "what": what, "by": str(by.pk) if by else ""}
            later(post_happening, of=record.organisation_id, **told)


def may_hear(channel: Channel, record: Record) -> bool:
    """Whether everybody who may be in the channel may read a record: all of its organisation, or all of its group."""
    if record.stage == DRAFT or not channel.place.holds(record.place):
        return False
    if channel.place.organisation_id == record.organisation_id:
        return record.sharing != TEAM_SHARED
    return record.sharing not in (TEAM_SHARED, ORGANISATION_SHARED)


def greet_later(channel: Channel) -> None:
    later(post_greeting, of=channel.place.organisation_id, channel=str(channel.pk))


@job(words=gettext_lazy("send a message to a team’s channel"), outside=True)
def post_happening(channel: str, record: str, what: str, by: str) -> None:
    """Tell a channel of one thing, as it stands when it is sent."""
    found = _running(channel)
    about = Record.objects.select_related("organisation", "place").filter(pk=UUID(record)).first()
    if found is None or about is None or not may_hear(found, about):
        return
    who = Person.objects.filter(pk=UUID(by)).first() if by else None
    kind = str(kind_of(about).one)
    facts = f"{kind[:1].upper()}{kind[1:]} · {about.place.name}"
    _post(found, card(about.title, sentence_of(what, who, about), facts, settings.SITE + address_of(about)))


@job(words=gettext_lazy("greet a team’s channel"), outside=True)
def post_greeting(channel: str) -> None:
    found = _running(channel)
    if found is not None:
        words = _("From now on Trustwide tells this channel what happens at %(place)s.") % {"place": found.place.name}
        _post(found, card(found.place.name, words, found.place.organisation.name, settings.SITE + found.place.home))


def _running(channel: str) -> Channel | None:
    found = Channel.objects.filter(pk=UUID(channel), stopped_at=None, place__closed_on=None)
    return found.select_related("place__organisation", "set_by").first()


def guard() -> Guard:
    """What whoever runs the installation allows us to reach."""
    return Guard(frozenset(settings.MAY_REACH), settings.AUTHORITIES or None)


def _post(channel: Channel, told: dict[str, Any]) -> None:
    try:
        status = post_json(unseal(channel.sealed_address), json.dumps(told).encode(), guard())
    except (Refused, Unanswered):
        status = 0
    answered = 200 <= status < 300
    actions.note_answer(channel=channel, answered=answered)
    if not answered:
        raise NotTaken


def card(title: str, sentence: str, facts: str, link: str) -> dict[str, Any]:
    """An Adaptive Card. Its texts are runs, in which no letter has a meaning: a title cannot make a link of its own."""
    body = [
        _run(title, weight="Bolder", size="Medium"),
        _run(sentence),
        _run(facts, isSubtle=True),
    ]
    content = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": f"{title}: {sentence}"[:LONGEST_WORDS],
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": _("Open it in Trustwide"), "url": link}],
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "contentUrl": None, "content": content}]}


def _run(text: str, **look: Any) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text[:LONGEST_WORDS], **look}]}
