"""Files that mean harm, or that are broken: each has its outcome, in one French sentence, and leaves nothing."""

from __future__ import annotations

import http.server
import json
import sqlite3
import struct
import threading
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from ckanext.ca3b.maps.convert import convert
from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.gdal.reader import GdalReader
from ckanext.ca3b.maps.limits import Deadline, Limits
from ckanext.ca3b.maps.model import Notes, Request

from . import making

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POINT = {"type": "Point", "coordinates": [5.2281, 46.2052]}
KML = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
PLACE = "<Placemark><name>Ici</name><Point><coordinates>5.2281,46.2052</coordinates></Point></Placemark>"
GML = (
    '<?xml version="1.0"?>{doctype}<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" '
    'xmlns:gml="http://www.opengis.net/gml" xmlns:xlink="http://www.w3.org/1999/xlink" {more}>'
    "<gml:featureMember><ogr:lieu><ogr:nom>{nom}</ogr:nom><ogr:geometryProperty{link}>{shape}</ogr:geometryProperty>"
    "</ogr:lieu></gml:featureMember></ogr:FeatureCollection>"
)
GML_POINT = '<gml:Point srsName="EPSG:2154"><gml:coordinates>871000,6570000</gml:coordinates></gml:Point>'


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of the server, with features in it, that no upload may show."""
    (tmp_path / "server").mkdir()
    return making.geojson(tmp_path / "server/secret.geojson", [(POINT, {"secret": "TOPSECRET"})])


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A site of the network that counts who comes."""
    visits: list[str] = []

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_error(404)

        do_HEAD = do_POST = do_GET  # noqa: N815 - idem

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}", visits
    site.shutdown()
    site.server_close()


def refused(path: Path, folder: Path, **options: Any) -> str:
    """Convert what must be refused; give the code of the refusal, once nothing is left of it."""
    before = {one.name for one in folder.iterdir()}
    with pytest.raises(MapError) as caught:
        convert(path, folder / "carte", **options)
    assert {one.name for one in folder.iterdir()} == before
    assert len(caught.value.message) > 30
    assert "Error" not in caught.value.message
    return caught.value.code


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


VRT = '<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'


@pytest.mark.parametrize(
    "name",
    ["a.geojson", "a.kml", "a.gml", "a.gpx", "a.gpkg", "a.fgb", "a.dxf", "a.mif", "a.shp", "a.vrt", "a.xml", "a.json"],
)
def test_a_vrt_under_any_name_is_refused(tmp_path: Path, secret: Path, name: str) -> None:
    (tmp_path / name).write_text(VRT.format(secret), "utf-8")
    assert refused(tmp_path / name, tmp_path) in {"wrong_format", "unknown_format"}


@pytest.mark.parametrize("name", ["a.vrt", "a.geojson", "l0.shp"])
def test_a_vrt_in_an_archive_is_refused(tmp_path: Path, secret: Path, name: str) -> None:
    made = making.zipped(tmp_path / "a.zip", {name: VRT.format(secret)})
    assert refused(made, tmp_path) in {"wrong_format", "nothing_inside"}


def test_only_the_driver_of_the_format_exists_where_files_are_read(tmp_path: Path, secret: Path) -> None:
    """Even where the first look at the content is fooled, GDAL itself has one driver and sees one file."""
    request = Request("a.geojson", None, Limits(), Deadline.of(Limits()), Notes(), tmp_path / "work")
    request.work.mkdir()
    (request.work / "a.geojson").write_text(VRT.format(secret), "utf-8")
    for path in (request.work / "a.geojson", secret):
        reader = GdalReader(request.work / "a.geojson", "GeoJSON", request)
        # The process was closed in with the first file: the second one is out of its reach.
        reader._ask({"path": str(path)})
        with pytest.raises(MapError):
            reader.layers()
        reader.close()


