"""The tree of places, partnerships across it, and the roles that people hold in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.rule import Rule

GROUP, ORGANISATION, DIRECTORATE, SERVICE, TEAM = LEVELS = ("group", "organisation", "directorate", "service", "team")
LEVEL_WORDS = {
    GROUP: _("Group"),
    ORGANISATION: _("Organisation"),
    DIRECTORATE: _("Directorate"),
    SERVICE: _("Service"),
    TEAM: _("Team"),
}
#: A place stands under a place of a higher level; levels may be left out (a team right under its organisation).
ORGANISATION_KINDS = {
    "nhs-trust": _("NHS trust"),
    "icb": _("Integrated care board"),
    "council": _("Council"),
    "gp": _("GP federation or primary care network"),
    "voluntary": _("Voluntary organisation"),
}
TEAM_KINDS = {
    "clinical": _("Clinical team"),
    "corporate": _("Corporate team"),
    "board": _("Board"),
    "peoples-voice": _("People’s-voice group"),
}
KINDS_OF = {ORGANISATION: ORGANISATION_KINDS, TEAM: TEAM_KINDS}
KIND_WORDS = {**ORGANISATION_KINDS, **TEAM_KINDS}
CHANGES = ("opened", "renamed", "moved", "merged", "closed", "reopened")


def one_of(field: str, words: Any) -> models.CheckConstraint:
    """The rule of a choice, kept by the database too."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": list(words)}), name=f"%(class)s_{field}_known")


class PlaceQuerySet(models.QuerySet["Place"]):
    def open(self) -> PlaceQuerySet:
        return self.filter(closed_on=None)

    def within(self, place: Place) -> PlaceQuerySet:
        """A place and all below it."""
        return self.filter(path__startswith=place.path)

    def within_any(self, places: Iterable[Place]) -> PlaceQuerySet:
        """Those places and all below them; none where there are none."""
        below = [("path__startswith", path) for path in sorted({each.path for each in places})]
        return self.filter(Rule(models.Q(*below, _connector=models.Q.OR))) if below else self.none()

    def above(self, place: Place) -> PlaceQuerySet:
        """A place and all above it, the highest first."""
        return self.filter(pk__in=place.line).order_by("path")


class Place(models.Model):
    """One node of the tree: group › organisation › directorate › service › team."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    level = models.CharField(max_length=20, choices=list(LEVEL_WORDS.items()))
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=400, db_index=True)  # ids from the top down to this one, each ended by "/"
    #: The organisation it belongs to; a group stands for itself. The wall runs between these.
    organisation = models.ForeignKey("self", models.PROTECT, related_name="+")
    ods_code = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=20, blank=True)  # of an organisation or of a team
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = PlaceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[Any]] = [
            one_of("level", LEVELS),
            one_of("kind", ("", *ORGANISATION_KINDS, *TEAM_KINDS)),
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_place_a_slug_in_an_organisation"),
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(level__in=(GROUP, ORGANISATION)), name="one_organisation_a_slug"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(closed_on__gte=models.F("opened_on")),
                name="place_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def what(self) -> Any:
        """Its kind in words, or its level where it has none."""
        return KIND_WORDS.get(self.kind) or LEVEL_WORDS[self.level]

    @property
    def is_root(self) -> bool:
        return self.level in (GROUP, ORGANISATION)

    @property
    def home(self) -> str:
        """The address of its page."""
        return f"/{self.organisation.slug}/places/{self.slug}/"

    @property
    def line(self) -> list[str]:
        """The ids of the places above it and its own, the highest first."""
        return self.path.strip("/").split("/")

    def holds(self, other: Place) -> bool:
        """Whether `other` is this place or below it."""
        return other.path.startswith(self.path)


class PlaceChange(models.Model):
    """What a place was called and where it stood before, so that history can be read and old addresses work."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="changes")
    change = models.CharField(max_length=10)
    on = models.DateField()
    old_name = models.CharField(max_length=120, blank=True)
    old_slug = models.SlugField(max_length=60, blank=True, db_index=True)
    old_parent = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    old_organisation = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "pk"]
        constraints: ClassVar[list[Any]] = [one_of("change", CHANGES)]

    def __str__(self) -> str:
        return f"{self.place_id} {self.change} {self.on}"


class Partnership(models.Model):
    """Organisations of different groups that work together at place, such as a borough's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    organisations: Any = models.ManyToManyField(Place, through="PartnershipMember", related_name="partnerships")

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class PartnershipMember(models.Model):
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Place, models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    #: When the organisation's own administrator agreed; until then nothing is shared either way.
    accepted_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["partnership", "organisation"],
                condition=models.Q(ends=None),
                name="one_membership_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.partnership_id}"

    def runs_on(self, day: date) -> bool:
        """As `Reach` asks it of the database."""
        agreed = self.accepted_on is not None and self.accepted_on <= day
        return agreed and self.starts <= day and (self.ends is None or self.ends >= day)


class RoleHeld(models.Model):
    """A role that a person holds at a place, from a date to a date (both included)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    place = models.ForeignKey(Place, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=30)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts", "pk"]
        constraints: ClassVar[list[Any]] = [
            one_of("role", sorted(ROLES)),
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("starts")), name="role_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["person", "place", "role"], condition=models.Q(ends=None), name="one_role_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} at {self.place_id}"

    def runs_on(self, day: date) -> bool:
        """As `reach.holds_on` asks it of the database."""
        return self.starts <= day and (self.ends is None or self.ends >= day)


class Deputy(models.Model):
    """Who answers for a person in an organisation while they are away, from a day to a day (both included)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Place, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Person, models.CASCADE, related_name="answers_for")
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["starts", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="deputy_ends_after_start"),
            models.CheckConstraint(condition=~models.Q(person=models.F("deputy")), name="deputy_is_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.person_id}"


class KeptSheet(models.Model):
    """A file of places or people on its way in: kept between the look at what it would change and the yes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Place, models.CASCADE, related_name="+")
    what = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [one_of("what", ("places", "people"))]

    def __str__(self) -> str:
        return self.name
