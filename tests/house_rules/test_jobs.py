"""Several workers at once: each job is done by one of them."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from tests.house_rules.own_database import at_once
from tests.makers import make_person
from trustwide.rooms.jobs import work
from trustwide.rooms.jobs.queue import later
from trustwide.rooms.jobs.tests import samples
from trustwide.rooms.people.models import OnceKey

pytestmark = pytest.mark.both_databases  # each has its own locks

WORKERS, NUMBER = 4, 60


@pytest.mark.usefixtures("real_transactions")
def test_workers_at_once_do_each_job_once() -> None:
    person = str(make_person().pk)
    for number in range(NUMBER):
        later(samples.whole if number % 2 else samples.outside, person=person)
    done = at_once(WORKERS, lambda _place: work.run_ready())
    claims = [len(each) for each in DBTaskResult.objects.values_list("worker_ids", flat=True)]
    print(f"{WORKERS} workers on {connection.vendor} did {done} jobs of {NUMBER}")
    assert sum(done) == NUMBER
    assert claims == [1] * NUMBER
    assert OnceKey.objects.count() == NUMBER


@pytest.mark.usefixtures("real_transactions")
def test_the_same_key_at_the_same_moment_is_one_job() -> None:
    person = str(make_person().pk)
    answers = at_once(8, lambda _place: later(samples.whole, key="one", person=person))
    assert len(set(answers)) == 1
    assert DBTaskResult.objects.count() == 1


@pytest.mark.usefixtures("real_transactions")
def test_control_a_claim_that_is_not_one_statement_doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each looks, then takes what it saw: more than one takes the same."""
    person = str(make_person().pk)
    later(samples.outside, person=person)

    barrier = threading.Barrier(2)

    def look_then_take() -> DBTaskResult | None:
        found = DBTaskResult.objects.filter(status=work.READY).first()
        barrier.wait(timeout=30)
        if found is not None:
            found.claim("somebody")
        return found

    monkeypatch.setattr(work, "_claim", look_then_take)
    at_once(2, lambda _place: work.run_ready(most=1))
    assert OnceKey.objects.count() == 2
