"""The files that harvested datasets link to: examined, drawn and served in time, and never faster than a site bears."""

from __future__ import annotations

import itertools
import json
import uuid

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.jobs import get_queue
from ckan.lib.redis import connect_to_redis
from ckan.tests.helpers import call_action

from ckanext.ca3b import gate
from ckanext.ca3b.harvesting import files
from ckanext.ca3b.harvesting.files import looking, store
from ckanext.ca3b.harvesting.model import now
from ckanext.ca3b.harvesting.store import records, sources
from tests.harvesting.serving import Site

pytestmark = pytest.mark.usefixtures("portal")

PLACES = b"nom,places\nGare,120\nMairie,40\n"
PEOPLE = "nom,prenom,telephone,courriel\nCanarivalle,Zéphyrine,06 39 98 41 07,z.canarivalle@example.fr\n".encode()
MAP = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [5.2, 46.2]},
                "properties": {"nom": "Gare"},
            }
        ],
    }
).encode()


@pytest.fixture(autouse=True)
def this_machine_may_be_asked(monkeypatch):
    """The sites of the tests are on this machine."""
    for room in ("rgpd.remote_allow_private", "maps.remote.private", "tables.remote.private"):
        monkeypatch.setitem(tk.config, f"ckanext.ca3b.{room}", True)
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.files_delay", "0")
    nothing_asked()
    yield
    nothing_asked()


@pytest.fixture
def site():
    made = Site()
    yield made
    made.close()


@pytest.fixture
def harvested(commune):
    """Write a source whose datasets link to these addresses; gives the ids of the source and of the resources."""

    def create(*urls: str, **settings) -> tuple[str, list[str]]:
        source_id, ids = str(uuid.uuid4()), []
        values = {"id": source_id, "name": f"source-{source_id}", "title": "Source", "owner_org": commune["id"],
                  "report_key": source_id, "created": now(), "settings": settings}  # fmt: skip
        sources.add([values])
        for url in urls:
            made = call_action(
                "package_create", context=acting(defer_commit=True), title=f"Jeu {url}",
                notes="Des données.", owner_org=commune["id"], name=f"jeu-{uuid.uuid4().hex[:12]}",
                resources=[{"name": "Fichier", "url": url, "format": url.rsplit(".", 1)[-1].upper()}],
            )  # fmt: skip
            records.put(model.Session, source_id, url, dataset_id=made["id"], applied=made)
            ids.append(made["resources"][0]["id"])
        model.Session.commit()
        get_queue().empty()
        return source_id, ids

    yield create
    model.Session.rollback()
    nothing_asked()
    with model.meta.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM ca3b_harvest_site; DELETE FROM ca3b_harvest_source"))


def acting(**more) -> dict:
    """The context of an action of the portal itself."""
    user = call_action("get_site_user", context={"ignore_auth": True})
    return {"ignore_auth": True, "user": user["name"], **more}


def nothing_asked() -> None:
    """Empty the queue, and forget what was asked for."""
    get_queue().empty()
    connect_to_redis().delete(looking._asked())


def jobs() -> list:
    return [job for job in get_queue().jobs if job.func_name.endswith("looking.run")]


def work() -> None:
    get_queue().empty()
    looking.run()


def shown(resource_id: str) -> dict:
    model.Session.rollback()
    return call_action("resource_show", context={"ignore_auth": True}, id=resource_id)


def views(resource_id: str) -> set[str]:
    found = call_action("resource_view_list", context={"ignore_auth": True}, id=resource_id)
    return {one["view_type"] for one in found}


def test_a_file_is_fetched_once_examined_drawn_and_served(site, harvested):
    site.files |= {"/a.csv": PLACES, "/b.geojson": MAP}
    source, (table, map_) = harvested(site.url("/a.csv"), site.url("/b.geojson"))
    assert not gate.is_clear(table)
    assert files.announce(source) == 2
    assert len(jobs()) == 1
    work()
    assert sorted(site.asked) == ["/a.csv", "/b.geojson"], "three rooms, one question each"
    assert gate.is_clear(table)
    assert gate.is_clear(map_)
    found = call_action("datastore_search", context={"ignore_auth": False, "user": ""}, resource_id=table)
    assert [row["nom"] for row in found["records"]] == ["Gare", "Mairie"]
    assert "ca3b_table" in views(table)
    assert "ca3b_map" in views(map_)
    assert jobs() == []


def test_nothing_is_shown_of_a_file_with_personal_data(site, harvested):
    site.files["/a.csv"] = PEOPLE
    source, (held,) = harvested(site.url("/a.csv"))
    files.announce(source)
    work()
    assert not gate.is_clear(held)
    assert not shown(held).get("datastore_active")
    assert views(held) == set()


