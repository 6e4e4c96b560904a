"""Every write to a record: the change, its version, its audit row and its notices, in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum

from trustwide.engines.uploads import Accepted
from trustwide.rooms.commons import access, files, notices, search, threads, together
from trustwide.rooms.commons.kinds import Kind, kind_of
from trustwide.rooms.commons.links import CONTRIBUTES_TO, MEANINGS
from trustwide.rooms.commons.models import Comment, File, Link, Record, Version
from trustwide.rooms.people.acts import NotAllowed, once, record_act
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.inserting import insert_all
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

BLANKED = "[removed]"
CLAIM = "UPDATE commons_record SET version = %s, updated_at = %s, updated_by_id = %s WHERE id = %s AND version = %s"
Rule = Callable[[Person, Any], bool]


@dataclass
class SomeoneChangedThis(Exception):
    """The record moved on since the form was opened. Nothing was saved; `record` is how it stands now."""

    record: Record


class NoRoomForFile(Exception):
    """With this file the attached files of an organisation would take more room than it has."""


class WouldMakeACircle(ValueError):
    """A link upward that would make a record contribute to itself."""


def add_record(
    *,
    by: Person,
    kind: Kind,
    place: Place,
    fields: dict[str, Any],
    key: UUID | None = None,
    stage: str | None = None,
    helps: Record | None = None,
    may: Callable[[Person, Kind, Place], bool] = access.can_add,
) -> UUID:
    """Add a record of a kind at a place, joined to what it `helps`; its id.

    The same `key` again gives the same id and adds nothing. A room whose own act lets others add it says so by `may`.
    """
    if not may(by, kind, place):
        raise NotAllowed
    start = kind.stage(stage) if stage else kind.stages[0]
    return UUID(once(by=by, key=key, act=lambda: _add(by, kind, place, fields, start.key, helps)))


def _add(by: Person, kind: Kind, place: Place, fields: dict[str, Any], stage: str, helps: Record | None) -> UUID:
    moment = now()
    record = kind.model(
        kind=kind.key,
        place=place,
        organisation_id=place.organisation_id,
        stage=stage,
        created_by=by,
        updated_by=by,
        created_at=moment,
        updated_at=moment,
        **{"sharing": kind.sharing, "owner": by, **fields},
    )
    if kind.begins:
        kind.begins(record)
    if kind.enters:
        kind.enters(record, record.stage)
    record.save(force_insert=True)
    _keep(record, by, "added", fields)
    notices.tell_owner(record, by=by, what="made-yours")
    if helps is not None:
        _begin_helping(by, record, helps)
    notices.happened(record, by=by, what="added")
    if later := together.waiting():
        record.organisation = place.organisation
        later.made[record.pk] = record
    return record.pk


@transaction.atomic
def change_record(
    *, by: Person, record: Record, version: int, fields: dict[str, Any], may: Rule = access.can_change
) -> None:
    """Write new values, if nobody else has since `version`. SomeoneChangedThis, and nothing saved, where they have.
    NotNow where its kind says that what was written stands.

    A room whose own act lets others write these fields, such as whoever answers for the owner, says so by `may`.
    """
    if not may(by, record):
        raise NotAllowed
    old_owner = record.owner_id
    changed = [name for name, value in fields.items() if getattr(record, name) != value]
    if changed and (changes := kind_of(record).changes):
        changes(record, changed)
    _take(record, version, by)
    for name in changed:
        setattr(record, name, fields[name])
    record.save()
    is_given = record.owner_id != old_owner  # whom its room gives it to besides, that room tells
    _keep(record, by, "changed", changed)
    if is_given:
        notices.tell_owner(record, by=by, what="made-yours")


@transaction.atomic
def move_record(*, by: Person, record: Record, version: int, stage: str, may: Rule = access.can_change) -> None:
    """Move a record to another of its kind's stages; a stage that closes also says when. NotNow where it may not go."""
    if not may(by, record):
        raise NotAllowed
    kind = kind_of(record)
    target = kind.stage(stage)
    _take(record, version, by)
    if kind.enters:
        kind.enters(record, target.key)
    record.stage = target.key
    record.closed_at = now() if target.closed else None
    record.save()
    _keep(record, by, "moved", ["stage"])
    notices.tell_owner(record, by=by, what="moved")
    notices.happened(record, by=by, what="moved")


