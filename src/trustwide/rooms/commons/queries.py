"""Every read of records that a page or an export needs, each through what the person may see."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from trustwide.rooms.commons.access import can_add
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.commons.links import MEANINGS
from trustwide.rooms.commons.models import Comment, File, Link, Record, Version, readable_by
from trustwide.rooms.commons.notices import can_read
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.people.verbs import sentence_of
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import kept_lists, reach_of
from trustwide.rooms.places.rule import holds
from trustwide.rooms.places.standing import WORK_AT

PLACES_OFFERED = 200
LINKS_OFFERED = 20
MENTION = re.compile(r"(?<![\w.])@([^\W\d_][\w’'-]*(?:\.[\w’'-]+)*)")  # no e-mail address, no "@10am"


def record_for(person: Person, organisation: str, kind: Kind, number: UUID) -> Any:
    """A record of a kind in an organisation, whole, that the person may read; None where there is none for them."""
    visible = kind.model.objects.visible_to(person).filter(pk=number, organisation__slug=organisation)
    above = "place__parent__parent__parent__parent"  # as many as there are levels: `places_above` asks for none of them
    return visible.select_related("organisation", "place__organisation", above, "owner", "created_by").first()


def records_in(person: Person, organisation: Place, kind: Kind, asked: dict[str, str]) -> QuerySet[Any]:
    """The records of a kind in an organisation, newest first: as the list's filters ask for them."""
    found = kind.model.objects.visible_to(person).filter(organisation=organisation)
    if place := place_in(organisation, asked.get("place", "")):
        found = found.filter(place__path__startswith=place.path)
    if stage := asked.get("stage"):
        found = found.filter(stage=stage)
    elif asked.get("closed") != "yes":
        found = found.filter(closed_at=None)
    if asked.get("mine") == "yes":
        found = found.filter(Q(owner=person) | Q(created_by=person))
    return found.select_related("place", "owner", "organisation")


def place_in(organisation: Place, slug: str) -> Place | None:
    """The place of that name in an organisation, which may be the organisation itself."""
    return Place.objects.filter(organisation=organisation, slug=slug).select_related("organisation").first()


def places_to_add(person: Person, organisation: Place, kind: Kind) -> list[Place]:
    """The places of an organisation where the person may add one of a kind, the highest first."""
    mine = Place.objects.open().within_any(each.place for each in reach_of(person).roles)
    mine = mine.filter(organisation=organisation).select_related("organisation", "parent")
    highest = mine.order_by(Length("path"), "name")[:PLACES_OFFERED]
    return [place for place in highest if can_add(person, kind, place)]


def places_above(place: Place) -> list[Place]:
    """The places above one and itself, the highest first."""
    line = [place]
    while (above := line[0].parent) is not None:
        line.insert(0, above)
    return line


def comments_on(record: Record) -> QuerySet[Comment]:
    return Comment.objects.filter(record=record.pk).select_related("by").prefetch_related("mentions")


def comment_of(record: Record, number: UUID) -> Comment | None:
    return comments_on(record).filter(pk=number).first()


def files_of(record: Record) -> QuerySet[File]:
    return File.objects.filter(record=record.pk).select_related("by")


def file_of(record: Record, number: UUID) -> File | None:
    return files_of(record).filter(pk=number).first()


@dataclass(frozen=True)
class Joined:
    """A link as it reads from one end: what it means, and the record at the other end."""

    link: Link
    words: Any
    other: Record


def links_of(person: Person, record: Record) -> list[Joined]:
    """The links of a record to others that the person may read, from either end; one query."""
    visible = Record.objects.visible_to(person)
    on = Q(Exists(visible.filter(pk=OuterRef("end"))), start=record.pk)
    back = Q(Exists(visible.filter(pk=OuterRef("start"))), end=record.pk)
    places = ("start__organisation", "start__place", "end__organisation", "end__place")
    links = Link.objects.filter(on | back).select_related(*places)
    return [Joined(link, _words(link, record), _far_end(link, record)) for link in links]


def _far_end(link: Link, record: Record) -> Record:
    return link.end if link.start_id == record.pk else link.start


def _words(link: Link, record: Record) -> Any:
    meaning = MEANINGS[link.meaning]
    return meaning.words if link.start_id == record.pk else meaning.back


def link_of(record: Record, number: UUID) -> Link | None:
    return Link.objects.filter(Q(start=record.pk) | Q(end=record.pk), pk=number).first()


def records_to_link(person: Person, record: Record, words: str) -> list[Record]:
    """Records whose title holds the words, to join to this one."""
    if not words.strip():
        return []
    found = Record.objects.visible_to(person).filter(title__icontains=words.strip()[:100]).exclude(pk=record.pk)
    return list(found.select_related("organisation", "place")[:LINKS_OFFERED])


def readable_record(person: Person, number: str) -> Record | None:
    """Any record that the person may read, by its id as a form sent it."""
    try:
        wanted = UUID(number)
    except ValueError:
        return None
    return Record.objects.visible_to(person).filter(pk=wanted).select_related("place", "organisation").first()


def open_records_at(person: Person, place: Place) -> QuerySet[Record]:
    """What goes on at a place itself, of what the person may read, by title."""
    return Record.objects.visible_to(person).filter(place=place, closed_at=None).order_by("title", "pk")[:LINKS_OFFERED]


def count_open_at(person: Person, place: Place) -> int:
    """How much goes on at a place itself, of what the person may read: told before the place closes."""
    return Record.objects.visible_to(person).filter(place=place, closed_at=None).count()


