"""The points of a description are those that data.europa.eu gives."""

from __future__ import annotations

import pytest
from rdflib import DCAT, RDF, Literal, URIRef
from rdflib import DCTERMS as DCT

from ckanext.ca3b.dcat import quality
from ckanext.ca3b.dcat.quality import NO, OK, PARTIAL, UNKNOWN

from .graphs import ANSWERS, DATASET, DOWNLOAD, FILE, OTHER_FILE, PAGE, WHOLE, graph

EU = "http://publications.europa.eu/resource/authority"


def states(found: quality.Score) -> dict[str, str]:
    return {one.code: one.state for one in found.metrics}


def test_the_points_of_each_dimension_are_those_of_the_method():
    found = {code: sum(one.points for one in many) for code, _, many in quality.catalogue().dimensions}
    assert found == {
        "findability": 100,
        "accessibility": 100,
        "interoperability": 110,
        "reusability": 75,
        "contextuality": 20,
    }


@pytest.mark.parametrize(
    ("points", "rating"),
    [(405, "excellent"), (351, "excellent"), (350, "good"), (221, "good"), (220, "sufficient"), (121, "sufficient"),
     (120, "bad"), (0, "bad")],
)  # fmt: skip
def test_the_ratings_have_the_limits_of_the_method(points, rating):
    assert quality.catalogue().rating(points).code == rating


def test_a_whole_description_has_all_the_points():
    found = quality.score(graph(WHOLE), DATASET, reachable=ANSWERS)
    assert (found.points, found.maximum, found.unknown, found.rating.code) == (405, 405, 0, "excellent")
    assert not any(one.advice for one in found.metrics)


def test_a_description_of_nothing_has_no_point_and_says_what_to_do():
    found = quality.score(graph(), DATASET)
    assert found.points == 0
    assert all(one.advice for one in found.metrics if one.state == NO)


# What is taken away, from the dataset or from its file, and the metrics that lose their points.
@pytest.mark.parametrize(
    ("subject", "predicate", "lost"),
    [
        (DATASET, DCAT.keyword, {"keyword"}),
        (DATASET, DCAT.theme, {"category"}),
        (DATASET, DCT.spatial, {"spatial"}),
        (DATASET, DCT.temporal, {"temporal"}),
        (FILE, DCAT.downloadURL, {"download_url", "download_url_reachable"}),
        (FILE, DCAT.accessURL, {"access_url_reachable", "dcat_ap"}),
        (FILE, DCAT.mediaType, {"media_type"}),
        (FILE, DCT["format"], {"format"}),
        (DATASET, DCT.title, {"dcat_ap"}),
        (DATASET, DCT.description, {"dcat_ap"}),
        (FILE, DCT.license, {"licence", "known_licence"}),
        (DATASET, DCT.accessRights, {"access_rights", "access_rights_vocabulary"}),
        (DATASET, DCAT.contactPoint, {"contact"}),
        (DATASET, DCT.publisher, {"publisher"}),
        (FILE, DCT.rights, {"rights"}),
        (FILE, DCAT.byteSize, {"byte_size"}),
        (DATASET, DCT.issued, {"issued"}),
        (DATASET, DCT.modified, {"modified"}),
    ],
)
def test_what_lacks_costs_its_points_and_no_others(subject, predicate, lost):
    given = graph(WHOLE)
    given.remove((subject, predicate, None))
    found = quality.score(given, DATASET, reachable=ANSWERS)
    assert {one.code for one in found.metrics if one.state != OK} == lost
    definitions = quality.catalogue().definitions()
    assert found.points == 405 - sum(definitions[code].points for code in lost)
    assert all(one.advice for one in found.metrics if one.code in lost)


@pytest.mark.parametrize(
    ("code", "lost"),
    [
        ("XLSX", {"non_proprietary"}),
        ("PDF", {"machine_readable", "non_proprietary"}),
        ("ODS", set()),
    ],
)
def test_the_format_tells_whether_it_is_open_and_read_by_programs(code, lost):
    given = graph(WHOLE)
    given.remove((FILE, DCAT.mediaType, None))
    given.set((FILE, DCT["format"], URIRef(f"{EU}/file-type/{code}")))
    found = quality.score(given, DATASET, reachable=ANSWERS)
    assert {one.code for one in found.metrics if one.state != OK} == lost | {"media_type"}


