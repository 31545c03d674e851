"""The files of harvested datasets, from the catalogue to the page: examined, and a table while the source wants it."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.lib.jobs import get_queue
from ckan.lib.redis import connect_to_redis

from ckanext.ca3b import gate
from ckanext.ca3b.harvesting import files
from ckanext.ca3b.harvesting.files import looking
from tests.harvesting import engine

PLACES = b"nom,places\nGare,120\nMairie,40\n"
PEOPLE = "nom,prenom,telephone,courriel\nCanarivalle,Zéphyrine,06 39 98 41 07,z.canarivalle@example.fr\n".encode()


@pytest.fixture(autouse=True)
def this_machine_may_be_asked(monkeypatch):
    """The sites of the tests are on this machine."""
    for room in ("rgpd.remote_allow_private", "maps.remote.private", "tables.remote.private"):
        monkeypatch.setitem(tk.config, f"ckanext.ca3b.{room}", True)
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.files_delay", "0")
    get_queue().empty()
    connect_to_redis().delete(looking._asked())
    yield
    get_queue().empty()


def file(source, identifier="jeu-0"):
    return engine.datasets(source)[identifier]["resources"][0]


def test_a_table_stays_when_its_dataset_changes_at_the_source(site, published):
    site.files |= {"/fichiers/0.csv": PLACES, "/fichiers/1.csv": PEOPLE}
    source, portal = published(2)
    engine.run(source)
    assert [job.func_name.rsplit(".", 2)[-2:] for job in get_queue().jobs] == [["looking", "run"]]
    files.run()
    assert file(source)["datastore_active"]
    assert not file(source, "jeu-1").get("datastore_active")
    assert [gate.is_clear(file(source, one)["id"]) for one in ("jeu-0", "jeu-1")] == [True, False]
    asked = len(site.asked)
    portal.entries[0].title = "Un autre titre"
    site.files["/catalog.ttl"] = portal.turtle()
    assert engine.run(source).counts["changed"] == 1
    files.run()
    assert file(source)["datastore_active"], "what the portal wrote of the file is not the source's to take away"
    assert len(site.asked) == asked + 1, "the catalogue, and no file again"
    assert engine.run(source).counts["unchanged"] == 2
    engine.sound(source)


def test_the_table_of_an_address_goes_with_it(site, published):
    site.files |= {"/fichiers/0.csv": PLACES, "/ailleurs.csv": PEOPLE}
    source, portal = published(1)
    engine.run(source)
    files.run()
    before = file(source)["id"]
    portal.entries[0].files = (site.url("/ailleurs.csv"),)
    site.files["/catalog.ttl"] = portal.turtle()
    engine.run(source)
    files.run()
    assert not file(source).get("datastore_active")
    assert not gate.is_clear(file(source)["id"])
    assert not files.is_ours(before) or file(source)["id"] == before
