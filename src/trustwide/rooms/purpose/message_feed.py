"""The messages of an organisation's executives as an Atom feed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from trustwide.engines.text import to_html
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose.models import Message

ATOM = "application/atom+xml; charset=utf-8"
MOST = 20


def as_atom(organisation: Place, messages: Iterable[Message], address: str) -> str:
    """The newest first, each whole; `address` is where the messages stand."""
    title = _("Messages from executives of %(name)s") % {"name": organisation.name}
    feed = Atom1Feed(title, address, "", language="en-GB", feed_url=f"{address}feed/", feed_guid=address)
    for each in messages:
        feed.add_item(
            each.title,
            f"{address}{each.pk}/",
            to_html(each.text),
            author_name=each.created_by.name,
            pubdate=each.created_at,
            updateddate=each.updated_at,
            unique_id=f"urn:uuid:{each.pk}",
        )
    return feed.writeString("utf-8")