WORK_AT.append(count_open_at)


def whole_record(person: Person, record: Record) -> Any:
    """A record that the person may read, with the fields of its own kind."""
    visible = KINDS[record.kind].model.objects.visible_to(person)
    return visible.select_related("place", "organisation", "owner").get(pk=record.pk)


def paths_of_records(ids: set[UUID]) -> list[str]:
    """Where those of some ids stand that are records': for boards, which must know when to look again."""
    return list(Record.objects.filter(pk__in=ids).values_list("place__path", flat=True).distinct().order_by())


def names_in(text: str) -> set[str]:
    """The names that a text mentions: @SamCastle."""
    return set(MENTION.findall(text))


def people_named(record: Record, names: set[str]) -> list[Person]:
    """The people with a role in a record's organisation whose names are among those mentioned, and who may read it."""
    if not names:
        return []
    working = Person.objects.filter(is_active=True, roles__place__organisation=record.organisation_id).distinct()
    wanted = {name.casefold() for name in names}
    return [person for person in working if as_named(person) in wanted and can_read(person, record)]


def as_named(person: Person) -> str:
    """How a mention writes their name: without spaces, in capitals or not."""
    return person.name.replace(" ", "").casefold()


def named_in_vain(comment: Comment) -> list[str]:
    """The names that a comment mentions and that are nobody's who may read it."""
    told = {as_named(person) for person in comment.mentions.all()}
    return sorted(name for name in names_in(comment.text) if name.casefold() not in told)


def owners_for(record: Record) -> QuerySet[Person]:
    """Who can own a record: those with a role at its place or above, and whoever owns it now."""
    there = Q(is_active=True, roles__place__in=record.place.line)
    return Person.objects.filter(there | Q(pk=record.owner_id)).distinct().order_by("name")


@dataclass(frozen=True)
class Change:
    """One version beside the one before it: each field that changed, as it was and as it became."""

    version: Version
    fields: list[tuple[Any, str, str]]


def could_read(person: Person) -> Callable[[Any, Version], bool]:
    """Whether the person might have read a record as a version has it, by the roles they hold today: no draft of
    others, and nothing from before the record was shared with them. A constant number of queries for all that is asked.
    """
    rule, lists = readable_by(person), kept_lists()

    def could(record: Any, version: Version) -> bool:
        then = copy(record)
        then.stage, then.sharing = version.stage, version.fields.get("sharing", record.sharing)
        return holds(rule, then, lists)

    return could


def history_of(record: Any, person: Person) -> list[Change]:
    """The versions of a record, the newest first, with what changed in them, as the person may read them."""
    could = could_read(person)
    versions = [each for each in record.versions.select_related("by") if could(record, each)]
    named = _named(record, versions, person)
    before: dict[str, Any] = {}
    changes = []
    for version in versions:
        now = {**version.fields, "stage": str(KINDS[record.kind].stage(version.stage).name)}
        columns = [record._meta.get_field(name) for name, value in now.items() if value != before.get(name)]
        said = [
            (each.verbose_name, *(_plain(each, of.get(each.name), named) for of in (before, now))) for each in columns
        ]
        changes.append(Change(version, [(label, was, is_) for label, was, is_ in said if was or is_]))
        before = now
    return changes[::-1]


def _named(record: Any, versions: list[Version], person: Person) -> dict[str, str]:
    """By id, whom and what the versions of a record name; of other records those that the person may read."""
    found: dict[str, str] = {}
    for each in (each for each in record._meta.concrete_fields if each.is_relation):
        if ids := {version.fields[each.name] for version in versions if version.fields.get(each.name)}:
            of = each.related_model
            rows = (
                Person.objects.filter(pk__in=ids) if of is Person else of.objects.visible_to(person).filter(pk__in=ids)
            )
            found |= {str(row.pk): row.name if of is Person else row.title for row in rows}
    return found


def _plain(field: Any, value: Any, named: dict[str, str]) -> str:
    """What a version kept of a field, as its page would say it."""
    if value is None:
        return ""
    if field.is_relation:
        return named.get(str(value), _("something that you may not read"))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(dict(field.flatchoices).get(value, value))


def audit_of(record: Record) -> QuerySet[AuditRow]:
    """Who did what to a record and to what hangs on it."""
    number = str(record.pk)
    return AuditRow.objects.filter(Q(thing=number) | Q(related=number)).select_related("by").order_by("-pk")


def done_by_itself(records: list[Record]) -> dict[UUID, str]:
    """Of some records, those that Trustwide itself changed last, each with what it did as its history has it.

    A record keeps who of the people changed it last, so its audit says whether anybody did. One query.
    """
    ours = {str(each.pk): each for each in records}
    since = min(each.updated_at for each in records)
    latest: dict[str, AuditRow] = {}
    for row in AuditRow.objects.filter(thing__in=ours, at__gte=since).order_by("pk"):
        if row.at >= ours[row.thing].updated_at:  # what is written first from then on is the change itself
            latest.setdefault(row.thing, row)
    return {ours[number].pk: sentence_of(row) for number, row in latest.items() if row.by_id is None}


def audit_told(record: Record) -> list[tuple[AuditRow, str, list[Any]]]:
    """The same with each row as a sentence, and what of the record it changed as the record's own page calls it."""
    labels = {each.name: each.verbose_name for each in record._meta.concrete_fields}
    return [
        (row, sentence_of(row), [labels[name] for name in row.fields if name in labels]) for row in audit_of(record)
    ]
