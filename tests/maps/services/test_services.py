"""Services named by an address: recognised, and said in the words of the map."""

from __future__ import annotations

import io
import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from ckanext.ca3b.fetching import FetchError
from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.services import Download, Service, look, recognise, tile_address

from .conftest import ANSWERS


def query(url):
    return {name.lower(): value for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)}


@pytest.mark.parametrize(
    ("url", "declared", "kind"),
    [
        ("https://sig.example/ows", "WMS", "wms"),
        ("https://sig.example/ows?SERVICE=WMS&request=GetCapabilities", None, "wms"),
        ("https://sig.example/wmts/1.0.0/WMTSCapabilities.xml", "", "wmts"),
        ("https://sig.example/ows?service=wfs", "HTML", "wfs"),
        ("https://sig.example/arcgis/rest/services/Voirie/MapServer", None, "arcgis"),
        ("https://sig.example/arcgis/rest/services/Voirie/FeatureServer/3", None, "arcgis"),
        ("https://sig.example/tuiles/{z}/{x}/{y}.png", None, "tms"),
        ("https://sig.example/communes.pmtiles", None, "pmtiles"),
        ("https://sig.example/export?service=wfs&outputformat=csv", "CSV", None),
        ("https://sig.example/budget.csv", None, None),
        ("ftp://sig.example/ows?service=WMS", None, None),
        ("https://[", None, None),
    ],
)
def test_a_service_is_known_by_what_was_declared_else_by_its_address(url, declared, kind):
    assert recognise(url, declared) == kind


def test_the_address_of_a_tile_covers_the_ground_of_that_tile():
    """Zoom 1, north-east quarter of the world: from the meridian of Greenwich and the equator up."""
    template = "https://t.example/{z}/{x}/{y}/{-y}/{quadkey}?bbox={bbox-epsg-3857}&kept={other}"
    assert tile_address(template, 1, 1, 0) == (
        "https://t.example/1/1/0/1/1?bbox=0.000000,0.000000,20037508.342789,20037508.342789&kept={other}"
    )


def test_a_wms_offers_the_layers_that_can_be_drawn_and_asks_the_address_that_was_given(site, ask):
    """The address that the capabilities hold may be one of the inside: it is not believed."""
    site.pages["/wms"] = (ANSWERS / "wms130.xml").read_bytes()
    found = look(f"{site.url}/wms?map=/srv/v.map&request=GetMap&layers=&bbox=1,2,3,4", "wms", ask)
    assert isinstance(found, Service)
    assert [one["name"] for one in found.layers] == ["Zonage du PLU", "Haies & bosquets"]
    assert found.bbox == (5.1, 46.2, 5.3, 46.3)
    template = found.layers[0]["data"]["tiles"][0]
    assert template.startswith(f"{site.url}/wms?")
    asked = query(template)
    assert (asked["map"], asked["layers"], asked["crs"], asked["version"]) == (
        "/srv/v.map", "zonage", "EPSG:3857", "1.3.0",
    )  # fmt: skip
    assert asked["bbox"] == "{bbox-epsg-3857}"


def test_an_old_wms_is_asked_in_its_own_words_and_says_what_it_cannot_draw(site, ask):
    site.pages["/wms"] = (ANSWERS / "wms111.xml").read_bytes()
    found = look(f"{site.url}/wms", "wms", ask)
    assert [one["name"] for one in found.layers] == ["Cadastre"]
    asked = query(found.layers[0]["data"]["tiles"][0])
    assert (asked["srs"], asked["version"]) == ("EPSG:900913", "1.1.1")
    assert "1 couche" in found.warnings[0]


def test_the_layer_that_the_address_names_is_the_one_shown(site, ask):
    site.pages["/wms"] = (ANSWERS / "wms130.xml").read_bytes()
    found = look(f"{site.url}/wms?LAYERS=haies", "wms", ask)
    assert [one["name"] for one in found.layers] == ["Haies & bosquets"]


def test_a_wmts_keeps_the_grid_of_the_web_whatever_its_matrices_are_called(site, ask):
    site.pages["/wmts"] = (ANSWERS / "wmts.xml").read_bytes()
    found = look(f"{site.url}/wmts", "wmts", ask)
    assert [one["name"] for one in found.layers] == ["Plan", "Ortho"]
    plan, ortho = (one["data"] for one in found.layers)
    asked = query(plan["tiles"][0])
    assert (asked["tilematrixset"], asked["tilematrix"], asked["tilerow"], asked["tilecol"]) == (
        "PM", "{z}", "{y}", "{x}",
    )  # fmt: skip
    assert (plan["minzoom"], plan["maxzoom"]) == (0, 19)
    assert ortho["tiles"] == ["http://tuiles.example/ortho/2024/EPSG:3857/EPSG:3857:{z}/{y}/{x}.jpeg"]
    assert (ortho["minzoom"], ortho["maxzoom"]) == (5, 18)
    assert found.warnings


def test_a_wfs_hands_its_features_out_in_geojson_within_bounds(site, ask):
    answer = {"type": "FeatureCollection", "features": []}
    site.pages["/wfs"] = lambda asked: (
        (ANSWERS / "wfs200.xml").read_bytes() if asked["request"] == "GetCapabilities" else json.dumps(answer).encode()
    )
    found = look(f"{site.url}/wfs?typeNames=ville:bancs", "wfs", ask)
    assert isinstance(found, Download)
    assert (found.name, found.declared) == ("Bancs", "geojson")
    target = io.BytesIO()
    found.save(target, 10_000)
    assert json.loads(target.getvalue()) == answer
    assert site.asked[-1][1]["typenames"] == "ville:bancs"
    with pytest.raises(FetchError) as refused:
        found.save(io.BytesIO(), 10)
    assert refused.value.code == "too-big"


