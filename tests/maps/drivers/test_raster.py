"""Rasters become tiles: where they are, what their colours mean, and nothing but GeoTIFF."""

from __future__ import annotations

import io

import numpy as np
import pytest
import rasterio
from PIL import Image
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import TileType
from pyproj import Transformer
from rasterio.transform import from_origin

from ckanext.ca3b.maps import Limits, MapError
from ckanext.ca3b.maps.drivers import raster

from .opening import request_for


def tiff(path, values, crs, transform, **profile):
    values = values if values.ndim == 3 else values[np.newaxis]
    colours = profile.pop("colormap", None)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=values.shape[0],
        height=values.shape[1],
        width=values.shape[2],
        dtype=values.dtype,
        crs=crs,
        transform=transform,
        **profile,
    ) as out:
        out.write(values)
        if colours:
            out.write_colormap(1, colours)
    return path


class Tiled:
    """The tiles of a raster, and the colour at a place."""

    def __init__(self, path, tmp_path, **kwargs):
        request = request_for(path, **kwargs)
        source = raster.open_source(path, request)
        (self.layer,) = source.layers
        folder = tmp_path / "made"
        folder.mkdir()
        self.said = []
        self.result = self.layer.write(folder, "0", lambda *args: self.said.append(args))
        self.notes = request.notes.sentences
        self.data = self.result.data
        self._file = (folder / self.data["file"]).open("rb")
        self.reader = Reader(MmapSource(self._file))

    def pixel(self, longitude, latitude, zoom=None):
        zoom = self.data["maxzoom"] if zoom is None else zoom
        x, y = Transformer.from_crs(4326, 3857, always_xy=True).transform(longitude, latitude)
        half = 20037508.342789244
        across, down = ((x + half) / (2 * half) * 2**zoom, (half - y) / (2 * half) * 2**zoom)
        data = self.reader.get(zoom, int(across), int(down))
        if data is None:
            return None
        image = Image.open(io.BytesIO(data)).convert("RGBA")
        assert image.size == (512, 512)
        assert len(data) <= 500_000
        return image.getpixel((int(across % 1 * 512), int(down % 1 * 512)))


def at(x, y, crs):
    return Transformer.from_crs(crs, 4326, always_xy=True).transform(x, y)


def near(colour, other, by=40):
    return colour is not None and all(abs(a - b) <= by for a, b in zip(colour[:3], other, strict=True))


@pytest.mark.parametrize("crs", [2154, 3946])
def test_a_picture_is_where_it_is_to_the_pixel(tmp_path, crs):
    # Two metres a pixel; the left half red, a blue square of 40 metres at a known place.
    west, north = (871_000, 6_571_000) if crs == 2154 else (1_871_000, 5_226_000)
    values = np.zeros((3, 600, 800), dtype=np.uint8)
    values[0, :, :400] = 220
    values[1, :, 400:] = 200
    values[:, 100:120, 100:120] = np.array([0, 0, 255]).reshape(3, 1, 1)
    path = tiff(tmp_path / "ortho.tif", values, f"EPSG:{crs}", from_origin(west, north, 2, 2))
    tiled = Tiled(path, tmp_path)
    assert (tiled.layer.crs, tiled.layer.crs_how) == (f"EPSG:{crs}", "file")
    assert tiled.reader.header()["tile_type"] == TileType.WEBP
    assert near(tiled.pixel(*at(west + 220, north - 220, crs)), (0, 0, 255))
    assert near(tiled.pixel(*at(west + 250, north - 220, crs)), (220, 0, 0))
    assert near(tiled.pixel(*at(west + 1200, north - 600, crs)), (0, 200, 0))
    outside = tiled.pixel(*at(west - 60, north - 600, crs))
    assert outside is None or outside[3] == 0
    longitude, latitude = at(west, north, crs)
    assert tiled.result.bbox[0] == pytest.approx(longitude, abs=1e-3)
    assert tiled.result.bbox[3] == pytest.approx(latitude, abs=1e-3)
    assert tiled.pixel(*at(west + 800, north - 600, crs), zoom=0) is not None
    assert tiled.result.extra["legend"] is None


def test_one_band_is_stretched_with_a_legend_and_what_is_no_data_is_clear(tmp_path):
    heights = np.linspace(200, 700, 300 * 300, dtype=np.float32).reshape(300, 300)
    heights[:50] = -9999
    heights[60, 60] = np.nan
    heights[299, 299] = 30_000
    path = tiff(tmp_path / "mnt.tif", heights, "EPSG:2154", from_origin(871_000, 6_571_000, 5, 5), nodata=-9999)
    tiled = Tiled(path, tmp_path)
    legend = tiled.result.extra["legend"]
    values = [item["value"] for item in legend["items"]]
    assert legend["kind"] == "ramp"
    assert values == sorted(values)
    assert 250 < values[0] < 330
    assert 650 < values[-1] < 720
    empty = tiled.pixel(*at(871_700, 6_570_900, 2154))
    assert empty is None or empty[3] == 0
    assert near(tiled.pixel(*at(871_700, 6_569_520, 2154)), (0xFD, 0xE7, 0x25))


