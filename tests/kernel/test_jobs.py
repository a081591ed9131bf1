"""Jobs are there if the act is, are done once, resumed, retried, ended, and taken over from the dead."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from chengyun.kernel.clock import frozen, now
from chengyun.kernel.delivery.housekeeping import look_at_the_tables
from chengyun.kernel.jobs import queue, registry
from chengyun.kernel.jobs.actions import cancel, retry
from chengyun.kernel.jobs.lease import Held, held_now, is_gone, owner_name
from chengyun.kernel.jobs.models import Job, Lease
from chengyun.kernel.jobs.queries import jobs
from chengyun.kernel.jobs.queue import claim, enqueue, execute, keep_schedule, rested, take_over
from chengyun.kernel.jobs.registry import Recurring, daily, every, job
from chengyun.kernel.jobs.run import Run
from chengyun.kernel.journal.models import Entry
from chengyun.kernel.refusal import Busy, Conflict, Forbidden, Invalid
from kernel.world import ANNA, BERT, SYSTEM, Policy

pytestmark = [pytest.mark.django_db, pytest.mark.db]

Work = Callable[[Run, dict[str, Any]], dict[str, Any] | None]


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", {})
    monkeypatch.setattr(registry, "_recurring", {})


def rows() -> Any:
    return Job.objects.as_system("a test looks")


def does(work: Work, attempts: int = 5) -> None:
    job("test.work", attempts=attempts)(work)


def run_one(worker: str = "w1", stopping: bool = False) -> Job:
    row = claim(worker)
    assert row is not None
    execute(row, lambda: stopping)
    return rows().get(pk=row.pk)


def refuse(error: Exception) -> Work:
    def work(run: Run, params: dict[str, Any]) -> None:
        raise error

    return work


def test_a_job_is_done_and_keeps_its_result() -> None:
    does(lambda run, params: {"sum": params["a"] + params["b"]})
    enqueue("test.work", {"a": 1, "b": 2}, ANNA)
    done = run_one()
    assert (done.state, done.result, done.attempts) == ("done", {"sum": 3}, 1)
    assert claim("w1") is None


def test_a_job_is_not_there_if_the_act_is_not() -> None:
    does(lambda run, params: None)
    with pytest.raises(ValueError, match="act"), transaction.atomic():
        enqueue("test.work", {}, ANNA)
        raise ValueError("the act fails")
    assert not rows().exists()


def test_a_job_that_nobody_registered_cannot_be_queued() -> None:
    with pytest.raises(LookupError):
        enqueue("test.unknown", {}, ANNA)


def test_of_one_key_there_is_one_job_at_a_time() -> None:
    does(lambda run, params: None)
    first = enqueue("test.work", {}, ANNA, key="k")
    assert enqueue("test.work", {}, BERT, key="k").pk == first.pk
    assert enqueue("test.work", {}, BERT, key="other").pk != first.pk
    run_one()
    run_one()
    assert enqueue("test.work", {}, ANNA, key="k").pk != first.pk


def test_what_is_queued_for_later_waits() -> None:
    does(lambda run, params: None)
    enqueue("test.work", {}, ANNA, run_at=now() + timedelta(minutes=5))
    assert claim("w1") is None
    with frozen(now() + timedelta(minutes=6)):
        assert claim("w1") is not None


def test_what_many_events_ask_for_rests_ten_times_as_long_as_it_took() -> None:
    does(lambda run, params: None)
    with frozen(now()):
        assert rested("test.work", ANNA, "k") == now()
        enqueue("test.work", {}, ANNA, key="k")
        done = run_one()
        for took, rest in (
            (timedelta(milliseconds=200), timedelta(seconds=2)),
            (timedelta(minutes=1), timedelta(seconds=15)),
        ):
            rows().filter(pk=done.pk).update(started_at=now() - took, finished_at=now())
            assert rested("test.work", ANNA, "k") == now() + rest
        rows().filter(pk=done.pk).update(finished_at=now() - timedelta(hours=1))
        assert rested("test.work", ANNA, "k") == now()


def test_a_failure_is_tried_again_later_and_later_then_given_up() -> None:
    does(refuse(ValueError("secret name 张三")), attempts=2)
    enqueue("test.work", {}, ANNA)
    first = run_one()
    assert (first.state, first.attempts) == ("queued", 1)
    assert first.run_at > now()
    with frozen(now() + timedelta(minutes=5)):
        last = run_one()
    assert last.state == "failed"
    assert "ValueError" in last.error
    assert "张三" not in last.error


def test_what_is_refused_is_not_tried_again() -> None:
    does(refuse(Invalid("places.rows_bad", "row 3 has no name", params={"row": 3, "of": Path("x")})))
    enqueue("test.work", {}, ANNA)
    row = run_one()
    assert (row.state, row.error) == ("failed", "places.rows_bad: row 3 has no name")
    assert row.result == {"refusal": {"code": "places.rows_bad", "params": {"row": 3, "of": "x"}}}


def test_a_busy_database_is_tried_again() -> None:
    does(refuse(Busy()))
    enqueue("test.work", {}, ANNA)
    assert run_one().state == "queued"


def test_a_stopped_job_goes_on_from_where_it_was() -> None:
    seen: list[int] = []

    def work(run: Run, params: dict[str, Any]) -> dict[str, Any]:
        for n in range(run.checkpoint.get("n", 0), 4):
            run.progress(n, 4)
            seen.append(n)
            run.keep(n=n + 1)
            if seen == [0, 1]:
                stop.append(True)
        return {"n": run.checkpoint["n"]}

    stop: list[bool] = []
    does(work)
    enqueue("test.work", {}, ANNA)
    row = claim("w1")
    assert row is not None
    execute(row, lambda: bool(stop))
    stopped = rows().get(pk=row.pk)
    assert (stopped.state, stopped.attempts, stopped.checkpoint) == ("queued", 0, {"n": 2})
    assert run_one("w2").result == {"n": 4}
    assert seen == [0, 1, 2, 3]


def test_progress_is_seen_from_outside() -> None:
    def work(run: Run, params: dict[str, Any]) -> None:
        run.progress(3, 10, "reading rows")
        row = rows().get(uuid=run.id)
        assert (row.done, row.total, row.words, row.state) == (3, 10, "reading rows", "running")

    does(work)
    enqueue("test.work", {}, ANNA)
    assert run_one().state == "done"


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_progress() -> None:
    def work(run: Run, params: dict[str, Any]) -> None:
        cancel(rows().get(uuid=run.id), actor=ANNA)
        run.progress(1, 1)

    does(work)
    waiting = cancel(enqueue("test.work", {}, ANNA), actor=ANNA)
    assert waiting.state == "cancelled"
    enqueue("test.work", {}, ANNA)
    assert run_one().state == "cancelled"


def test_an_ended_job_cannot_be_cancelled_and_a_failed_one_can_be_retried() -> None:
    does(refuse(Invalid("x.y", "no")))
    enqueue("test.work", {}, ANNA)
    failed = run_one()
    with pytest.raises(Conflict):
        cancel(failed, actor=ANNA)
    again = retry(failed, actor=ANNA, expected=failed.version)
    assert (again.state, again.attempts, again.error) == ("queued", 0, "")
    with pytest.raises(Conflict, match="changed it meanwhile"):
        retry(again, actor=ANNA, expected=failed.version)


def test_others_need_a_right_to_end_a_job_and_do_not_see_it(policy: Policy) -> None:
    does(lambda run, params: None)
    row = enqueue("test.work", {}, ANNA)
    assert list(jobs(ANNA)) == [row]
    assert not jobs(BERT).exists()
    with pytest.raises(Forbidden):
        cancel(row, actor=BERT)
    policy.allow(BERT, "kernel.health")
    assert list(jobs(BERT)) == [row]
    assert cancel(row, actor=BERT).state == "cancelled"


def test_what_a_person_asked_for_stands_in_the_journal_and_what_recurs_does_not() -> None:
    does(lambda run, params: None)
    enqueue("test.work", {}, ANNA)
    run_one()
    enqueue("test.work", {}, SYSTEM)
    run_one()
    assert [entry.event for entry in Entry.objects.all()] == ["kernel.job_ended"]


def test_a_dead_workers_job_is_done_by_another() -> None:
    does(lambda run, params: {"by": "w2"})
    enqueue("test.work", {}, ANNA)
    lost = claim("elsewhere/1/x")
    assert lost is not None
    assert take_over() == 0
    with frozen(now() + queue.SILENCE + timedelta(seconds=1)):
        assert take_over() == 1
    with frozen(now() + timedelta(minutes=5)):
        assert run_one("w2").result == {"by": "w2"}
    execute(lost, lambda: False)  # the dead worker wakes up, and has no say any more
    assert rows().get().result == {"by": "w2"}


def test_a_worker_of_this_machine_that_runs_no_more_is_known_to_be_dead() -> None:
    name = owner_name()
    assert not is_gone(name)
    host = name.partition("/")[0]
    assert is_gone(f"{host}/99999999/abc")
    assert not is_gone("another-host/99999999/abc")


def test_a_lease_has_one_holder_until_it_ends() -> None:
    ours, theirs = Held("test", owner_name()), Held("test", "elsewhere/1/x")
    assert ours.hold()
    assert held_now("test")
    assert not theirs.hold()
    Lease.objects.update(until=now() - timedelta(seconds=1))
    assert Held("test", "elsewhere/2/y").hold()


def test_a_recurring_job_is_queued_once_each_time() -> None:
    every("test.often", minutes=5)(lambda run, params: None)
    assert keep_schedule() == 1
    assert keep_schedule() == 0
    with frozen(now() + timedelta(minutes=6)):
        assert keep_schedule() == 1
        assert rows().filter(kind="test.often", state="queued").count() == 1  # the one before still waits


def test_a_daily_job_has_its_time_where_the_installation_is() -> None:
    daily("test.nightly", at="03:30")(lambda run, params: None)
    rule = registry.recurring()["test.nightly"]
    evening = now().replace(year=2026, month=11, day=22, hour=12, minute=0)
    assert rule.after(evening, "Asia/Shanghai").isoformat() == "2026-11-23T03:30:00+08:00"


def test_a_recurring_job_needs_a_pause() -> None:
    with pytest.raises(ValueError, match="how long apart"):
        every("test.never")


def test_recurring_counts_from_when_it_was_due() -> None:
    assert Recurring("x", timedelta(minutes=5)).after(now(), "Asia/Shanghai") > now()


def test_the_database_learns_every_night_how_its_rows_are_spread() -> None:
    does(lambda *_: None)
    enqueue("test.work", {}, SYSTEM)
    look_at_the_tables(None, {})  # type: ignore[arg-type]  # a short job says nothing of its progress
    table = "sqlite_stat1 WHERE tbl" if connection.vendor == "sqlite" else "pg_stats WHERE tablename"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} = 'kernel_job'")
        assert cursor.fetchone()[0] > 0
