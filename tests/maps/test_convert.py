"""The folder of a map: what is in it, small or large, whole or nothing; and the command that makes it."""

from __future__ import annotations

import json
import pathlib
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from ckanext.ca3b.maps.__main__ import main
from ckanext.ca3b.maps.convert import convert
from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.limits import Limits
from ckanext.ca3b.maps.small import MOST_BYTES, geojson, value_of
from ckanext.ca3b.maps.store import column_names

from . import making

if TYPE_CHECKING:
    from pathlib import Path


def square(x: float, y: float) -> dict[str, Any]:
    return shapely.geometry.mapping(shapely.box(x, y, x + 0.01, y + 0.01))


def test_the_card_says_what_the_file_is(tmp_path: Path) -> None:
    made = making.points(tmp_path / "lieux.gpkg", "GPKG", "EPSG:2154")
    found = convert(made, tmp_path / "carte", name="Équipements.gpkg")
    card = json.loads((tmp_path / "carte/carte.json").read_text("utf-8"))
    assert card["version"] == 1
    assert (card["driver"], card["crs"], card["crs_how"], card["features"]) == ("GPKG", "EPSG:2154", "file", 2)
    (layer,) = card["layers"]
    assert layer["data"] == {"type": "geojson", "file": "0.geojson"}
    assert (layer["sample"], layer["store"], layer["kind"]) == (None, "0.gpkg", "vector")
    assert [attribute["name"] for attribute in layer["attributes"]] == ["nom", "places", "prix"]
    assert sorted(path.name for path in (tmp_path / "carte").iterdir()) == sorted(found.output)


def test_the_store_is_in_degrees_with_an_index_and_the_rows_of_the_file(tmp_path: Path) -> None:
    rows = [(square(5, 46), {"fid": 7, "Nom": "a", "nom": "b"}), (None, {}), (square(5.1, 46), {"fid": 9})]
    convert(making.geojson(tmp_path / "a.geojson", rows), tmp_path / "carte")
    with closing(sqlite3.connect(tmp_path / "carte/0.gpkg")) as base:
        assert base.execute('SELECT fid, fid_2, "Nom", "nom_2" FROM features').fetchall() == [
            (1, 7, "a", "b"),
            (3, 9, None, None),
        ]
        assert base.execute("SELECT srs_id FROM gpkg_geometry_columns").fetchall() == [(4326,)]
        assert base.execute("SELECT count(*) FROM rtree_features_geom").fetchone() == (2,)


def test_invalid_polygons_are_mended_and_said(tmp_path: Path) -> None:
    bow = {"type": "Polygon", "coordinates": [[[5, 46], [5.1, 46.1], [5.1, 46], [5, 46.1], [5, 46]]]}
    flat = {"type": "Polygon", "coordinates": [[[5, 46], [5.1, 46], [5.2, 46], [5, 46]]]}
    made = making.geojson(tmp_path / "a.geojson", [(bow, {}), (flat, {}), (square(5, 46), {})])
    found = convert(made, tmp_path / "carte")
    drawn = json.loads((tmp_path / "carte/0.geojson").read_text("utf-8"))["features"]
    assert all(shapely.geometry.shape(one["geometry"]).is_valid for one in drawn)
    assert [one["geometry"]["type"] for one in drawn] == ["MultiPolygon", "Polygon"]
    assert found.skipped == {"invalid": 1}
    assert any("réparé" in sentence for sentence in found.warnings)


def test_a_layer_of_few_heavy_features_is_simplified_until_it_is_light(tmp_path: Path) -> None:
    turns = np.linspace(0, 2 * np.pi, 150_000)
    radius = 0.1 + 0.000_001 * np.random.default_rng(1).standard_normal(len(turns))
    coast = shapely.polygons(np.column_stack([5 + radius * np.cos(turns), 46 + radius * np.sin(turns)]))
    made = making.write(tmp_path / "a.fgb", "FlatGeobuf", [coast], {"n": [1]}, "EPSG:4326")
    convert(made, tmp_path / "carte")
    card = json.loads((tmp_path / "carte/carte.json").read_text("utf-8"))
    assert card["layers"][0]["data"]["type"] == "geojson"
    assert (tmp_path / "carte/0.geojson").stat().st_size < MOST_BYTES * 4


