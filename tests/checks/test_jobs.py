"""Large files: reports made by a worker, one at a time, whatever stops, and never of the wrong bytes."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import rq
from ckan import model
from ckan.lib import jobs as queues
from ckan.model import meta
from ckan.tests.helpers import call_action

from ckanext.ca3b import files
from ckanext.ca3b.checks import analysis, jobs, repairing, store
from ckanext.ca3b.checks.model import Report

from .conftest import SCHEMA, rows

GOOD = rows(SCHEMA, "valid")
BAD = rows(SCHEMA, "invalid")

pytestmark = pytest.mark.usefixtures("large_files", "empty_queue")


@pytest.fixture
def empty_queue(portal):
    """No job of another test is left."""
    queues.get_queue().empty()
    yield
    queues.get_queue().empty()


@pytest.fixture
def work():
    """Run the jobs that wait, as a worker does, but in this process: its threads would not survive a fork."""

    def run() -> None:
        queue = queues.get_queue()
        rq.SimpleWorker([queue], connection=queue.connection).work(burst=True)

    return run


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def waiting() -> list[Any]:
    """The jobs that make reports; other rooms have theirs."""
    return [one for one in queues.get_queue().get_jobs() if one.func_name == f"{jobs.run.__module__}.run"]


def change(report_id: str, **values: Any) -> None:
    """Put a report in a state that an accident left."""
    with store.session() as one:
        found = one.get(Report, report_id)
        assert found is not None
        for key, value in values.items():
            setattr(found, key, value)


def test_a_large_file_is_read_by_a_worker(send, report, work):
    resource = send(GOOD)
    assert resource["hash"] == sha256(GOOD)  # known before anything is read
    assert report(resource)["state"] == "waiting"
    assert report(resource)["step"]
    assert len(waiting()) == 1
    work()
    model.Session.rollback()
    found = report(resource)
    assert (found["state"], found["progress"], found["schema"]) == ("done", 100, SCHEMA)
    shown = call_action("resource_show", id=resource["id"])
    assert shown["table_schema"] == SCHEMA
    assert shown["conforms_to"]


def test_the_worker_of_ckan_makes_the_report(send, report, app):
    resource = send(GOOD)
    ckan = str(Path(sys.executable).parent / "ckan")
    command = [ckan, "-c", "test.ini", "jobs", "worker", "--burst"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    model.Session.rollback()
    assert report(resource)["state"] == "done"
    assert call_action("resource_show", id=resource["id"])["conforms_to"]


def test_asking_again_while_it_waits_adds_no_job(send, as_clerk):
    resource = send(GOOD)
    for _ in range(3):
        call_action("ca3b_report_create", context=dict(as_clerk), resource_id=resource["id"])
    assert len(waiting()) == 1


def test_the_report_of_replaced_bytes_never_becomes_the_current_one(send, replace, report, work):
    resource = send(GOOD)
    old = report(resource)
    replace(resource, BAD)
    assert report(resource)["sha256"] == sha256(BAD)
    jobs.run(old["id"])  # the job of the first file comes late
    model.Session.rollback()
    assert store.get(old["id"]).state == "failed"
    assert report(resource)["sha256"] == sha256(BAD)
    assert "table_schema" not in call_action("resource_show", id=resource["id"])
    work()
    model.Session.rollback()
    assert report(resource)["verdict"]["valid"] is False
    assert not call_action("resource_show", id=resource["id"]).get("conforms_to")


def test_bytes_replaced_during_the_reading_do_not_make_the_report_of_the_new_ones(send, replace, report, monkeypatch):
    resource = send(GOOD)
    old = report(resource)
    honest = analysis.analyse

    def slow(path, **given):
        replace(resource, BAD)
        return honest(path, **given)

    monkeypatch.setattr(analysis, "analyse", slow)
    jobs.run(old["id"])
    told = store.get(old["id"])
    assert (told.sha256, told.state, told.verdict["valid"]) == (sha256(GOOD), "done", True)
    assert not call_action("resource_show", id=resource["id"]).get("conforms_to")
    assert report(resource)["sha256"] == sha256(BAD)


def test_two_workers_never_make_the_same_report(send, report, monkeypatch):
    resource = send(GOOD)
    asked = report(resource)
    inside, go = threading.Event(), threading.Event()
    made = []
    honest = analysis.analyse

    def slow(path, **given):
        made.append(path)
        inside.set()
        assert go.wait(20)
        return honest(path, **given)

    monkeypatch.setattr(analysis, "analyse", slow)
    first = threading.Thread(target=_in_own_session, args=(asked["id"],))
    first.start()
    try:
        assert inside.wait(20)
        jobs.run(asked["id"])  # the second worker finds it taken and goes on
        assert report(resource)["state"] == "running"
    finally:
        go.set()
        first.join(30)
    assert len(made) == 1
    assert report(resource)["state"] == "done"


def _in_own_session(report_id: str) -> None:
    try:
        jobs.run(report_id)
    finally:
        model.Session.remove()


def test_a_report_whose_worker_died_is_taken_again(send, report, as_clerk, work):
    resource = send(GOOD)
    queues.get_queue().empty()
    change(report(resource)["id"], state="running", attempts=1, step="Lecture du fichier")
    call_action("ca3b_report_create", context=dict(as_clerk), resource_id=resource["id"])
    assert len(waiting()) == 1
    work()
    model.Session.rollback()
    assert report(resource)["state"] == "done"


def test_a_report_being_made_is_not_taken_for_dead(send, report, as_clerk):
    resource = send(GOOD)
    queues.get_queue().empty()
    found = report(resource)
    change(found["id"], state="running", attempts=1)
    with store.lock(found["id"]) as mine:
        assert mine
        call_action("ca3b_report_create", context=dict(as_clerk), resource_id=resource["id"])
    assert waiting() == []


def test_a_file_that_kills_its_workers_is_given_up(send, report):
    resource = send(GOOD)
    found = report(resource)
    change(found["id"], state="running", attempts=jobs.ATTEMPTS)
    jobs.run(found["id"])
    assert report(resource)["state"] == "failed"
    assert report(resource)["error"]["code"] == "interrupted"


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (jobs.JobTimeoutException("too long"), "too-long"),
        (MemoryError(), "too-big"),
        (RuntimeError("secret detail"), "internal"),
        (files.MissingFileError("x"), "missing"),
    ],
)
def test_a_failure_is_told_in_french_and_can_be_tried_again(send, report, as_clerk, work, monkeypatch, problem, code):
    resource = send(GOOD)
    found = report(resource)

    def fail(_path, **_given):
        raise problem

    with monkeypatch.context() as broken:
        broken.setattr(analysis, "analyse", fail)
        jobs.run(found["id"])
    failed = report(resource)
    assert (failed["state"], failed["error"]["code"]) == ("failed", code)
    assert "fichier" in failed["error"]["message"]
    assert "secret" not in failed["error"]["message"]
    queues.get_queue().empty()
    call_action("ca3b_report_create", context=dict(as_clerk), resource_id=resource["id"])
    work()
    model.Session.rollback()
    assert report(resource)["state"] == "done"


def test_an_interrupted_reading_leaves_what_was_known(send, report, as_clerk, monkeypatch):
    resource = send(GOOD)
    jobs.run(report(resource)["id"])
    known = report(resource)
    monkeypatch.setattr(analysis, "ENGINE", analysis.ENGINE + 1)

    def die(_path, **_given):
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(analysis, "analyse", die)
        call_action("ca3b_report_create", context=dict(as_clerk), resource_id=resource["id"])
        with pytest.raises(SystemExit):
            jobs.run(known["id"])
    now = report(resource)
    assert now["state"] == "running"
    assert (now["reading"], now["verdict"]) == (known["reading"], known["verdict"])
    with store.lock(known["id"]) as free:
        assert free


def test_a_report_of_a_deleted_file_is_no_trouble(send, report, as_clerk):
    resource = send(GOOD)
    found = report(resource)
    call_action("resource_delete", context=dict(as_clerk), id=resource["id"])
    jobs.run(found["id"])
    assert store.get(found["id"]) is None


def test_progress_is_seen_from_outside_while_it_goes_on(send, report, monkeypatch):
    resource = send(GOOD)
    found = report(resource)
    seen = []
    honest = analysis.analyse

    def watched(path, **given):
        given["progress"](42, "Lecture du fichier")
        with meta.engine.connect() as other:
            row = other.execute(model.meta.metadata.tables["ca3b_report"].select().filter_by(id=found["id"])).one()
            seen.append((row.state, row.progress, row.step))
        return honest(path, **given)

    monkeypatch.setattr(analysis, "analyse", watched)
    jobs.run(found["id"])
    assert seen == [("running", 42, "Lecture du fichier")]


def test_a_repair_is_refused_when_the_file_changed_meanwhile(send, replace, report, as_clerk, monkeypatch):
    resource = send(GOOD.replace(b"ENFANT_SEXE", b"Enfant sexe"))
    jobs.run(report(resource)["id"])
    before = report(resource)
    assert before["repairs"]
    replaced = repairing._replace

    def late(*given):
        replace(resource, BAD)
        return replaced(*given)

    monkeypatch.setattr(repairing, "_replace", late)
    with pytest.raises(tk.ValidationError):
        call_action("ca3b_file_repair", context=dict(as_clerk), resource_id=resource["id"])
    model.Session.rollback()
    assert call_action("resource_show", id=resource["id"])["hash"] == sha256(BAD)
    with files.local_copy(call_action("resource_show", id=resource["id"])) as path:
        assert path.read_bytes() == BAD
