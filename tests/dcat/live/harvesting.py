"""What a harvester does: ask a page, read it as its headers say, follow the link to the next one."""

from __future__ import annotations

from collections.abc import Iterator

import rdflib
import requests
from rdflib.namespace import DCAT, RDF

from tests.served import Portal

HYDRA = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
ENDINGS = {"ttl": "turtle", "rdf": "xml", "xml": "xml", "jsonld": "json-ld", "nt": "nt"}


def get(address: str, **headers: str) -> requests.Response:
    """Ask an address; redirects are refused, as udata refuses them."""
    return requests.get(address, headers=headers, timeout=60, allow_redirects=False)


def graph(answer: requests.Response, ending: str = "ttl") -> rdflib.Graph:
    """Read an answer as text, as its headers say it is written: with no charset, HTTP's default makes it Latin-1."""
    assert answer.status_code == 200, (answer.url, answer.status_code, answer.text[:300])
    return rdflib.Graph().parse(data=answer.text, format=ENDINGS[ending])


def following(page: rdflib.Graph) -> str | None:
    """The next page, by hydra; an address, not a text that looks like one."""
    (view,) = page.subjects(RDF.type, HYDRA.PartialCollectionView)
    found = page.value(view, HYDRA.next)
    assert found is None or isinstance(found, rdflib.URIRef)
    return found and str(found)


def pages(address: str, ending: str = "ttl") -> Iterator[rdflib.Graph]:
    """Every page from an address on; each is asked when its turn comes."""
    following_one: str | None = address
    seen: set[str] = set()
    while following_one:
        assert following_one not in seen, "a page that leads to itself"
        seen.add(following_one)
        page = graph(get(following_one), ending)
        yield page
        following_one = following(page)


def datasets(page: rdflib.Graph) -> list[str]:
    """The ids of the datasets that a page describes."""
    return [str(one).rsplit("/", 1)[1] for one in page.subjects(RDF.type, DCAT.Dataset)]


def whole(address: str, ending: str = "ttl") -> rdflib.Graph:
    """All the pages of a catalogue in one graph."""
    found = rdflib.Graph()
    for page in pages(address, ending):
        found += page
    return found


def going_out(portal: Portal, fq: str = "", *, hvd: bool = False) -> dict[str, str]:
    """What must be in the catalogue, by id its title: published, and not with closed files alone."""
    found = portal.api().action.package_search(fq=fq, rows=1000)
    assert found["count"] <= 1000
    return {
        one["id"]: one["title"] for one in found["results"]
        if (one.get("hvd_category") or not hvd)
        and (not one["resources"] or not all(each.get("ca3b_closed") for each in one["resources"]))
    }  # fmt: skip