def test_the_reading_process_reaches_no_other_file(tmp_path: Path, secret: Path) -> None:
    request = Request("a.gml", None, Limits(), Deadline.of(Limits()), Notes(), tmp_path / "work")
    request.work.mkdir()
    link = request.work / "a.geojson"
    link.write_text(json.dumps(POINT), "utf-8")
    reader = GdalReader(link, "GeoJSON", request)
    closed_in = reader.closed_in
    # The file is replaced by a link to another one after the process was closed in.
    link.unlink()
    link.symlink_to(secret)
    if closed_in:
        with pytest.raises(MapError):
            reader.layers()
    reader.close()


def test_network_links_of_kml_are_never_followed_and_that_is_said(
    tmp_path: Path, server: tuple[str, list[str]]
) -> None:
    site, visits = server
    link = f"<NetworkLink><Link><href>{site}/autre.kml</href></Link></NetworkLink>"
    style = f'<Style id="s"><IconStyle><Icon><href>{site}/i.png</href></Icon></IconStyle></Style>'
    (tmp_path / "a.kml").write_text(KML.format(style + link + PLACE), "utf-8")
    found = convert(tmp_path / "a.kml", tmp_path / "carte")
    assert found.features == 1
    assert any("NetworkLink" in sentence and "pas été suivis" in sentence for sentence in found.warnings)
    (tmp_path / "b.kml").write_text(KML.format(link), "utf-8")
    assert refused(tmp_path / "b.kml", tmp_path) == "only_links"
    assert visits == []


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "link", "properties": {"href": "{}/crs.wkt", "type": "ogcwkt"}},
        {"type": "name", "properties": {"name": "{}/def/crs/EPSG/0/2154"}},
        {"type": "url", "properties": {"url": "{}/a.wkt"}},
    ],
)
def test_a_system_to_be_fetched_is_not(tmp_path: Path, server: tuple[str, list[str]], crs: dict[str, Any]) -> None:
    site, visits = server
    crs = json.loads(json.dumps(crs).replace("{}", site))
    made = making.geojson(tmp_path / "a.geojson", [({"type": "Point", "coordinates": [871000, 6570000]}, {})], crs=crs)
    found = convert(made, tmp_path / "carte")
    assert (found.crs, found.crs_how) == ("EPSG:2154", "guessed")
    assert visits == []


@pytest.mark.parametrize("where", ["xlink", "schema"])
def test_gml_fetches_nothing(tmp_path: Path, server: tuple[str, list[str]], secret: Path, where: str) -> None:
    site, visits = server
    place = f"http://ogr.maptools.org/ {site}/a.xsd"
    more = f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{place}"'
    link = f' xlink:href="{site}/a.gml#p"' if where == "xlink" else f' xlink:href="file://{secret}#p"'
    text = GML.format(doctype="", more=more, nom="a", link=link, shape=GML_POINT)
    (tmp_path / "a.gml").write_text(text, "utf-8")
    found = convert(tmp_path / "a.gml", tmp_path / "carte")
    assert (found.features, visits) == (1, [])
    assert b"TOPSECRET" not in everything(tmp_path / "carte")


