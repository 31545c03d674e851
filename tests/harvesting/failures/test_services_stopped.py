"""PostgreSQL, Redis or Solr gone in the middle of a run, or a disk that is full: the next run converges."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.jobs import get_queue

from ckanext.ca3b.harvesting import engine as harvesting
from ckanext.ca3b.harvesting import schedule
from ckanext.ca3b.harvesting.store import runs
from tests.harvesting import engine
from tests.harvesting.worker import is_alive, wait

COUNT = 40


@pytest.mark.parametrize("service", ["postgres", "redis", "solr"])
def test_a_service_that_stops_in_the_middle(published, worker, ways, service):
    source, _ = published(COUNT)
    run = harvesting.start(source, "hand", enqueue=False)
    pid = worker.send(f"run {run.id}")
    wait(lambda: len(engine.known(source)) >= 1)
    ways[service].cut()
    wait(lambda: not is_alive(pid))
    ways[service].mend()
    state = engine.ended(run.id).state
    if service == "postgres":
        assert state in {"applying", "failed"}, "it could not even say so"
    else:
        assert state == "done", "nothing of the datasets is in Redis or in Solr"
        assert len(engine.datasets(source)) == COUNT
    ended = engine.run(source)
    assert ended.state in {"done", "unchanged"}
    assert len(engine.datasets(source)) == COUNT
    engine.sound(source)


def test_a_run_that_redis_was_not_told_of_is_found_again(published, worker, ways):
    source, _ = published(2)
    ways["redis"].cut()
    pid = worker.send(f"start {source}")
    wait(lambda: not is_alive(pid))
    ways["redis"].mend()
    (waiting,) = runs.unfinished(source)
    assert waiting.state == "waiting"
    get_queue().empty()
    schedule.tick()
    assert [job.args[0] for job in get_queue().jobs if job.func_name.endswith("running.work")] == [waiting.id]
    get_queue().empty()
    assert engine.carried(waiting.id).state == "done"
    engine.sound(source)


def test_a_disk_that_is_full_blames_no_record_and_the_next_run_goes_on(published):
    """PostgreSQL says « no space left » from the thirtieth dataset on, as it does when it cannot write."""
    source, _ = published(COUNT)
    with model.meta.engine.begin() as connection:
        connection.execute(
            sa.text("""
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF (SELECT count(*) FROM package) >= 30 THEN
                RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
              END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON package FOR EACH ROW EXECUTE FUNCTION full_disk();
        """)
        )
    try:
        ended = engine.run(source)
    finally:
        model.Session.rollback()
        with model.meta.engine.begin() as connection:
            connection.execute(sa.text("DROP TRIGGER full_disk ON package; DROP FUNCTION full_disk"))
    assert ended.state == "failed"
    assert ended.message
    assert "failed" not in {row.outcome for row in engine.rows(ended).values()}
    assert 0 < len(engine.known(source)) < COUNT, "what was written stays"
    assert engine.run(source).state == "done"
    assert len(engine.datasets(source)) == COUNT
    engine.sound(source)
