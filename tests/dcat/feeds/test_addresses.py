"""What each address of the catalogue gives, and how it says no."""

from __future__ import annotations

import gzip
import re

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, RDF, Namespace

from ckanext.ca3b.dcat import graphs
from ckanext.ca3b.dcat.feeds import building, fragments, links, selection, triples, writing
from ckanext.ca3b.dcat.scope import Scope

from .conftest import described

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
ENVIRONMENT = "http://publications.europa.eu/resource/authority/data-theme/ENVI"
HVD = "http://data.europa.eu/bna/c_dd313021"


@pytest.fixture
def three(publish):
    """One of a theme, one of high value, one that is neither."""
    return [
        publish("Arbres", theme=[ENVIRONMENT]),
        publish("Crues", hvd_category=[HVD], license_id="lov2"),
        publish("Budget"),
    ]


def test_each_scope_has_its_datasets_in_every_format(read, three):
    green, high, other = (one["id"] for one in three)
    for ending in writing.FORMATS:
        assert described(read(f"/catalog.{ending}")) == {green, high, other}
        assert described(read(f"/organization/viriat/catalog.{ending}")) == {green, high, other}
        assert described(read(f"/organization/attignat/catalog.{ending}")) == set()
        assert described(read(f"/theme/environnement/catalog.{ending}")) == {green}
        assert described(read(f"/hvd/catalog.{ending}")) == {high}
        assert described(read(f"/dataset/{high}.{ending}")) == {high}
        assert described(read(f"/dataset/{three[1]['name']}.{ending}")) == {high}


def test_all_formats_say_the_same(read, three):
    for path in ("/catalog", f"/dataset/{three[0]['id']}"):
        found = {ending: _without_pages(read(f"{path}.{ending}")) for ending in writing.FORMATS}
        assert len(found["nt"]) > 20
        for ending, graph in found.items():
            assert triples.of_graph(graph, "same") == triples.of_graph(found["nt"], "same"), (path, ending)


def test_the_routes_of_ckanext_dcat_are_ours(app, three):
    adapter = app.flask_app.url_map.bind("test.ckan.net")
    for path in ("/catalog.ttl", "/catalog.foo", "/dataset/x.ttl", "/dataset_series/x.rdf"):
        assert adapter.match(path)[0].startswith("ca3b_feeds."), path
    # The page of a dataset stays CKAN's.
    assert adapter.match("/dataset/x")[0] == "dataset.read"


def test_pages_give_the_whole_once_and_in_order(app, read, publish):
    wanted = [publish(f"Jeu {rank}")["id"] for rank in range(7)]
    seen: list[str] = []
    url = "/catalog.ttl?rows=3"
    for _ in range(3):
        page = read(url)
        found = described(page)
        seen += sorted(found, key=wanted.index)
        (view,) = page.subjects(RDF.type, HYDRA.PartialCollectionView)
        following = page.value(view, HYDRA.next)
        linked = re.search(r'<([^>]+)>; rel="next"', app.get(url).headers["Link"])
        assert (linked[1] if linked else None) == (str(following) if following else None)
        assert following is None or isinstance(following, URIRef)
        url = str(following).replace("http://test.ckan.net", "") if following else ""
    assert url == ""
    assert seen == wanted
    assert described(read("/catalog.ttl?rows=all")) == set(wanted)


def test_clients_that_count_pages_get_them_and_are_led_on_by_places(read, publish):
    wanted = [publish(f"Jeu {rank}")["id"] for rank in range(5)]
    page = read("/catalog.ttl?rows=2&page=2")
    assert described(page) == set(wanted[2:4])
    following = page.value(None, HYDRA.nextPage) or next(page.objects(None, HYDRA.next))
    assert "after=" in str(following)
    assert described(read(str(following).replace("http://test.ckan.net", ""))) == {wanted[4]}
    assert described(read("/catalog.ttl?rows=2&page=9")) == set()


def test_what_did_not_change_is_answered_by_304(app, three):
    for path in ("/catalog.ttl", "/catalog.jsonld?rows=2", "/catalog.nt?rows=all", f"/dataset/{three[0]['id']}.rdf"):
        first = app.get(path)
        for name, header in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            again = app.get(path, headers={name: first.headers[header]})
            assert (again.status_code, again.get_data()) == (304, b""), (path, name)
            assert again.headers["ETag"] == first.headers["ETag"]
        assert app.get(path, headers={"If-None-Match": '"autre"'}).status_code == 200