def test_a_large_layer_is_seen_before_it_is_read_to_its_end(tmp_path: Path) -> None:
    """A glimpse and its card come while reading; the whole comes as tiles, with a sample that stands for it."""
    count = 40_000
    axes = np.random.default_rng(2).uniform((5, 46), (5.5, 46.5), (count, 2))
    made = making.write(
        tmp_path / "a.fgb", "FlatGeobuf", list(shapely.points(axes)), {"n": list(range(count))}, "EPSG:4326"
    )
    heard: list[tuple[str, float]] = []
    glimpses: list[tuple[str, int, dict[str, Any]]] = []

    def hear(stage: str, share: float, files: list[str]) -> None:
        heard.append((stage, share))
        samples = [name for name in files if name.endswith("sample.geojson")]
        for name in samples:
            with open(name, encoding="utf-8") as stream, open(files[0], encoding="utf-8") as card:  # noqa: PTH123
                glimpses.append((stage, len(json.load(stream)["features"]), json.load(card)["layers"][0]["data"]))

    found = convert(made, tmp_path / "carte", progress=hear)
    assert found.features == count
    assert [stage for stage, _, _ in glimpses] == ["reading", "tiling"]
    assert all(0 < seen <= 2_000 for _, seen, _ in glimpses)
    assert glimpses[0][2] == {"type": "geojson", "file": "0.sample.geojson"}
    shares = [share for _, share in heard]
    assert shares == sorted(shares)
    assert (heard[0], heard[-1]) == (("opening", 0.0), ("done", 1.0))
    assert {"0.pmtiles", "0.sample.geojson", "0.gpkg", "carte.json"} == set(found.output)
    assert found.layers[0]["data"]["type"] == "pmtiles"


def test_the_folder_is_whole_or_untouched(tmp_path: Path) -> None:
    good = making.points(tmp_path / "a.gpkg", "GPKG", "EPSG:2154")
    convert(good, tmp_path / "carte")
    before = {path.name: path.read_bytes() for path in (tmp_path / "carte").iterdir()}
    (tmp_path / "b.geojson").write_text("nothing", "utf-8")
    with pytest.raises(MapError):
        convert(tmp_path / "b.geojson", tmp_path / "carte")

    class StopError(Exception):
        pass

    def stop(stage: str, share: float, files: list[str]) -> None:
        if stage == "describing":
            raise StopError

    with pytest.raises(StopError):
        convert(good, tmp_path / "carte", progress=stop)
    assert {path.name: path.read_bytes() for path in (tmp_path / "carte").iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.gpkg", "b.geojson", "carte"]


def test_a_layer_without_anything_to_draw_does_not_hide_the_others(tmp_path: Path) -> None:
    made = making.points(tmp_path / "a.gpkg", "GPKG", "EPSG:2154", layer="pleine")
    making.write(
        made, "GPKG", [shapely.Point(), shapely.Point()], {"n": [1, 2]}, "EPSG:2154", layer="vide", append=True
    )
    found = convert(made, tmp_path / "carte")
    assert [layer["name"] for layer in found.layers] == ["pleine"]
    assert any("vide" in sentence for sentence in found.warnings)


def test_values_that_json_or_a_browser_would_lose() -> None:
    assert [value_of(one) for one in (float("nan"), float("inf"), 2**60, 2**53 - 1, True, None)] == [
        None,
        None,
        str(2**60),
        2**53 - 1,
        True,
        None,
    ]
    assert json.loads(geojson([])) == {"type": "FeatureCollection", "features": []}


def test_columns_of_a_store_never_clash() -> None:
    assert column_names(["fid", "geom", "Nom", "NOM", "nom_2", "", "Nom"]) == [
        "fid_2", "geom_2", "Nom", "NOM_2", "nom_2_2", "colonne_6", "Nom_3",
    ]  # fmt: skip


def test_paths_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lieu.geojson").write_text('{"type": "Point", "coordinates": [5.2, 46.2]}')
    monkeypatch.chdir(tmp_path)
    found = convert(pathlib.Path("lieu.geojson"), pathlib.Path("sortie"))
    assert found.features == 1
    assert (tmp_path / "sortie" / "carte.json").is_file()


def test_the_command_prints_its_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [({"type": "Point", "coordinates": [5.2, 46.2]}, {"a": 1}), (None, {"a": 2})]
    made = making.geojson(tmp_path / "a.geojson", rows)
    assert main(["convert", str(made), "--output", str(tmp_path / "carte"), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {"driver", "crs", "features", "skipped", "bbox", "geometry_types", "output", "warnings"} <= printed.keys()
    assert (printed["features"], printed["skipped"], printed["bbox"]) == (1, 1, [5.2, 46.2, 5.2, 46.2])
    assert printed["skipped_rows"] == [{"layer": 0, "row": 2, "reason": "null"}]
    assert all((tmp_path / "carte" / name).is_file() for name in printed["output"])


@pytest.mark.parametrize("content", [b"", b"{", b"\x00" * 100, b'{"type":"FeatureCollection","features":[{}]}'])
def test_the_command_refuses_in_french_without_a_traceback(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.geojson").write_bytes(content)
    command = [
        sys.executable,
        "-m",
        "ckanext.ca3b.maps",
        "convert",
        str(tmp_path / "a.geojson"),
        "--output",
        str(tmp_path / "c"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    assert done.stderr.startswith(("Ce fichier", "Aucun objet"))
    assert not (tmp_path / "c").exists()


def test_time_is_counted_while_reading(tmp_path: Path) -> None:
    made = making.points(tmp_path / "a.gpkg", "GPKG", "EPSG:2154")
    with pytest.raises(MapError) as caught:
        convert(made, tmp_path / "carte", limits=Limits(seconds=0.01))
    assert caught.value.code == "too_long"
