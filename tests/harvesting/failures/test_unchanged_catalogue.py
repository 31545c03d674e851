"""A catalogue that did not change costs nothing: no dataset is read, written or indexed."""

from __future__ import annotations

import sqlalchemy as sa
from ckan import model

from tests.harvesting import engine


def versions() -> list:
    """The physical versions of every row of datasets and files: any write at all makes another."""
    with model.meta.engine.connect() as connection:
        return connection.execute(sa.text(
            "SELECT id, xmin::text, ctid::text FROM package UNION ALL SELECT id, xmin::text, ctid::text FROM resource"
            " ORDER BY 1"
        )).all()  # fmt: skip


def test_a_catalogue_read_again_writes_nothing(published):
    source, _ = published(5)
    first = engine.run(source)
    assert (first.state, first.counts["added"]) == ("done", 5)
    before = versions()
    second = engine.run(source)
    assert second.state == "done"
    assert (second.counts["unchanged"], second.counts["changed"], second.counts["added"]) == (5, 0, 0)
    assert versions() == before
    engine.sound(source)


def test_a_site_that_says_that_nothing_changed_is_not_read_at_all(site, published):
    source, _ = published(5)
    site.tags["/catalog.ttl"] = '"v1"'
    engine.run(source)
    before, asked = versions(), len(site.asked)
    again = engine.run(source)
    assert again.state == "unchanged"
    assert len(site.asked) == asked + 1, "one conditional question"
    assert versions() == before
    engine.sound(source)


def test_of_many_datasets_only_the_one_that_changed_is_written(site, published):
    source, portal = published(6)
    engine.run(source)
    before = {row[0]: row for row in versions()}
    portal.entries[2].title = "Jeu nouveau"
    site.files["/catalog.ttl"] = portal.turtle()
    ended = engine.run(source)
    assert (ended.counts["changed"], ended.counts["unchanged"]) == (1, 5)
    after = {row[0]: row for row in versions()}
    assert after.keys() == before.keys(), "its file keeps its id"
    changed = {id_ for id_, row in after.items() if row != before[id_]}
    dataset = engine.datasets(source)["jeu-2"]
    assert changed <= {dataset["id"], dataset["resources"][0]["id"]}
    assert dataset["title"] == "Jeu nouveau"
    (row,) = [one for one in engine.rows(ended).values() if one.verdict == "changed"]
    assert [(one["field"], one["before"], one["after"]) for one in row.changes] == [("title", "Jeu 2", "Jeu nouveau")]
    engine.sound(source)
