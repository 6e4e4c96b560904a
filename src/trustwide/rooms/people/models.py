"""A person's account, the list of who did what, and the keys that stop a form from being saved twice."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from trustwide.rooms.people.clock import now
from trustwide.rooms.people.ids import uuid7


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> Person:
        """Add a person; without a password they cannot sign in with one until they set one."""
        # In small letters: sign-in looks an address up so, whatever its capitals when it is typed.
        person = self.model(email=email.strip().lower(), name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """One human being, who may hold roles in several organisations."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_email", violation_error_message="In use."),
        ]

    def __str__(self) -> str:
        return self.name


class AuditRow(models.Model):
    """Who did what to which thing, and when: ids and names of fields, never what was typed.

    The database itself refuses to change or to remove a row (see the first migration).
    """

    at = models.DateTimeField(default=now, editable=False, db_index=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: the system itself
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    thing = models.CharField(max_length=60, db_index=True)
    organisation = models.UUIDField(null=True, db_index=True)
    fields = models.JSONField(default=list)
    related = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.thing}"


class OnceKey(models.Model):
    """The key of a form that was saved, and what came of it: the same form sent again gets the same answer."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.UUIDField()
    answer = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["person", "key"], name="one_answer_a_once_key")
        ]

    def __str__(self) -> str:
        return str(self.key)


class Visit(models.Model):
    """One signed-in session of a person: on what device, since when, and when it was last used."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="visits")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=80, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-used_at"]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.device}"


class Invitation(models.Model):
    """A link, sent by e-mail, that opens an account once. The role is given when it is used.

    Places come after people, so the place is told by its id alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField()
    role = models.CharField(max_length=30)
    place = models.UUIDField()
    organisation = models.UUIDField(db_index=True)
    #: From when to when the role will be held; from the day on which the link is used, where no day is named.
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.role} at {self.place}"


class IdentityProvider(models.Model):
    """An organisation's own sign-in. It speaks for the e-mail domains that are named here, and no others.

    By OpenID Connect `server_url` is its issuer; by SAML it is where people are sent, and `certificate` (PEM, without
    its first and last line) is what its answers must be signed with.
    """

    OIDC, SAML = "oidc", "saml"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.UUIDField(db_index=True)  # places come after people
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    domains = models.JSONField(default=list)
    protocol = models.CharField(max_length=4, default=OIDC, choices=[(OIDC, "OpenID Connect"), (SAML, "SAML")])
    server_url = models.URLField(max_length=300)
    client_id = models.CharField(max_length=200, blank=True)
    sealed_secret = models.TextField(blank=True)
    entity_id = models.CharField(max_length=300, blank=True)  # what it is called, by SAML
    certificate = models.TextField(blank=True)
    #: Some do not say whether an address is checked; its owner says here that all of its own are.
    checks_all_addresses = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def speaks_for(self, email: str) -> bool:
        """Whether an address is of one of its domains; a domain below one is another's."""
        return email.rpartition("@")[2].lower() in self.domains
