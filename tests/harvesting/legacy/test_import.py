"""The sources of ckanext-harvest come with their datasets, which keep their ids: the first run makes none twice."""

from __future__ import annotations

import json

from ckan import model

from ckanext.ca3b.harvesting.store import sources
from tests.harvesting import engine
from tests.harvesting.catalogue import Portal


def served(site, count=3):
    """Publish a catalogue whose records have a URI and another identifier."""
    portal = Portal.of(site.address, count)
    site.files["/catalog.ttl"] = portal.turtle()
    site.types["/catalog.ttl"] = "text/turtle"
    return portal, site.url("/catalog.ttl")


def test_nothing_is_written_before_it_is_asked_for(site, old, harvest):
    portal, address = served(site)
    old(address, {portal.entries[0].uri: "Un ancien titre"})
    said = harvest("import-ckanext-harvest")
    assert said.exit_code == 0, said.output
    assert "Seraient repris : 1 source, 1 jeu de données." in said.output
    assert "--apply" in said.output
    assert sources.listed() == []


def test_datasets_keep_their_ids_and_none_is_made_twice(site, old, harvest):
    portal, address = served(site)
    made = old(address, {one.uri: f"Ancien {one.title}" for one in portal.entries[:2]})
    name = model.Package.get(made[portal.entries[0].uri]).name
    done = harvest("import-ckanext-harvest", "--apply")
    assert done.exit_code == 0, done.output
    (source,) = sources.listed()
    assert (source.state, source.kind, source.schedule) == ("draft", "rdf", "daily")
    assert harvest("approve", source.name).exit_code == 0
    ended = engine.run(source.id)
    assert (ended.state, ended.counts["changed"], ended.counts["added"]) == ("done", 2, 1)
    found = engine.datasets(source.id)
    assert {found["jeu-0"]["id"], found["jeu-1"]["id"]} == set(made.values())
    assert (found["jeu-0"]["title"], found["jeu-0"]["name"]) == ("Jeu 0", name)
    assert len(found["jeu-0"]["resources"]) == 1
    assert engine.found(q="")["count"] == 3
    assert engine.run(source.id).counts["unchanged"] == 3


def test_importing_again_doubles_nothing(site, old, harvest):
    portal, address = served(site)
    old(address, {portal.entries[0].uri: "Ancien"})
    harvest("import-ckanext-harvest", "--apply")
    again = harvest("import-ckanext-harvest", "--apply")
    assert again.exit_code == 0, again.output
    assert "Repris : 0 source, 0 jeu de données." in again.output
    assert len(sources.listed()) == 1


def test_a_catalogue_that_does_not_answer_has_its_datasets_later(site, old, harvest):
    portal, address = served(site)
    old(address, {portal.entries[0].uri: "Ancien"})
    content = site.files.pop("/catalog.ttl")
    first = harvest("import-ckanext-harvest", "--apply")
    assert "1 jeu de données n’est pas encore repris" in first.output
    (source,) = sources.listed()
    assert engine.known(source.id) == {}
    site.files["/catalog.ttl"] = content
    assert "1 jeu de données" in harvest("import-ckanext-harvest", "--apply").output
    assert list(engine.known(source.id)) == ["jeu-0"]


def test_what_is_no_more_in_the_catalogue_is_told(site, old, harvest):
    _, address = served(site)
    old(address, {"https://ailleurs.example/parti": "Parti"})
    said = harvest("import-ckanext-harvest", "--apply")
    assert "n’est plus dans le catalogue" in said.output
    (source,) = sources.listed()
    assert engine.known(source.id)["https://ailleurs.example/parti"].state == "present"


def test_an_export_of_another_portal_and_a_source_without_organisation(harvest, tmp_path):
    path = tmp_path / "sources.json"
    listed = [
        {"id": "a", "url": "https://a.example/catalog.ttl", "title": "A", "type": "dcat_rdf", "publisher_id": "viriat"},
        {"id": "b", "url": "https://b.example", "title": "B", "type": "ckan"},
    ]
    path.write_text(json.dumps({"success": True, "result": listed}), "utf-8")
    said = harvest("import-ckanext-harvest", str(path), "--apply")
    assert said.exit_code == 1
    assert "n’a pas d’organisation" in said.output
    assert [one.title for one in sources.listed()] == ["A"]
    done = harvest("import-ckanext-harvest", str(path), "--apply", "--organization", "attignat")
    assert done.exit_code == 0, done.output
    assert sorted(one.title for one in sources.listed()) == ["A", "B"]


def test_a_database_without_the_tables_says_so(harvest):
    said = harvest("import-ckanext-harvest")
    assert said.exit_code == 1
    assert "harvest_source_list" in said.output
