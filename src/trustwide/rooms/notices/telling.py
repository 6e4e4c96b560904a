"""A notice in words: what it is about, what happened, and where that stands."""

from __future__ import annotations

from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.commons.models import Notice
from trustwide.rooms.commons.notices import WHAT, sentence_of


def title_of(notice: Notice) -> str:
    """The words of its link: the record's title, or what happened where it leads to no page of the place."""
    return notice.record.title if notice.record else said_of(notice)


def beside_of(notice: Notice) -> str:
    """What stands beside the link."""
    return said_of(notice) if notice.record else notice.place.name


def said_of(notice: Notice) -> str:
    return sentence_of(notice.what, notice.by, notice.record)


def link_of(notice: Notice) -> str:
    """Where it leads: the record's page, or the page of its kind below the organisation."""
    if notice.record:
        return address_of(notice.record)
    return f"/{notice.place.organisation.slug}/{WHAT[notice.what].page}"
