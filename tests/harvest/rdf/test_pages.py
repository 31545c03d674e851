"""Pages: all of them, in any way they are linked, and always an end."""

from __future__ import annotations

import time

import pytest
from attrs import evolve

from ckanext.ca3b.harvest.reading import read
from ckanext.ca3b.harvest.sources import Client, Source, SourceError, Validators
from tests.harvest.reading import LOOPBACK, PREFIXES, codes, read_site, site


def _page(number, link, total=""):
    return f"""{PREFIXES} <https://a.fr/c> a dcat:Catalog ; dcat:dataset <https://a.fr/d/{number}> .
        <https://a.fr/d/{number}> a dcat:Dataset ; dct:title "Jeu {number}" . {link} {total}"""


def _titles(reading):
    return [each.title for each in reading.datasets]


@pytest.mark.parametrize("link", [
    "<{site}/1> a hydra:PartialCollectionView ; hydra:next <{site}/2> .",
    '<{site}/1> a hydra:PartialCollectionView ; hydra:next "{site}/2" .',
    "<{site}/1> a hydra:PagedCollection ; hydra:nextPage <{site}/2> ; hydra:lastPage <{site}/2> .",
    '<{site}/1> a hydra:PagedCollection ; hydra:nextPage "{site}/2"^^xsd:anyURI .',
    "<https://a.fr/c> hydra:view [ a hydra:PartialCollectionView ; hydra:next </2> ] .",
    '[] a hydra:PagedCollection ; hydra:nextPage "/2" .',
])  # fmt: skip
def test_hydra_in_all_its_spellings(link):
    with site({"/1": _page(1, link), "/2": _page(2, "")}) as address:
        reading = read_site(f"{address}/1")
    assert _titles(reading) == ["Jeu 1", "Jeu 2"]
    assert (reading.pages, reading.complete) == (2, True)


def test_a_link_header_is_followed():
    first = (200, {"Link": '</2>; rel="next", </1>; rel="first"'}, _page(1, ""))
    with site({"/1": first, "/2": _page(2, "")}) as address:
        assert _titles(read_site(f"{address}/1")) == ["Jeu 1", "Jeu 2"]


def test_addresses_that_count_are_counted_on():
    def page(*numbers):
        return PREFIXES + "".join(f'<https://a.fr/d/{n}> a dcat:Dataset ; dct:title "Jeu {n}" .' for n in numbers)

    pages = {"/dcat?rows=2": page(1, 2), "/dcat?rows=2&start=2": page(3, 4), "/dcat?rows=2&start=4": page(5)}
    with site(pages) as address:
        reading = read_site(f"{address}/dcat?rows=2")
    assert _titles(reading) == [f"Jeu {n}" for n in range(1, 6)]


def test_a_page_that_is_its_own_next_one_ends():
    with site({"/1": _page(1, "[] hydra:next <{site}/1> .")}) as address:
        reading = read_site(f"{address}/1")
    assert _titles(reading) == ["Jeu 1"]


def test_pages_that_turn_round_end():
    with site({
        "/a": _page(1, "[] hydra:next <{site}/b> ."), "/b": _page(2, "[] hydra:next <{site}/c> ."),
        "/c": _page(3, "[] hydra:next <{site}/b> ."),
    }) as address:  # fmt: skip
        reading = read_site(f"{address}/a")
    assert _titles(reading) == ["Jeu 1", "Jeu 2", "Jeu 3"]
    assert "truncated" in codes(reading)


def test_pages_of_other_names_that_say_the_same_end():
    same = _page(1, "[] hydra:next <{site}/x?n=1>, <{site}/x?n=2> .")
    with site({"/x": same, "/x?n=1": same, "/x?n=2": same}) as address:
        assert _titles(read_site(f"{address}/x")) == ["Jeu 1"]


def test_a_second_page_that_fails_keeps_the_first_and_says_so():
    with site({"/1": _page(1, "[] hydra:next <{site}/2> ."), "/2": (500, {}, "")}) as address:
        reading = read_site(f"{address}/1")
    assert _titles(reading) == ["Jeu 1"]
    assert not reading.complete
    assert any("500" in problem.message for problem in reading.problems)


