"""Every write to what failed well that commons does not do by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.actions import add_record, change_record, comment_on, link_records, move_record
from trustwide.rooms.commons.kinds import KINDS, NotNow
from trustwide.rooms.commons.links import CAME_FROM
from trustwide.rooms.people.acts import NotAllowed, once, record_act
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import ORGANISATION_SHARED
from trustwide.rooms.projects.access import can_tell, can_thank, leads_above
from trustwide.rooms.projects.models import FabulousFailure, Project

NOT_TO_THANK = _("It is not published, or it is your own: then somebody else thanks the team.")
PUBLISHED = _("It is published already.")
FAILURE = FabulousFailure._meta.label_lower


def tell_failure(*, by: Person, project: Project, fields: dict[str, Any], key: UUID | None = None) -> UUID:
    """What of a project failed well, kept to its team until they publish it; its id."""
    if not (can_tell(by, project) and notices.can_read(by, project)):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _failure(by, project, fields)))


def _failure(by: Person, project: Project, fields: dict[str, Any]) -> UUID:
    told = {**fields, "of_project": project}
    number = add_record(
        by=by, kind=KINDS[FAILURE], place=project.place, fields=told, may=lambda *_new: can_tell(by, project)
    )
    new = FabulousFailure.objects.select_related("place").get(pk=number)
    link_records(by=by, start=new, meaning=CAME_FROM, end=project)
    return number


@transaction.atomic
def publish_failure(*, by: Person, failure: FabulousFailure, version: int) -> None:
    """Let the whole organisation read it. Its team does this, and nobody above them: both acts ask who may.

    NotNow where it is published already: twice is once.
    """
    if failure.published_at:
        raise NotNow(PUBLISHED)
    fields = {"sharing": ORGANISATION_SHARED, "published_at": now()}
    change_record(by=by, record=failure, version=version, fields=fields)
    move_record(by=by, record=failure, version=failure.version, stage="published")


def thank_for_failure(*, by: Person, failure: FabulousFailure, text: str, key: UUID | None = None) -> UUID:
    """A leader thanks the team in words, which stand among the comments; the first is the one that they waited for."""
    if not (leads_above(by, failure) and notices.can_read(by, failure)):
        raise NotAllowed
    if not can_thank(by, failure):
        raise NotNow(NOT_TO_THANK)
    return UUID(once(by=by, key=key, act=lambda: _thank(by, failure, text)))


def _thank(by: Person, failure: FabulousFailure, text: str) -> UUID:
    said = comment_on(by=by, record=failure, text=text)
    first = FabulousFailure.objects.filter(pk=failure.pk, thanked_at=None)
    first.update(thanked_at=now(), thanked_by=by)
    record_act(
        by=by, verb="thanked", thing=failure, organisation=failure.organisation_id, fields=["thanked_at"],
        related=failure.pk,
    )  # fmt: skip
    return said
