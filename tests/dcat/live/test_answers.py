"""Every address of the catalogue answers as HTTP has it: who harvests at night has nobody to ask."""

from __future__ import annotations

import gzip
import time
import urllib.request
from email.utils import parsedate_to_datetime

import pytest
import requests

from .harvesting import ENDINGS, datasets, get, going_out, graph, whole

CONTENT_TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "xml": "application/rdf+xml; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "nt": "application/n-triples; charset=utf-8",
}
FEEDS = {
    "/catalog": "",
    "/organization/viriat/catalog": "organization:viriat",
    "/theme/territoire-urbanisme/catalog": "groups:territoire-urbanisme",
    "/hvd/catalog": "",
}


@pytest.fixture(params=list(FEEDS))
def feed(request, portal) -> str:
    return portal.url + request.param


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_feed_has_what_it_promises_in_every_format(portal, feed, ending):
    answer = get(f"{feed}.{ending}")
    assert answer.headers["Content-Type"] == CONTENT_TYPES[ending]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    path = feed.removeprefix(portal.url)
    expected = going_out(portal, FEEDS[path], hvd=path.startswith("/hvd"))
    assert expected
    assert set(datasets(whole(f"{feed}.{ending}?rows=4", ending))) == set(expected)


def test_accents_are_read_by_who_follows_the_defaults_of_http(portal):
    expected = set(going_out(portal).values())
    for ending in ("ttl", "nt"):
        text = {str(one) for one in whole(f"{portal.url}/catalog.{ending}").objects()}
        assert expected <= text


def test_head_says_the_same_without_the_body(feed):
    asked, headed = get(f"{feed}.ttl"), requests.head(f"{feed}.ttl", timeout=60)
    assert headed.status_code == 200
    assert headed.content == b""
    for name in ("Content-Type", "ETag", "Last-Modified", "Link", "Access-Control-Allow-Origin"):
        assert headed.headers.get(name) == asked.headers.get(name), name


def test_what_did_not_change_is_not_sent_again(feed):
    first = get(f"{feed}.ttl")
    for headers in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
        {"If-None-Match": f'"autre", W/{first.headers["ETag"].removeprefix("W/")}'},
    ):
        again = get(f"{feed}.ttl", **headers)
        assert again.status_code == 304, headers
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]
    assert parsedate_to_datetime(first.headers["Last-Modified"]).timestamp() <= time.time() + 1


def test_what_changed_is_sent_again(portal, dataset):
    made = dataset("change-pendant-la-nuit", "Avant")
    address = f"{portal.url}/organization/viriat/catalog.ttl"
    first = get(address)
    assert "Avant" in first.text
    portal.api("exploitant").action.package_patch(id=made["id"], title="Après l’été")
    again = get(address, **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "Après l’été" in again.text
    assert again.headers["ETag"] != first.headers["ETag"]


def test_it_is_compressed_for_who_can_read_it(feed):
    request = urllib.request.Request(f"{feed}.ttl", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["Vary"]
        packed = answer.read()
    plain = get(f"{feed}.ttl", **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 2


def test_the_link_header_leads_where_hydra_leads(portal):
    address: str | None = f"{portal.url}/catalog.ttl?rows=4"
    seen: list[str] = []
    while address:
        answer = get(address)
        seen += datasets(graph(answer))
        address = answer.links.get("next", {}).get("url")
    assert sorted(seen) == sorted(going_out(portal))


def test_one_dataset_alone_in_every_format(portal):
    id_, title = next(iter(going_out(portal).items()))
    for ending in ENDINGS:
        answer = get(f"{portal.url}/dataset/{id_}.{ending}")
        assert answer.headers["Content-Type"] == CONTENT_TYPES[ending]
        page = graph(answer, ending)
        assert datasets(page) == [id_]
        assert title in {str(one) for one in page.objects()}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/catalog.foo", 404), ('/catalog.ttl?q="', 400), ("/catalog.ttl?page=-1", 400), ("/catalog.ttl?page=x", 400),
        ("/catalog.ttl?page=99999999999999999999", 400), ("/catalog.ttl?rows=0", 400), ("/catalog.ttl?rows=1e9", 400),
        ("/catalog.ttl?modified_since=hier", 400), ("/catalog.ttl?after=../etc/passwd", 400),
        ("/catalog.ttl?fq=state:deleted)", 400),
        ("/organization/inconnue/catalog.ttl", 404), ("/theme/inconnu/catalog.ttl", 404),
        ("/dataset/inconnu.ttl", 404), ("/hvd/catalog.foo", 404),
    ],
)  # fmt: skip
def test_a_wrong_address_gets_a_sentence(portal, path, status):
    answer = get(portal.url + path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert answer.text.strip()


@pytest.mark.parametrize("number", ["-1", "x", "0"])
def test_the_sentence_is_plain_french_text_that_names_the_parameter(portal, number):
    answer = get(f"{portal.url}/catalog.ttl?page={number}")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "« page »" in answer.text.replace("\xa0", " ")
    assert len(answer.text) < 300
