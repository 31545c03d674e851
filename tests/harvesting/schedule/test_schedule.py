"""Sources are harvested at night, spread out, by one look planned once, whoever plans it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from ckan.lib import jobs
from ckan.lib.redis import connect_to_redis
from ckan.tests.helpers import changed_config
from rq.registry import ScheduledJobRegistry
from rq.scheduler import RQScheduler

from ckanext.ca3b.harvesting import schedule
from ckanext.ca3b.harvesting.model import now
from ckanext.ca3b.harvesting.store import runs, sources
from tests.harvesting import engine

NOON = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)
#: The day before the clocks of Paris go from 2 to 3 in the night.
SPRING = dt.datetime(2026, 3, 28, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def queue(towns):
    found = jobs.get_queue()
    found.empty()
    registry = ScheduledJobRegistry(queue=found)
    for one in registry.get_job_ids():
        registry.remove(one, delete_job=True)
    yield found
    found.empty()


def night(moment: dt.datetime) -> float:
    local = moment.astimezone(schedule.config.timezone())
    return local.hour + local.minute / 60


def test_seventy_four_sources_are_spread_over_the_night():
    hours = Counter(int(night(schedule.next_run(f"source-{one}", "daily", NOON))) for one in range(74))
    assert set(hours) == {1, 2, 3, 4}
    assert max(hours.values()) < 40


@pytest.mark.parametrize("said", ["22-6", "0-24", "3-3", "n’importe quoi"])
def test_the_hours_of_the_night_may_pass_midnight(said):
    with changed_config("ckanext.ca3b.harvest.night", said):
        moment = schedule.next_run("source", "daily", NOON)
        given = schedule.config.night()
    assert NOON < moment <= NOON + dt.timedelta(hours=48)
    assert (night(moment) - given.start) % 24 < given.hours


@pytest.mark.parametrize(("said", "days"), [("daily", 1), ("weekly", 7), ("monthly", 31)])
def test_a_source_comes_back_at_its_hour(said, days):
    first = schedule.next_run("source", said, NOON)
    second = schedule.next_run("source", said, first)
    assert dt.timedelta(hours=22) < second - first <= dt.timedelta(days=days, hours=1)
    assert round(night(first), 3) == round(night(second), 3)


def test_every_source_has_its_turn_in_the_night_when_clocks_change():
    moments = [schedule.next_run(f"source-{one}", "daily", SPRING) for one in range(200)]
    assert all(SPRING < one <= SPRING + dt.timedelta(hours=24) for one in moments)
    assert all(1 <= night(one) < 5 for one in moments)


def test_a_source_harvested_by_hand_has_no_next_run():
    assert schedule.next_run("source", "manual", NOON) is None


def test_a_due_source_begins_once_and_is_due_again_the_next_night(published, queue):
    id_, _ = published(1, schedule="daily", next_run=now() - dt.timedelta(minutes=5))
    assert schedule.tick() == 1
    (run,) = runs.unfinished(id_)
    assert (run.cause, run.state, queue.count) == ("night", "waiting", 1)
    assert sources.find(id_).next_run > now()
    assert schedule.tick() == 0
    assert queue.count == 1


def test_a_draft_or_a_paused_source_never_begins(published):
    for state in ("draft", "paused"):
        published(1, state=state, schedule="daily", next_run=now() - dt.timedelta(days=1))
    assert schedule.tick() == 0


def test_a_run_that_no_queue_has_any_more_is_put_back(published, queue):
    id_, _ = published(1)
    run = engine.engine.start(id_, "hand", enqueue=False)
    schedule.tick()
    assert queue.count == 1
    queue.empty()
    schedule.tick()
    assert queue.count == 0, "one that was just put there is not put there twice"
    assert engine.carried(run.id).state == "done"


def test_a_night_run_whose_worker_died_is_told_so_and_begun_again_once(published):
    id_, _ = published(1)
    for begun in (1, 0):
        run = next(iter(runs.unfinished(id_)), None) or engine.engine.start(id_, "night", enqueue=False)
        assert runs.move(run.id, "reading", of={"waiting"})
        assert schedule.tick() == begun
        assert engine.ended(run.id).state == "interrupted"


def test_the_next_look_is_planned_once_and_plans_the_following_one(published, queue):
    id_, _ = published(1, schedule="daily", next_run=now() - dt.timedelta(minutes=5))
    with changed_config("ckanext.ca3b.harvest.tick", 1):
        schedule.ensure()
        schedule.ensure()
        registry = ScheduledJobRegistry(queue=queue)
        assert 1 <= len(registry) <= 2
        moments = {registry.get_scheduled_time(one) for one in registry.get_job_ids()}
        assert all(one.tzinfo is not None for one in moments)
    scheduler = RQScheduler([queue], connection=connect_to_redis())
    scheduler.acquire_locks()
    scheduler.prepare_registries(["ckan:unit:default"])
    while registry.get_job_ids():
        scheduler.enqueue_scheduled_jobs()
    jobs_ = [queue.fetch_job(one) for one in queue.job_ids]
    scheduler.release_locks()
    assert {one.func_name for one in jobs_} == {"ckanext.ca3b.harvesting.schedule.work"}
    with changed_config("ckanext.ca3b.harvest.tick", 3600):
        jobs_[0].perform()
    assert runs.unfinished(id_), "what was due has begun"
    assert len(registry) == 1, "and the next look is planned"


def test_without_a_period_no_look_is_planned(queue):
    with changed_config("ckanext.ca3b.harvest.tick", 0):
        schedule.ensure()
    assert len(ScheduledJobRegistry(queue=queue)) == 0
