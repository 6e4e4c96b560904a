"""Keeping what records are about: their words with each change, what they mean a moment later.

Saving never waits for the language model: a job works out what is not worked out yet, for all records at once. Without
the model the words are kept all the same.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID
from zlib import crc32

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trustwide.engines import similar
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import Meaning, SearchText
from trustwide.rooms.jobs.queue import is_waiting, job, later
from trustwide.rooms.jobs.timed import Timed, register

MADE_WITH = crc32(similar.MADE_WITH.encode()) or 1
TOGETHER, BATCHES = 32, 16  # at most so many texts of so many batches in one job, which must end within its lease
MISSING = 2_000


def keep(texts: Mapping[UUID, tuple[str, str]]) -> None:
    """Write the words of some records anew, by their titles and texts, in the transaction that changed them."""
    now = {pk: f"{title}. {text}"[: similar.MOST_LETTERS] for pk, (title, text) in texts.items()}
    before = {each.record_id: each for each in Meaning.objects.filter(record__in=now)} if now else {}
    changed = {pk: text for pk, text in now.items() if pk not in before or bytes(before[pk].text_hash) != _hash(text)}
    new = [_told(Meaning(record_id=pk), text) for pk, text in changed.items() if pk not in before]
    Meaning.objects.bulk_create(new, ignore_conflicts=True)  # a job may add what was missing at the same moment
    old = [_told(before[pk], text) for pk, text in changed.items() if pk in before]
    Meaning.objects.bulk_update(old, ["words", "meaning", "made_with", "text_hash", "stamp"])
    if changed:
        transaction.on_commit(put_on)


def _hash(text: str) -> bytes:
    return sha256(text.encode()).digest()[:16]


def _told(row: Meaning, text: str) -> Meaning:
    """A row with the words of a text, and what it meant before gone."""
    row.words, row.text_hash = similar.words_of(text), _hash(text)
    row.meaning, row.made_with, row.stamp = b"", 0, _stamp()
    return row


def _stamp() -> int:
    return secrets.randbelow(2**31)


def put_on() -> None:
    """Have what waits worked out, unless that is waiting to be done already: all was committed before it begins."""
    if similar.is_installed() and not is_waiting(work_out):
        later(work_out)


def waiting() -> QuerySet[Meaning]:
    return Meaning.objects.exclude(made_with=MADE_WITH)


@job(words=_("work out what records are about, so that they are found in other words"), outside=True)
def work_out() -> None:
    """What waits, and what was written before its kind was found by meaning.

    It is no one transaction, since the database's one writer would be held while the model thinks; to begin again
    does no harm.
    """
    add_missing()
    if not similar.is_installed():
        return
    for _batch in range(BATCHES):
        if not work_out_some():
            return
    later(work_out)


def work_out_some() -> int:
    """One batch; how many there were. What changed meanwhile waits for the next.

    The words too: a new version of Trustwide may know more of them for the same idea.
    """
    columns = ("pk", "stamp", "record__search_text__title", "record__search_text__text")
    rows = list(waiting().order_by("pk").values_list(*columns)[:TOGETHER])
    texts = [f"{title}. {text}" for _pk, _stamp, title, text in rows]
    made = [
        {"meaning": meaning, "words": similar.words_of(text), "made_with": MADE_WITH, "stamp": _stamp()}
        for text, meaning in zip(texts, similar.meanings_of(texts), strict=True)
    ]
    with transaction.atomic():
        for (pk, stamp, _title, _text), told in zip(rows, made, strict=True):
            Meaning.objects.filter(pk=pk, stamp=stamp).update(**told)
    return len(rows)


@transaction.atomic
def add_missing() -> None:
    """Records whose kind was not found by meaning when they were written."""
    kinds = [each.key for each in KINDS.values() if each.tried_before]
    texts = SearchText.objects.filter(record__kind__in=kinds, record__kept_meaning=None).order_by("pk")
    keep({each.record_id: (each.title, each.text) for each in texts[:MISSING]})


register(Timed(work_out, every=60))
