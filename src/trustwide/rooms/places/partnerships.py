"""Every write and read of partnerships: organisations share with each other only once each side has agreed."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.actions import PlaceRefused
from trustwide.rooms.places.models import ORGANISATION, Partnership, PartnershipMember, Place
from trustwide.rooms.places.reach import holds_on, reach_of, today


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
    if not running().filter(partnership=partnership, organisation=organisation).exclude(accepted_on=None).exists():
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


def running():  # type: ignore[no-untyped-def]
    """The parts in partnerships that run today, those still asked too."""
    return PartnershipMember.objects.filter(holds_on(today()))


def partnerships_of(organisation: Place, *, asked: bool) -> list[tuple[PartnershipMember, list[PartnershipMember]]]:
    """The organisation's own part in each partnership, with the parts of the others; asks only where `asked`."""
    own = running().filter(organisation=organisation).select_related("partnership").order_by("partnership__name")
    own = list(own if asked else own.exclude(accepted_on=None))
    others = running().filter(partnership__in=[each.partnership_id for each in own]).exclude(organisation=organisation)
    others = others if asked else others.exclude(accepted_on=None)
    by_partnership: dict[object, list[PartnershipMember]] = {}
    for each in others.select_related("organisation").order_by("organisation__name"):
        by_partnership.setdefault(each.partnership_id, []).append(each)
    return [(each, by_partnership.get(each.partnership_id, [])) for each in own]


def part_of(organisation: Place, slug: str) -> PartnershipMember | None:
    """The organisation's own part in the partnership of that name."""
    own = running().filter(organisation=organisation, partnership__slug=slug)
    found: PartnershipMember | None = own.select_related("partnership", "organisation").first()
    return found