@pytest.mark.parametrize("name", ["a.gml", "a.kml", "a.gpx"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(tmp_path: Path, secret: Path, name: str, encoding: str) -> None:
    doctype = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]>'
    padding = "<!-- " + "-.- " * 50_000 + " -->"
    text = GML.format(doctype=padding + doctype, more="", nom="&x;", link="", shape=GML_POINT)
    text = text.replace('"1.0"?', f'"1.0" encoding="{encoding}"?')
    (tmp_path / name).write_bytes(text.encode(encoding))
    assert refused(tmp_path / name, tmp_path) == "doctype"


def test_a_geopackage_runs_nothing(tmp_path: Path) -> None:
    made = making.points(tmp_path / "a.gpkg", "GPKG", "EPSG:2154")
    with closing(sqlite3.connect(made)) as base:
        base.execute("CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM gpkg_contents; END")
        base.commit()
    before = made.read_bytes()
    assert convert(made, tmp_path / "carte").features == 2
    assert made.read_bytes() == before
    with closing(sqlite3.connect(made)) as base:
        base.execute("CREATE VIRTUAL TABLE mots USING fts5(x)")
        base.commit()
    assert refused(made, tmp_path / "carte/..") == "virtual_table"


def test_a_view_that_never_ends_is_stopped(tmp_path: Path) -> None:
    made = making.points(tmp_path / "a.gpkg", "GPKG", "EPSG:2154", layer="a")
    with closing(sqlite3.connect(made)) as base:
        base.execute("CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT 1 FROM c) SELECT x AS fid, "
                     "(SELECT geom FROM a LIMIT 1) AS geom FROM c")  # fmt: skip
        base.execute(
            "INSERT INTO gpkg_contents SELECT 'v', data_type, 'v', description, last_change, min_x, min_y, max_x, "
            "max_y, srs_id FROM gpkg_contents"
        )
        base.execute("INSERT INTO gpkg_geometry_columns SELECT 'v', column_name, geometry_type_name, srs_id, z, m "
                     "FROM gpkg_geometry_columns")  # fmt: skip
        base.commit()
    code = refused(made, tmp_path, limits=Limits(seconds=4, features=200_000))
    assert code in {"too_long", "too_many_features", "damaged"}


@pytest.mark.parametrize("name", ["../../etc/a.shp", "/etc/a.shp", "..\\..\\a.shp", "C:/a.shp"])
def test_paths_out_of_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    parts = making.shapefile(tmp_path / "x", "EPSG:2154")
    files = {f"ok{suffix}": path for suffix, path in parts.items()}
    assert refused(making.zipped(tmp_path / "a.zip", {**files, name: b"x"}), tmp_path) == "zip_traversal"


def test_a_link_in_an_archive_is_refused(tmp_path: Path, secret: Path) -> None:
    info = zipfile.ZipInfo("a.geojson")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, str(secret))
    assert refused(tmp_path / "a.zip", tmp_path) == "zip_link"


def test_bombs_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", b" " * 150_000_000)
    assert refused(tmp_path / "a.zip", tmp_path) == "zip_bomb"
    # An archive that lies about the sizes of what it holds.
    content = (tmp_path / "a.zip").read_bytes().replace(struct.pack("<I", 150_000_000), struct.pack("<I", 10))
    (tmp_path / "b.zip").write_bytes(content)
    assert refused(tmp_path / "b.zip", tmp_path) in {"zip_bomb", "damaged_archive", "wrong_format"}
    (tmp_path / "vide.geojson").write_bytes(b" " * 150_000_000)
    assert refused(making.gzipped(tmp_path / "a.geojson.gz", tmp_path / "vide.geojson"), tmp_path) == "zip_bomb"


