"""A dataset removed at its source is first marked, then archived, and comes back as it was: id, address, history."""

from __future__ import annotations

import datetime as dt

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests.helpers import call_action

from ckanext.ca3b.harvesting.model import RecordRow
from tests.harvesting import engine


@pytest.fixture
def without_last(site, published):
    """A source of ten datasets, read twice: the second time, the last one is gone."""
    source, portal = published(10)
    engine.run(source)
    kept = portal.entries.pop()
    site.files["/catalog.ttl"] = portal.turtle()
    engine.run(source)
    return source, portal, kept


def late(source: str, days: int) -> None:
    """Have the dataset be gone for so many days."""
    with model.meta.engine.begin() as connection:
        moment = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
        gone = sa.update(RecordRow).where(RecordRow.source_id == source, RecordRow.state == "vanished")
        connection.execute(gone.values(vanished_at=moment))


def test_it_stays_public_for_a_while_and_says_that_it_vanished(without_last):
    source, _, _ = without_last
    record = engine.known(source)["jeu-9"]
    assert (record.state, record.vanished_at is None) == ("vanished", False)
    shown = call_action("package_show", context={"user": "", "ignore_auth": False}, id=record.dataset_id)
    assert shown["state"] == "active"
    assert engine.found(q="")["count"] == 10
    engine.sound(source)


def test_it_is_archived_after_the_time_of_grace_and_not_before(without_last):
    source, _, _ = without_last
    # Two days away from the thirtieth: a change of hour between them moves midnight.
    late(source, 28)
    engine.run(source)
    assert engine.known(source)["jeu-9"].state == "vanished"
    late(source, 32)
    ended = engine.run(source)
    assert ended.counts["archived"] == 1
    record = engine.known(source)["jeu-9"]
    assert record.state == "archived"
    with pytest.raises(tk.NotAuthorized):
        call_action("package_show", context={"user": "", "ignore_auth": False}, id=record.dataset_id)
    assert engine.found(q="")["count"] == 9
    engine.sound(source)
    assert engine.run(source).counts["archived"] == 0, "once"


@pytest.mark.parametrize("days", [0, 31])
def test_it_comes_back_with_its_id_its_address_and_its_history(site, without_last, days):
    source, portal, kept = without_last
    before = engine.dataset(engine.known(source)["jeu-9"])
    late(source, days)
    engine.run(source)
    portal.entries.append(kept)
    site.files["/catalog.ttl"] = portal.turtle()
    ended = engine.run(source)
    assert (ended.state, ended.counts["returned"], ended.counts["added"]) == ("done", 1, 0)
    record = engine.known(source)["jeu-9"]
    assert (record.state, record.vanished_at) == ("present", None)
    after = engine.dataset(record)
    assert after["state"] == "active"
    assert (after["id"], after["name"], after["metadata_created"]) == (
        before["id"], before["name"], before["metadata_created"],
    )  # fmt: skip
    assert [one["id"] for one in after["resources"]] == [one["id"] for one in before["resources"]]
    assert engine.found(q="")["count"] == 10
    engine.sound(source)


def test_one_that_the_operator_deleted_stops_nothing(site, published):
    source, portal = published(3)
    engine.run(source)
    gone = engine.known(source)["jeu-1"].dataset_id
    call_action("package_delete", context=engine.operator(), id=gone)
    portal.entries[1].title = "Un autre titre"
    portal.entries[2].title = "Un autre titre encore"
    site.files["/catalog.ttl"] = portal.turtle()
    ended = engine.run(source)
    assert ended.state == "done"
    assert engine.datasets(source)["jeu-2"]["title"] == "Un autre titre encore"


def test_one_that_was_purged_stops_nothing_and_is_made_again_with_its_id(site, published):
    source, portal = published(3)
    engine.run(source)
    gone = engine.known(source)["jeu-1"].dataset_id
    call_action("dataset_purge", context=engine.operator(), id=gone)
    portal.entries[1].title = "Un autre titre"
    site.files["/catalog.ttl"] = portal.turtle()
    ended = engine.run(source)
    assert ended.state == "done"
    assert engine.datasets(source)["jeu-1"]["id"] == gone
    assert engine.datasets(source)["jeu-1"]["title"] == "Un autre titre"
    engine.sound(source)
