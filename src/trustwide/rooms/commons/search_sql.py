"""The same search in the two databases' own SQL: FTS5 with bm25, and a tsvector with ts_rank_cd.

Words come from `search.Question`: letters and digits alone, so that none of them is an operator.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from trustwide.rooms.commons.models import Record, SearchText
from trustwide.rooms.commons.threads import seen
from trustwide.rooms.people.models import Person

#: Words of which one must match, the first as it was typed; and whether that one may be the beginning of a word.
Alternatives = tuple[tuple[str, ...], bool]
Marked = list[tuple[str, bool]]
OPEN, CLOSE = "\x02", "\x03"  # around what matched; typed text that held them would only be marked oddly

#: Of words that very many records hold, so many are ranked: the newest with them in the title, and the newest of all.
MOST_RANKED = 1_000
BEFORE, AFTER = 60, 180  # letters of the text that are shown around what matched

SQLITE_FROM = """
FROM commons_searchtext_fts
CROSS JOIN commons_searchtext texts ON texts.id = commons_searchtext_fts.rowid
"""
SQLITE_SOME = f"""
SELECT texts.id {SQLITE_FROM} WHERE commons_searchtext_fts MATCH %s AND {{seen}}
ORDER BY commons_searchtext_fts.rowid DESC LIMIT {MOST_RANKED}
"""
#: The plus sign keeps FTS5 from asking its index anew for each of the rows.
SQLITE_RANKED = f"""
WITH titled AS MATERIALIZED ({SQLITE_SOME}), texted AS MATERIALIZED ({SQLITE_SOME})
SELECT texts.record_id AS id {SQLITE_FROM}
CROSS JOIN commons_record record ON record.id = texts.record_id
WHERE commons_searchtext_fts MATCH %s
    AND +commons_searchtext_fts.rowid IN (SELECT id FROM titled UNION SELECT id FROM texted)
ORDER BY texts.id IN (SELECT id FROM titled) DESC, round(bm25(commons_searchtext_fts, 10.0, 1.0), 3),
    record.updated_at DESC, record.id DESC
LIMIT %s OFFSET %s
"""  # noqa: S608 (our own words)
SQLITE_MARKED = f"""
SELECT texts.id, texts.record_id, texts.title, texts.text, highlight(commons_searchtext_fts, 0, %s, %s) AS marked_title,
    highlight(commons_searchtext_fts, 1, %s, %s) AS marked_text {SQLITE_FROM}
WHERE commons_searchtext_fts MATCH %s
    AND +commons_searchtext_fts.rowid IN (SELECT id FROM commons_searchtext WHERE record_id IN ({{ids}}))
"""  # noqa: S608 (our own words)
SQLITE_WITH = "SELECT rowid FROM commons_searchtext_fts WHERE commons_searchtext_fts MATCH %s LIMIT %s"

#: What parts words, as the index has it (the second migration says why): a space for each, so that places stay.
PARTING = "/<>@.:&#=+~|_-\\\"'‘’“”‹›«»–—…·•£€\u00a0"
POSTGRESQL_FROM = "FROM to_tsquery('english', %s) query CROSS JOIN commons_searchtext texts"
#: What may be read is worked out once, by whichever join suits how many records match.
POSTGRESQL_RANKED = f"""
WITH matched AS MATERIALIZED (
    SELECT texts.id, texts.words @@ to_tsquery('english', %s) AS titled {POSTGRESQL_FROM}
    WHERE texts.words @@ query AND {{seen}}
), best AS MATERIALIZED (
    (SELECT id, titled FROM matched WHERE titled ORDER BY id DESC LIMIT {MOST_RANKED})
    UNION (SELECT id, titled FROM matched ORDER BY id DESC LIMIT {MOST_RANKED})
)
SELECT texts.record_id AS id
FROM best JOIN commons_searchtext texts ON texts.id = best.id JOIN commons_record record ON record.id = texts.record_id
ORDER BY best.titled DESC, round(ts_rank_cd(texts.words, to_tsquery('english', %s))::numeric, 3) DESC,
    record.updated_at DESC, record.id DESC
LIMIT %s OFFSET %s
"""  # noqa: S608 (our own words)
POSTGRESQL_MARKED = f"""
SELECT texts.id, texts.record_id, texts.title, texts.text,
    ts_headline('english', translate(texts.title, %s, %s), query, %s) AS marked_title,
    ts_headline('english', translate(texts.text, %s, %s), query, %s) AS marked_text {POSTGRESQL_FROM}
