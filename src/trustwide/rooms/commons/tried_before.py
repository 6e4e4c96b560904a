"""Similar work, found by meaning: whatever the person may read, filtered before anything is ranked."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np
from django.db.models import Count, Q, QuerySet, Sum
from numpy.typing import NDArray

from trustwide.engines import similar
from trustwide.rooms.commons.kinds import KINDS, kind_of
from trustwide.rooms.commons.models import DRAFT, Meaning, Record
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.queries import whom_to_turn_to
from trustwide.rooms.places.reach import TEAM_SHARED, reach_of

SHOWN, SHOWN_BESIDE_FORM = 5, 3  # under a field a short list, which has a link to the rest
LOOKED_AT = 10  # times as many: of work that is the same in several places, one is shown; what is only wished, last
MOST_LETTERS = 400  # of what is asked
MOST_ROWS = 40_000  # that a process keeps in memory, the newest: some 30 MB


@dataclass(frozen=True)
class Kept:
    """What this process read last: the sum that tells whether it still holds, and a row each of ids and stamps."""

    state: tuple[int, int] = (0, 0)
    numbers: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    stamps: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    shelf: similar.Shelf = field(default_factory=lambda: similar.Shelf.of([]))


_kept = Kept()
_reading = threading.Lock()


@dataclass(frozen=True)
class Tried:
    """One piece of work like what was asked: what it was, how it ended, whom to ask, and why it was found."""

    record: Any
    title: str
    kind: Any
    place: Place
    address: str
    stage: Any
    ended: datetime | None
    fact: str
    again: str
    owner: Person | None
    instead: Person | None  # whom to ask where its owner has left
    others: int  # how many more are called the same and are as like it
    score: float
    words: tuple[str, ...]
    by_meaning: bool


@dataclass(frozen=True)
class Answer:
    """`tried`, the likest first. Where the model is not installed, they were found by words alone."""

    asked: str
    tried: list[Tried]
    by_words_alone: bool


def kept_now() -> Kept:
    """What all records are about, as the database has it now. Only what changed since the last time is read.

    Stamps are drawn by chance at each write, so that their number and sum differ after any change, of any process.
    """
    global _kept
    told = Meaning.objects.aggregate(rows=Count("pk"), total=Sum("stamp"))
    state = (told["rows"], told["total"] or 0)
    with _reading:
        if _kept.state != state:
            _kept = _read(_kept, state)
        return _kept


def _read(before: Kept, state: tuple[int, int]) -> Kept:
    rows = list(Meaning.objects.order_by("-pk").values_list("pk", "stamp")[:MOST_ROWS])
    now = dict(rows)
    same = np.array([now.get(pk) == stamp for pk, stamp in zip(before.numbers, before.stamps, strict=True)], bool)
    known = set(before.numbers[same].tolist())
    new = sorted(pk for pk in now if pk not in known)
    read = list(_rows(new))
    added = np.array([(pk, stamp) for pk, stamp, _print in read], np.int64).reshape(-1, 2)
    return Kept(
        state,
        np.concatenate([before.numbers[same], added[:, 0]]),
        np.concatenate([before.stamps[same], added[:, 1]]),
        before.shelf.changed(same, [each for _pk, _stamp, each in read]),
    )


def _rows(numbers: list[int], together: int = 500) -> Iterable[tuple[int, int, similar.Fingerprint]]:
    columns = ("pk", "stamp", "meaning", "words")
    for start in range(0, len(numbers), together):
        found = Meaning.objects.filter(pk__in=numbers[start : start + together]).order_by("pk")
        for pk, stamp, meaning, words in found.values_list(*columns):
            yield pk, stamp, similar.Fingerprint(bytes(meaning), bytes(words))


def like(person: Person, text: str, *narrower: Q, most: int = SHOWN) -> Answer:
    """What the person may read that is most like a text. A constant number of queries, and one for each kind found."""
    asked = " ".join(text[:MOST_LETTERS].split())
    readable = Record.objects.visible_to(person).filter(*narrower)
    found = _ranked(asked, readable, most * LOOKED_AT) if asked else {}
    return Answer(asked, _told(found, readable, most, person), not similar.is_installed())


def like_anywhere(text: str, *, everything: bool, most: int = SHOWN) -> list[Tried]:
    """The same for whoever runs the installation: what whole organisations may read, or `everything` but drafts."""
    readable = Record.objects.exclude(stage=DRAFT)
    readable = readable if everything else readable.exclude(sharing=TEAM_SHARED)
    return _told(_ranked(text, readable, most * LOOKED_AT), readable, most, None)


def _ranked(text: str, readable: QuerySet[Any], most: int) -> dict[int, similar.Match]:
    """The rows of what is readable that are most like a text, by their ids, the likest first."""
    kept = kept_now()
    matches = kept.shelf.rank(similar.Question.of(text), allowed_of(kept, readable), most)
    return {int(kept.numbers[each.row]): each for each in matches}


def allowed_of(kept: Kept, readable: QuerySet[Any]) -> NDArray[np.bool_]:
    """Which of the rows are of records that are readable."""
    mine = readable.order_by().filter(kept_meaning__isnull=False).values_list("kept_meaning", flat=True)
    return np.isin(kept.numbers, np.fromiter(mine, np.int64))


def _told(found: dict[int, similar.Match], readable: QuerySet[Any], most: int, person: Person | None) -> list[Tried]:
    """The first of what was found, whole: what people tried before what they only wish for.

    Work that is called the same in several places is told once.
    """
    columns = ("kept_meaning", "kind", "title", "organisation")
    rows = readable.filter(kept_meaning__in=found).order_by().values_list(*columns) if found else []
    own = set(reach_of(person).organisations) if person else set()
    alike: dict[tuple[str, str], list[int]] = {}
    for pk, kind, title, _home in sorted(rows, key=lambda row: _rank(found[row[0]], row[1], row[3] in own)):
        alike.setdefault((kind, title.casefold()), []).append(pk)
    shown = dict(islice(alike.items(), most))
    whole = _whole(readable, {kind: [pks[0] for (of, _title), pks in shown.items() if of == kind] for kind, _ in shown})
    left = [each.place for each in whole.values() if not (each.owner and each.owner.is_active)]
    instead = whom_to_turn_to(left) if left else {}
    return [_as_tried(whole[pk], found[pk], len(rest), person, instead) for pk, *rest in shown.values() if pk in whole]


def _rank(match: similar.Match, kind: str, is_own: bool) -> tuple[bool, float, bool]:
    """Objectives are many, and use the words that people ask with: they would crowd out what was tried."""
    return KINDS[kind].wished, -round(match.score, 2), not is_own


def _whole(readable: QuerySet[Any], wanted: dict[str, list[int]]) -> dict[int, Any]:
    """The records of some rows with the fields of their kinds: a query for each kind."""
    whole = {}
    for key, numbers in wanted.items():
        of_kind = KINDS[key].model.objects.filter(kept_meaning__in=numbers, pk__in=readable.order_by().values("pk"))
        for each in of_kind.select_related("place", "organisation", "owner", "kept_meaning"):
            whole[each.kept_meaning.pk] = each
    return whole


def _as_tried(
    record: Any, match: similar.Match, others: int, person: Person | None, instead: dict[Any, Person]
) -> Tried:
    kind = kind_of(record)
    stage = kind.stage(record.stage)
    known = person is None or reach_of(person).knows_people_of(record.organisation)
    owner = record.owner if known and record.owner and record.owner.is_active else None
    return Tried(
        record,
        record.title,
        kind.one,
        record.place,
        f"/{record.organisation.slug}/{kind.address}/{record.pk}/",
        stage.name,
        record.closed_at,
        str(kind.fact(record)) if kind.fact else "",
        str(kind.again(record)) if kind.again else "",
        owner,
        instead.get(record.place_id) if known and owner is None else None,
        others,
        match.score,
        match.words,
        match.by_meaning,
    )
