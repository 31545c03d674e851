"""A worker killed at any point: the next run converges, nothing twice, nothing lost, nothing for ever « en cours »."""

from __future__ import annotations

import threading

import pytest

from ckanext.ca3b.harvesting import engine as harvesting
from ckanext.ca3b.harvesting.engine import words
from ckanext.ca3b.harvesting.store import runs
from tests.harvesting import engine
from tests.harvesting.catalogue import Portal
from tests.harvesting.worker import children, is_alive, kill, wait

COUNT = 40


@pytest.fixture
def paged(site, towns):
    """A catalogue in two pages; the second may be held back."""
    portal = Portal.of(site.address, COUNT)
    site.files |= portal.pages(COUNT // 2)
    return engine.source(site.url("/catalog.ttl"), towns["viriat"]), portal


def begun(worker, source):
    """Begin a run in a process of its own; gives the run and the process."""
    made = harvesting.start(source, "hand", enqueue=False)
    return made, worker.send(f"run {made.id}")


def converges(source, killed, **counts):
    """Check that the killed run is said interrupted, and that the next one leaves everything as it must be."""
    with runs.lock(source) as free:
        assert free, "the lock of a process that died is free"
    ended = engine.run(source)
    assert engine.ended(killed.id).state == "interrupted"
    assert engine.ended(killed.id).message
    assert (ended.state, ended.counts["failed"]) == ("done", 0)
    assert len(engine.datasets(source)) == COUNT
    engine.sound(source)
    again = engine.run(source)
    assert {name: again.counts[name] for name in ("added", "changed", "unchanged")} == {
        "added": 0, "changed": 0, "unchanged": COUNT, **counts,
    }  # fmt: skip


def test_while_it_reads(site, paged, worker):
    source, portal = paged
    go, whole = threading.Event(), portal.pages(COUNT // 2)
    site.files["/catalog.ttl?page=2"] = lambda handler: (
        go.wait(20), handler.say(body=whole["/catalog.ttl?page=2"]),
    )  # fmt: skip
    run, pid = begun(worker, source)
    wait(lambda: "/catalog.ttl?page=2" in site.asked)
    kill(pid)
    go.set()
    assert engine.ended(run.id).state == "reading"
    assert engine.known(source) == {}
    converges(source, run)


@pytest.mark.parametrize("written", [1, COUNT // 2 + 1])
def test_while_it_writes(paged, worker, written):
    source, _ = paged
    run, pid = begun(worker, source)
    wait(lambda: len(engine.known(source)) >= written)
    kill(pid)
    assert engine.ended(run.id).state in {"applying", "done"}
    if engine.ended(run.id).state == "applying":
        converges(source, run)
    else:
        pytest.fail("it was too quick to be killed")


def test_while_another_process_indexes_what_it_writes(site, towns, worker):
    portal = Portal.of(site.address, 140)
    site.files |= portal.pages(140)
    source = engine.source(site.url("/catalog.ttl"), towns["viriat"])
    run, pid = begun(worker, source)
    wait(lambda: len(engine.known(source)) >= 1)
    (child,) = children(pid)
    kill(pid)
    wait(lambda: not is_alive(child), 5)
    assert engine.ended(run.id).state == "applying"
    assert engine.run(source).state == "done"
    assert len(engine.datasets(source)) == 140
    engine.sound(source)


def test_while_it_indexes(paged, worker, ways):
    source, _ = paged
    ways["solr"].stall()
    run, pid = begun(worker, source)
    wait(lambda: len(engine.known(source)) == COUNT and engine.ended(run.id).step == words.INDEXING)
    kill(pid)
    ways["solr"].mend()
    assert engine.ended(run.id).state == "applying"
    converges(source, run)


def test_while_it_updates(site, paged, worker):
    source, portal = paged
    engine.run(source)
    ids = {identifier: one.dataset_id for identifier, one in engine.known(source).items()}
    for one in portal.entries:
        one.title = f"{one.title}, deuxième édition"
    site.files |= portal.pages(COUNT // 2)
    run, pid = begun(worker, source)
    wait(lambda: any(row.outcome == "done" for row in engine.rows(run).values()))
    kill(pid)
    assert engine.ended(run.id).state == "applying"
    converges(source, run)
    assert {identifier: one.dataset_id for identifier, one in engine.known(source).items()} == ids
    assert all(one["title"].endswith("deuxième édition") for one in engine.datasets(source).values())
