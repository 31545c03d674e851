"""The e-mail to the operator: nothing when all is well, once for all sources, never twice the same news."""

from __future__ import annotations

import datetime as dt

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories

from ckanext.ca3b.harvesting.reports import digest
from tests.harvesting import engine

MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def operator(towns):
    """Somebody in charge; and nothing remembered of another test."""
    model.Session.query(model.SystemInfo).filter_by(key=digest.MEMORY).delete()
    model.Session.commit()
    found = model.User.get("exploitant")
    if found is None:
        factories.Sysadmin(name="exploitant", email="exploitant@agglo.example")


@pytest.fixture
def send(cli, post, app_context):
    """Send the e-mail of a day; gives how many people got it."""

    def call(moment: dt.datetime) -> int:
        return digest.send(moment)

    return call


@pytest.fixture
def app_context(app):
    """A request, as the jobs of CKAN have."""
    with app.flask_app.test_request_context():
        yield


def failing(towns, title="Viriat"):
    """Add a source whose catalogue answers nothing, and run it."""
    source = engine.source("http://127.0.0.1:9/catalog.ttl", towns["viriat"], title)
    assert engine.run(source).state == "failed"
    return source


def test_all_is_well_and_nobody_is_written_to(send, post, published):
    source, _ = published()
    engine.run(source)
    assert send(MONDAY) == 0
    assert post.messages == []


def test_one_message_for_all_the_sources(send, post, towns):
    for title in ("Viriat", "Attignat", "Jayat"):
        failing(towns, title)
    assert send(MONDAY) >= 1
    (message,) = post.to("exploitant@agglo.example")
    text = message.get_content()
    assert "3 sources de données demandent votre attention" in message["Subject"]
    assert [title in text for title in ("Viriat", "Attignat", "Jayat")] == [True] * 3
    assert "/moissonnage" in text


def test_never_more_than_one_a_day_nor_the_same_news_the_next(send, post, towns):
    failing(towns)
    assert send(MONDAY) >= 1
    failing(towns, "Attignat")
    assert send(MONDAY + dt.timedelta(hours=3)) == 0
    assert send(MONDAY + DAY) >= 1, "another source is news"
    assert send(MONDAY + 2 * DAY) == 0, "nothing new"
    assert send(MONDAY + 8 * DAY) >= 1, "a reminder after a week"


def test_what_was_over_and_comes_back_is_news(send, post, towns, published, site):
    source, _ = published()
    content = site.files.pop("/catalog.ttl")
    engine.run(source)
    assert send(MONDAY) >= 1
    site.files["/catalog.ttl"] = content
    assert engine.run(source).state == "done"
    assert send(MONDAY + DAY) == 0
    site.files.pop("/catalog.ttl")
    engine.run(source)
    assert send(MONDAY + 2 * DAY) >= 1


def test_not_before_the_hour_of_the_settings_and_not_at_all_without(send, post, towns, monkeypatch):
    failing(towns)
    assert send(MONDAY.replace(hour=3)) == 0
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.digest", False)
    assert send(MONDAY) == 0
    assert post.messages == []


def test_the_addresses_of_the_settings_come_first(send, post, towns, monkeypatch):
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.digest_to", ["donnees@agglo.example"])
    failing(towns)
    assert send(MONDAY) == 1
    assert len(post.to("donnees@agglo.example")) == 1
    assert post.to("exploitant@agglo.example") == []


def test_a_post_office_that_is_shut_is_tried_again(send, post, towns, monkeypatch):
    failing(towns)
    with monkeypatch.context() as broken:
        broken.setitem(tk.config, "smtp.server", "127.0.0.1:9")
        assert send(MONDAY) == 0
    assert send(MONDAY + dt.timedelta(minutes=5)) >= 1