def test_a_table_goes_when_its_file_comes_to_hold_personal_data(site, harvested):
    site.files["/a.csv"] = PLACES
    source, (table,) = harvested(site.url("/a.csv"))
    files.announce(source)
    work()
    assert shown(table)["datastore_active"]
    site.files["/a.csv"] = PEOPLE
    store.want(source, [{"resource_id": table, "host": site.address[7:], "stamp": "new", "shown": True}])
    work()
    assert not shown(table).get("datastore_active")
    with pytest.raises(tk.ObjectNotFound):
        call_action("datastore_search", context={"ignore_auth": True}, resource_id=table)


def test_a_source_that_wants_neither_tables_nor_maps_has_its_files_examined_only(site, harvested):
    site.files |= {"/a.csv": PLACES, "/b.geojson": MAP}
    source, ids = harvested(site.url("/a.csv"), site.url("/b.geojson"), tables_and_maps=False)
    files.announce(source)
    work()
    assert [gate.is_clear(one) for one in ids] == [True, True]
    assert [views(one) for one in ids] == [set(), set()]
    assert [job.func_name for job in get_queue().jobs] == []


def test_what_did_not_change_is_not_looked_at_again_and_what_did_is(site, harvested):
    site.files |= {"/a.csv": PLACES, "/b.csv": PLACES, "/c.csv": PLACES}
    source, (first, _) = harvested(site.url("/a.csv"), site.url("/b.csv"))
    files.announce(source)
    work()
    site.asked.clear()
    assert files.announce(source) == 0
    call_action("resource_patch", context=acting(), id=first, url=site.url("/c.csv"))
    assert files.announce(source) == 1
    work()
    assert site.asked == ["/c.csv"]


def test_one_site_is_asked_one_file_at_a_time_with_a_pause_and_others_meanwhile(site, harvested, monkeypatch):
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.files_delay", "0.4")
    other = Site()
    for each in (site, other):
        each.files |= {f"/{number}.csv": PLACES for number in range(3)}
    source, ids = harvested(*(one.url(f"/{number}.csv") for one in (site, other) for number in range(3)))
    files.announce(source)
    work()
    assert (len(site.asked), len(other.asked)) == (3, 3)
    assert max(site.together, other.together) == 1
    assert all(after - before >= 0.4 for before, after in itertools.pairwise(site.times))
    assert min(other.times) < max(site.times)
    assert all(gate.is_clear(one) for one in ids)
    other.close()


def test_a_site_that_does_not_answer_rests_and_keeps_no_other_waiting(site, harvested):
    away = Site()
    away.close()
    site.files["/a.csv"] = PLACES
    source, (_, _, here) = harvested(away.url("/1.csv"), away.url("/2.csv"), site.url("/a.csv"))
    files.announce(source)
    work()
    assert gate.is_clear(here)
    rest = store.next_site()
    assert (rest.host, rest.failures) == (away.address[7:], 1)
    assert 30 < (rest.due - now()).total_seconds() <= 60
    assert jobs() == [], "nobody waits for it in the queue"
    assert not files.wake()


def test_hundreds_of_files_are_one_job(site, harvested):
    source, (first,) = harvested(site.url("/a.csv"))
    dataset = shown(first)["package_id"]
    resources = [{"name": str(n), "url": site.url(f"/{n}.csv"), "format": "CSV"} for n in range(200)]
    call_action("package_patch", context=acting(), id=dataset, resources=resources)
    model.Session.commit()
    get_queue().empty()
    other, _ = harvested(site.url("/b.csv"))
    nothing_asked()
    assert files.announce(source) == 200
    assert files.announce(other) == 1
    assert not files.wake()
    assert len(get_queue().jobs) == 1, "one for all the sources of a night"
    store.forget(store.stamps(source))


def test_what_was_made_of_a_removed_file_goes(site, harvested):
    site.files["/a.csv"] = PLACES
    source, (table,) = harvested(site.url("/a.csv"))
    files.announce(source)
    work()
    dataset = shown(table)["package_id"]
    call_action("package_patch", context=acting(), id=dataset, resources=[])
    model.Session.commit()
    site.asked.clear()
    files.announce(source)
    work()
    assert site.asked == []
    assert not files.is_ours(table)
    with pytest.raises(tk.ObjectNotFound):
        call_action("datastore_search", context={"ignore_auth": True}, resource_id=table)


def test_a_file_that_kills_its_worker_is_not_tried_for_ever(site, harvested):
    source, (deadly,) = harvested(site.url("/a.csv"))
    files.announce(source)
    host = store.next_site().host
    for _ in range(looking.ATTEMPTS - 1):
        assert store.take(host).resource_id == deadly  # and the process dies here
    site.files["/a.csv"] = lambda _handler: 1 / 0
    work()
    assert store.take(host) is None