def test_a_second_page_that_is_no_rdf_keeps_the_first():
    with site({"/1": _page(1, "[] hydra:next <{site}/2> ."), "/2": "<html>Oups</html>"}) as address:
        reading = read_site(f"{address}/1")
    assert (_titles(reading), reading.complete) == (["Jeu 1"], False)


def test_a_dataset_that_moved_from_a_page_to_the_next_is_there_once():
    moved = '<https://a.fr/d/1> a dcat:Dataset ; dct:title "Jeu 1" .'
    with site({"/1": _page(1, "[] hydra:next <{site}/2> ."), "/2": _page(2, moved)}) as address:
        assert _titles(read_site(f"{address}/1")) == ["Jeu 1", "Jeu 2"]


def test_a_catalogue_that_announces_more_than_it_gives_is_not_complete():
    total = "<https://a.fr/c> hydra:totalItems 40 ."
    with site({"/1": _page(1, "", total)}) as address:
        reading = read_site(f"{address}/1")
    assert (len(reading.datasets), reading.complete) == (1, False)


def test_no_more_pages_are_read_than_allowed():
    pages = {f"/{n}": _page(n, f"[] hydra:next <{{site}}/{n + 1}> .") for n in range(1, 20)}
    with site(pages) as address:
        reading = read_site(f"{address}/1", evolve(LOOPBACK, pages=3))
    assert (len(reading.datasets), reading.complete) == (3, False)


def test_a_next_page_on_this_machine_is_not_asked():
    with site({"/1": _page(1, "[] hydra:next <file:///etc/passwd> .")}) as address:
        assert _titles(read_site(f"{address}/1")) == ["Jeu 1"]


def test_without_permission_the_loopback_is_refused():
    with site({"/1": _page(1, "")}) as address, pytest.raises(SourceError) as refused:
        read_site(f"{address}/1", evolve(LOOPBACK, private=False))
    assert refused.value.code == "private"


def test_an_unchanged_catalogue_is_known_by_its_etag():
    with site({"/1": (200, {"ETag": '"v1"'}, _page(1, ""))}) as address:
        client = Client(LOOPBACK)
        read(client, Source.at(f"{address}/1"))
        again = read(Client(LOOPBACK, known=client.validators), Source.at(f"{address}/1"))
    assert client.validators[f"{address}/1"] == Validators(etag='"v1"')
    assert again.unchanged


def test_the_site_is_given_time_between_two_pages():
    with site({"/1": _page(1, "[] hydra:next <{site}/2> ."), "/2": _page(2, "")}) as address:
        begun = time.monotonic()
        read_site(f"{address}/1", evolve(LOOPBACK, delay=0.3))
    assert time.monotonic() - begun >= 0.3


def test_the_pages_of_a_catalogue_service_that_gives_dcat_are_all_read():
    def page(number, following):
        return (200, {"Content-Type": "application/xml"}, f"""<?xml version="1.0"?>
<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">
<csw:SearchResults numberOfRecordsMatched="2" numberOfRecordsReturned="1" nextRecord="{following}">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"
 xmlns:dct="http://purl.org/dc/terms/">
<dcat:Dataset rdf:about="https://a.fr/d/{number}"><dct:title>Jeu {number}</dct:title>
<dcat:theme rdf:resource="https://a.fr/t/1">Nature</dcat:theme></dcat:Dataset></rdf:RDF>
</csw:SearchResults></csw:GetRecordsResponse>""")  # fmt: skip

    asked = "/csw?request=GetRecords&outputSchema=dcat"
    with site({asked: page(1, 2), f"{asked}&startPosition=2": page(2, 0)}) as address:
        reading = read_site(f"{address}{asked}")
    assert _titles(reading) == ["Jeu 1", "Jeu 2"]
    assert "Nature" in str(reading.datasets[0].raw)
