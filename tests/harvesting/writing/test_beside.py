"""A second process indexes what a long run writes; whatever becomes of it, everything is indexed in the end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import time
from typing import Any

import ckan.plugins.toolkit as tk
import pysolr
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.search import commit, rebuild
from ckan.lib.search.common import make_connection

from ckanext.ca3b.harvesting import writing
from ckanext.ca3b.harvesting.store import records
from ckanext.ca3b.harvesting.writing import following, indexing
from tests.harvesting.worker import is_alive, wait

pytestmark = pytest.mark.usefixtures("portal")

MANY = following.ENOUGH + 1


@pytest.fixture
def datasets(source, work) -> list[str]:
    """Datasets that the search engine does not know yet: more than one batch of what is sent."""
    works = [work(f"a-cote-{n}", notes="Des points de collecte.", tag_string="tri") for n in range(60)]
    return [one.dataset_id for one in writing.apply(source, works)]


def documents(dataset_ids: list[str]) -> dict[str, dict[str, Any]]:
    """What the search engine has, without what changes at each indexing."""
    query = "id:(" + " OR ".join(dataset_ids) + ")"
    found = make_connection().search("*:*", fq=query, rows=1000)
    return {one["id"]: {k: v for k, v in one.items() if k not in {"indexed_ts", "_version_"}} for one in found}


def given(indexer: writing.Beside, dataset_ids: list[str]) -> None:
    for start in range(0, len(dataset_ids), 25):
        indexer.give(dataset_ids[start : start + 25])


def test_what_it_sends_is_what_ckan_would_index(source, datasets):
    with writing.beside(MANY) as indexer:
        assert indexer.process is not None
        given(indexer, datasets)
        taken = indexer.taken()
    assert sorted(taken) == sorted(datasets)
    assert documents(datasets) == {}, "the parent commits"
    assert sorted(records.late(source.id)) == sorted(datasets), "the parent says what is indexed"
    commit()
    ours = documents(datasets)
    assert ours.keys() == set(datasets)
    for one in datasets[:5]:
        rebuild(one)
    commit()
    theirs = documents(datasets[:5])
    assert {one: ours[one] for one in datasets[:5]} == theirs


def test_what_it_took_is_committed_and_not_sent_again(source, datasets, monkeypatch):
    with writing.beside(MANY) as indexer:
        given(indexer, datasets)
        taken = indexer.taken()
    monkeypatch.setattr(indexing, "_described", lambda _ids: pytest.fail("described twice"))
    assert sorted(writing.index(records.late(source.id), taken)) == sorted(datasets)
    assert records.late(source.id) == []
    assert documents(datasets).keys() == set(datasets)


def test_killed_in_the_middle_everything_is_indexed_all_the_same(source, datasets):
    with writing.beside(MANY) as indexer:
        given(indexer, datasets[:30])
        assert indexer.process is not None
        os.kill(indexer.process.pid or 0, signal.SIGKILL)
        indexer.process.join()
        given(indexer, datasets[30:])
        taken = indexer.taken()
    assert len(taken) < len(datasets)
    assert sorted(writing.index(records.late(source.id), taken)) == sorted(datasets)
    assert records.late(source.id) == []
    assert documents(datasets).keys() == set(datasets)


def test_without_the_search_engine_everything_stays_late(source, datasets, monkeypatch):
    monkeypatch.setitem(tk.config, "solr_url", "http://127.0.0.1:9/solr/nobody")
    with writing.beside(MANY) as indexer:
        given(indexer, datasets)
        taken = indexer.taken()
    assert taken == []
    assert writing.index(records.late(source.id), taken) == []
    assert sorted(records.late(source.id)) == sorted(datasets)
    monkeypatch.undo()
    assert sorted(writing.index(records.late(source.id))) == sorted(datasets)


def test_a_document_that_solr_refuses_costs_no_other(datasets, monkeypatch):
    own = indexing.batch_index.send

    def refuses(batches, solr):
        kept = list(batches)
        if any(one["id"] == datasets[1] for batch in kept for one in batch.kept.documents):
            raise pysolr.SolrError("refused")
        own(kept, solr)

    monkeypatch.setattr(indexing.batch_index, "send", refuses)
    with writing.beside(MANY) as indexer:
        given(indexer, datasets)
        assert set(indexer.taken()) == set(datasets) - {datasets[1]}


def test_no_process_can_be_made(datasets, monkeypatch):
    def refused(_process):
        raise OSError("Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.get_context("fork").Process, "start", refused)
    with writing.beside(MANY) as indexer:
        given(indexer, datasets)
        assert indexer.taken() == []


def test_more_than_a_pipe_holds_keeps_nobody_waiting(datasets):
    with writing.beside(MANY) as indexer:
        nobody = [f"00000000-0000-0000-0000-{n:012d}" for n in range(3000)]
        given(indexer, [*nobody, *datasets])
        assert set(datasets) <= set(indexer.taken())


def test_the_connections_of_the_parent_stay_its_own(datasets):
    model.Session.query(model.Package.id).first()
    asked = sa.text("SELECT pg_backend_pid()")
    with model.meta.engine.connect() as held:
        before = held.scalar(asked)
        with writing.beside(MANY) as indexer:
            given(indexer, datasets)
            assert len(indexer.taken()) == len(datasets)
        assert held.scalar(asked) == before
    assert model.Session.query(model.Package.id).first() is not None


def test_short_runs_and_a_setting_do_without(monkeypatch):
    with writing.beside(following.ENOUGH) as indexer:
        assert indexer.process is None
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.index_beside", False)
    with writing.beside(MANY) as indexer:
        assert indexer.process is None


def test_it_ends_with_the_run_that_fails():
    pids = []

    def fails():
        with writing.beside(MANY) as indexer:
            pids.append(indexer.process.pid)
            assert is_alive(pids[0])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert not is_alive(pids[0])


@pytest.mark.parametrize("way", ["killed by the system", "told by the pipe"])
def test_it_dies_with_its_parent(monkeypatch, way):
    """A process between us makes the child and is killed, as a worker is."""
    if way == "told by the pipe":
        monkeypatch.setattr(following, "_die_with", lambda _parent: None)
    told, tells = os.pipe()
    parent = os.fork()
    if parent == 0:
        try:
            with writing.beside(MANY) as indexer:
                indexer.give([f"nobody-{n}" for n in range(indexing.BATCH + 1)])
                assert indexer.pipe.poll(30), "it is at work"
                os.write(tells, f"{indexer.process.pid}\n".encode())
                time.sleep(60)
        finally:
            os._exit(0)
    child = int(os.read(told, 100))
    assert is_alive(child)
    if way == "killed by the system":
        os.kill(child, signal.SIGSTOP)  # it cannot end by itself
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    wait(lambda: not is_alive(child) or _is_zombie(child), 5)


def _is_zombie(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.startswith("Z")