def _take(record: Record, version: int, by: Person) -> None:
    """Claim the next version in the database itself; the row stays ours until the transaction ends.

    The record at hand is of that version too: all of it is written, so an older one would bring back what was changed.
    """
    if record.version != version:
        raise SomeoneChangedThis(type(record)._default_manager.get(pk=record.pk))
    moment = now()
    claimed = {"version": version + 1, "updated_at": moment, "updated_by": by.pk, "id": record.pk}
    values = [record._meta.get_field(name).get_db_prep_save(value, connection) for name, value in claimed.items()]
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [*values, version])
        if not cursor.rowcount:
            raise SomeoneChangedThis(type(record)._default_manager.get(pk=record.pk))
    record.version, record.updated_at, record.updated_by = version + 1, moment, by


def _keep(record: Record, by: Person, verb: str, fields: Iterable[str]) -> None:
    """The version, the audit row and the search words of what was just saved."""
    columns = {name: record._meta.get_field(name).attname for name in kind_of(record).kept}
    version = Version(
        record_id=record.pk,
        number=record.version,
        stage=record.stage,
        fields={name: plain(getattr(record, column)) for name, column in columns.items()},
        by=by,
        at=record.updated_at,
    )
    if later := together.waiting():
        later.versions.append(version)
    else:
        version.save(force_insert=True)
    record_act(by=by, verb=verb, thing=record, organisation=record.organisation_id, fields=fields)
    search.keep_words(record)
    if saved := kind_of(record).saved:
        saved(record)


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it: a person or a record by id, a date as written, a list of them alike."""
    if hasattr(value, "pk"):
        return str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def comment_on(
    *,
    by: Person,
    record: Record,
    text: str,
    mentions: Iterable[Person] = (),
    key: UUID | None = None,
    may: Rule | None = None,
) -> UUID:
    """Say something about a record; those named in it, and its owner, are told.

    A room whose own act lets others speak, such as whoever has the code of an item, says so by `may`.
    """
    if not (may(by, record) if may else access.can_comment(by, record) and notices.can_read(by, record)):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _comment(by, record, text, list(mentions))))


def _comment(by: Person, record: Record, text: str, mentions: list[Person]) -> UUID:
    comment = Comment.objects.create(record_id=record.pk, by=by, text=text)
    if mentions:
        comment.mentions.set(mentions)
    record_act(by=by, verb="commented", thing=comment, organisation=record.organisation_id, related=record.pk)
    search.keep_words(record)
    notices.tell(mentions, record, by=by, what="mentioned")
    notices.tell_owner(record, by=by, what="commented", but=mentions)
    notices.happened(record, by=by, what="commented")
    return comment.pk


@transaction.atomic
def link_records(*, by: Person, start: Record, meaning: str, end: Record) -> None:
    """Join two records that `by` can read. Twice is once. WouldMakeACircle where an upward chain would close."""
    _let_link(by, start, end)
    if MEANINGS[meaning].upward:
        if not together.waiting():
            threads.lock_chains()
        if threads.leads_to(end.pk, start.pk):
            raise WouldMakeACircle
    link, is_new = Link.objects.get_or_create(start_id=start.pk, end_id=end.pk, meaning=meaning, defaults={"by": by})
    if is_new:
        _tell_of_link(by, start, link, end)


def _begin_helping(by: Person, new: Record, helps: Record) -> None:
    """Join a record that is new: nothing leads to it yet, so no circle can close."""
    _let_link(by, new, helps)
    link = Link(start_id=new.pk, end_id=helps.pk, meaning=CONTRIBUTES_TO, by=by)
    insert_all([link])
    _tell_of_link(by, new, link, helps)


def _let_link(by: Person, start: Record, end: Record) -> None:
    if not (access.can_change(by, start) and notices.can_read(by, end)):
        raise NotAllowed


def _tell_of_link(by: Person, start: Record, link: Link, end: Record) -> None:
    fields = [link.meaning]
    record_act(by=by, verb="linked", thing=link, organisation=start.organisation_id, fields=fields, related=start.pk)
    notices.tell_owner(end, by=by, what="linked")
    notices.happened(end, by=by, what="linked")


@transaction.atomic
def unlink_records(*, by: Person, link: Link) -> None:
    """Take a link away; both records stay."""
    start = Record.objects.select_related("place").get(pk=link.start_id)
    if not access.can_change(by, start):
        raise NotAllowed
    record_act(
        by=by, verb="unlinked", thing=link, organisation=start.organisation_id, fields=[link.meaning], related=start.pk
    )
    link.delete()


def attach_file(*, by: Person, record: Record, file: Accepted, key: UUID | None = None) -> UUID:
    """Attach a file that was looked into (`engines.uploads.check`); its id. NoRoomForFile where there is none."""
    if not (access.can_change(by, record) or (access.can_attach(by, record) and notices.can_read(by, record))):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _attach(by, record, file)))


def _attach(by: Person, record: Record, file: Accepted) -> UUID:
    """Two who attach at the same moment may go over by one file, which does no harm and spares a lock."""
    kept_already = File.objects.filter(record__organisation=record.organisation_id).aggregate(bytes=Sum("size"))
    if (kept_already["bytes"] or 0) + len(file.content) > settings.MOST_ATTACHED:
        raise NoRoomForFile
    kept = File.objects.create(
        record_id=record.pk,
        name=file.safe_name,
        content_type=file.content_type,
        size=len(file.content),
        sha256=files.keep(file.content),
        by=by,
    )
    record_act(by=by, verb="attached", thing=kept, organisation=record.organisation_id, related=record.pk)
    notices.tell_owner(record, by=by, what="attached")
    notices.happened(record, by=by, what="attached")
    return kept.pk


@transaction.atomic
def detach_file(*, by: Person, record: Record, file: File) -> None:
    """Take a file away: whoever attached it, and those who may change or redact the record. Its bytes follow it."""
    theirs = by.pk == file.by_id and access.can_comment(by, record) and notices.can_read(by, record)
    if not (theirs or access.can_change(by, record) or access.can_redact(by, record)):
        raise NotAllowed
    record_act(by=by, verb="detached", thing=file, organisation=record.organisation_id, related=record.pk)
    file.delete()


@transaction.atomic
def say_local_need(*, by: Person, record: Record, local: bool = True) -> None:
    """Say that a record helps nothing above it and need not, or that it should after all. Twice is once."""
    if not access.can_change(by, record):
        raise NotAllowed
    now_it_is = kind_of(record).model.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if now_it_is.local_need != local:
        _take(now_it_is, now_it_is.version, by)
        now_it_is.local_need = local
        now_it_is.save()
        _keep(now_it_is, by, "changed", ["local_need"])


@transaction.atomic
def redact(*, by: Person, record: Record, names: Iterable[str]) -> None:
    """Blank typed fields of a record wherever they stand: the record, its versions, its search words and notices.

    Whatever somebody saved meanwhile: what should not be read goes first.
    """
    if not access.can_redact(by, record):
        raise NotAllowed
    blanked = [name for name in names if name in kind_of(record).typed]
    record = kind_of(record).model.objects.select_for_update(of=("self",)).get(pk=record.pk)
    versions = list(record.versions.all())
    stands = [getattr(record, name) for name in blanked]
    if {*stands, *(each.fields.get(name) for each in versions for name in blanked)} <= {BLANKED}:
        return  # the button was pressed twice
    _take(record, record.version, by)
    for name in blanked:
        setattr(record, name, BLANKED)
    record.save()
    for version in versions:
        version.fields |= dict.fromkeys(blanked, BLANKED)
        version.save(update_fields=["fields"])
    _keep(record, by, "redacted", blanked)
    notices.tell_owner(record, by=by, what="redacted")


@transaction.atomic
def redact_comment(*, by: Person, comment: Comment) -> None:
    """Blank a comment that should not have been typed; whoever wrote it is told."""
    record = Record.objects.select_related("place").get(pk=comment.record_id)
    if not access.can_redact(by, record):
        raise NotAllowed
    if comment.text == BLANKED:
        return  # the button was pressed twice
    comment.text = BLANKED
    comment.save(update_fields=["text"])
    search.keep_words(record)
    record_act(by=by, verb="redacted", thing=comment, organisation=record.organisation_id, fields=["text"])
    notices.tell([comment.by], record, by=by, what="redacted")
