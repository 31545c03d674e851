"""One record that cannot be taken costs no other: not one without a title, not one that no validator accepts."""

from __future__ import annotations

from tests.harvesting import engine
from tests.harvesting.catalogue import data_json, numbered


def test_a_dataset_without_title_or_description_costs_no_other(site, published):
    source, portal = published(5)
    portal.entries[1].title = None
    portal.entries[3].title, portal.entries[3].description = "", ""
    site.files["/catalog.ttl"] = portal.turtle()
    ended = engine.run(source)
    assert ended.state == "done"
    assert {"jeu-0", "jeu-2", "jeu-4"} <= engine.datasets(source).keys()
    for identifier in ("jeu-1", "jeu-3"):
        row = engine.rows(ended)[identifier]
        assert row.outcome in {"done", "skipped"}
        assert row.problems, "its report says what is missing"
    assert engine.run(source).state == "done", "nothing waits, nothing is stuck"
    engine.sound(source)


def test_a_dataset_that_nothing_understands_is_reported_and_the_others_are_there(site, towns):
    entries = [numbered(site.address, number) for number in range(4)]
    broken = data_json(entries).replace(b'"title": "Jeu 2"', b'"title": {"fr": ["Jeu", 2, null]}')
    site.files["/data.json"] = broken.replace(b'"keyword": ["mobilit\\u00e9"]', b'"keyword": 12', 1)
    source = engine.source(site.url("/data.json"), towns["viriat"])
    ended = engine.run(source)
    assert ended.state == "done"
    assert {"jeu-0", "jeu-1", "jeu-3"} <= engine.datasets(source).keys()
    engine.sound(source)


def test_a_value_that_no_database_holds_costs_no_other(site, towns):
    entries = [numbered(site.address, number) for number in range(3)]
    entries[1].title = "Jeu \x00 un"
    site.files["/data.json"] = data_json(entries)
    source = engine.source(site.url("/data.json"), towns["viriat"])
    ended = engine.run(source)
    assert ended.state == "done"
    assert {"jeu-0", "jeu-2"} <= engine.datasets(source).keys()
    engine.sound(source)


def test_a_very_long_title_and_very_many_keywords_are_taken(site, published):
    source, portal = published(2)
    portal.entries[0].title = "Très long " * 500
    portal.entries[1].keywords = tuple(f"mot {number}" for number in range(300))
    site.files["/catalog.ttl"] = portal.turtle()
    ended = engine.run(source)
    assert (ended.state, ended.counts["failed"]) == ("done", 0)
    assert engine.datasets(source).keys() == {"jeu-0", "jeu-1"}
    engine.sound(source)


def test_keywords_as_people_write_them_are_kept(site, published):
    source, portal = published(1)
    portal.entries[0].keywords = ("fil d'eau", "eau & assainissement", "vélo/piéton", "déchets (tri)", "L’été")
    site.files["/catalog.ttl"] = portal.turtle()
    ended = engine.run(source)
    assert (ended.state, ended.counts["refused"], ended.counts["failed"]) == ("done", 0, 0)
    kept = {tag["name"] for tag in engine.datasets(source)["jeu-0"]["tags"]}
    assert len(kept) == 5
    assert {"eau & assainissement", "vélo/piéton", "déchets (tri)"} <= kept
