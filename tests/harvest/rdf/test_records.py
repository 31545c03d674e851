"""Which datasets there are: each once, none lost, none that is only named."""

from __future__ import annotations

import json

from tests.harvest.reading import PREFIXES, codes, read_site, read_text, site


def _titles(reading):
    return [each.title for each in reading.datasets]


def test_a_dataset_that_a_service_only_names_is_none(tmp_path):
    reading = read_text(tmp_path, PREFIXES + """
        <https://a.fr/c> a dcat:Catalog ; dcat:dataset <https://a.fr/d/1> ; dcat:service <https://a.fr/s> .
        <https://a.fr/d/1> a dcat:Dataset ; dct:title "Eau" .
        <https://a.fr/s> a dcat:DataService ;
            dcat:servesDataset <https://a.fr/d/2>, [ a dcat:Dataset ; dct:title "Nom" ] .
        <https://a.fr/d/2> a dcat:Dataset .
    """)  # fmt: skip
    assert _titles(reading) == ["Eau"]
    assert not any("d/2" in problem.message for problem in reading.problems)


def test_a_dataset_that_is_named_and_described_is_one(tmp_path):
    reading = read_text(
        tmp_path,
        PREFIXES
        + """
        <https://a.fr/s> a dcat:DataService ; dcat:servesDataset <https://a.fr/d/2> .
        <https://a.fr/d/2> a dcat:Dataset ; dct:title "Eau" ; dcat:distribution [ dcat:accessURL <https://a.fr/x> ] .
    """,
    )
    assert _titles(reading) == ["Eau"]


def test_blank_node_datasets_keep_their_identity_from_one_night_to_the_next(tmp_path):
    text = (
        PREFIXES
        + """[] a dcat:Catalog ; dcat:dataset [ a dcat:Dataset ; dct:title "Eau" ;
        dcat:landingPage <https://a.fr/eau> ; dct:description "%s" ], [ a dcat:Dataset ; dct:title "Air" ] ."""
    )
    first, second = (read_text(tmp_path, text % version) for version in ("un", "deux"))
    assert [each.identifier for each in first.datasets] == [each.identifier for each in second.datasets]
    assert len({each.identifier for each in first.datasets}) == 2
    assert [one.content_hash == two.content_hash for one, two in zip(first.datasets, second.datasets, strict=True)] == [
        False, True,
    ]  # fmt: skip
    assert "missing-identifier" in codes(first)


def test_an_unchanged_catalogue_has_unchanged_hashes_wherever_it_is_read(tmp_path):
    text = PREFIXES + '<https://a.fr/d/1> a dcat:Dataset ; dct:title "Eau" ; dct:provenance [ rdfs:label "x" ] .'
    (one,), (two,) = (read_text(tmp_path, text, name).datasets for name in ("a.ttl", "b.ttl"))
    assert one.content_hash == two.content_hash


def test_two_datasets_of_one_identifier_are_told_apart(tmp_path):
    reading = read_text(tmp_path, PREFIXES + "".join(
        f'<https://a.fr/d/{n}> a dcat:Dataset ; dct:identifier "1" ; dct:title "{title}" .'
        for n, title in enumerate(("Eau", "Air", "Air"))
    ))  # fmt: skip
    assert _titles(reading) == ["Eau", "Air", "Air"]
    assert len({each.identifier for each in reading.datasets}) == 3
    assert "duplicate-identifier" in codes(reading)


def test_the_identifier_is_what_is_written_else_the_uri(tmp_path):
    reading = read_text(
        tmp_path,
        PREFIXES
        + """
        <https://a.fr/d/1> a dcat:Dataset ; dct:title "A" ; dct:identifier "id-1" .
        <https://a.fr/d/2> a dcat:Dataset ; dct:title "B" .
        <https://a.fr/d/3> a dcat:Dataset ; dct:title "C" ; dct:identifier <https://a.fr/id/3> .
        [] a dcat:Dataset ; dct:title "D" ; adms:identifier [ skos:notation "id-4" ] .
    """,
    )
    assert [each.identifier for each in reading.datasets] == ["id-1", "https://a.fr/d/2", "https://a.fr/id/3", "id-4"]


def test_a_dataset_without_title_does_not_cost_the_others(tmp_path):
    reading = read_text(
        tmp_path,
        PREFIXES
        + """
        <https://a.fr/d/1> a dcat:Dataset ; dct:description "Sans titre" .
        <https://a.fr/d/2> a dcat:Dataset ; dct:title "Eau" .
    """,
    )
    assert _titles(reading) == ["", "Eau"]
    assert "missing-title" in codes(reading)


def test_catalogues_of_catalogues_give_all_their_datasets_and_are_none(tmp_path):
    reading = read_text(
        tmp_path,
        PREFIXES
        + """
        <https://a.fr/c> a dcat:Catalog, dcat:Dataset ; dct:title "Tout" ; dct:hasPart <https://a.fr/c/1> ;
            dcat:catalog <https://a.fr/c/2> .
        <https://a.fr/c/1> a dcat:Catalog ; dct:title "Un" ; dcat:dataset <https://a.fr/d/1> .
        <https://a.fr/c/2> a dcat:Catalog ; dct:title "Deux" ; dcat:dataset <https://a.fr/d/2> .
        <https://a.fr/d/1> a dcat:Dataset ; dct:title "Eau" .
        <https://a.fr/d/2> a dcat:Dataset ; dct:title "Air" .
    """,
    )
    assert _titles(reading) == ["Eau", "Air"]
    assert [each.provenance["catalogue_title"] for each in reading.datasets] == ["Un", "Deux"]


