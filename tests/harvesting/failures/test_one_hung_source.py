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
    """Two workers of one queue: the hung source has one of them, whatever it does with it."""
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.queue", QUEUE)
    over = threading.Event()

    def never_done(handler):
        handler.send_response(200)
        handler.end_headers()
        while not over.wait(0.5):
            handler.wfile.write(b"#")
            handler.wfile.flush()

    other_site.files["/catalog.ttl"] = never_done
    hung = engine.source(other_site.url("/catalog.ttl"), towns["attignat"], "Muette")
    first = harvesting.start(hung, "night")
    others = []
    for number in range(3):
        site.files[f"/{number}.ttl"] = Portal.of(f"{site.address}/{number}", 2, files=()).turtle()
        others.append(engine.source(site.url(f"/{number}.ttl"), towns["viriat"], f"Vive {number}"))
    begun = [harvesting.start(one, "night") for one in others]
    pids = [worker.send(f"work {QUEUE}") for _ in range(2)]
    try:
        wait(lambda: all(engine.ended(one.id).state == "done" for one in begun), 100)
        assert engine.ended(first.id).state == "reading"
    finally:
        over.set()
    wait(lambda: engine.ended(first.id).state == "failed")
    wait(lambda: not any(is_alive(pid) for pid in pids))
    engine.sound(hung, *others)
