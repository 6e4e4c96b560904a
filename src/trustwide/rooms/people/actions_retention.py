"""What goes when it has been kept for long enough: the system's own acts, in which nobody is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from trustwide.rooms.people.acts import record_act
from trustwide.rooms.people.models import AuditRow, OnceKey, Person, Visit

if TYPE_CHECKING:
    from trustwide.rooms.people.retention import RecordClass

NOBODY_ANY_MORE = "@left.invalid"  # no address can end so
LEFT_NAME = "Someone who left"
#: Tables of what is a person's own, and how they name the person; rooms add theirs in their `retention.py`.
GO_WITH_A_PERSON: list[tuple[type[Model], str]] = [
    (Authenticator, "user"),
    (SocialAccount, "user"),
    (EmailAddress, "user"),
    (OnceKey, "person"),
    (Visit, "person"),
]


@transaction.atomic
def forget_class(*, kept: RecordClass) -> int:
    """Take away what is due of one class, and keep in the audit how many that were."""
    age = kept.age
    count = kept.forget(timezone.now() - age)
    if count:
        said = [f"{count} older than {age.days} days"]
        AuditRow.objects.create(by=None, verb="forgot", kind="class", thing=kept.key, fields=said)
    return count


@transaction.atomic
def pseudonymise(*, person: Person) -> None:
    """Who left keeps an id, so that what they did still hangs together, and nothing by which they could be known."""
    for model, name in GO_WITH_A_PERSON:
        model._default_manager.filter(**{name: person}).delete()
    person.name, person.email = LEFT_NAME, f"{person.pk}{NOBODY_ANY_MORE}"
    person.set_unusable_password()
    person.save(update_fields=["name", "email", "password"])
    record_act(by=None, verb="pseudonymised", thing=person, organisation=None, fields=["name", "email", "password"])
