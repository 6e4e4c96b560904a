"""Every write to jobs that people make, and the clearing away of old ones."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from trustwide.rooms.jobs import queries
from trustwide.rooms.jobs.queue import new_work
from trustwide.rooms.jobs.work import DONE, GIVEN_UP, READY
from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of


@transaction.atomic
def try_again(*, by: Person, organisation: Place, job: DBTaskResult) -> None:
    """Have a job that was given up tried anew, from the first wait on. Twice is once."""
    if not (reach_of(by).may(May.AUDIT, organisation) and queries.may_be_told(organisation, job)):
        raise NotAllowed
    anew = {"status": READY, "run_after": timezone.now(), "worker_ids": [], "finished_at": None}
    if DBTaskResult.objects.filter(pk=job.pk, status=GIVEN_UP).update(**anew):
        record_act(by=by, verb="tried-again", thing=job, organisation=organisation.pk)
        transaction.on_commit(new_work.set)


@transaction.atomic
def forget_done(*, before: datetime) -> int:
    """Jobs that were done, or given up, before that moment go; how many."""
    gone, _rows = DBTaskResult.objects.filter(status__in=(DONE, GIVEN_UP), finished_at__lt=before).delete()
    return gone