WHERE texts.record_id IN ({{ids}})
"""
POSTGRESQL_WITH = f"SELECT texts.id {POSTGRESQL_FROM} WHERE texts.words @@ query LIMIT %s"


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def as_match(asked: list[Alternatives]) -> str:
    """The question in FTS5's language: every word quoted.

    >>> as_match([(("ward",), False), (("tab", "tablets"), True)])
    '("ward") AND ("tab" * OR "tablets")'
    """
    groups = []
    for (first, *rest), begins in asked:
        groups.append(" OR ".join([f'"{first}"{" *" if begins else ""}', *(f'"{word}"' for word in rest)]))
    return " AND ".join(f"({group})" for group in groups)


def as_tsquery(asked: list[Alternatives], part: str = "") -> str:
    """The question in PostgreSQL's language: every word quoted; `part` "A" asks of the title alone.

    >>> as_tsquery([(("ward",), False), (("tab", "tablets"), True)])
    "('ward':) & ('tab':* | 'tablets':)"
    """
    groups = []
    for (first, *rest), begins in asked:
        words = [f"'{first}':{'*' if begins else ''}{part}", *(f"'{word}':{part}" for word in rest)]
        groups.append(" | ".join(words))
    return " & ".join(f"({group})" for group in groups)


def ranked(person: Person, asked: list[Alternatives], narrower: tuple[Q, ...], most: int, start: int) -> list[UUID]:
    """The ids of what matches and the person may read, best first: title above text, and newer above older."""
    condition, within = seen(person, "texts.record_id", *narrower)
    if is_sqlite():
        sql, match = SQLITE_RANKED, as_match(asked)
        asking = [f"{{title}} : ({match})", *within, match, *within, match]
    else:
        sql, match = POSTGRESQL_RANKED, as_tsquery(asked)
        asking = [as_tsquery(asked, "A"), match, *within, match]
    return [each.pk for each in Record.objects.raw(sql.format(seen=condition), [*asking, most, start])]


def marked(asked: list[Alternatives], ids: list[UUID]) -> dict[UUID, tuple[Marked, Marked]]:
    """The title and a piece of the text of each of those records, in parts that matched and parts that did not."""
    if not ids:
        return {}
    record = SearchText._meta.get_field("record")
    wanted = [record.get_db_prep_value(each, connection) for each in ids]
    places = ", ".join(["%s"] * len(ids))
    if is_sqlite():
        sql, before = SQLITE_MARKED, [OPEN, CLOSE, OPEN, CLOSE, as_match(asked)]
    else:
        how = [PARTING, " " * len(PARTING), f'StartSel="{OPEN}", StopSel="{CLOSE}", HighlightAll=true']
        sql, before = POSTGRESQL_MARKED, [*how, *how, as_tsquery(asked)]
    rows: Any = SearchText.objects.raw(sql.format(ids=places), [*before, *wanted])
    return {each.record_id: _marked(each) for each in rows}


def _marked(row: Any) -> tuple[Marked, Marked]:
    return put_on(row.title, in_parts(row.marked_title)), piece_of(put_on(row.text, in_parts(row.marked_text)))


def put_on(words: str, parts: Marked) -> Marked:
    """The same marks on the words as they were typed, which are as long.

    >>> put_on("ward/bay", [("ward ", False), ("bay", True)])
    [('ward/', False), ('bay', True)]
    """
    if sum(len(part) for part, _ in parts) != len(words):  # control characters, which nobody types
        return [(words, False)]
    ends = list(accumulate(len(part) for part, _ in parts))
    starts = [0, *ends]
    return [(words[start:end], mark) for start, end, (_, mark) in zip(starts, ends, parts, strict=False)]


def piece_of(parts: Marked) -> Marked:
    """The words around the first that matched, or the beginning where none did.

    >>> piece_of([("a " * 100, False), ("b", True), (" c" * 100, False)])[1]
    ('b', True)
    """
    at = next((place for place, (_, mark) in enumerate(parts) if mark), 0)
    before = parts[at - 1][0][-BEFORE:] if at else ""
    if at and len(before) < len("".join(words for words, _ in parts[:at])):
        before = f"… {before.partition(' ')[2]}"
    piece: Marked = [(before, False)] if before else []
    room = AFTER
    for words, mark in parts[at:]:
        if len(words) > room:
            return [*piece, (f"{words[:room].rpartition(' ')[0]} …", mark)]
        piece.append((words, mark))
        room -= len(words)
    return piece


def texts_with(asked: list[Alternatives], most: int) -> list[int]:
    """The ids of search texts, of anybody's records, that match: for keeping words, never for a reader."""
    sql, first = (SQLITE_WITH, as_match(asked)) if is_sqlite() else (POSTGRESQL_WITH, as_tsquery(asked))
    with connection.cursor() as cursor:
        cursor.execute(sql, [first, most])
        return [number for (number,) in cursor.fetchall()]


def in_parts(words: str) -> Marked:
    """Marked text in parts.

    >>> in_parts("Ward 7: \\x02tablets\\x03 by 11")
    [('Ward 7: ', False), ('tablets', True), (' by 11', False)]
    """
    parts: Marked = []
    for number, piece in enumerate(words.split(OPEN)):
        match, _close, rest = piece.partition(CLOSE) if number else ("", "", piece)
        parts += [(part.replace(CLOSE, ""), is_match) for part, is_match in ((match, True), (rest, False)) if part]
    return parts
