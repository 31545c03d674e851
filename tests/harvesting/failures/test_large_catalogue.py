"""A large catalogue is read and planned in little memory, page after page; « make bench » does it with 10,000."""

from __future__ import annotations

from ckanext.ca3b.harvesting import engine as harvesting
from tests.harvesting import engine
from tests.harvesting.catalogue import Portal
from tests.harvesting.worker import is_alive, peak

COUNT = 1500


def test_memory_follows_the_page_and_not_the_catalogue(site, towns, worker):
    def most(count: int) -> int:
        portal = Portal.of(f"{site.address}/{count}", count, description="Une longue description. " * 100)
        site.files.update((f"/{count}{path}", body) for path, body in portal.pages(100).items())
        source = engine.source(site.url(f"/{count}/catalog.ttl"), towns["viriat"])
        run = harvesting.start(source, "hand", only_plan=True, enqueue=False)
        pid, found = worker.send(f"run {run.id}"), 0
        while is_alive(pid):
            found = max(found, peak(pid))
        ended = engine.ended(run.id)
        assert (ended.state, ended.counts["added"]) == ("done", count)
        return found

    small = most(100)
    assert most(COUNT) - small < 60_000, "kilobytes more for fifteen times more, each with three of text"
