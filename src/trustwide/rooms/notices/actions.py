"""Every write about notices: what was read, how people want to be told, and the channels of teams."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.models import Notice
from trustwide.rooms.notices import queries
from trustwide.rooms.notices.models import NEVER, Channel, Choice
from trustwide.rooms.people.acts import NotAllowed, once, record_act
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.people.sealing import seal
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

#: A channel that did not answer so often in a row is stopped.
FAILURES = 10


def mark_read(*, person: Person, notice: Notice) -> None:
    """Keep that a notice of theirs was read. It is a mark of time, not an act: it has no audit row."""
    Notice.objects.filter(pk=notice.pk, person=person, read_at=None).update(read_at=now())


def mark_all_read(*, person: Person, until: datetime) -> None:
    """Keep that all that stood on their page was read; what came later is new."""
    waiting = queries.unread(person).filter(at__lte=until).values("pk")
    Notice.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(read_at=now())


def mark_sent(*, person: Person, numbers: Iterable[UUID]) -> None:
    """Keep that notices went out by e-mail: each goes once."""
    Notice.objects.filter(person=person, pk__in=list(numbers)).update(sent_at=now())


@transaction.atomic
def choose_notices(*, person: Person, ways: dict[str, str], rhythm: str, hour: int) -> None:
    """How a person wants to be told from now on."""
    before = queries.choice_of(person)
    told = {"ways": ways, "rhythm": rhythm, "hour": hour}
    changed = [name for name, value in told.items() if getattr(before, name) != value]
    choice, _is_new = Choice.objects.update_or_create(person=person, defaults=told)
    record_act(by=person, verb="chose-notices", thing=choice, organisation=None, fields=changed)


@transaction.atomic
def stop_email(*, person: Person) -> None:
    """From the link of a letter: no more of them. Twice is once."""
    choice, _is_new = Choice.objects.get_or_create(person=person)
    if choice.rhythm != NEVER:
        choice.rhythm = NEVER
        choice.save(update_fields=["rhythm"])
        record_act(by=person, verb="chose-notices", thing=choice, organisation=None, fields=["rhythm"])


def add_channel(
    *, by: Person, place: Place, name: str, address: str, kinds: list[str], key: UUID | None = None
) -> UUID:
    """Have what happens at a place, and below it, told to a channel; it is sent a greeting."""
    _must(by, place)
    told = {"place": place, "name": name.strip(), "sealed_address": seal(address), "kinds": sorted(kinds)}
    return UUID(once(by=by, key=key, act=lambda: _add_channel(by, told)))


def _add_channel(by: Person, told: dict[str, object]) -> UUID:
    channel = Channel.objects.create(set_by=by, **told)  # type: ignore[misc]
    _keep(by, "added", channel, told)
    return channel.pk


@transaction.atomic
def change_channel(*, by: Person, channel: Channel, version: int, name: str, address: str, kinds: list[str]) -> None:
    """Change what a channel is called, where it is (the address stays if none is given), and what it is told."""
    _must(by, channel.place)
    told: dict[str, object] = {"name": name.strip(), "kinds": sorted(kinds)}
    if address:
        told |= {"sealed_address": seal(address), "failures": 0, "stopped_at": None, "set_by": by}
    if not Channel.objects.filter(pk=channel.pk, version=version).update(version=F("version") + 1, **told):
        raise ChannelMoved
    _keep(by, "changed", channel, told)


class ChannelMoved(Exception):
    """Somebody changed the channel, or took it away, since its page was opened. Nothing was saved."""


@transaction.atomic
def start_channel(*, by: Person, channel: Channel) -> None:
    """Begin again with a channel that was stopped; it is sent a greeting. Twice is once."""
    _must(by, channel.place)
    stopped = Channel.objects.filter(pk=channel.pk, stopped_at__isnull=False)
    if stopped.update(failures=0, stopped_at=None, set_by=by):
        _keep(by, "started", channel, ["stopped_at"])


@transaction.atomic
def remove_channel(*, by: Person, channel: Channel) -> None:
    _must(by, channel.place)
    record_act(by=by, verb="removed", thing=channel, organisation=channel.place.organisation_id, related=channel.place)
    channel.delete()


def _must(by: Person, place: Place) -> None:
    if not reach_of(by).may(May.CHANNELS, place):
        raise NotAllowed


def _keep(by: Person, verb: str, channel: Channel, fields: Iterable[str]) -> None:
    from trustwide.rooms.notices.posting import greet_later

    place = channel.place
    record_act(by=by, verb=verb, thing=channel, organisation=place.organisation_id, fields=fields, related=place.pk)
    if verb == "started" or "sealed_address" in fields:
        greet_later(channel)


@transaction.atomic
def note_answer(*, channel: Channel, answered: bool) -> None:
    """Keep how a channel answered; one that did not, too often in a row, is stopped and who set it up is told."""
    mine = Channel.objects.filter(pk=channel.pk, stopped_at=None)
    if answered:
        mine.update(failures=0, answered_at=now())
        return
    mine.update(failures=F("failures") + 1)
    if mine.filter(failures__gte=FAILURES).update(stopped_at=now()):
        place = channel.place
        notices.tell_of_place(channel.set_by, place, what="channel-off")
        record_act(by=None, verb="stopped", thing=channel, organisation=place.organisation_id, related=place.pk)
