"""Finding records by their words: kept with each change, filtered by what the person may read before ranking."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from trustwide.engines.text import to_plain
from trustwide.rooms.commons import meanings, search_sql, together
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.commons.models import Comment, KnownWord, Record, SearchText
from trustwide.rooms.commons.threads import Card, cards_of
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.inserting import insert_all
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.places.reach import holds_on, reach_of
from trustwide.rooms.places.rule import Rule

A_PAGE, MOST_PAGES = 20, 50
MOST_LETTERS, MOST_WORDS = 400, 10  # of a question; what is beyond them is not asked
NEAR, COMPLETIONS = 8, 10  # words tried in place of one that matches nothing, and to complete the last one
LETTERS = re.compile(r"[^\W_]+")
KEPT = re.compile(r"[^\W\d_]{4,30}")
#: Words that say nothing of what is looked for; PostgreSQL leaves them out by itself.
SMALL_WORDS = frozenset(
    LETTERS.findall(
        "a about all an and any are as at be been but by can do did for from had has have how i if in into is it its "
        "me my no not of on or our out so than that the their them then there they this to up us was we were what "
        "when where which who why will with you your"
    )
)


@dataclass(frozen=True)
class Question:
    """What somebody looks for, as words that no database takes for commands."""

    typed: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> Question:
        """Any text at all, however long or strange.

        >>> Question.of('the "Ward-7" tablets* OR NEAR(').words
        ('ward', '7', 'tablets', 'near')
        """
        typed = unicodedata.normalize("NFKC", typed[:MOST_LETTERS]).strip()
        found = list(dict.fromkeys(word[:40] for word in LETTERS.findall(typed.lower())))
        telling = [word for word in found if word not in SMALL_WORDS] or found
        return cls(typed, tuple(telling[:MOST_WORDS]))


@dataclass(frozen=True)
class Hit:
    """A record that was found: its card, and its words with those that matched marked."""

    card: Card
    title: list[tuple[str, bool]]
    text: list[tuple[str, bool]]


@dataclass
class Found:
    """One page of what was found, best first."""

    hits: list[Hit] = field(default_factory=list)
    more: bool = False
    instead: list[str] = field(default_factory=list)  # words that matched in place of mistyped ones


def keep_words(record: Record) -> None:
    """Write a record's words anew, with what was said of it, in the transaction that changed either."""
    if later := together.waiting():
        later.worded.add(record.pk)
    else:
        keep_words_of([record.pk])


def keep_words_of(ids: Iterable[UUID]) -> None:
    """Write the words of some records anew, in few statements; with the name of its place, as people ask for it."""
    ids, kinds, places = list(ids), defaultdict(list), {}
    before = {each.record_id: each for each in SearchText.objects.select_for_update().filter(record__in=ids)}
    for pk, key, place in Record.objects.filter(pk__in=ids).order_by().values_list("pk", "kind", "place__name"):
        kinds[key].append(pk)
        places[pk] = place
    told = list(_texts_of(kinds))
    now = [SearchText(record_id=pk, title=title, text=f"{text}\n{places[pk]}".strip()) for _, pk, title, text in told]
    insert_all([each for each in now if each.record_id not in before])
    changed = [each for each in now if each.record_id in before]
    for each in changed:
        each.pk = before[each.record_id].pk
    SearchText.objects.bulk_update(changed, ["title", "text"])
    meanings.keep({pk: (title, text) for kind, pk, title, text in told if kind.tried_before})
    held = known_words(*(words for each in now for words in (each.title, each.text)))
    learn_words(held)
    forget_words(known_words(*(words for each in before.values() for words in (each.title, each.text))) - held)


def _texts_of(kinds: Mapping[str, list[UUID]]) -> Iterator[tuple[Kind, UUID, str, str]]:
    """The kind, id and title of each record, and what people wrote in it, and then its comments, oldest first."""
    said: dict[UUID, list[str]] = {}
    every = [pk for ids in kinds.values() for pk in ids]
    for pk, text in Comment.objects.filter(record__in=every).values_list("record", "text"):
        said.setdefault(pk, []).append(text)
    for kind, ids in ((KINDS[key], ids) for key, ids in kinds.items()):
        names = ("pk", "title", *(name for name in kind.typed if name != "title"))
        for pk, title, *typed in kind.model.objects.filter(pk__in=ids).order_by().values_list(*names):
            texts = [each for each in (*typed, *said.get(pk, ())) if isinstance(each, str) and each]
            yield kind, pk, title, "\n".join(to_plain(each) for each in texts)


def known_words(*texts: str) -> set[str]:
    """The words of a text that a mistyped word may have meant: plain letters, four or more."""
    return {word for text in texts for word in KEPT.findall(unicodedata.normalize("NFKC", text).lower())}


