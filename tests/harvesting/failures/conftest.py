"""A portal with two organisations for all the cases, emptied after each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins as p
import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.search import clear_all
from ckan.tests import factories

from tests.conftest import MIGRATED
from tests.harvesting import engine
from tests.harvesting.catalogue import Portal
from tests.harvesting.cutting import Way
from tests.harvesting.serving import Site
from tests.harvesting.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: A queue of the tests alone.
QUEUE = "harvest-failures"
#: What a reading may cost here: this machine may be asked, and nothing may last.
SETTINGS = {
    "ckanext.ca3b.harvest.private": True,
    "ckanext.ca3b.harvest.delay": "0",
    "ckanext.ca3b.harvest.seconds": 20,
    "ckanext.ca3b.harvest.request_seconds": 5,
    "ckanext.ca3b.harvest.answer_size": 5_000_000,
    "ckanext.ca3b.harvest.size": 50_000_000,
}


@pytest.fixture(scope="package")
def towns(reset_db, reset_index, migrate_db_for) -> Iterator[dict[str, str]]:
    """The portal, with the organisations of Viriat and Attignat: their ids by name."""
    p.load_all()
    reset_db()
    for plugin in MIGRATED:
        migrate_db_for(plugin)
    reset_index()
    made = {"viriat": ("Viriat", "01451"), "attignat": ("Attignat", "01024")}
    yield {
        name: factories.Organization(
            name=name, title=title, kind="commune", insee_code=code, contact_email=f"donnees@{name}.fr"
        )["id"]
        for name, (title, code) in made.items()
    }
    model.Session.rollback()
    reset_db()
    reset_index()
    p.unload_all()


@pytest.fixture(autouse=True)
def settings(monkeypatch) -> None:
    """Limits that suit the tests."""
    for name, value in SETTINGS.items():
        monkeypatch.setitem(tk.config, name, value)


@pytest.fixture(autouse=True)
def emptied(towns) -> Iterator[None]:
    """Leave nothing of a case to the next one."""
    yield
    model.Session.rollback()
    model.Session.remove()
    with model.meta.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM ca3b_harvest_source; DELETE FROM ca3b_harvest_site"))
        connection.execute(sa.text("TRUNCATE package, activity CASCADE"))
    clear_all()


@pytest.fixture
def site() -> Iterator[Site]:
    """The web site of a commune."""
    made = Site()
    yield made
    made.close()


@pytest.fixture
def other_site() -> Iterator[Site]:
    """The web site of another commune."""
    made = Site()
    yield made
    made.close()


@pytest.fixture
def published(site, towns) -> Callable[..., tuple[str, Portal]]:
    """Publish a catalogue of so many datasets at Viriat, and add its source: gives its id, and the catalogue."""

    def publish(count: int = 3, **values) -> tuple[str, Portal]:
        portal = Portal.of(site.address, count)
        site.files["/catalog.ttl"] = portal.turtle()
        site.types["/catalog.ttl"] = "text/turtle"
        return engine.source(site.url("/catalog.ttl"), towns["viriat"], **values), portal

    return publish


@pytest.fixture(scope="package")
def ways(towns) -> dict[str, Way]:
    """The ways to PostgreSQL, Redis and Solr that :func:`worker` takes, to be cut."""
    urls = {"postgres": "sqlalchemy.url", "redis": "ckan.redis.url", "solr": "solr_url"}
    return {name: Way(tk.config[url]) for name, url in urls.items()}


@pytest.fixture(scope="package")
def started(ways, tmp_path_factory) -> Iterator[Worker]:
    """A worker of the portal, in a process of its own, which reaches the services by their ways."""
    variables = {"postgres": "CKAN_SQLALCHEMY_URL", "redis": "CKAN_REDIS_URL", "solr": "CKAN_SOLR_URL"}
    environment = {variables[name]: way.url for name, way in ways.items()}
    # Longer than a test lasts: what is hung here is left by the test, not by its time.
    longer = dict.fromkeys(("ckanext.ca3b.harvest.seconds", "ckanext.ca3b.harvest.request_seconds"), 120)
    more = {**longer, "ckanext.ca3b.harvest.queue": QUEUE, "ckanext.ca3b.harvest.files_delay": "0"}
    made = Worker(tmp_path_factory.mktemp("worker"), {**SETTINGS, **more}, environment)
    yield made
    made.close()


@pytest.fixture
def worker(started, ways) -> Iterator[Worker]:
    """The worker, with all its ways mended."""
    yield started
    for way in ways.values():
        way.mend()
