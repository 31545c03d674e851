"""One hung source delays no other."""

from __future__ import annotations

import threading

import ckan.plugins.toolkit as tk

from ckanext.ca3b.harvesting import engine as harvesting
from tests.harvesting import engine
from tests.harvesting.catalogue import Portal
from tests.harvesting.worker import is_alive, wait

from .conftest import QUEUE


def test_the_others_are_done_by_the_other_worker(site, other_site, towns, worker, monkeypatch):
    """Two workers of one queue: the hung source has one of them until its time is over."""
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.queue", QUEUE)
    over = threading.Event()
    other_site.files["/catalog.ttl"] = lambda _handler: over.wait(30)
    site.files["/catalog.ttl"] = Portal.of(site.address, 2).turtle()
    hung = engine.source(other_site.url("/catalog.ttl"), towns["attignat"], "Muette")
    others = []
    first = harvesting.start(hung, "night")
    for number in range(3):
        site.files[f"/{number}.ttl"] = Portal.of(f"{site.address}/{number}", 2).turtle()
        others.append(engine.source(site.url(f"/{number}.ttl"), towns["viriat"], f"Vive {number}"))
    begun = [harvesting.start(one, "night") for one in others]
    pids = [worker.send(f"work {QUEUE}") for _ in range(2)]
    try:
        wait(lambda: all(engine.ended(one.id).state == "done" for one in begun))
        assert engine.ended(first.id).state == "reading"
        wait(lambda: engine.ended(first.id).state == "failed")
    finally:
        over.set()
    wait(lambda: not any(is_alive(pid) for pid in pids))
    engine.sound(hung, *others)
