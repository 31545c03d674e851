"""Each address of a map: who may have it, what caches are told, what travels."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile

import pyogrio
import pytest
from ckan.tests.helpers import call_action

from ckanext.ca3b.maps.writing import FORMATS

from .conftest import PLACES, acting, geojson, kept, place, the_map

ADDRESSES = (
    "carte.json", "couches/0/entites.geojson", "couches/0/echantillon.geojson", "telecharger.geojson",
    "telecharger.csv", "telecharger.gpkg", "telecharger.shp.zip", "telecharger.kml", "integrer",
)  # fmt: skip
OGC = ("", "/items", "/items/1")
MANY = [(f"Point {n}", 4.9 + (n % 150) / 200, 46.0 + (n // 150) / 200) for n in range(12_000)]


def test_every_address_of_a_public_map_answers_and_of_a_private_one_only_to_its_own(
    drawn, ask, dataset, clerk, neighbour
):
    resource = drawn()
    addresses = [place(resource, rest) for rest in ADDRESSES]
    addresses += [f"/ogc/collections/{resource['id']}{rest}" for rest in OGC]
    for path in addresses:
        public = ask(path, status=200)
        assert "public" in public.headers["Cache-Control"] or path.endswith("integrer"), path
    call_action("package_patch", context=acting(clerk), id=dataset["id"], private=True)
    for path in addresses:
        ask(path, status=403)
        ask(path, neighbour, status=403)
        answer = ask(path, clerk, status=200)
        if not path.endswith("integrer"):
            assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", ")), path


def test_who_already_has_it_is_told_so(drawn, ask):
    resource = drawn()
    for rest in ("carte.json", "couches/0/entites.geojson", "telecharger.csv"):
        first = ask(place(resource, rest), status=200)
        assert ask(place(resource, rest), If_None_Match=first.headers["ETag"], status=304).data == b""
        ask(place(resource, rest), If_None_Match='"autre"', status=200)


def test_a_new_map_is_another_version(drawn, replace, ask):
    resource = drawn()
    tag = ask(place(resource, "couches/0/entites.geojson")).headers["ETag"]
    from .conftest import draw  # noqa: PLC0415

    replace(resource, geojson(PLACES[:2]))
    draw(resource)
    assert len(ask(place(resource, "couches/0/entites.geojson"), If_None_Match=tag, status=200).json["features"]) == 2


def test_features_travel_compressed_to_who_reads_it(drawn, ask):
    resource = drawn()
    packed = ask(place(resource, "couches/0/entites.geojson"), Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    plain = ask(place(resource, "couches/0/entites.geojson"), Accept_Encoding="identity")
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data


def test_head_says_the_same_without_the_body(app, drawn):
    resource = drawn()
    answer = app.flask_app.test_client().head(place(resource, "telecharger.csv"))
    assert (answer.status_code, answer.data) == (200, b"")
    assert "ETag" in answer.headers


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("couches/7/entites.geojson", "couche"),
        ("couches/0/tuiles/0/0/0", "couche"),
        ("telecharger.doc", "geojson"),
        ("telecharger.csv?couche=7", "couche"),
    ],
)
def test_what_does_not_exist_is_said_in_words(drawn, ask, rest, said):
    answer = ask(place(drawn(), rest), status=404)
    body = answer.get_data(as_text=True)
    assert "Traceback" not in body
    assert said in body or "layer" in body


def test_the_same_places_in_every_format(drawn, ask, tmp_path):
    resource = drawn()
    for form in FORMATS:
        path = tmp_path / f"carte.{form}"
        answer = ask(place(resource, f"telecharger.{form}"), status=200)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        path.write_bytes(answer.data)
        if form == "csv":
            rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
            assert len(rows) == len(PLACES) + 1
            assert any("Mairie d’Attignat" in row for row in rows)
            continue
        if form == "shp.zip":
            with zipfile.ZipFile(path) as archive:
                archive.extractall(tmp_path / "shp")
            path = next((tmp_path / "shp").rglob("*.shp"))
        meta, _, _, fields = pyogrio.raw.read(path)
        names = {str(value) for column in fields for value in column}
        assert "Mairie d’Attignat" in names, (form, meta["fields"])
        assert tuple(pyogrio.read_info(path)["total_bounds"]) == pytest.approx(
            (5.1597, 46.18, 5.2166, 46.2875), abs=1e-6
        )


def test_a_large_file_is_served_as_tiles(drawn, ask):
    resource = drawn(geojson(MANY), "points.geojson")
    carte = ask(place(resource, "carte.json"), status=200).json
    assert (carte["error"], carte["state"]) == (None, "done")
    (layer,) = carte["layers"]
    assert (layer["features"], layer["data"]["type"]) == (len(MANY), "pmtiles")
    zoom = layer["data"]["minzoom"]
    x, y = _tile(5.2, 46.2, zoom)
    address = layer["urls"]["tiles"].replace("{z}/{x}/{y}", f"{zoom}/{x}/{y}")
    tile = ask(address, Accept_Encoding="gzip", status=200)
    assert tile.mimetype == "application/vnd.mapbox-vector-tile"
    assert (tile.headers["Content-Encoding"], tile.data[:2]) == ("gzip", b"\x1f\x8b")
    ask(address, If_None_Match=tile.headers["ETag"], status=304)
    empty = layer["urls"]["tiles"].replace("{z}/{x}/{y}", f"{layer['data']['maxzoom']}/0/0")
    assert ask(empty, status=204).data == b""
    ask(place(resource, "couches/0/entites.geojson"), status=404)
    sample = ask(layer["urls"]["sample"], status=200).json["features"]
    assert 0 < len(sample) <= 2000
    page = ask(f"/ogc/collections/{resource['id']}/items?limit=5&offset=11998", status=200).json
    assert (page["numberMatched"], page["numberReturned"]) == (12_000, 2)


def test_the_page_to_embed_is_the_map_alone(drawn, ask):
    answer = ask(place(drawn(), "integrer"), status=200)
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    body = answer.get_data(as_text=True)
    assert "Mairie d’Attignat" in body
    assert "site-search" not in body


def test_the_storage_holds_what_the_map_names_and_nothing_else(drawn):
    resource = drawn()
    assert kept() == {one["location"] for one in the_map(resource).files.values()}


def _tile(longitude: float, latitude: float, zoom: int) -> tuple[int, int]:
    import math  # noqa: PLC0415

    side = 1 << zoom
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return int((longitude + 180) / 360 * side), int(y * side)
