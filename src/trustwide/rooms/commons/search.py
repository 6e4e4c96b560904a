"""Finding records by their words: kept with each change, filtered by what the person may read before ranking."""

from __future__ import annotations

from trustwide.engines.text import to_plain
from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.commons.models import Record, SearchText


def keep_words(record: Record) -> None:
    """Write a record's words anew, in the transaction that changed it."""
    typed = [getattr(record, name) for name in kind_of(record).typed if name != "title"]
    text = "\n".join(to_plain(each) for each in typed if isinstance(each, str) and each)
    SearchText.objects.update_or_create(record_id=record.pk, defaults={"title": record.title, "text": text})
