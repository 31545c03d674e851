"""``ckan ca3b harvest`` does what the pages do, says it in French, and its exit status tells a program how it ended."""

from __future__ import annotations

import csv
import io
import json

from ckanext.ca3b.harvesting.store import sources
from tests.harvesting import engine
from tests.harvesting.catalogue import Portal


def served(site, count=3):
    """Publish a catalogue at an address; gives it with the address."""
    portal = Portal.of(site.address, count)
    site.files["/catalog.ttl"] = portal.turtle()
    site.types["/catalog.ttl"] = "text/turtle"
    return portal, site.url("/catalog.ttl")


def added(harvest, address, *options):
    """Add a source; gives its name."""
    done = harvest("add", address, "--organization", "viriat", "--title", "Viriat", "--format", "json", *options)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["name"]


def test_a_source_goes_from_its_address_to_its_report(site, harvest):
    _, address = served(site)
    name = added(harvest, address)
    refused = harvest("run", name, "--now")
    assert refused.exit_code == 1
    assert "brouillon" in refused.output
    planned = harvest("plan", name)
    assert planned.exit_code == 0, planned.output
    assert "Plan\xa0: 3 ajouts." in planned.output
    assert engine.found(q="")["count"] == 0, "a plan writes nothing"
    assert harvest("approve", name).exit_code == 0
    done = harvest("run", name, "--now")
    assert done.exit_code == 0, done.output
    assert "3 jeux de données ajoutés" in done.output
    assert engine.found(q="")["count"] == 3
    again = harvest("run", name, "--now")
    assert "Rien n’a changé\xa0: 3 jeux de données." in again.output
    told = harvest("report", name, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(told.lstrip("\ufeff")), delimiter=";"))
    assert {row["constat"] for row in rows} == {"Inchangé"}
    assert len(json.loads(harvest("report", name, "--format", "json").stdout)["records"]) == 3
    listed = harvest("list")
    assert name in listed.output
    assert address in listed.output


def test_a_run_that_waits_for_somebody_says_so_by_its_status(site, harvest):
    portal, address = served(site, 10)
    name = added(harvest, address, "--approve")
    assert harvest("run", name, "--now").exit_code == 0
    site.files["/catalog.ttl"] = portal.turtle(portal.entries[:2])
    held = harvest("run", name, "--now")
    assert held.exit_code == 3, held.output
    assert "À confirmer" in held.output
    assert harvest("status", "--check").exit_code == 1
    confirmed = harvest("confirm", name, "--now")
    assert confirmed.exit_code == 0, confirmed.output
    assert "8 disparus à la source" in confirmed.output
    assert harvest("status", "--check").exit_code == 0
    assert harvest("confirm", name).exit_code == 1


def test_a_plan_says_what_would_change_field_by_field(site, harvest):
    portal, address = served(site)
    name = added(harvest, address, "--approve")
    harvest("run", name, "--now")
    portal.entries[1].title = "Un autre titre"
    site.files["/catalog.ttl"] = portal.turtle()
    planned = harvest("plan", name)
    assert "« Jeu 1 » → « Un autre titre »" in planned.output
    document = json.loads(harvest("plan", name, "--format", "json").stdout)
    changed = [one for one in document["records"] if one["verdict"] == "changed"]
    assert [one["changes"][0]["after"] for one in changed] == ["Un autre titre"]


def test_a_catalogue_that_cannot_be_read_is_a_failure(site, harvest):
    name = added(harvest, site.url("/nowhere.ttl"), "--approve")
    done = harvest("run", name, "--now")
    assert done.exit_code == 1
    assert "En échec" in done.output
    status = json.loads(harvest("status", "--format", "json").stdout)
    assert [need["code"] for one in status for need in one["needs"]] == ["failed"]


def test_a_spreadsheet_is_a_source_too(harvest, tmp_path):
    path = tmp_path / "catalogue.csv"
    path.write_text(
        "TITRE;DESCRIPTION;LICENCE;URL\nArbres;Les arbres;Licence Ouverte 2.0;https://a.example/arbres.csv\n", "utf-8"
    )
    name = added(harvest, str(path), "--approve")
    assert harvest("run", name, "--now").exit_code == 0
    assert engine.found(q="")["results"][0]["title"] == "Arbres"


def test_many_sources_come_together_or_not_at_all(harvest, tmp_path):
    path = tmp_path / "sources.csv"
    path.write_text("adresse;organisation\nhttps://a.example/1;viriat\nhttps://a.example/2;personne\n", "utf-8")
    refused = harvest("add-many", str(path))
    assert refused.exit_code == 1
    assert "personne" in refused.output
    assert sources.listed() == []
    path.write_text("adresse;organisation\nhttps://a.example/1;viriat\nhttps://a.example/2;attignat\n", "utf-8")
    done = harvest("add-many", str(path))
    assert done.exit_code == 0, done.output
    assert len(sources.listed()) == 2


def test_what_is_not_written_as_it_should_be_is_status_2(harvest, site):
    assert harvest("run").exit_code == 2
    assert harvest("add", "nowhere.csv").exit_code == 2
    assert harvest("plan", "personne").exit_code == 1


def test_what_is_due_is_begun(harvest, site):
    _, address = served(site)
    added(harvest, address, "--approve")
    for one in sources.listed():
        sources.change(one.id, next_run=one.created)
    done = harvest("tick")
    assert done.exit_code == 0, done.output
    assert "1 moissonnage lancé." in done.output
    assert "0 moissonnage" in harvest("tick").output
