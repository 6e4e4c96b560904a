"""Reading a document that waits: what it carries of the values, in a job, since a long one takes seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from trustwide.engines.documents import document_of
from trustwide.engines.documents.reading import Document
from trustwide.engines.matching import Found, Matcher, Passage
from trustwide.engines.matching import Value as Sought
from trustwide.rooms.jobs.queue import job, later
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose import actions, queries
from trustwide.rooms.purpose.models import BENEFITS, DocumentCheck, Objective, Value
from trustwide.rooms.purpose.record_parts import lines_of

MOST_QUOTES = 12  # of one value: enough to see how the text says it


@job(words=_("read a document and find our values in it"), outside=True)
def read_document(check: str) -> None:
    """Outside, so that no database waits while it is read; a second reading finds that its text is gone."""
    if found := queries.check_to_read(UUID(check)):
        read_checks([found])


def put_off(check: DocumentCheck) -> None:
    """Have its text read, if it waits to be."""
    if check.text:
        later(read_document, key=str(check.pk), of=check.organisation_id, check=str(check.pk))


def read_checks(checks: Iterable[DocumentCheck]) -> None:
    """Keep what each carries, as the act of whoever sent it."""
    for check, quotes, told in look_through(checks):
        actions.keep_found(by=check.created_by, check=check, quotes=quotes, found=told)


def look_through(checks: Iterable[DocumentCheck]) -> Iterator[tuple[DocumentCheck, list[str], dict[str, Any]]]:
    """What each carries. Several at once are faster than one by one; an organisation's share their values."""
    by_home: dict[Place, list[DocumentCheck]] = defaultdict(list)
    for each in checks:
        by_home[each.organisation].append(each)
    for home, waiting in by_home.items():
        values, aims = list(queries.values_to_look_for(home)), list(queries.aims_to_look_for(home))
        matcher = Matcher([value_sought(each) for each in values], [aim_sought(each) for each in aims])
        documents = [document_of(each.text) for each in waiting]
        for check, document, found in zip(waiting, documents, matcher.check_all(documents), strict=True):
            yield check, *told_of(document, found, values, aims)


def value_sought(value: Value) -> Sought:
    return Sought(value.title, tuple(lines_of(value.behaviours)))


def aim_sought(objective: Objective) -> Sought:
    return Sought(objective.title, tuple(said for name in BENEFITS if (said := getattr(objective, name))))


def told_of(
    document: Document, found: Found, values: Sequence[Value], aims: Sequence[Objective]
) -> tuple[list[str], dict[str, Any]]:
    """The passages that are quoted, in the order of the text, and which of them carry what, by their number."""
    sentences = {place.start: number for number, place in enumerate(document.places, 1)}
    said = [*(found.values.get(each.title, []) for each in values), found.support_for_improvement]
    said += [found.aims.get(each.title, []) for each in aims]
    kept = sorted({each for passages in said for each in passages[:MOST_QUOTES]}, key=lambda each: each.start)
    numbers = {passage: number for number, passage in enumerate(kept)}
    told = [_told(passages, numbers) for passages in said]
    return [" ".join(each.text.split()) for each in kept], {
        "values": [{"id": str(each.pk), **told[place]} for place, each in enumerate(values)],
        "support": told[len(values)],
        "aims": [{"id": str(each.pk), **told[len(values) + 1 + place]} for place, each in enumerate(aims)],
        "sentences": len(document.places),
        "where": [sentences[each.start] for each in kept],
    }


def _told(passages: list[Passage], numbers: dict[Passage, int]) -> dict[str, Any]:
    return {"count": len(passages), "quoted": [numbers[each] for each in passages[:MOST_QUOTES]]}
