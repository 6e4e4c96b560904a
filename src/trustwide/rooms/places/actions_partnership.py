"""Every write of partnerships: organisations share with each other only once each side has agreed."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import ORGANISATION, Partnership, PartnershipMember, Place
from trustwide.rooms.places.queries import parts_running
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.places.tree import PlaceRefused


def _must(by: Person | None, organisation: Place) -> None:
    if by is not None and not reach_of(by).may(May.PLACES, organisation):
        raise NotAllowed


@transaction.atomic
def make_partnership(*, by: Person | None, organisation: Place, name: str) -> Partnership:
    """Begin a partnership; the organisation that begins it has agreed."""
    _must(by, organisation)
    stem = slugify(name)[:50] or "partnership"
    taken = set(Partnership.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug = next(each for each in (stem, *(f"{stem}-{number}" for number in range(2, 10_000))) if each not in taken)
    partnership = Partnership.objects.create(name=name.strip(), slug=slug)
    partnership.members.create(organisation=organisation, starts=today(), accepted_on=today())
    record_act(by=by, verb="began-partnership", thing=partnership, organisation=organisation.pk)
    return partnership


@transaction.atomic
def ask_in(*, by: Person | None, organisation: Place, partnership: Partnership, other: str) -> PartnershipMember:
    """Ask another organisation, by its name or ODS code; it is in when its own administrator agrees."""
    _must(by, organisation)
    own = parts_running().filter(partnership=partnership, organisation=organisation)
    if not own.exclude(accepted_on=None).exists():
        raise NotAllowed
    named = Q(name__iexact=other.strip()) | (Q(ods_code__iexact=other.strip()) & ~Q(ods_code=""))
    found = list(Place.objects.open().filter(named, level=ORGANISATION)[:2])
    if len(found) != 1:
        raise PlaceRefused(_("No one organisation has this name or code. Write it in full, or use its ODS code."))
    member, is_new = PartnershipMember.objects.get_or_create(
        partnership=partnership, organisation=found[0], ends=None, defaults={"starts": today()}
    )
    if is_new:
        record_act(
            by=by, verb="asked-in", thing=partnership, organisation=organisation.pk, related=member.organisation_id
        )
    return member


@transaction.atomic
def agree(*, by: Person | None, member: PartnershipMember) -> None:
    """Say yes for one's own organisation: from today it shares, and is shared with."""
    _must(by, member.organisation)
    if PartnershipMember.objects.filter(pk=member.pk, accepted_on=None).update(accepted_on=today(), starts=today()):
        record_act(by=by, verb="agreed", thing=member.partnership, organisation=member.organisation_id)


@transaction.atomic
def leave(*, by: Person | None, member: PartnershipMember) -> None:
    """End one's own organisation's part, or say no, from the next page on. A part of no whole day leaves no row."""
    _must(by, member.organisation)
    record_act(by=by, verb="left-partnership", thing=member.partnership, organisation=member.organisation_id)
    if member.accepted_on is None or member.starts >= today():
        member.delete()
    else:
        member.ends = today() - timedelta(days=1)
        member.save(update_fields=["ends"])