def test_words_of_no_list_are_there_but_not_known():
    given = graph(WHOLE)
    given.remove((FILE, DCAT.mediaType, None))
    given.set((FILE, DCT["format"], Literal("à ma façon")))
    given.set((FILE, DCT.license, URIRef("https://exemple.fr/ma-licence")))
    given.set((DATASET, DCT.accessRights, URIRef("https://exemple.fr/presque-public")))
    found = states(quality.score(given, DATASET, reachable=ANSWERS))
    assert {code for code in ("format", "licence", "access_rights") if found[code] == OK} == {
        "format", "licence", "access_rights",
    }  # fmt: skip
    assert found["format_vocabulary"] == found["known_licence"] == found["access_rights_vocabulary"] == NO


def test_an_empty_text_says_nothing():
    given = graph(WHOLE)
    given.set((DATASET, DCAT.keyword, Literal("  ")))
    assert states(quality.score(given, DATASET, reachable=ANSWERS))["keyword"] == NO


@pytest.mark.parametrize(
    ("status", "state"), [(200, OK), (204, OK), (299, OK), (301, NO), (404, NO), (0, NO), (None, UNKNOWN)]
)
def test_an_address_answers_by_a_status_of_success(status, state):
    found = quality.score(graph(WHOLE), DATASET, reachable={PAGE: 200, DOWNLOAD: status})
    assert states(found)["download_url_reachable"] == state


def test_what_nobody_asked_is_unknown_and_has_no_points():
    found = quality.score(graph(WHOLE), DATASET)
    assert (found.points, found.unknown) == (325, 80)
    assert {code for code, state in states(found).items() if state == UNKNOWN} == {
        "access_url_reachable",
        "download_url_reachable",
    }


def test_of_several_files_the_best_one_counts_for_all_the_metrics_together():
    """« Identical content with several distributions »: what two files have between them is not added up."""
    given = graph(WHOLE)
    given.remove((FILE, DCAT.byteSize, None))
    given.add((DATASET, DCAT.distribution, OTHER_FILE))
    given.add((OTHER_FILE, RDF.type, DCAT.Distribution))
    given.add((OTHER_FILE, DCAT.accessURL, URIRef(PAGE)))
    given.add((OTHER_FILE, DCAT.byteSize, Literal(12)))
    found = quality.score(given, DATASET, reachable=ANSWERS)
    by_code = {one.code: one for one in found.metrics}
    assert found.points == 400
    assert by_code["byte_size"].state == NO
    assert by_code["format"].state == PARTIAL
    assert by_code["format"].points == 20
    assert by_code["format"].lacking == (str(OTHER_FILE),)
    assert by_code["format"].advice


def test_the_date_of_the_dataset_or_of_its_best_file_is_enough():
    given = graph(WHOLE)
    given.remove((DATASET, DCT.issued, None))
    given.add((FILE, DCT.issued, Literal("2025-01-01")))
    assert states(quality.score(given, DATASET))["issued"] == OK


def test_dcat_ap_says_what_is_wrong():
    given = graph(WHOLE)
    given.add((DATASET, DCT.publisher, Literal("La mairie")))
    given.add((FILE, DCT.license, URIRef("https://exemple.fr/autre-licence")))
    found = quality.score(given, DATASET)
    (metric,) = (one for one in found.metrics if one.code == "dcat_ap")
    assert metric.state == NO
    assert "dct:publisher" in metric.advice
    assert "dct:license" in metric.advice


def test_a_score_that_was_kept_is_the_same_when_read():
    given = graph(WHOLE)
    given.remove((DATASET, DCT.title, None))
    measured = quality.measure(given, DATASET)
    assert quality.unpack(quality.pack(measured)) == measured


@pytest.mark.parametrize("kept", [None, {}, {"version": 0}, "text", []])
def test_what_another_version_kept_is_measured_again(kept):
    assert quality.unpack(kept) is None