def test_datasets_without_type_are_known_by_the_catalogue_that_lists_them(tmp_path):
    reading = read_text(
        tmp_path,
        PREFIXES
        + """
        <https://a.fr/c> a dcat:Catalog ; dcat:dataset <https://a.fr/d/1>, [ dct:title "Air" ] .
        <https://a.fr/d/1> dct:title "Eau" .
    """,
    )
    assert sorted(_titles(reading)) == ["Air", "Eau"]


def test_one_document_per_dataset_is_followed():
    with site({
        "/c": PREFIXES + "<{site}/c> a dcat:Catalog ; dcat:dataset <{site}/d/1>, <{site}/d/2>, <{site}/d/3> .",
        "/d/1": PREFIXES + '<{site}/d/1> a dcat:Dataset ; dct:title "Eau" .',
        "/d/2": (200, {"Content-Type": "application/ld+json"}, json.dumps(
            {"@context": {"@vocab": "http://www.w3.org/ns/dcat#", "title": "http://purl.org/dc/terms/title"},
             "@id": "{site}/d/2", "@type": "Dataset", "title": "Air"})),
        "/d/3": (200, {"Content-Type": "text/html"}, "<html><body>Une page</body></html>"),
    }) as address:  # fmt: skip
        reading = read_site(f"{address}/c")
    assert _titles(reading) == ["Eau", "Air"]
    (missing,) = [problem for problem in reading.problems if problem.code == "not-described"]
    assert missing.identifier == f"{address}/d/3"
    assert not reading.complete


def test_relative_addresses_are_those_of_the_site():
    with site({"/data/c.ttl": PREFIXES + """<d/1> a dcat:Dataset ; dct:title "Eau" ;
        dcat:distribution [ dcat:downloadURL </files/eau.csv> ] ."""}) as address:  # fmt: skip
        (found,) = read_site(f"{address}/data/c.ttl").datasets
    assert found.uri == f"{address}/data/d/1"
    assert found.resources[0].url == f"{address}/files/eau.csv"


def test_a_distribution_of_no_dataset_and_a_service_alone_are_told(tmp_path):
    reading = read_text(
        tmp_path,
        PREFIXES
        + """
        <https://a.fr/d/1> a dcat:Dataset ; dct:title "Eau" .
        <https://a.fr/f> a dcat:Distribution ; dct:title "Perdu" .
        <https://a.fr/s> a dcat:DataService ; dct:title "Service" ; dcat:endpointURL <https://a.fr/wms> .
    """,
    )
    assert {"stray-distribution", "service"} <= codes(reading)


def test_files_tied_by_another_property_are_files_and_it_is_told(tmp_path):
    reading = read_text(
        tmp_path,
        PREFIXES
        + """
        <https://a.fr/d/1> a dcat:Dataset ; dct:title "Eau" ; dct:hasPart <https://a.fr/f/1> .
        <https://a.fr/f/1> a dcat:Distribution ; dcat:accessURL <https://a.fr/eau.csv> .
        <https://a.fr/d/2> a dcat:Dataset ; dct:title "Air" .
        <https://a.fr/f/2> a dcat:Distribution ; dcat:accessURL <https://a.fr/a.csv> ; dct:isPartOf <https://a.fr/d/2> .
    """,
    )
    assert [[file.url for file in each.resources] for each in reading.datasets] == [
        ["https://a.fr/eau.csv"], ["https://a.fr/a.csv"],
    ]  # fmt: skip
    assert "tied-distribution" in codes(reading)
    assert "stray-distribution" not in codes(reading)


def test_old_and_wrong_namespaces_are_the_usual_ones(tmp_path):
    reading = read_text(
        tmp_path,
        """
        @prefix dcat: <http://vocab.deri.ie/dcat#> . @prefix d: <https://www.w3.org/ns/dcat#> .
        @prefix dc: <http://purl.org/dc/elements/1.1/> . @prefix s: <https://schema.org/> .
        <https://a.fr/d/1> a dcat:Dataset ; dc:title "Eau" ; d:keyword "eau" ; s:license "lov2" .
    """,
    )
    (found,) = reading.datasets
    assert (found.title, found.keywords) == ("Eau", ("eau",))
    assert found.license.startswith("https://www.etalab")


def test_a_series_is_no_dataset_but_its_members_know_it(tmp_path):
    reading = read_text(
        tmp_path,
        PREFIXES
        + """
        <https://a.fr/serie> a dcat:DatasetSeries ; dct:title "Budgets" .
        <https://a.fr/d/1> a dcat:Dataset ; dct:title "Budget 2024" ; dcat:inSeries <https://a.fr/serie> .
    """,
    )
    (found,) = reading.datasets
    assert "https://a.fr/serie" in str(found.raw)


def test_html_with_rdf_names_in_it_is_no_rdf(tmp_path):
    page = "<html><head><title>Le DCAT</title></head><body>dcat:Dataset rdf:RDF</body></html>"
    with site({"/": (200, {"Content-Type": "text/html"}, page)}) as address:
        try:
            reading = read_site(f"{address}/")
        except Exception as error:  # noqa: BLE001 - any sentence is as good
            assert str(error)  # noqa: PT017
        else:
            assert reading.kind != "rdf"