def test_a_layer_of_features_of_arcgis_is_copied_page_after_page(site, ask):
    site.pages["/rest/services/Bancs/FeatureServer"] = json.dumps({"layers": [{"id": 4}]}).encode()
    site.pages["/rest/services/Bancs/FeatureServer/4"] = json.dumps(
        {"name": "Bancs", "geometryType": "esriGeometryPoint", "maxRecordCount": 2}
    ).encode()

    def page(asked):
        first = int(asked["resultoffset"])
        rows = [{"type": "Feature", "id": n, "geometry": None, "properties": {}} for n in range(5)]
        return json.dumps({"type": "FeatureCollection", "features": rows[first : first + 2]}).encode()

    site.pages["/rest/services/Bancs/FeatureServer/4/query"] = page
    found = look(f"{site.url}/rest/services/Bancs/FeatureServer", "arcgis", ask)
    target = io.BytesIO()
    found.save(target, 10_000)
    assert [json.loads(line)["id"] for line in target.getvalue().splitlines()] == [0, 1, 2, 3, 4]
    with pytest.raises(MapError) as refused:
        found.save(io.BytesIO(), 200)
    assert refused.value.code == "too_big"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"singleFusedMapCache": True, "tileInfo": {"rows": 256, "spatialReference": {"wkid": 102100}}},
         "/rest/services/Plan/MapServer/tile/{z}/{y}/{x}"),
        ({"singleFusedMapCache": True, "tileInfo": {"rows": 256, "spatialReference": {"wkid": 2154}}},
         "/rest/services/Plan/MapServer/export"),
        ({}, "/rest/services/Plan/MapServer/export"),
    ],
)  # fmt: skip
def test_a_map_of_arcgis_is_drawn_by_its_tiles_when_they_fit(site, ask, said, expected):
    extent = {"xmin": 870000, "ymin": 6570000, "xmax": 880000, "ymax": 6580000, "spatialReference": {"wkid": 2154}}
    site.pages["/rest/services/Plan/MapServer"] = json.dumps({"mapName": "Plan", "fullExtent": extent, **said}).encode()
    found = look(f"{site.url}/rest/services/Plan/MapServer", "arcgis", ask)
    assert urlsplit(found.layers[0]["data"]["tiles"][0].replace("{", "%7B")).path.replace("%7B", "{") == expected
    west, south, east, north = found.bbox
    assert 5.1 < west < east < 5.4
    assert 46.1 < south < north < 46.4


def test_the_root_of_a_tms_says_its_tiles(site, ask):
    site.pages["/tms/plan"] = b"""<?xml version="1.0"?><TileMap version="1.0.0"><Title>Plan</Title><SRS>EPSG:3857</SRS>
      <TileFormat width="256" height="256" mime-type="image/png" extension="png"/>
      <TileSets><TileSet order="3" href="x"/><TileSet order="12" href="y"/></TileSets></TileMap>"""
    data = look(f"{site.url}/tms/plan", "tms", ask).layers[0]["data"]
    assert data["tiles"] == [f"{site.url}/tms/plan/{{z}}/{{x}}/{{y}}.png"]
    assert (data["scheme"], data["minzoom"], data["maxzoom"]) == ("tms", 3, 12)


@pytest.fixture
def archive():
    target = io.BytesIO()
    writer = Writer(target)
    writer.write_tile(zxy_to_tileid(0, 0, 0), b"\x1f\x8b tile")
    writer.write_tile(zxy_to_tileid(14, 8429, 5788), bytes(40_000))
    writer.finalize(
        {"tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_zoom": 0, "max_zoom": 14,
         "min_lon_e7": 51000000, "min_lat_e7": 462000000, "max_lon_e7": 53000000, "max_lat_e7": 463000000,
         "center_zoom": 0, "center_lon_e7": 0, "center_lat_e7": 0},
        {"vector_layers": [{"id": "communes", "fields": {"nom": "String", "pop": "Number"}}]},
    )  # fmt: skip
    return target.getvalue()


def test_an_archive_of_tiles_is_read_by_pieces(site, ask, archive):
    site.pages["/communes.pmtiles"] = archive
    found = look(f"{site.url}/communes.pmtiles", "pmtiles", ask)
    layer = found.layers[0]
    assert (layer["name"], layer["data"]["layer"], layer["data"]["maxzoom"]) == ("communes", "communes", 14)
    assert [(one["name"], one["type"]) for one in layer["attributes"]] == [("nom", "text"), ("pop", "number")]
    assert found.bbox == (5.1, 46.2, 5.3, 46.3)


def test_a_site_that_cannot_send_a_piece_of_an_archive_is_told_apart(site, ask, archive):
    site.pages["/communes.pmtiles"] = archive
    site.ranges = False
    with pytest.raises(MapError) as refused:
        look(f"{site.url}/communes.pmtiles", "pmtiles", ask)
    assert refused.value.code == "no_ranges"


@pytest.mark.parametrize("kind", ["wms", "wmts", "wfs", "tms", "arcgis", "pmtiles"])
@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>Bonjour</body></html>", b"<!doctype html><p>", b"{}", b"[1]", b"<a/>", b"<a", b"\xff\xfe\x00",
     b'{"error": {"code": 499}}', b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
)  # fmt: skip
def test_what_is_no_service_is_refused_in_a_sentence(site, ask, kind, body):
    path = "/rest/services/A/FeatureServer/0" if kind == "arcgis" else "/service"
    site.pages[path] = body
    with pytest.raises(MapError) as refused:
        look(site.url + path, kind, ask)
    assert refused.value.message.endswith((".", "portail."))
