"""How an installation begins: an organisation or a group, and the person who looks after it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from trustwide.rooms.people.acts import record_act
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import add_place
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import GROUP, ORGANISATION, ORGANISATION_KINDS, Place
from trustwide.rooms.places.tree import PlaceRefused

SHORTEST_PASSWORD = 12


def is_known(email: str) -> bool:
    """Whether there is an account of that address, whose password stays."""
    return Person.objects.filter(email__iexact=email.strip()).exists()


@transaction.atomic
def begin(
    *, name: str, kind: str, group: str, ods_code: str, email: str, person_name: str, password: str | None
) -> Place:
    """Add the organisation and its administrator, all or nothing. Raises ValidationError in words for the terminal."""
    validate_email(email.strip())
    if not 0 < len(name.strip()) <= 120:
        raise PlaceRefused(_("Give the organisation a name of 1 to 120 letters."))
    if kind not in (*ORGANISATION_KINDS, GROUP):
        raise PlaceRefused(_("Choose a kind: %(kinds)s.") % {"kinds": ", ".join((*ORGANISATION_KINDS, GROUP))})
    level = GROUP if kind == GROUP else ORGANISATION
    if Place.objects.open().filter(level=level, name__iexact=name.strip()).exists():
        raise PlaceRefused(_("%(name)s is there already.") % {"name": name.strip()})
    above = _group(group) if group and level == ORGANISATION else None
    more = {"kind": kind, "ods_code": ods_code} if level == ORGANISATION else {}
    place = add_place(by=None, level=level, name=name, parent=above, **more)
    give_role(by=None, person=_person(email.strip(), person_name, password, place), role="administrator", place=place)
    return place


def _group(name: str) -> Place:
    found: Place | None = Place.objects.open().filter(level=GROUP, name__iexact=name.strip()).first()
    return found or add_place(by=None, level=GROUP, name=name)


def _person(email: str, name: str, password: str | None, place: Place) -> Person:
    known = Person.objects.filter(email__iexact=email).first()
    if known:
        return known
    if len(password or "") < SHORTEST_PASSWORD:
        raise ValidationError(_("Choose a password of 12 characters or more. Nothing was added."))
    person = Person.objects.create_user(email, name.strip() or email.partition("@")[0], password)
    record_act(by=None, verb="joined", thing=person, organisation=place.organisation_id)
    return person
