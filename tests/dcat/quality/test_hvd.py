"""What regulation (EU) 2023/138 lacks in a high-value dataset, article by article."""

from __future__ import annotations

import pytest
from rdflib import DCAT, FOAF, SKOS, Literal, URIRef
from rdflib import DCTERMS as DCT

from ckanext.ca3b.dcat import quality
from ckanext.ca3b.dcat.quality.dcat_ap import DCATAP

from .graphs import DATASET, FILE, HVD, WHOLE, graph

API = URIRef("https://donnees.exemple.fr/api")
EU = "http://publications.europa.eu/resource/authority"


def codes(given) -> list[str]:
    return [one.code for one in quality.hvd_lacks(given, DATASET)]


def test_nothing_lacks_in_a_whole_one():
    assert codes(graph(WHOLE, HVD)) == []


def test_nothing_is_asked_of_other_datasets():
    given = graph(WHOLE)
    assert not quality.is_hvd(given, DATASET)
    assert codes(given) == []


@pytest.mark.parametrize(
    ("subject", "predicate", "lost"),
    [
        (DATASET, DCATAP.hvdCategory, ["category"]),
        (FILE, DCATAP.applicableLegislation, ["legislation"]),
        (API, DCATAP.applicableLegislation, ["legislation"]),
        (FILE, DCT.license, ["licence"]),
        (API, DCAT.servesDataset, ["api"]),
        (API, DCAT.endpointDescription, ["documentation"]),
        (API, FOAF.page, ["quality"]),
        (API, DCAT.contactPoint, ["contact"]),
        (FILE, DCAT.downloadURL, ["bulk"]),
    ],
)
def test_what_lacks_is_said_with_its_article(subject, predicate, lost):
    given = graph(WHOLE, HVD)
    given.remove((subject, predicate, None))
    found = quality.hvd_lacks(given, DATASET)
    assert [one.code for one in found] == lost
    assert all("article" in one.article and one.sentence for one in found)


@pytest.mark.parametrize(
    ("licence", "lacks"),
    [
        (f"{EU}/licence/CC_BY_4_0", []),
        (f"{EU}/licence/CC0", []),
        ("https://www.etalab.gouv.fr/licence-ouverte-open-licence", []),
        (f"{EU}/licence/ODC_BL", ["licence"]),
        (f"{EU}/licence/CC_BYSA_4_0", ["licence"]),
        ("https://exemple.fr/ma-licence", ["licence"]),
    ],
)
def test_the_licence_is_no_stricter_than_cc_by(licence, lacks):
    given = graph(WHOLE, HVD)
    given.set((FILE, DCT.license, URIRef(licence)))
    assert codes(given) == lacks


def test_a_licence_that_says_which_one_it_is_counts_as_that_one():
    given = graph(WHOLE, HVD)
    own = URIRef("https://exemple.fr/ma-licence")
    given.set((FILE, DCT.license, own))
    given.add((own, SKOS.exactMatch, URIRef(f"{EU}/licence/CC0")))
    assert codes(given) == []


def test_a_restricted_dataset_is_not_free_for_all():
    given = graph(WHOLE, HVD)
    given.set((DATASET, DCT.accessRights, URIRef(f"{EU}/access-right/RESTRICTED")))
    assert codes(given) == ["free"]


def test_a_picture_is_not_read_by_a_program():
    given = graph(WHOLE, HVD)
    given.remove((FILE, DCAT.mediaType, None))
    given.set((FILE, DCT["format"], Literal("JPEG")))
    assert codes(given) == ["machine_readable"]
