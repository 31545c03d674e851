"""What a commune is told: its last run and what to mend, and nothing of the inside of the portal."""

from __future__ import annotations

import json

from ckanext.ca3b.harvesting import reports
from ckanext.ca3b.harvesting.store import sources
from tests.harvesting import engine
from tests.harvesting.catalogue import Entry


def letter(source_id: str):
    """Return the letter of a source, as its page gets it."""
    return reports.letter(sources.find(source_id).report_key)


def test_it_says_what_to_mend_and_where(site, published):
    source, portal = published(3)
    portal.entries[1].license = "https://exemple.fr/notre-licence"
    portal.entries.append(Entry("untitled", None, identifier="sans-titre", uri=f"{site.address}/jeux/sans"))
    site.files["/catalog.ttl"] = portal.turtle()
    engine.run(source)
    told = letter(source)
    assert told["source"]["owner"] == "Viriat"
    assert told["run"]["sentence"]
    assert told["mend_count"] == len(told["mend"]) == 2
    by_id = {one["identifier"]: one for one in told["mend"]}
    assert by_id.keys() == {"jeu-1", "sans-titre"}
    (advice,) = by_id["jeu-1"]["advice"]
    assert "notre-licence" in advice["message"]
    assert by_id["jeu-1"]["url"].startswith(site.address)


def test_a_run_that_changed_nothing_still_says_what_to_mend(site, published):
    source, portal = published(3)
    portal.entries[0].license = ""
    site.files["/catalog.ttl"] = portal.turtle()
    site.tags["/catalog.ttl"] = '"1"'
    engine.run(source)
    again = engine.run(source)
    told = letter(source)
    assert again.state in {"unchanged", "done"}
    assert [one["identifier"] for one in told["mend"]] == ["jeu-0"]


def test_a_catalogue_that_cannot_be_read_any_more_says_so(site, published):
    source, _ = published(3)
    engine.run(source)
    site.files.pop("/catalog.ttl")
    engine.run(source)
    assert "404" in letter(source)["run"]["sentence"]


def test_no_account_is_told(towns):
    source = engine.source("https://agent:secret@a.example/c?token=abc&x=1", towns["viriat"])
    told = json.dumps(letter(source), ensure_ascii=False)
    assert "secret" not in told
    assert "abc" not in told
    assert "https://a.example/c?token=…&x=1" in told


def test_a_wrong_key_opens_nothing(published):
    published()
    assert reports.letter("") is None
    assert reports.letter("autre") is None


def test_records_are_read_by_pages_whole_and_in_order(site, published, monkeypatch):
    source, _ = published(7)
    run = engine.run(source)
    monkeypatch.setattr("ckanext.ca3b.harvesting.reports.reading._AT_ONCE", 3)
    assert [one["identifier"] for one in reports.rows(run.id)] == [f"jeu-{number}" for number in range(7)]
    assert list(reports.rows(run.id, "refused")) == []
