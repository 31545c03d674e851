"""Who the members of an EPCI are."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest

from ckanext.ca3b.territory.core import Territory, UnknownEpciError, all_epcis, read_epci
from ckanext.ca3b.territory.core.export import to_csv, to_geojson_text


@pytest.mark.parametrize(
    ("siren", "members", "name"),
    [
        ("200071751", 74, "Communauté d'agglomération du Bassin de Bourg-en-Bresse"),
        ("200071827", 38, "Communauté d'agglomération du Grand Angoulême"),
        ("247100290", 34, "Communauté urbaine Le Creusot Montceau-les-Mines"),
        ("245804406", 14, "Communauté d'agglomération de Nevers"),
        ("200046977", 58, "Métropole de Lyon"),
    ],
)
def test_an_epci_is_known_by_its_siren(siren, members, name):
    epci = read_epci(siren)
    assert epci.name == name
    assert len(epci.members) == members


def test_a_member_carries_its_codes_and_both_populations():
    bourg = next(commune for commune in read_epci("200071751").members if commune.insee_code == "01053")
    assert (bourg.name, bourg.siren, bourg.postal_codes) == ("Bourg-en-Bresse", "210100533", ("01000",))
    assert 40000 < bourg.municipal_population < bourg.total_population


def test_all_1255_epcis_are_there_and_no_commune_belongs_to_two():
    epcis = list(all_epcis())
    codes = [commune.insee_code for epci in epcis for commune in epci.members]
    assert len(epcis) == 1255
    assert len(codes) == len(set(codes)) == 34871


def test_slugs_are_unique_in_every_epci_and_acceptable_to_ckan():
    for epci in all_epcis():
        slugs = [epci.slug, *(commune.slug for commune in epci.members)]
        assert len(slugs) == len(set(slugs)), epci.name
        for slug in slugs:
            assert 2 <= len(slug) <= 100
            assert slug.replace("-", "").isalnum()
            assert slug.isascii()


def test_delegated_communes_are_not_members():
    # Étrez and Cras-sur-Reyssouze are delegated communes of Bresse Vallons.
    names = {commune.name for commune in read_epci("200071751").members}
    assert "Bresse Vallons" in names
    assert not names & {"Étrez", "Cras-sur-Reyssouze"}


@pytest.mark.parametrize("siren", ["999999999", "200071", "", "20007175x", '200071751"', "²00071751"])
def test_an_unknown_siren_says_what_to_write(siren):
    with pytest.raises(UnknownEpciError, match="neuf chiffres") as caught:
        read_epci(siren)
    assert siren in str(caught.value)


def test_a_siren_may_be_written_in_groups_of_three():
    assert read_epci("200 071 751") == read_epci("200071751")


def test_the_csv_is_what_a_french_spreadsheet_opens():
    rows = list(csv.reader(io.StringIO(to_csv(Territory.open("200071827"))), delimiter=";"))
    assert rows[0] == ["code_insee", "nom", "siren", "codes_postaux", "population_municipale", "population_totale"]
    assert len(rows) == 1 + 38
    assert ["16015", "Angoulême"] in [row[:2] for row in rows]


def test_the_geojson_has_one_feature_for_each_member_drawn_or_not():
    drawn = json.loads(to_geojson_text(Territory.open("200071751")))["features"]
    undrawn = json.loads(to_geojson_text(Territory.open("245804406")))["features"]
    assert len(drawn) == 74
    assert all(feature["geometry"]["type"] in ("Polygon", "MultiPolygon") for feature in drawn)
    assert [feature["geometry"] for feature in undrawn] == [None] * 14


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "ckanext.ca3b.territory", *arguments], capture_output=True, text=True, check=False
    )


def test_the_command_shows_exports_and_refuses():
    shown = run("show", "247100290", "--format", "json")
    assert shown.returncode == 0
    assert len(json.loads(shown.stdout)["communes"]) == 34
    refused = run("export", "000000000")
    assert refused.returncode == 2
    assert "neuf chiffres" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_agglomeration_goes_by_its_usual_name_when_the_package_knows_it():
    known = read_epci("200071751")
    assert known.usual_name == "Grand Bourg Agglomération"
    assert known.slug == "grand-bourg-agglomeration"


def test_an_agglomeration_without_usual_name_goes_by_its_official_one():
    other = read_epci("247100290")
    assert other.usual_name == other.name
