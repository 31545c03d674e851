"""Tables that only name areas become polygons, wherever the agglomeration is."""

from __future__ import annotations

import json

import pytest
import shapely

from ckanext.ca3b.maps import MapError
from ckanext.ca3b.maps.__main__ import main
from ckanext.ca3b.maps.drivers import table
from ckanext.ca3b.territory.core import Territory

from .opening import open_with

BOURG = Territory.open("200071751")


def write(tmp_path, text):
    path = tmp_path / "communes.csv"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def nevers(tmp_path):
    """Outlines of an agglomeration that the package has none of: a square per commune, drawn for the test."""
    territory = Territory.open("245804406")
    features = [
        {
            "type": "Feature",
            "properties": {"INSEE_COM": code},
            "geometry": shapely.geometry.mapping(shapely.box(3 + i / 50, 47, 3.02 + i / 50, 47.02)),
        }
        for i, code in enumerate(territory.communes)
    ]
    path = tmp_path / "contours.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return territory, path


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("code_insee", ["01053", "01451"]),
        ("INSEE_COM", ["1053", "1451"]),
        ("codgeo", ["01053", "01451"]),
        ("commune", ["Bourg en Bresse", "VIRIAT"]),
        ("Nom de la commune", ["Mairie de Bourg-en-Bresse", "viriat"]),
        ("quoi", ["Bourg-en-Bresse", "Viriat"]),
    ],
)
def test_one_row_per_commune_is_its_outline_with_its_values(tmp_path, header, values):
    opened = open_with(table, write(tmp_path, f"{header};population\n{values[0]};42000\n{values[1]};6500\n"))
    assert opened.geometry[0].equals(BOURG.outlines["01053"])
    assert opened.geometry[1].equals(BOURG.outlines["01451"])
    assert [row["population"] for row in opened.rows] == [42000, 6500]
    assert opened.crs == "EPSG:4326"


def test_another_agglomeration_is_drawn_with_the_outlines_of_its_operator(tmp_path, nevers):
    territory, outlines = nevers
    lines = "".join(f"{commune.name};{i}\n" for i, commune in enumerate(territory.by_name))
    opened = open_with(table, write(tmp_path, f"commune;logements\n{lines}"), outlines=outlines)
    assert not shapely.is_missing(opened.geometry).any()
    assert opened.geometry[0].equals(Territory.open("245804406", outlines).outlines[territory.by_name[0].insee_code])


def test_the_command_draws_another_agglomeration(tmp_path, nevers, capsys):
    territory, outlines = nevers
    first, second = territory.by_name[:2]
    path = write(tmp_path, f"code_insee;logements\n{first.insee_code};12\n{second.insee_code};30\n")
    folder = tmp_path / "carte"
    asked = ["convert", str(path), "--output", str(folder), "--format", "json", "--outlines", str(outlines)]
    assert main(asked) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["features"], said["geometry_types"], said["driver"]) == (2, ["Polygon"], "CSV")
    (layer,) = json.loads((folder / "carte.json").read_text("utf-8"))["layers"]
    assert (layer["style"]["attribute"], layer["style"]["kind"]) == ("logements", "classes")


def test_several_rows_per_commune_are_counted_summed_and_averaged_and_it_is_said(tmp_path):
    rows = "01053;a;10;0,5\n01053;b;20;0,7\n01451;c;5;0,1\n"
    opened = open_with(table, write(tmp_path, f"code_insee;ecole;nb_eleves;taux_reussite\n{rows}"))
    by_code = {row["code"]: row for row in opened.rows}
    assert len(opened.rows) == 2
    assert by_code["01053"]["nom"] == "Bourg-en-Bresse"
    assert by_code["01053"]["nombre de lignes"] == 2
    assert by_code["01053"]["nb_eleves (somme)"] == 30
    assert by_code["01053"]["nb_eleves (moyenne)"] == 15
    assert by_code["01053"]["taux_reussite (moyenne)"] == pytest.approx(0.6)
    assert "taux_reussite (somme)" not in by_code["01053"]
    assert any("Plusieurs lignes ont le même lieu" in note for note in opened.notes)


def test_a_series_of_years_shows_the_latest(tmp_path):
    rows = "".join(f"{code};{year};{year - 2000}\n" for year in (2019, 2021, 2020) for code in ("01053", "01451"))
    opened = open_with(table, write(tmp_path, f"insee;annee;emplois\n{rows}"))
    assert [row["emplois"] for row in opened.rows] == [21, 21]
    assert any("« 2021 »" in note for note in opened.notes)


def test_rows_of_unknown_places_are_counted_and_named(tmp_path):
    opened = open_with(table, write(tmp_path, "code_insee;n\n01053;1\n01451;2\n75056;3\nXX;4\n;5\n"))
    assert list(shapely.is_missing(opened.geometry)) == [False, False, True, True, True]
    told = " ".join(opened.notes)
    assert "2 lignes ne sont pas sur la carte" in told
    assert "« 75056 »" in told
    assert "« XX »" in told
    assert "1 ligne n’est pas sur la carte" in told


def test_a_postal_code_is_all_the_communes_that_share_it(tmp_path):
    opened = open_with(table, write(tmp_path, "Code postal;n\n01340;1\n01000;2\n"))
    members = [code for code, commune in BOURG.communes.items() if "01340" in commune.postal_codes]
    assert len(members) > 1
    assert all(opened.geometry[0].buffer(1e-4).covers(BOURG.outlines[code]) for code in members)


def test_no_outline_is_invented_for_an_epci_whose_members_have_none(tmp_path):
    with pytest.raises(MapError) as refused:
        open_with(table, write(tmp_path, "siren_epci;n\n245804406;1\n243100518;2\n"))
    assert refused.value.code == "not_a_map"


def test_namesakes_are_told_apart_by_their_postal_code(tmp_path):
    # Saint-Just is in Ain, and in seven other départements.
    rows = "Saint-Just;34400;1\nSaint-Just;01250;2\nViriat;01440;3\nViriat;01440;4\n"
    opened = open_with(table, write(tmp_path, f"commune;code_postal;n\n{rows}"))
    by_name = {row["nom"]: row["nombre de lignes"] for row in opened.rows}
    assert by_name == {"Saint-Just": 1, "Viriat": 2}


def test_one_commune_for_all_rows_is_no_map(tmp_path):
    with pytest.raises(MapError) as refused:
        open_with(table, write(tmp_path, "code_insee;objet\n01053;a\n01053;b\n"))
    assert refused.value.code == "not_a_map"


def test_positions_are_preferred_to_outlines(tmp_path):
    opened = open_with(table, write(tmp_path, "code_insee;lat;lon\n01053;46.2;5.2\n01451;46.25;5.2\n"))
    assert {geometry.geom_type for geometry in opened.geometry} == {"Point"}
