"""What machines find: where to go, where not to, and what each page leads to."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import call_action
from lxml import etree
from rdflib import Graph, URIRef

from ckanext.ca3b.dcat.machines import sitemap, structured
from tests.dcat.outside import CLEAR, HELD, assert_kept_well, path

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def see(ask):
    """Ask for a page and parse it."""
    return lambda url: BeautifulSoup(ask(url).data, "html.parser")


def allowed(robots: str, target: str) -> bool:
    """Judge an address as RFC 9309 says: the longest rule wins, and « Allow » between two of the same length."""
    best = (0, True)
    for line in robots.splitlines():
        name, _, rule = line.partition(":")
        if name.strip() not in {"Allow", "Disallow"}:
            continue
        pattern = re.escape(rule.strip()).replace(r"\*", ".*").replace(r"\$", "$")
        if re.match(pattern, target):
            best = max(best, (len(rule.strip()), name.strip() == "Allow"))
    return best[1]


def test_robots_let_machines_take_the_data_and_keep_them_out_of_searches_and_forms(portal, ask):
    answer = ask("/robots.txt")
    robots = answer.get_data(as_text=True)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    for target in (
        "/", "/dataset/", "/dataset/parkings", "/dataset/parkings.ttl", "/organization/viriat", "/catalog.ttl",
        "/catalog.ttl?after=20260101T000000000000_x", "/organization/viriat/catalog.rdf?modified_since=2026-01-01",
        "/hvd/catalog.nt?rows=all", "/catalogue.csv", "/feeds/catalogue.atom?page=2", "/fichiers/0a1b", "/llms.txt",
        "/fichiers/0a1b.csv", "/dataset/parkings/resource/0a1b", "/ogc", "/sitemap.xml",
    ):  # fmt: skip
        assert allowed(robots, target), target
    for target in (
        "/dataset/?q=parking", "/dataset?tags=a&tags=b", "/organization/viriat?sort=x", "/en/dataset/?page=3",
        "/user/login", "/dataset/new", "/dataset/edit/parkings", "/api/3/action/datastore_search", "/publier",
        "/ogc/collections/0a1b/items?bbox=1,2,3,4", "/dataset/parkings/resource/new",
    ):  # fmt: skip
        assert not allowed(robots, target), target
    assert re.search(r"^Sitemap: https?://\S+/sitemap.xml$", robots, re.MULTILINE)


def test_the_guide_for_programs_leads_to_addresses_that_answer(publish, ask):
    publish((CLEAR, "parkings.csv"))
    text = ask("/llms.txt").get_data(as_text=True)
    assert text.startswith("# ")
    assert text.splitlines()[2].startswith("> ")
    addresses = re.findall(r"\]\((http[^)]+)\)", text)
    assert len(addresses) > 8
    for address in addresses:
        ask(path(address))
    assert_kept_well(ask, "/llms.txt")


def test_the_map_of_the_site_has_every_public_dataset_and_no_other(publish, ask, patch):
    shown = publish((CLEAR, "parkings.csv"), title="Parkings")
    publish((HELD, "cantine-eleves.csv"), title="Cantine")
    hidden = publish((CLEAR, "parkings.csv"), title="Brouillon")
    patch(hidden, private=True)
    urls = [one.text for one in etree.fromstring(ask("/sitemap.xml").data).iter(SITEMAP + "loc")]
    assert [one.rsplit("/", 1)[1] for one in urls if "/dataset/" in one and not one.endswith("/dataset/")] == [
        shown["name"]
    ]
    assert [one for one in urls if one.endswith("/organization/viriat")]
    assert not [one for one in urls if one.endswith("/organization/attignat")]
    for url in urls:
        ask(path(url))
    assert_kept_well(ask, "/sitemap.xml")


def test_a_large_map_comes_in_parts(publish, ask, monkeypatch):
    monkeypatch.setattr(sitemap, "MOST", 2)
    names = {publish((CLEAR, "parkings.csv"), title=f"Jeu {number}")["name"] for number in range(5)}
    parts = [one.text for one in etree.fromstring(ask("/sitemap.xml").data).iter(SITEMAP + "loc")]
    assert len(parts) == 3
    found = [one.text for part in parts for one in etree.fromstring(ask(path(part)).data).iter(SITEMAP + "loc")]
    listed = [one.rsplit("/", 1)[1] for one in found if "/dataset/jeu" in one]
    assert (set(listed), len(listed)) == (names, 5)
    ask("/sitemap-9.xml", 404)


def test_the_page_of_the_catalogue_lists_addresses_that_answer(publish, see, ask):
    publish((CLEAR, "parkings.csv"))
    page = see("/catalogue")
    addresses = [one["href"] for one in page.select("main a[href^=http]")]
    assert len(addresses) > 20
    for address in addresses:
        ask(path(address))


def test_the_producers_are_listed_as_a_french_dictionary_lists_them(portal, see):
    operator = factories.Sysadmin()
    made = [factories.Organization(title=title, user=operator) for title in ("Buellas", "Ébreuil", "Bény", "Zed")]
    try:
        listed = [one.get_text(" ", strip=True) for one in see("/catalogue").select("main li")]
        titles = ("Bény", "Buellas", "Ébreuil", "Zed")
        places = [next(rank for rank, one in enumerate(listed) if one.startswith(title)) for title in titles]
        assert places == sorted(places)
    finally:
        for one in made:
            call_action("organization_purge", context={"user": operator["name"]}, id=one["id"])


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("/", {"/catalog.ttl", "/catalog.jsonld", "/feeds/catalogue.atom"}),
        ("/dataset/", {"/catalog.ttl", "/feeds/catalogue.rss"}),
        ("/organization/viriat", {"/organization/viriat/catalog.rdf", "/organization/viriat/catalogue.atom"}),
    ],
)
def test_the_head_of_a_page_says_where_programs_read_the_same(publish, see, ask, page, wanted):
    publish((CLEAR, "parkings.csv"))
    found = {path(one["href"]): one["type"] for one in see(page).select("head link[rel=alternate]")}
    assert wanted <= found.keys()
    for address, media_type in found.items():
        assert ask(address).mimetype == media_type
    assert see(page).select_one("head link[rel=icon]")


def test_the_head_and_the_body_of_a_dataset_say_it_too(publish, see, ask):
    dataset = publish((CLEAR, "parkings.csv"))
    page = see(f"/dataset/{dataset['name']}")
    for found in (page.select("head link[rel=alternate]"), page.select("main a[href]")):
        addresses = [path(one["href"]) for one in found if one["href"].startswith("http")]
        assert {f"/dataset/{dataset['id']}.{ending}" for ending in ("ttl", "rdf", "jsonld", "nt")} <= set(addresses)


def test_a_producer_and_a_theme_say_where_their_catalogue_is(publish, see, ask):
    publish((CLEAR, "parkings.csv"))
    links = [one["href"] for one in see("/organization/viriat").select("#catalogue a")]
    assert "/organization/viriat/catalogue.csv" in {path(one) for one in links if one.startswith("http")}
    for address in links:
        ask(path(address) if address.startswith("http") else address)


def test_search_engines_read_the_open_files_only_in_french(publish, see):
    dataset = publish((CLEAR, "parkings.csv"), (HELD, "cantine-eleves.csv"))
    page = see(f"/dataset/{dataset['name']}")
    documents = [json.loads(one.string) for one in page.select('script[type="application/ld+json"]')]
    assert len(documents) == 2
    for one in documents:
        graph = Graph().parse(data=json.dumps(one), format="json-ld")
        names = {
            str(name) for kind in ("http", "https") for name in graph.objects(None, URIRef(f"{kind}://schema.org/name"))
        }
        assert dataset["title"] in names
    text = json.dumps(documents, ensure_ascii=False)
    assert "cantine" not in text
    assert dataset["resources"][1]["id"] not in text
    assert f"/fichiers/{dataset['resources'][0]['id']}" in text
    assert "Où se" in text


def test_croissant_is_json_ld_in_french_without_what_is_held(publish, ask):
    dataset = publish((CLEAR, "parkings.csv"), (HELD, "cantine-eleves.csv"))
    answer = ask(f"/dataset/{dataset['name']}/croissant.jsonld")
    document = json.loads(answer.data)
    assert document["@context"]["@language"] == "fr"
    assert document["name"] == dataset["title"]
    assert "cantine" not in answer.get_data(as_text=True)


def test_a_dataset_that_cannot_be_described_keeps_its_page(portal):
    def broken(dataset, profiles):
        raise ValueError(dataset["title"])

    assert structured.structured_data(broken, {"id": "x", "title": "y"}) == "{}"
