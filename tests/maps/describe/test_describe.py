"""What is proposed for a layer: attributes told as they are, a colour that means something, nobody listed."""

from __future__ import annotations

import datetime as dt
import json
import re

import numpy as np
import polars as pl
import pyarrow as pa
import pyogrio
import pytest
import shapely

from ckanext.ca3b.maps.describe import describe_layer
from ckanext.ca3b.maps.describe.breaks import equal, quantiles
from ckanext.ca3b.maps.describe.icons import icon_of, icons
from ckanext.ca3b.maps.describe.layer import describe_frames
from ckanext.ca3b.maps.describe.words import label


def described(columns, *, name="couche", kinds=("Point",), size=None):
    frame = pl.DataFrame(columns)
    step = size or frame.height
    frames = [frame[start : start + step] for start in range(0, frame.height, step)]
    layer = describe_frames(frames, name=name, geometry_types=kinds)
    # The description goes to a JSON document as it is.
    return json.loads(json.dumps({each["name"]: each for each in layer.attributes})), layer


def test_attributes_have_type_counts_bounds_and_categories():
    columns = {
        "nature": ["chêne", "platane", "chêne", None, "chêne", " "],
        "hauteur": [1.5, 2.5, float("nan"), 4.0, None, 9.0],
        "plante_le": [dt.date(2020, 1, 1), dt.date(2021, 5, 2), None, None, None, dt.date(2019, 3, 3)],
        "pmr": [True, False, None, True, True, True],
        "lien": ["https://a.fr/1", "https://a.fr/2", None, None, None, None],
    }
    told, _ = described(columns, size=4)
    assert told["nature"]["type"] == "text"
    assert (told["nature"]["filled"], told["nature"]["distinct"]) == (4, 2)
    assert told["nature"]["categories"] == [{"value": "chêne", "count": 3}, {"value": "platane", "count": 1}]
    assert (told["hauteur"]["filled"], told["hauteur"]["min"], told["hauteur"]["max"]) == (4, 1.5, 9.0)
    assert (told["plante_le"]["type"], told["plante_le"]["min"]) == ("date", "2019-03-03")
    assert told["pmr"]["categories"][0] == {"value": True, "count": 4}
    assert told["lien"]["type"] == "url"
    assert "categories" not in told["lien"]


def test_a_batch_more_or_less_changes_nothing():
    random = np.random.default_rng(3)
    columns = {"type": random.choice(["a", "b", "c"], 5000), "surface": random.gamma(2, 10, 5000)}
    assert described(columns)[0] == described(columns, size=700)[0]


def test_a_long_column_is_told_by_estimates_that_say_so():
    random = np.random.default_rng(5)
    values = random.lognormal(3, 1, 300_000)
    told, _ = described({"surface": values, "cle": [f"k{i}" for i in range(300_000)]}, size=65_536)
    assert told["surface"]["quantiles_exact"] is False
    for bound, share in zip(told["surface"]["quantiles"]["5"], (0.2, 0.4, 0.6, 0.8), strict=True):
        assert (values < bound).mean() == pytest.approx(share, abs=0.02)
    assert told["cle"]["distinct_exact"] is False
    assert told["cle"]["distinct"] == pytest.approx(300_000, rel=0.05)


def test_values_that_could_be_people_are_never_listed():
    people = ["Jean Dupont", "Marie Durand", "Paul Martin"] * 20
    told, _ = described({"nom": people, "suivi_par": people, "contact": ["accueil"] * 60, "type": ["a", "b"] * 30})
    assert "categories" not in told["nom"]
    assert "categories" not in told["suivi_par"]
    assert "categories" not in told["contact"]
    assert "categories" in told["type"]


def test_what_is_no_short_list_is_not_listed_and_a_list_stops_at_twenty():
    random = np.random.default_rng(1)
    told, _ = described(
        {
            "remarque": [f"texte {i}" for i in range(400)],
            "usage": random.choice([f"usage {i}" for i in range(30)], 400),
            "code_insee": ["01053", "01451"] * 200,
            "libre": [f"unique {i // 2}" for i in range(400)],
        }
    )
    assert "categories" not in told["remarque"]
    assert "categories" not in told["libre"]
    assert len(told["usage"]["categories"]) == 20
    assert told["usage"]["distinct"] == 30


@pytest.mark.parametrize(
    ("kinds", "attribute", "kind"), [(("Polygon",), "population", "classes"), (("Point",), "type", "categories")]
)
def test_the_colour_is_a_measure_for_areas_and_a_category_for_points(kinds, attribute, kind):
    random = np.random.default_rng(2)
    columns = {
        "objectid": range(100),
        "code_insee": [f"01{i:03d}" for i in range(100)],
        "annee": [2020 + i % 3 for i in range(100)],
        "shape_area": random.random(100),
        "type": random.choice(["a", "b", "c"], 100),
        "population": random.integers(100, 9000, 100),
        "nom": [f"Lieu {i}" for i in range(100)],
    }
    _, layer = described(columns, kinds=kinds)
    assert (layer.style["attribute"], layer.style["kind"]) == (attribute, kind)
    assert layer.title == "nom"


