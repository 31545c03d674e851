"""The report says which record failed, why, and what its owner can do; a plan is seen without being applied."""

from __future__ import annotations

import json

from ckanext.ca3b.harvesting import reports
from tests.harvesting import engine


def test_each_record_has_its_line_and_its_reasons(site, published):
    source, portal = published(3)
    portal.entries[1].license = "https://licence.example/maison"
    portal.entries[2].title = None
    site.files["/catalog.ttl"] = portal.turtle()
    ended = engine.run(source)
    rows = list(reports.rows(ended.id))
    assert {row["identifier"] for row in rows} == {"jeu-0", "jeu-1", "jeu-2"}
    for row in rows:
        assert reports.sentence(row)
    licence = next(row for row in rows if row["identifier"] == "jeu-1")
    assert "licence" in json.dumps(reports.advice(licence), ensure_ascii=False, default=str).lower()
    titleless = next(row for row in rows if row["identifier"] == "jeu-2")
    assert "titre" in json.dumps(reports.advice(titleless), ensure_ascii=False, default=str).lower()


def test_a_plan_is_seen_and_nothing_of_it_is_done(site, published):
    source, portal = published(3)
    engine.run(source)
    portal.entries[0].title = "Un autre titre"
    site.files["/catalog.ttl"] = portal.turtle()
    plan = engine.run(source, only_plan=True)
    assert (plan.state, plan.only_plan, plan.counts["changed"]) == ("done", True, 1)
    assert engine.datasets(source)["jeu-0"]["title"] == "Jeu 0"
    assert [one["field"] for one in engine.rows(plan)["jeu-0"].changes] == ["title"]
    engine.sound(source)


def test_a_source_that_fails_says_why_in_french(towns):
    source = engine.source("http://127.0.0.1:9/catalog.ttl", towns["viriat"])
    ended = engine.run(source)
    assert ended.state == "failed"
    assert "site" in ended.message
    assert reports.run_sentence(
        {name: getattr(ended, name) for name in ("state", "message", "code", "counts", "problems")}
    )
