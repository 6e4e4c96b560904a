"""Jobs are done once, whole or not at all; tried again after growing waits; given up in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.makers import make_organisation, make_person
from trustwide.rooms.jobs import chores, queries, timed, work
from trustwide.rooms.jobs.actions import forget_done, try_again
from trustwide.rooms.jobs.queue import JOBS, later
from trustwide.rooms.jobs.tests import samples
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import AuditRow, OnceKey, Person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]  # each has its own locks


@pytest.fixture
def alice() -> Person:
    return make_person()


@pytest.fixture(autouse=True)
def no_faults() -> Iterator[None]:
    samples.faults.clear()
    yield
    samples.faults.clear()


def done() -> int:
    return OnceKey.objects.count()


def status(number: Any) -> str:
    return DBTaskResult.objects.get(pk=number).status


def let_time_pass(number: Any, **span: int) -> None:
    """As if the job had been begun, or put off, that long ago."""
    for name in ("started_at", "run_after"):
        DBTaskResult.objects.filter(pk=number).update(**{name: timezone.now() - timedelta(**span)})


@pytest.mark.parametrize("task", [samples.whole, samples.outside])
def test_a_job_is_done_once(alice: Person, task: Any) -> None:
    number = later(task, person=str(alice.pk))
    assert [work.run_ready(), work.run_ready()] == [1, 0]
    assert (status(number), done()) == (work.DONE, 1)


def test_a_job_is_there_only_if_what_it_follows_from_is(alice: Person) -> None:
    with transaction.atomic():
        later(samples.whole, person=str(alice.pk))
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 0


def test_the_same_key_is_one_job(alice: Person) -> None:
    first = later(samples.whole, key="today", person=str(alice.pk))
    work.run_ready()
    assert later(samples.whole, key="today", person=str(alice.pk)) == first
    assert later(samples.outside, key="today", person=str(alice.pk)) != first
    work.run_ready()
    assert done() == 2


@pytest.mark.parametrize("task", [samples.whole, samples.outside])
def test_a_job_that_fails_is_tried_again_after_growing_waits_and_given_up(alice: Person, task: Any) -> None:
    samples.faults += [RuntimeError("Mrs Smith, bed 4")] * 10
    number, waits = later(task, person=str(alice.pk)), []
    for _try in range(len(work.WAITS)):
        assert work.run_ready() == 1
        waiting = DBTaskResult.objects.get(pk=number)
        waits.append(round((waiting.run_after - timezone.now()).total_seconds() / 60))
        assert (waiting.status, work.run_ready()) == (work.READY, 0)
        let_time_pass(number, minutes=1)
    work.run_ready()
    print(f"{task.name}: waits of {waits} minutes, then given up")
    given_up = DBTaskResult.objects.get(pk=number)
    assert tuple(waits) == work.WAITS
    assert given_up.status == work.GIVEN_UP
    assert "Smith" not in given_up.traceback + given_up.exception_class_path
    assert given_up.exception_class_path == "builtins.RuntimeError"


def test_a_job_that_dies_in_the_middle_is_done_again_and_leaves_nothing_double(alice: Person) -> None:
    samples.faults.append(samples.Killed())
    number = later(samples.whole, person=str(alice.pk))
    with pytest.raises(samples.Killed):
        work.run_ready()
    assert (status(number), done()) == (work.RUNNING, 0)
    assert (work.give_back_lost(), work.run_ready()) == (0, 0), "its worker may be at it still"
    let_time_pass(number, minutes=6)
    assert (work.give_back_lost(), work.run_ready()) == (1, 1)
    assert (status(number), done()) == (work.DONE, 1)


def test_control_a_job_whose_mark_is_not_in_its_transaction_doubles(alice: Person) -> None:
    samples.faults.append(samples.Killed())
    number = later(samples.outside, person=str(alice.pk))
    with pytest.raises(samples.Killed):
        work.run_ready()
    let_time_pass(number, minutes=6)
    assert (work.give_back_lost(), work.run_ready()) == (1, 1)
    assert done() == 2


def test_a_job_that_kills_each_worker_is_given_up(alice: Person) -> None:
    tries = len(work.WAITS) + 1
    samples.faults += [samples.Killed() for _ in range(20)]
    number = later(samples.whole, person=str(alice.pk))
    for _try in range(tries):
        with pytest.raises(samples.Killed):
            work.run_ready()
        let_time_pass(number, minutes=6)
        work.give_back_lost()
    assert (status(number), work.run_ready(), done()) == (work.GIVEN_UP, 0, 0)


def test_a_worker_that_was_too_slow_undoes_its_work(alice: Person) -> None:
    number = later(samples.whole, person=str(alice.pk))
    slow = work._claim()
    assert slow
    let_time_pass(number, minutes=6)
    work.give_back_lost()
    quick = work._claim()
    assert quick
    work._try(slow)
    assert done() == 0
    work._try(quick)
    assert (status(number), done()) == (work.DONE, 1)


def test_a_job_that_no_code_knows_does_not_stop_the_others(alice: Person) -> None:
    number = later(samples.whole, person=str(alice.pk))
    DBTaskResult.objects.filter(pk=number).update(task_path="trustwide.gone.job")
    later(samples.whole, person=str(alice.pk))
    assert work.run_ready() == 2
    assert done() == 1


def test_every_job_says_what_it_does() -> None:
    print(f"{len(JOBS)} jobs: {[str(each.words) for each in JOBS.values()]}")
    assert {each.task for each in timed.TIMED} <= {each.task for each in JOBS.values()}
    assert all(str(each.words).strip() for each in JOBS.values())
    assert len(timed.TIMED) >= 5


@pytest.fixture
def nightly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timed, "_put_on", {})
    monkeypatch.setattr(timed, "TIMED", [timed.Timed(samples.whole, at_hour=3), timed.Timed(samples.outside, every=60)])


def put_on_at(moment: datetime) -> int:
    before = DBTaskResult.objects.count()
    with time_machine.travel(moment, tick=False):
        timed.put_on_due()
    return DBTaskResult.objects.count() - before


def test_timed_jobs_are_put_on_once_a_slot_by_however_many_workers(nightly: None) -> None:
    moment = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
    assert put_on_at(moment) == 2
    timed._put_on.clear()  # as another worker
    assert put_on_at(moment) == 0
    assert put_on_at(moment + timedelta(minutes=55)) == 1
    assert put_on_at(moment.replace(day=24, hour=2)) == 1, "the hour, not the day: it is not three yet"
    assert put_on_at(moment.replace(day=24, hour=3)) == 2


def test_a_missed_time_is_made_good_once(nightly: None) -> None:
    put_on_at(datetime(2026, 11, 20, 12, 5, tzinfo=UTC))
    assert put_on_at(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)) == 2
    assert put_on_at(datetime(2026, 11, 23, 1, 59, tzinfo=UTC)) == 0


def test_the_hour_is_that_of_the_clock_on_the_wall() -> None:
    night = timed.Timed(samples.whole, at_hour=3)
    summer = [night.slot(datetime(2026, 7, 1, hour, 30, tzinfo=UTC)) for hour in (1, 2)]
    winter = [night.slot(datetime(2026, 1, 10, hour, 30, tzinfo=UTC)) for hour in (2, 3)]
    assert summer == ["2026-06-30", "2026-07-01"]
    assert winter == ["2026-01-09", "2026-01-10"]


def test_a_day_of_every_hour_has_as_many_slots_as_hours() -> None:
    hourly = timed.Timed(samples.whole, every=60)
    for day, month in ((29, 3), (25, 10)):  # the clocks change
        start = datetime(2026, month, day, tzinfo=UTC)
        assert len({hourly.slot(start + timedelta(minutes=each)) for each in range(24 * 60)}) == 24


def test_the_house_forgets_what_is_too_old(alice: Person) -> None:
    old = OnceKey.objects.create(person=alice, key=alice.pk)
    OnceKey.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=31))
    number = later(samples.whole, person=str(alice.pk))
    work.run_ready()
    DBTaskResult.objects.filter(pk=number).update(finished_at=timezone.now() - timedelta(days=31))
    for task in (chores.forget_once_keys, chores.forget_sessions, chores.forget_done_jobs):
        later(task)
    work.run_ready()
    assert not OnceKey.objects.filter(pk=old.pk).exists()
    assert not DBTaskResult.objects.filter(pk=number).exists()
    assert forget_done(before=timezone.now()) == 3


def test_who_left_is_closed_at_night(alice: Person) -> None:
    alice.roles.create(place=make_organisation(), role="staff", starts="2019-01-01", ends="2019-12-31")
    assert chores.close_left_accounts in [each.task for each in timed.TIMED]
    later(chores.close_left_accounts)
    work.run_ready()
    assert not Person.objects.get(pk=alice.pk).is_active


def test_administrators_are_told_of_their_own_and_of_the_house_s(client: Any) -> None:
    ours, other = make_organisation(), make_organisation("Riverside")
    administrator = make_person("Anna", "administrator", ours)
    numbers = [later(samples.whole, of=of, person="x") for of in (ours.pk, other.pk, None)]
    DBTaskResult.objects.update(status=work.GIVEN_UP, finished_at=timezone.now(), worker_ids=["a"] * 6)
    assert [each.job.pk for each in queries.given_up(ours)] != []
    assert {each.job.pk for each in queries.given_up(ours)} == {numbers[0], numbers[2]}
    client.force_login(administrator)
    page = client.get(f"/{ours.slug}/jobs/").content.decode()
    assert page.count("could not do the whole sample") == 2
    assert client.post(f"/{ours.slug}/jobs/{numbers[1]}/again/").status_code == 404
    assert client.post(f"/{ours.slug}/jobs/{numbers[0]}/again/").status_code == 302
    assert (status(numbers[0]), status(numbers[1])) == (work.READY, work.GIVEN_UP)
    assert AuditRow.objects.last().verb == "tried-again"


def test_trying_again_is_refused_to_others() -> None:
    ours, other = make_organisation(), make_organisation("Riverside")
    number = later(samples.whole, of=other.pk, person="x")
    job = DBTaskResult.objects.get(pk=number)
    for person in (make_person("Anna", "administrator", ours), make_person("Bob", "staff", ours)):
        with pytest.raises(NotAllowed):
            try_again(by=person, organisation=ours, job=job)
