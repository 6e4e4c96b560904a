"""Every read of places that a page or another room needs."""

from __future__ import annotations

from trustwide.rooms.places.models import GROUP, ORGANISATION, Place, PlaceChange

ROOTS = (GROUP, ORGANISATION)


def organisation_at(slug: str) -> Place | None:
    """The organisation or group of that name in addresses, or of that old name."""
    found = Place.objects.select_related("organisation").filter(slug=slug, level__in=ROOTS).first()
    if found is None:
        old = PlaceChange.objects.filter(old_slug=slug, place__level__in=ROOTS).select_related("place__organisation")
        change = old.order_by("-on", "-pk").first()
        found = change.place if change else None
    return found


def place_at(organisation: Place, slug: str) -> Place | None:
    """The place of that name in an organisation, or of that old name."""
    within = Place.objects.select_related("organisation", "parent").filter(organisation=organisation)
    found = within.filter(slug=slug).first()
    if found is None:
        old = PlaceChange.objects.filter(old_slug=slug, place__organisation=organisation)
        change = old.order_by("-on", "-pk").select_related("place__organisation", "place__parent").first()
        found = change.place if change else None
    return found