def test_archives_that_cannot_be_opened(tmp_path: Path) -> None:
    parts = making.shapefile(tmp_path / "x", "EPSG:2154")
    files = {f"e{suffix}": path for suffix, path in parts.items()}
    made = making.zipped(tmp_path / "a.zip", files)
    inner = making.zipped(tmp_path / "b.zip", {"a.zip": made})
    assert refused(inner, tmp_path) == "nested"
    assert refused(inner, tmp_path, declared="SHP") == "nested"
    assert refused(making.gzipped(tmp_path / "c.gz", making.gzipped(tmp_path / "c", made)), tmp_path) == "nested"
    many = making.zipped(tmp_path / "d.zip", {f"{n}.txt": "a" for n in range(1_001)})
    assert refused(many, tmp_path) == "zip_entries"
    assert refused(making.zipped(tmp_path / "e.zip", {}), tmp_path) == "empty"
    assert refused(making.zipped(tmp_path / "f.zip", {"a.pdf": b"%PDF"}), tmp_path) == "nothing_inside"
    content = made.read_bytes()
    (tmp_path / "g.zip").write_bytes(content[: len(content) // 2])
    assert refused(tmp_path / "g.zip", tmp_path) == "damaged_archive"
    # The flag of encryption, in the entries and in the directory.
    locked = content.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
    locked = locked.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    assert locked != content
    (tmp_path / "h.zip").write_bytes(locked)
    assert refused(tmp_path / "h.zip", tmp_path) == "encrypted"


def test_scripts_in_properties_stay_texts(tmp_path: Path) -> None:
    evil = '</script><img src=x onerror="alert(1)">\u2028&lt;'
    made = making.geojson(tmp_path / "a.geojson", [(POINT, {"nom": evil, "<b>col</b>": 1, "__proto__": "x"})])
    convert(made, tmp_path / "carte")
    drawn = json.loads((tmp_path / "carte/0.geojson").read_text("utf-8"))
    assert drawn["features"][0]["properties"] == {"nom": evil, "<b>col</b>": 1, "__proto__": "x"}


def test_absurd_geometries_are_skipped_counted_and_listed(tmp_path: Path) -> None:
    rows = [
        '{"type":"Point","coordinates":[5.2281,46.2052]}',
        "null",
        '{"type":"Polygon","coordinates":[]}',
        '{"type":"Point","coordinates":[1e400,46]}',
        '{"type":"LineString","coordinates":[[5,46],[NaN,46]]}',
        '{"type":"Point","coordinates":[5.2,9999]}',
        '{"type":"Point","coordinates":[0,0]}',
        '{"type":"Point","coordinates":[5.3,46.3]}',
    ]
    found = ",".join(f'{{"type":"Feature","properties":{{}},"geometry":{row}}}' for row in rows)
    (tmp_path / "a.geojson").write_text(f'{{"type":"FeatureCollection","features":[{found}]}}', "utf-8")
    result = convert(tmp_path / "a.geojson", tmp_path / "carte")
    assert result.features == 2
    reasons = {row.row: row.reason for row in result.skipped_rows}
    assert reasons == {2: "null", 3: "empty", 4: "not_finite", 5: "not_finite", 6: "outside_world", 7: "origin"}
    assert sum(result.skipped.values()) == 6
    assert any(sentence.startswith("6 objets") for sentence in result.warnings)
    assert result.bbox == pytest.approx((5.2281, 46.2052, 5.3, 46.3))


def test_a_file_of_nothing_but_absurd_geometries_is_refused(tmp_path: Path) -> None:
    made = making.geojson(
        tmp_path / "a.geojson", [(None, {"a": 1}), ({"type": "Polygon", "coordinates": []}, {"a": 2})]
    )
    assert refused(made, tmp_path) == "no_features"
    assert refused(making.geojson(tmp_path / "b.geojson", []), tmp_path) == "no_features"


def test_ten_million_vertices_in_one_geometry(tmp_path: Path) -> None:
    """A Shapefile with one huge line beside a normal one: the huge one is skipped, the other is drawn."""
    turns = np.linspace(0, 1, 10_000_001)
    huge = shapely.linestrings(np.column_stack([800_000 + 1000 * turns, 6_500_000 + 1000 * turns]))
    normal = shapely.LineString([(871_000, 6_570_000), (871_100, 6_570_100)])
    making.write(tmp_path / "a.shp", "ESRI Shapefile", [huge, normal], {"n": [1, 2]}, "EPSG:2154")
    files = {path.name: path for path in tmp_path.glob("a.*")}
    del huge, turns
    result = convert(making.zipped(tmp_path / "a.zip", files), tmp_path / "carte", limits=Limits(zip_ratio=100_000))
    assert (result.features, result.skipped) == (1, {"too_many_vertices": 1})


def test_limits_have_their_message(tmp_path: Path) -> None:
    made = making.geojson(tmp_path / "a.geojson", [(POINT, {"n": n}) for n in range(20)])
    assert refused(made, tmp_path, limits=Limits(bytes=100)) == "too_large"
    assert refused(made, tmp_path, limits=Limits(features=10)) == "too_many_features"
    assert refused(made, tmp_path, limits=Limits(vertices=10)) == "too_many_vertices"
    assert refused(made, tmp_path, limits=Limits(seconds=0)) == "too_long"


@pytest.mark.parametrize("form", ["geojson", "gpkg", "fgb", "gml", "kml", "gpx", "parquet", "shp", "seq"])
def test_half_a_file_is_refused(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    shapes = [shapely.Point(5 + n / 1e4, 46) for n in range(2_000)]
    columns = {"nom": [f"lieu {n}" for n in range(2_000)]}
    drivers = {"geojson": "GeoJSON", "gpkg": "GPKG", "fgb": "FlatGeobuf", "gml": "GML"}
    drivers |= {"kml": "LIBKML", "shp": "ESRI Shapefile", "seq": "GeoJSONSeq"}
    made = folder / f"a.{form if form != 'seq' else 'geojsonl'}"
    if form in drivers:
        making.write(made, drivers[form], shapes, columns, "EPSG:4326")
    elif form == "gpx":
        making.gpx(made)
    else:
        making.geoparquet(made, "EPSG:2154")
    content = made.read_bytes()
    made.write_bytes(content[: len(content) * 6 // 10])
    if form == "shp":
        made = making.zipped(tmp_path / "a.zip", {path.name: path for path in folder.glob("a.*")})
    assert refused(made, tmp_path) in {"damaged", "no_features"}


@pytest.mark.parametrize(
    "name", ["a.geojson", "a.gpkg", "a.zip", "a.kmz", "a.shp", "a.parquet", "a.tab", "a.dxf", "a.gpx"]
)
def test_empty_and_foreign_files(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert refused(tmp_path / name, tmp_path) == "empty"
    (tmp_path / name).write_bytes(b"%PDF-1.7 nothing of a map" * 40)
    assert refused(tmp_path / name, tmp_path) in {"wrong_format", "unknown_format", "damaged", "damaged_archive"}


def test_the_declared_format_decides_and_the_content_must_agree(tmp_path: Path) -> None:
    made = making.points(tmp_path / "a.gpkg", "GPKG", "EPSG:2154")
    assert refused(made, tmp_path, declared="GeoJSON") == "wrong_format"
    assert convert(made, tmp_path / "un", declared="GPKG", name="sans extension").features == 2
    assert refused(made, tmp_path, declared="PDF") == "unknown_format"


@pytest.mark.parametrize("kind", [4, 7])
def test_geometries_nested_beyond_measure_end_no_process_of_ours(tmp_path: Path, kind: int) -> None:
    deep = struct.pack("<BII", 1, kind, 1) * 100_000 + struct.pack("<BIdd", 1, 1, 871_000, 6_570_000)
    made = making.geoparquet(tmp_path / "a.parquet", "EPSG:2154", shapes=[deep, deep])
    assert refused(made, tmp_path) == "damaged"
    folders = "<Folder>" * 100_000 + PLACE + "</Folder>" * 100_000
    (tmp_path / "a.kml").write_text(KML.format(folders), "utf-8")
    assert refused(tmp_path / "a.kml", tmp_path) in {"damaged", "no_features"}
    (tmp_path / "a.geojson").write_text('{"type":"Point","coordinates":' + "[" * 1_000_000 + "]" * 1_000_000 + "}")
    assert refused(tmp_path / "a.geojson", tmp_path) == "damaged"


def test_json_that_is_no_map_says_so(tmp_path: Path) -> None:
    for content in ('{"type":"Topology","objects":{}}', '{"a": [1, 2]}', "[1, 2, 3]"):
        (tmp_path / "a.json").write_text(content, "utf-8")
        assert refused(tmp_path / "a.json", tmp_path)
        (tmp_path / "a.geojson").write_text(content, "utf-8")
        assert refused(tmp_path / "a.geojson", tmp_path) == "wrong_format"