def test_keys_coordinates_and_years_colour_nothing():
    columns = {
        "id": range(50),
        "num_parcelle": range(50),
        "x": np.linspace(8e5, 9e5, 50),
        "annee": range(1970, 2020),
        "cp": [1000 + i for i in range(50)],
    }
    _, layer = described(columns)
    assert layer.style["attribute"] is None
    assert layer.style["kind"] == "single"
    assert layer.title is None


def test_colours_that_the_file_gives_are_named():
    colours = {"route_text_color": ["#ffffff", "#000000"], "route_color": ["#e30613", None]}
    assert described(colours, kinds=("LineString",))[1].style["color_attribute"] == "route_color"
    assert described({"couleur": ["rouge", "#e30613"]})[1].style["color_attribute"] is None


def test_three_areas_are_worth_comparing():
    _, layer = described({"commune": ["A", "B", "C"], "population": [10, 20, 30]}, kinds=("Polygon",))
    assert (layer.style["attribute"], layer.style["kind"]) == ("population", "classes")


def test_a_person_is_no_title():
    columns = {"nom": ["Dupont", "Durand"], "prenom": ["Jean", "Marie"], "etablissement": ["École A", "École B"]}
    assert described(columns)[1].title == "etablissement"


@pytest.mark.parametrize(
    ("name", "icon"),
    [
        ("defibrillateurs-2024", "defibrillator"),
        ("Toilettes_publiques", "toilet"),
        ("ArretsDeBus", "bus"),
        ("bornes de recharge (IRVE)", "charging-station"),
        ("points d’eau incendie", "fire-hydrant"),
        ("Patrimoine arboré", "tree"),
        ("medias", None),
        ("donnees", None),
    ],
)
def test_the_name_of_a_layer_calls_its_icon(name, icon):
    assert icon_of(name) == icon


def test_the_values_call_the_icon_when_most_agree():
    assert described({"equipement": ["Bibliothèque", "Médiathèque", "Salle"]})[1].style["icon"] == "library"
    assert described({"equipement": ["Bibliothèque", "Mairie", "Salle"]})[1].style["icon"] is None
    assert described({"equipement": ["Mairie"] * 3}, kinds=("Polygon",))[1].style["icon"] is None


def test_every_icon_has_a_french_label_and_a_drawing():
    for code, icon in icons().items():
        assert icon.label, code
        assert re.fullmatch(r"[Mm][MmLlHhVvCcSsQqTtAaZz0-9eE., +-]*", icon.path), code
        assert all(word == word.lower() for word in icon.words), code


def test_bounds_rise_inside_the_values_even_when_many_are_alike():
    alike = np.array([0.0] * 90 + list(range(1, 11)))
    for bounds in quantiles(alike).values():
        assert bounds == sorted(set(bounds))
    assert equal(0, 10)["4"] == [2.5, 5, 7.5]
    assert quantiles(np.array([3.0, 3.0])) == {}
    assert equal(3, 3) == {}
    tiny = quantiles(np.linspace(1e-9, 9e-9, 50))["4"]
    assert len(tiny) == 3


def test_labels_are_french_words():
    assert label("NB_PLACES") == "Nb places"
    assert label("annee") == "Année"
    assert label("nomUsuel") == "Nom usuel"
    assert label("Nom usuel du site") == "Nom usuel du site"


def test_a_layer_is_described_from_its_store(tmp_path):
    store = tmp_path / "0.gpkg"
    points = shapely.to_wkb(shapely.points(np.linspace(5, 6, 40), 46.0))
    table = pa.table({"geom": points, "type": ["a", "b"] * 20, "hauteur": np.linspace(1, 9, 40), "ouvert": [True] * 40})
    pyogrio.write_arrow(
        table, store, layer="features", driver="GPKG", geometry_name="geom", geometry_type="Point", crs="EPSG:4326"
    )
    layer = describe_layer(store, name="arbres", geometry_types=["Point"], features=40)
    assert [each["name"] for each in layer.attributes] == ["type", "hauteur", "ouvert"]
    assert [each["type"] for each in layer.attributes] == ["text", "number", "boolean"]
    assert layer.style == {
        "attribute": "type",
        "kind": "categories",
        "classes": 5,
        "color_attribute": None,
        "icon": "tree",
        "icon_label": "Arbre",
        "icon_path": icons()["tree"].path,
    }
