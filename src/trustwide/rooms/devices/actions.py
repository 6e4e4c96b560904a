"""Every write of shared devices and PINs."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from trustwide.rooms.devices import pins, queries
from trustwide.rooms.devices.access import can_keep_devices, works_at
from trustwide.rooms.devices.models import Arrival, Device, Hand, Pin, Tries
from trustwide.rooms.devices.parts import Addition, additions_for
from trustwide.rooms.people import clock, letters
from trustwide.rooms.people.acts import NotAllowed, once, record_act
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.sealing import new_token, recognise
from trustwide.rooms.people.seen import must_be_seen
from trustwide.rooms.places.models import Place

CODE_LASTS, HAND_LASTS = timedelta(minutes=15), timedelta(minutes=3)
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # eight of them: 25 thousand million codes, none of them a word


@dataclass
class PinRefused(Exception):
    """The PIN was not taken, and the next may be tried at `until`, if that is not now."""

    until: datetime | None = None


@transaction.atomic
def add_device(*, by: Person, place: Place, name: str, key: UUID | None = None) -> tuple[Device, str]:
    """A shared device of a team, and the code that joins it: it is not stored, and shown once.

    The same `key` again gives the same device and the same code, which may have ended since.
    """
    if not can_keep_devices(by, place):
        raise NotAllowed
    number = once(by=by, key=key, act=lambda: _add_device(by, place, name))
    device = Device.objects.select_related("place__organisation").get(pk=number)
    return device, _code_of(device.pk)


def _add_device(by: Person, place: Place, name: str) -> UUID:
    device = Device(place=place, name=name.strip(), made_by=by)
    _take_code(device, _code_of(device.pk))
    device.save(force_insert=True)
    _tell(by, "added", device, "name")
    return device.pk


def _code_of(number: UUID) -> str:
    """The first code of a device, the same each time: whoever pressed twice sees one that is good."""
    left, code = (
        int.from_bytes(salted_hmac("trustwide.devices.first-code", str(number), algorithm="sha256").digest()),
        "",
    )
    for _each in range(8):
        left, letter = divmod(left, len(LETTERS))
        code += LETTERS[letter]
    return code


@transaction.atomic
def give_code(*, by: Person, device: Device) -> str:
    """Another code, for a device that was not joined in time, or whose browser forgot what it is."""
    if not can_keep_devices(by, device.place):
        raise NotAllowed
    code = "".join(secrets.choice(LETTERS) for _each in range(8))
    _take_code(device, code)
    device.save(update_fields=["code_hash", "code_ends_at"])
    _tell(by, "gave-code", device)
    return code


def _take_code(device: Device, code: str) -> None:
    device.code_hash, device.code_ends_at = queries.hash_of_code(code), clock.now() + CODE_LASTS


@transaction.atomic
def rename_device(*, by: Person, device: Device, name: str, seen: str | None = None) -> None:
    """Give it another name. ChangedMeanwhile where it has another than was `seen`."""
    if not can_keep_devices(by, device.place):
        raise NotAllowed
    must_be_seen(seen, Device.objects.select_for_update().get(pk=device.pk).name)
    device.name = name.strip()
    device.save(update_fields=["name"])
    _tell(by, "renamed", device, "name")


@transaction.atomic
def end_device(*, by: Person, device: Device) -> None:
    """It is out on its next request, and so is whoever is adding something at it."""
    if not can_keep_devices(by, device.place):
        raise NotAllowed
    Hand.objects.filter(device=device).delete()
    device.ended_at, device.token_hash, device.code_hash = timezone.now(), None, None
    device.save(update_fields=["ended_at", "token_hash", "code_hash"])
    _tell(by, "ended", device)


@transaction.atomic
def join_device(*, code: str) -> tuple[Device, str] | None:
    """Make whoever types a good code the device: the device and the token of its cookie. A code works once."""
    waiting = Device.objects.filter(ended_at=None, place__closed_on=None, code_ends_at__gt=clock.now())
    device = waiting.select_related("place__organisation").filter(code_hash=queries.hash_of_code(code)).first()
    token = new_token()
    joined = {"code_hash": None, "token_hash": recognise(token), "joined_at": clock.now()}
    if device is None or not Device.objects.filter(pk=device.pk, code_hash=device.code_hash).update(**joined):
        return None
    Hand.objects.filter(device=device).delete()
    _tell(None, "joined", device)
    return device, token


def note_seen(*, device: Device) -> None:
    """Keep that a device asked for its board just now. It is a mark of time, not an act: it has no audit row."""
    Device.objects.filter(pk=device.pk).update(seen_at=clock.now())


@transaction.atomic
def set_pin(*, person: Person, pin: str) -> None:
    """A new PIN. It is tried afresh, so earlier wrong ones no longer count."""
    told, _is_new = Pin.objects.update_or_create(
        person=person, defaults={"sealed": pins.sealed(pin), "set_at": timezone.now()}
    )
    Tries.objects.filter(subject=person.pk).delete()
    Hand.objects.filter(person=person).delete()
    record_act(by=person, verb="set-pin", thing=told, organisation=None)


@transaction.atomic
def remove_pin(*, person: Person) -> None:
    for kept in Pin.objects.filter(person=person):
        record_act(by=person, verb="removed-pin", thing=kept, organisation=None)
        kept.delete()
    Hand.objects.filter(person=person).delete()


def take_hand(*, device: Device, person: Person | None, pin: str) -> Hand:
    """Let a person add at a device for a while, if the PIN is theirs and they have a role there. Else PinRefused.

    Each try is counted before it is looked at, so that many at once are counted too; a right one wipes the count.
    """
    subjects = [device.pk, *([person.pk] if person else [])]
    until = _count_try(subjects)
    kept = queries.pin_of(person)
    right = pins.is_right(kept.sealed if kept else None, pin)  # asked in any case, for the time it takes
    if person is None or not right or not works_at(person, device.place):
        _tell_wrong(device, person, told=until is not None)
        raise PinRefused(until)
    return _begin_hand(device, person, subjects)


@transaction.atomic
def _count_try(subjects: list[UUID]) -> datetime | None:
    """Count a try against each; until when the next one waits. PinRefused, and nothing counted, while one waits."""
    now, tries = timezone.now(), []
    for subject in sorted(subjects):
        Tries.objects.get_or_create(subject=subject)
        tries.append(Tries.objects.select_for_update().get(subject=subject))
    if waits := [each.waits_until for each in tries if each.waits_until and each.waits_until > now]:
        raise PinRefused(max(waits))
    for each in tries:
        each.wrong = 1 + (each.wrong if now - each.last_at < pins.FORGET_TRIES else 0)
        wait = pins.wait_after(each.wrong)
        each.last_at, each.waits_until = now, now + wait if wait else None
        each.save()
    return max((each.waits_until for each in tries if each.waits_until), default=None)


@transaction.atomic
def _tell_wrong(device: Device, person: Person | None, *, told: bool) -> None:
    """The audit has each wrong one; the person hears of it when it was five."""
    organisation = device.place.organisation_id
    related = person.pk if person else ""
    record_act(by=None, verb="wrong-pin", thing=device, organisation=organisation, related=related)
    if told and person and Tries.objects.filter(subject=person.pk, wrong=pins.FREE_TRIES).exists():
        name, team = device.name, device.place.name
        transaction.on_commit(lambda: letters.send_wrong_pins(person.email, device=name, place=team))


@transaction.atomic
def _begin_hand(device: Device, person: Person, subjects: list[UUID]) -> Hand:
    Tries.objects.filter(subject__in=subjects).delete()
    ends = timezone.now() + HAND_LASTS
    hand, _is_new = Hand.objects.update_or_create(device=device, defaults={"person": person, "ends_at": ends})
    _tell(person, "gave-pin", device)
    return hand


@transaction.atomic
def put_down(*, device: Device) -> None:
    """Whoever was adding at a device has finished."""
    for hand in Hand.objects.filter(device=device).select_related("person"):
        _tell(hand.person, "finished", device)
        hand.delete()


@transaction.atomic
def add_at_board(*, by: Person, team: Place, addition: Addition, form: Any, device: Device | None = None) -> bool:
    """Add something at a team's board, by the action of its own room; False where the form says what is wrong.

    At a shared device (None: signed in) the audit also tells at which. A form whose `key` came before adds nothing.
    """
    hand = queries.hand_of(device)
    if addition not in additions_for(by, team) or (device and (hand is None or hand.person != by)):
        raise NotAllowed
    key = getattr(form, "cleaned_data", {}).get("key")
    if key and not Arrival.objects.get_or_create(key=key, defaults={"team": team})[1]:
        return True
    thing = addition.save(by, team, form)
    if thing is None and key:
        Arrival.objects.filter(key=key).delete()  # nothing came of it, so it may be sent again
    if thing is not None and device:
        organisation = team.organisation_id
        record_act(
            by=by, verb="added-here", thing=device, organisation=organisation, fields=[addition.key], related=thing
        )
    return thing is not None


def _tell(by: Person | None, verb: str, device: Device, *fields: str) -> None:
    record_act(by=by, verb=verb, thing=device, organisation=device.place.organisation_id, fields=fields)
