"""Datasets and files without an id are the same ones the next night."""

from __future__ import annotations

from tests.harvesting import engine
from tests.harvesting.catalogue import Entry, Portal


def entries(site, *order):
    """Datasets that have neither URI nor identifier, with files that have neither."""
    made = {
        name: Entry(name, f"Jeu {name}", files=(site.url(f"/{name}.csv"), site.url(f"/{name}.json")))
        for name in ("un", "deux", "trois")
    }
    return [made[name] for name in order]


def test_they_are_neither_deleted_nor_made_again(site, towns):
    portal = Portal(site.address)
    site.files["/catalog.ttl"] = portal.turtle(entries(site, "un", "deux", "trois"))
    source = engine.source(site.url("/catalog.ttl"), towns["viriat"])
    engine.run(source)
    before = {one["id"]: [each["id"] for each in one["resources"]] for one in engine.datasets(source).values()}
    # Another order, other blank nodes: nothing of what they say.
    site.files["/catalog.ttl"] = portal.turtle(entries(site, "trois", "un", "deux")).replace(b"_:", b"_:b")
    ended = engine.run(source)
    assert (ended.counts["added"], ended.counts["vanished"], ended.counts["unchanged"]) == (0, 0, 3)
    after = {one["id"]: [each["id"] for each in one["resources"]] for one in engine.datasets(source).values()}
    assert {id_: sorted(files) for id_, files in after.items()} == {id_: sorted(one) for id_, one in before.items()}
    engine.sound(source)


def test_files_keep_their_ids_when_one_comes_between_them(site, published):
    source, portal = published(1)
    portal.entries[0].files = (site.url("/a.csv"), site.url("/b.csv"))
    site.files["/catalog.ttl"] = portal.turtle()
    engine.run(source)
    before = {one["url"]: one["id"] for one in engine.datasets(source)["jeu-0"]["resources"]}
    portal.entries[0].files = (site.url("/new.csv"), site.url("/b.csv"), site.url("/a.csv"))
    site.files["/catalog.ttl"] = portal.turtle()
    engine.run(source)
    after = {one["url"]: one["id"] for one in engine.datasets(source)["jeu-0"]["resources"]}
    assert len(after) == 3
    assert {url: after[url] for url in before} == before
    engine.sound(source)