def test_a_page_that_changed_within_the_second_is_sent_again(app, three, change, delete):
    dates = [app.get("/catalog.ttl").headers["Last-Modified"]]
    for touch in (lambda: change(three[0], title="Arbres remarquables"), lambda: delete(three[1])):
        touch()
        answer = app.get("/catalog.ttl", headers={"If-Modified-Since": dates[-1]})
        assert answer.status_code == 200
        dates.append(answer.headers["Last-Modified"])
    assert len(set(dates)) == 3


def test_head_says_what_get_says(app, three):
    for path in ("/catalog.ttl", "/catalog.rdf?rows=all", f"/dataset/{three[0]['id']}.nt"):
        got, told = app.get(path), app.test_client().head(path)
        assert told.get_data() == b""
        for name in ("ETag", "Last-Modified", "Content-Type", "Link", "Access-Control-Allow-Origin"):
            assert got.headers.get(name) == told.headers.get(name), (path, name)


def test_answers_travel_compressed_to_those_who_read_it(app, three):
    for path in ("/catalog.ttl", "/catalog.ttl?rows=all"):
        plain = app.get(path)
        packed = app.get(path, headers={"Accept-Encoding": "gzip"})
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.get_data()) == plain.get_data()


def test_anybody_may_ask_from_a_page_of_another_site(app, three):
    assert app.get("/catalog.ttl").headers["Access-Control-Allow-Origin"] == "*"
    assert app.get("/catalog.ttl?page=0", status=400).headers["Access-Control-Allow-Origin"] == "*"


def test_the_catalogue_without_ending_is_in_the_format_that_the_client_prefers(app, three):
    for accept, expected in (("application/ld+json", "application/ld+json"), ("*/*", "text/turtle")):
        answer = app.get("/catalog", headers={"Accept": accept})
        assert answer.headers["Content-Type"] == f"{expected}; charset=utf-8"
        assert "Accept" in answer.headers["Vary"].split(", ")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/catalog.foo", 404), ('/catalog.ttl?q="', 400), ("/catalog.ttl?q={!parser}x", 400),
        ("/catalog.ttl?page=-1", 400), ("/catalog.ttl?page=x", 400), ("/catalog.ttl?page=²", 400),
        ("/catalog.ttl?page=99999999999", 400), ("/catalog.ttl?rows=0", 400), ("/catalog.ttl?rows=100000", 400),
        ("/catalog.ttl?rows=all&page=2", 400), ("/catalog.ttl?modified_since=hier", 400),
        ("/catalog.ttl?modified_since=9999-12-31T23:59:59-23:00", 400), ("/catalog.ttl?after=", 400),
        ("/catalog.ttl?after=20269999T000000000000_x", 400), ("/catalog.ttl?after=x%00", 400),
        ("/organization/nulle-part/catalog.ttl", 404), ("/theme/nul/catalog.ttl", 404),
        ("/dataset/inconnu.ttl", 404), ("/dataset/inconnu.foo", 404), ("/hvd/catalog.foo", 404),
        ("/organization/a%00b/catalog.ttl", 404), ("/dataset/a%00b.ttl", 404), ("/catalog.ttl?q=%00", 400),
    ],
)  # fmt: skip
def test_a_wrong_address_is_told_in_a_sentence(app, commune, path, status):
    answer = app.get(path, status=status)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.get_data(as_text=True)
    assert re.fullmatch(r"[«A-ZÀ-Ý].{10,200}\.\n", text), text


def test_a_search_restricts_the_catalogue(read, three):
    assert described(read("/catalog.ttl?q=crues")) == {three[1]["id"]}
    assert described(read("/catalog.ttl?fq=title:budget")) == {three[2]["id"]}
    assert described(read("/catalog.ttl?q=introuvable")) == set()


def test_what_changed_since_a_moment(read, three, change):
    moment = change(three[0], title="Arbres remarquables")["metadata_modified"]
    read("/catalog.ttl")
    found = described(read(f"/catalog.ttl?modified_since={moment}"))
    assert three[0]["id"] in found
    assert described(read("/catalog.ttl?modified_since=2999-01-01")) == set()


def test_the_members_of_a_page_are_those_that_the_profile_names(three):
    ready = building.ensure(selection.window(selection.Wanted(), None, 10).datasets)
    pieces = fragments.pieces(ready, "nt").values()
    scope = Scope("organization", "viriat")
    written = Graph().parse(data=writing.NTRIPLES.piece(links.members(scope.uri, pieces)), format="nt")
    assert set(written) == {
        triple for one in pieces for triple in graphs.membership(scope, one.dataset_id, one.services)
    }
    assert len(list(written.objects(None, DCAT.dataset))) == 3


def _without_pages(graph: Graph) -> Graph:
    for node in list(graph.subjects(RDF.type, HYDRA.PartialCollectionView)):
        graph.remove((node, None, None))
        graph.remove((None, None, node))
    return graph
