"""What is done to problems: an angle on one, a question of it to all staff, and the replies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from trustwide.rooms.commons import access as records
from trustwide.rooms.commons import notices
from trustwide.rooms.commons.actions import BLANKED, change_record, comment_on
from trustwide.rooms.commons.models import Comment
from trustwide.rooms.ideas import access
from trustwide.rooms.ideas.models import Angle, Problem, Reply
from trustwide.rooms.ideas.replies import at_no_hour, hash_of
from trustwide.rooms.people.acts import NotAllowed, once, record_act
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import ORGANISATION_SHARED, TEAM_SHARED

ASKED_FOR = timedelta(days=28)


def add_angle(*, by: Person, problem: Problem, role: str, said: str, key: UUID | None = None) -> UUID:
    """Tell how a problem looks from one side, one's own or that of somebody who said so; whoever writes it is named."""
    if not (access.can_frame(by, problem) and notices.can_read(by, problem)):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _add_angle(by, problem, role, said)))


def _add_angle(by: Person, problem: Problem, role: str, said: str) -> UUID:
    comment = Comment.objects.get(pk=comment_on(by=by, record=problem, text=said))
    angle = Angle.objects.create(problem=problem, role=role, comment=comment)
    told: dict[str, Any] = {"organisation": problem.organisation_id, "related": problem.pk}
    record_act(by=by, verb="gave-angle", thing=angle, fields=[role], **told)
    return angle.pk


@transaction.atomic
def ask_everyone(
    *, by: Person, problem: Problem, version: int, unnamed: bool = True, until: date | None = None
) -> None:
    """Ask all staff about a problem. What was promised of names is never taken back; the last day may be moved."""
    if not access.can_ask_everyone(by, problem):
        raise NotAllowed
    promised = problem.unnamed if problem.asks_until else unnamed
    fields: dict[str, Any] = {"asks_until": until or today() + ASKED_FOR, "unnamed": promised}
    if problem.sharing == TEAM_SHARED:
        fields["sharing"] = ORGANISATION_SHARED  # all staff are asked
    change_record(by=by, record=problem, version=version, fields=fields)
    notices.happened(problem, by=by, what="asks-everyone")


def reply(*, by: Person, problem: Problem, text: str) -> None:
    """Reply to a board's question; the same person's next reply takes the place of this one.

    Without names, nothing that is kept names the writer: no audit row, no key of a form, no notice, and no hour.
    """
    if not (access.can_reply(by, problem) and notices.can_read(by, problem)):
        raise NotAllowed
    with at_no_hour():
        _keep_reply(by, problem, text)


@transaction.atomic
def _keep_reply(by: Person, problem: Problem, text: str) -> None:
    named = None if problem.unnamed else by
    kept = {"text": text, "day": today(), "by": named}
    Reply.objects.update_or_create(problem=problem, writer_hash=hash_of(problem, by), defaults=kept)
    record_act(by=named, verb="replied", thing=problem, organisation=problem.organisation_id)


@transaction.atomic
def redact_reply(*, by: Person, reply: Reply) -> None:
    """Blank a reply that should not have been typed; whoever wrote it is not known, and so not told."""
    problem = Problem.objects.select_related("place").get(pk=reply.problem_id)
    if not records.can_redact(by, problem):
        raise NotAllowed
    Reply.objects.filter(pk=reply.pk).update(text=BLANKED)
    organisation = problem.organisation_id
    record_act(by=by, verb="redacted", thing=reply, organisation=organisation, fields=["text"], related=problem.pk)
