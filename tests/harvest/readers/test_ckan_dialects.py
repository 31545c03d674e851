"""Fields that portals add to CKAN in their own way are read as those that they stand for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ckanext.ca3b.harvest.model import Description, Period
from tests.harvest.reading import read_text

ENVI = "http://publications.europa.eu/resource/authority/data-theme/ENVI"
FILE = {"id": "r1", "url": "https://a.fr/1.csv", "format": "CSV"}


def dataset(tmp_path: Path, **fields: Any) -> Description:
    """Return what is read of one dataset of these fields."""
    entry = {"id": "p1", "name": "jeu", "title": "Jeu", "metadata_modified": "2024-02-03T10:00:00", "state": "active",
             "resources": [FILE], **fields}  # fmt: skip
    answer = {"success": True, "result": {"count": 1, "results": [entry]}}
    (found,) = read_text(tmp_path, json.dumps(answer), "package_search.json").datasets
    return found


def test_extras_of_the_first_ckanext_dcat(tmp_path: Path) -> None:
    said = {"dcat_issued": "2012-05-10", "dcat_modified": "2013-06-11", "dcat_publisher_name": "Ville",
            "dcat_publisher_email": "a@b.fr", "language": "en,es"}  # fmt: skip
    found = dataset(tmp_path, extras=[{"key": key, "value": value} for key, value in said.items()])
    assert (found.issued, found.modified, found.language) == ("2012-05-10", "2013-06-11", ("en", "es"))
    assert (found.publisher.name, found.publisher.email) == ("Ville", "a@b.fr")


def test_a_portal_of_switzerland(tmp_path: Path) -> None:
    found = dataset(
        tmp_path,
        title={"de": "Bäume", "fr": "Arbres", "en": "", "it": ""},
        description={"de": "Alle.", "fr": "Tous.", "en": "", "it": ""},
        keywords={"de": ["baum"], "fr": ["arbre", "parc"], "en": [], "it": []},
        contact_points=[{"name": "Service", "email": "a@b.ch"}],
        temporals=[{"start_date": "2020-01-01", "end_date": "2021-01-01"}],
        accrual_periodicity="http://publications.europa.eu/resource/authority/frequency/DAILY",
        publisher=json.dumps({"name": "Canton", "url": "https://canton.ch"}),
        resources=[{**FILE, "media_type": "text/csv", "byte_size": 12, "title": {"de": "", "fr": "Table"}}],
    )
    assert (found.title, found.description, found.keywords) == ("Arbres", "Tous.", ("arbre", "parc"))
    assert (found.publisher.name, found.contact.name, found.contact.email) == ("Canton", "Service", "a@b.ch")
    assert found.temporal == (Period("2020-01-01", "2021-01-01"),)
    assert found.frequency.endswith("/DAILY")
    assert (found.resources[0].title, found.resources[0].media_type, found.resources[0].size) == (
        "Table",
        "text/csv",
        12,
    )


def test_keywords_by_language_without_any_in_french_are_all_kept(tmp_path: Path) -> None:
    assert dataset(tmp_path, keywords={"de": ["baum"], "en": ["tree"], "fr": []}).keywords == ("baum", "tree")


def test_a_portal_of_italy(tmp_path: Path) -> None:
    found = dataset(
        tmp_path,
        themes_aggregate=json.dumps([{"theme": "ENVI", "subthemes": []}]),
        theme=json.dumps([{"theme": "ENVI", "subthemes": []}]),
        conforms_to=json.dumps([{"identifier": "CONF1", "uri": "https://a.it/conf", "title": {"it": "Norma"}}]),
        temporal_coverage=json.dumps([{"temporal_start": "2019-01-01", "temporal_end": "2019-12-31"}]),
        geographical_geonames_url="http://www.geonames.org/3181913",
        frequency="ANNUAL",
        publisher_name="Comune",
        resources=[{**FILE, "license_type": "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40"}],
    )
    assert (found.themes, found.conforms_to) == ((ENVI,), ("https://a.it/conf",))
    assert found.temporal == (Period("2019-01-01", "2019-12-31"),)
    assert [place.uri for place in found.spatial] == ["http://www.geonames.org/3181913"]
    assert found.resources[0].license == "https://creativecommons.org/licenses/by/4.0/"
    assert (found.frequency.rsplit("/", 1)[-1], found.publisher.name) == ("ANNUAL", "Comune")


def test_periods_of_records_of_iso(tmp_path: Path) -> None:
    said = {"temporal_coverage-from": '["1982"]', "temporal_coverage-to": '["1986"]', "licence": "[]"}
    found = dataset(tmp_path, extras=[{"key": key, "value": value} for key, value in said.items()])
    assert (found.temporal, found.license) == ((Period("1982", "1986"),), "")


def test_dates_and_frequency_of_french_regions(tmp_path: Path) -> None:
    found = dataset(tmp_path, dataset_modification_date="2023-01-02", dataset_publication_date="2022-01-02",
                    update_frequency="annual")  # fmt: skip
    assert (found.modified, found.issued, found.frequency.rsplit("/", 1)[-1]) == ("2023-01-02", "2022-01-02", "ANNUAL")


def test_what_ckan_calls_so_comes_first(tmp_path: Path) -> None:
    found = dataset(tmp_path, notes="La nôtre.", description="L’autre.", tags=[{"name": "eau"}])
    assert (found.description, found.keywords) == ("La nôtre.", ("eau",))
    assert found.raw["description"] == "L’autre."
