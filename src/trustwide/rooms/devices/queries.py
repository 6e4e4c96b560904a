"""Every read of devices that a page needs."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from trustwide.rooms.devices.access import works_at
from trustwide.rooms.devices.models import Device, Hand, Pin, Tries
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.people.sealing import recognise
from trustwide.rooms.places.models import TEAM, Place, RoleHeld
from trustwide.rooms.places.queries import organisation_at, place_at
from trustwide.rooms.places.reach import holds_on


def team_at(organisation: str, team: str) -> Place | None:
    """The team of that name in an organisation, by the names that both have or had."""
    now = Place.objects.select_related("organisation").filter(organisation__slug=organisation, slug=team, level=TEAM)
    found = now.first()
    if found is None and (home := organisation_at(organisation)):
        found = place_at(home, team)
    return found if found and found.level == TEAM else None


def newest_acts(count: int) -> list[tuple[int, str, str, str]]:
    """The last acts of the whole installation, the newest first: its number, its thing, what that is related to, and
    the kind of the thing.
    """
    return list(AuditRow.objects.order_by("-pk").values_list("pk", "thing", "related", "kind")[:count])


def paths_of_places(ids: set[UUID]) -> list[str]:
    """Where those of some ids stand that are places'."""
    return list(Place.objects.filter(pk__in=ids).values_list("path", flat=True))


def running_team(number: UUID) -> Place | None:
    return Place.objects.filter(pk=number, level=TEAM, closed_on=None).first()


def device_with(token: str) -> Device | None:
    """The device whose cookie holds that token, while its team goes on: one that was ended has none."""
    if not token:
        return None
    running = Device.objects.filter(place__closed_on=None, token_hash=recognise(token))
    return running.select_related("place__organisation").first()


def devices_at(team: Place) -> QuerySet[Device]:
    """The devices of a team that were not ended."""
    return Device.objects.filter(place=team, ended_at=None).select_related("place__organisation", "made_by")


def hash_of_code(code: str) -> str:
    """What is stored of a code. With the installation's own key, since eight letters could be guessed from less."""
    return salted_hmac("trustwide.devices.code", code, algorithm="sha256").hexdigest()


def hand_of(device: Device | None) -> Hand | None:
    """Who may add something at a device just now: gone with its time, with the person's role or with their account."""
    if device is None:
        return None
    found = Hand.objects.filter(device=device, ends_at__gt=timezone.now()).select_related("person").first()
    return found if found and works_at(found.person, device.place) else None


def pin_of(person: Person | None) -> Pin | None:
    return Pin.objects.filter(person=person).first() if person else None


def waiting_until(person: Person) -> Tries | None:
    """Of a person whose PIN was wrong too often: until when it waits."""
    return Tries.objects.filter(subject=person.pk, waits_until__gt=timezone.now()).first()


def people_of(team: Place) -> list[Person]:
    """Those with a role at the team itself, by name."""
    return list(_holding(places=[team.pk]))


def person_called(team: Place, words: str) -> Person | None:
    """The one person of that name, or of that address, with a role at the team or above; None where two have it."""
    named = Q(name__iexact=words.strip()) | Q(email__iexact=words.strip())
    found = list(_holding(places=team.line).filter(named)[:2])
    return found[0] if len(found) == 1 else None


def _holding(places: list[UUID] | list[str]) -> QuerySet[Person]:
    """The people who hold a role at one of some places today."""
    held = RoleHeld.objects.filter(holds_on(today()), place__in=places)
    return Person.objects.filter(is_active=True, pk__in=held.values("person")).order_by("name", "pk")


def initials(people: list[Person]) -> list[tuple[str, str]]:
    """Each person's id with as few letters of their name as tell them from the others."""
    shapes = [[_letters(each), _first_name(each), each.name] for each in people]
    for _longer in range(2):
        seen = Counter(shape[0] for shape in shapes)
        shapes = [shape[1:] if seen[shape[0]] > 1 and len(shape) > 1 else shape for shape in shapes]
    return [(str(each.pk), shape[0]) for each, shape in zip(people, shapes, strict=True)]


def _letters(person: Person) -> str:
    return "".join(word[0] for word in person.name.split()).upper() or "?"


def _first_name(person: Person) -> str:
    first, *rest = person.name.split() or ["?"]
    return " ".join([first, *(word[0].upper() for word in rest[-1:])])