def learn_words(words: Iterable[str]) -> None:
    """Remember words; nearly always all are known, and nothing is written."""
    words = sorted(set(words))
    known = set(KnownWord.objects.filter(word__in=words).values_list("word", flat=True)) if words else set()
    new = [KnownWord(word=word) for word in words if word not in known]
    if new:
        KnownWord.objects.bulk_create(new, ignore_conflicts=True)


def forget_words(words: set[str]) -> None:
    """Forget those that no record holds any more, such as a name that was blanked out.

    Only so many of the records that might hold them are looked through: a word forgotten in error comes back with the
    next record that has it.
    """
    if not words:
        return
    alternatives = [(tuple(sorted(words)), False)]
    still = SearchText.objects.filter(pk__in=search_sql.texts_with(alternatives, most=200))
    held = known_words(*(text for each in still for text in (each.title, each.text)))
    KnownWord.objects.filter(word__in=words - held).delete()


def find(person: Person, question: Question, *narrower: Q, page: int = 1) -> Found:
    """What the person may read that holds all of the words; where nothing does, words near to them are tried."""
    if not question.words:
        return Found()
    asked = completed(question.words)
    found = _page(person, asked, narrower, page)
    if found.hits or page > 1:
        return found
    found = _page(person, near_words(asked), narrower, page)
    found.instead = _marked_words(found.hits, question.words)
    return found


def completed(words: tuple[str, ...]) -> list[search_sql.Alternatives]:
    """Each word as it stands, and the last as the beginning of one too."""
    *first, last = words
    ends: list[str] = []
    if len(last) > 2:
        begin = KnownWord.objects.filter(word__startswith=last).exclude(word=last).order_by(Length("word"), "word")
        ends = list(begin.values_list("word", flat=True)[:COMPLETIONS])
    return [*(((word,), False) for word in first), ((last, *ends), True)]


def near_words(asked: list[search_sql.Alternatives]) -> list[search_sql.Alternatives]:
    """Each word with those that are a slip or two away. Nobody is shown them unless something they may read has one."""
    lengths = {length for words, _ in asked for length in range(len(words[0]) - 2, len(words[0]) + 3)}
    known = KnownWord.objects.annotate(length=Length("word")).filter(length__in=lengths)
    vocabulary = list(known.values_list("word", flat=True))
    return [((*words, *_near(words[0], vocabulary)), begins) for words, begins in asked]


def _near(word: str, vocabulary: list[str]) -> list[str]:
    """The nearest words: one slip in a short word, two in a longer one; a pair of letters swapped is one."""
    if len(word) < 4 or any(letter.isdigit() for letter in word):
        return []
    slips = 1 if len(word) < 6 else 2
    close = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=NEAR)
    return [known for known, _distance, _place in close]


def _page(person: Person, asked: list[search_sql.Alternatives], narrower: tuple[Q, ...], page: int) -> Found:
    start = (min(max(page, 1), MOST_PAGES) - 1) * A_PAGE
    ids = search_sql.ranked(person, asked, narrower, A_PAGE + 1, start)
    marked, cards = search_sql.marked(asked, ids[:A_PAGE]), cards_of(person, ids[:A_PAGE])
    hits = [Hit(cards[pk], *marked[pk]) for pk in ids[:A_PAGE] if pk in cards and pk in marked]
    return Found(hits, more=len(ids) > A_PAGE and page < MOST_PAGES)


def _marked_words(hits: list[Hit], words: tuple[str, ...]) -> list[str]:
    """The words that matched and were not asked for, taken from what was found alone."""
    marked = [words.lower() for hit in hits for words, is_match in (*hit.title, *hit.text) if is_match]
    return [word for word in dict.fromkeys(marked) if word not in words][:3]


def find_people(person: Person, question: Question, most: int = 5) -> list[RoleHeld]:
    """People of the organisations that the person is an insider of, by name, with a role they hold."""
    reach = reach_of(person)
    if not question.words or not reach.organisations:
        return []
    held = RoleHeld.objects.filter(holds_on(today()), place__organisation__in=reach.organisations)
    for word in question.words:
        held = held.filter(person__name__icontains=word)
    held = held.filter(person__is_active=True, place__closed_on=None).select_related("person", "place__organisation")
    return list({each.person_id: each for each in held.order_by("person__name", "starts")[: most * 10]}.values())[:most]


def find_places(person: Person, question: Question, most: int = 5) -> list[Place]:
    """Open places of the person's own organisations and groups, by name, the highest first."""
    reach = reach_of(person)
    if not question.words:
        return []
    mine = Q(organisation__in=reach.organisations) | Q(organisation__in=reach.groups)
    mine |= Q(organisation__parent__in=reach.groups)
    for each in reach.roles:
        mine |= Q(path__startswith=each.place.path)
    named = Place.objects.open().filter(Rule(mine)) if reach.roles else Place.objects.none()
    for word in question.words:
        named = named.filter(name__icontains=word)
    return list(named.select_related("organisation").order_by(Length(F("path")), "name")[:most])