def test_classes_keep_their_colours_and_are_named(tmp_path):
    values = np.ones((200, 200), dtype=np.uint8)
    values[:, 100:] = 7
    colours = {1: (10, 120, 30, 255), 7: (200, 30, 40, 255)}
    path = tiff(tmp_path / "sol.tif", values, "EPSG:2154", from_origin(871_000, 6_571_000, 10, 10), colormap=colours)
    tiled = Tiled(path, tmp_path)
    assert tiled.pixel(*at(871_500, 6_570_000, 2154))[:3] == (10, 120, 30)
    assert tiled.pixel(*at(872_500, 6_570_000, 2154))[:3] == (200, 30, 40)
    assert tiled.result.extra["legend"]["items"] == [
        {"value": 1, "label": "1", "color": "#0a781e"},
        {"value": 7, "label": "7", "color": "#c81e28"},
    ]


def test_a_raster_without_system_is_guessed_from_its_corners_and_it_is_said(tmp_path):
    values = np.random.default_rng(1).integers(0, 255, (3, 100, 100), dtype=np.uint8)
    tiled = Tiled(tiff(tmp_path / "a.tif", values, None, from_origin(871_000, 6_571_000, 5, 5)), tmp_path)
    assert (tiled.layer.crs, tiled.layer.crs_how) == ("EPSG:2154", "guessed")
    assert any("Lambert-93" in note for note in tiled.notes)


def drawn(path, **kwargs):
    source = raster.open_source(path, request_for(path, **kwargs))
    folder = path.parent / "made"
    folder.mkdir()
    source.layers[0].write(folder, "0", lambda *_: None)


def refused(path, **kwargs):
    with pytest.raises(MapError) as found:
        drawn(path, **kwargs)
    assert found.value.message.endswith(".")
    return found.value.code


def test_what_is_no_geotiff_is_refused(tmp_path):
    vrt = tmp_path / "vrt.tif"
    vrt.write_text(
        '<VRTDataset rasterXSize="1" rasterYSize="1"><VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
        "<SourceFilename>/etc/passwd</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>"
    )
    assert refused(vrt) == "damaged"
    png = tmp_path / "image.tif"
    Image.new("RGB", (10, 10)).save(png, "PNG")
    assert refused(png) == "damaged"


def test_a_picture_that_says_nothing_of_its_place_is_refused(tmp_path):
    path = tmp_path / "scan.tif"
    Image.new("RGB", (50, 50)).save(path, "TIFF")
    assert refused(path) == "no_crs"


def test_a_few_bytes_that_announce_a_whole_planet_are_refused(tmp_path):
    path = tmp_path / "bomb.tif"
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=1,
        height=300_000,
        width=300_000,
        dtype="uint8",
        crs="EPSG:2154",
        transform=from_origin(0, 7_000_000, 1, 1),
        sparse_ok=True,
        tiled=True,
        blockxsize=4096,
        blockysize=4096,
        BIGTIFF="YES",
    ):
        pass
    assert path.stat().st_size < 10_000_000
    assert refused(path) == "too_many_pixels"


def test_only_absent_pixels_are_no_map(tmp_path):
    values = np.full((50, 50), -1, dtype=np.int16)
    path = tiff(tmp_path / "vide.tif", values, "EPSG:2154", from_origin(871_000, 6_571_000, 5, 5), nodata=-1)
    assert refused(path) == "empty"


def test_the_time_allowed_is_kept(tmp_path):
    values = np.random.default_rng(1).integers(0, 255, (3, 4000, 4000), dtype=np.uint8)
    path = tiff(tmp_path / "a.tif", values, "EPSG:2154", from_origin(871_000, 6_571_000, 1, 1))
    assert refused(path, limits=Limits(seconds=3)) == "too_long"


@pytest.mark.parametrize("kind", ["uint8", "int16", "uint16", "int32", "float32", "float64"])
def test_nothing_is_drawn_beside_a_raster_whatever_its_numbers(tmp_path, kind):
    values = np.tile(np.linspace(50, 90, 200), (200, 1)).astype(kind)
    tiled = Tiled(tiff(tmp_path / "a.tif", values, "EPSG:2154", from_origin(871_000, 6_571_000, 5, 5)), tmp_path)
    inside = tiled.pixel(*at(871_500, 6_570_500, "EPSG:2154"))
    assert inside is not None
    assert inside[3] == 255
    for x, y in ((870_950, 6_570_500), (872_050, 6_570_500), (871_500, 6_571_050), (871_500, 6_569_950)):
        outside = tiled.pixel(*at(x, y, "EPSG:2154"))
        assert outside is None or outside[3] == 0
