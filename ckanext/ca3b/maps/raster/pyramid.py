"""Tiles of 512 pixels in Web Mercator, the deepest read from the raster, each other one made of the four below it."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from rasterio.enums import ColorInterp, Resampling
from rasterio.transform import from_origin
from rasterio.vrt import WarpedVRT
from rasterio.warp import calculate_default_transform, transform_bounds
from rasterio.windows import Window

from .colours import choose
from .refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]

SIDE = 512
#: Bytes of a tile, at most.
MOST_BYTES = 500_000
#: Tiles of the deepest zoom, at most: beyond, one zoom less is made.
MOST_TILES = 60_000
#: Half the world in Web Mercator, in metres.
_HALF = math.pi * 6_378_137
_DEEPEST = 22
_QUALITIES = (82, 65, 45, 25)


def build(dataset: Any, system: str, target: Path, name: str, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Write the tiles of a raster as PMTiles; give zooms, number of tiles, bounding box in degrees and legend.

    ``system`` replaces what the file says of its coordinates. Raises Refused when it is nowhere on a map.
    """
    with target.open("wb") as out:
        pyramid = _Pyramid(dataset, system, Writer(out), tell)
        pyramid.run()
        west, south, east, north = pyramid.degrees
        header = {
            "tile_type": TileType.WEBP,
            "tile_compression": Compression.NONE,
            "min_lon_e7": round(west * 1e7),
            "min_lat_e7": round(south * 1e7),
            "max_lon_e7": round(east * 1e7),
            "max_lat_e7": round(north * 1e7),
            "center_zoom": pyramid.deepest,
            "center_lon_e7": round((west + east) / 2 * 1e7),
            "center_lat_e7": round((south + north) / 2 * 1e7),
        }
        pyramid.writer.finalize(header, {"name": name, "format": "webp"})
    return {
        "minzoom": 0,
        "maxzoom": pyramid.deepest,
        "tiles": pyramid.written,
        "bbox": [west, south, east, north],
        "legend": pyramid.colours.legend,
        "bands": len(pyramid.colours.bands),
    }


class _Pyramid:
    """The tiles of one raster, from the deepest up, four at a time: no more than a few are ever held."""

    def __init__(self, dataset: Any, system: str, writer: Any, tell: Callable[[dict[str, Any]], None]) -> None:
        self.writer, self.tell = writer, tell
        self.colours = choose(dataset)
        self.written = self.read = 0
        source: dict[str, Any] = {"src_crs": system}
        if dataset.gcps[0] and dataset.transform.is_identity:
            box = calculate_default_transform(system, "EPSG:3857", dataset.width, dataset.height, gcps=dataset.gcps[0])
            left, top, step = box[0].c, box[0].f, box[0].a
            bounds = (left, top - step * box[2], left + step * box[1], top)
        else:
            box = calculate_default_transform(system, "EPSG:3857", dataset.width, dataset.height, *dataset.bounds)
            step = box[0].a
            bounds = transform_bounds(system, "EPSG:3857", *dataset.bounds, densify_pts=21)
        if not all(math.isfinite(each) for each in (*bounds, step)) or step <= 0:
            raise Refused("outside_world", "Les coordonnées de cette image ne sont nulle part sur une carte.")
        west, south = max(bounds[0], -_HALF), max(bounds[1], -_HALF)
        east, north = min(bounds[2], _HALF), min(bounds[3], _HALF)
        if west >= east or south >= north:
            raise Refused("outside_world", "Les coordonnées de cette image sont hors du monde : vérifiez son système.")
        self.box = (west, south, east, north)
        self.degrees = transform_bounds("EPSG:3857", "EPSG:4326", *self.box)
        self.deepest = self._zoom(step)
        self._open(dataset, source)

    def _zoom(self, step: float) -> int:
        """Give the zoom whose pixels are at least as fine as those of the raster, unless it has too many tiles."""
        zoom = min(_DEEPEST, max(0, math.ceil(math.log2(2 * _HALF / SIDE / step) - 0.1)))
        while zoom and self._count(zoom) > MOST_TILES:
            zoom -= 1
        return zoom

    def _range(self, zoom: int) -> tuple[int, int, int, int]:
        """Give the columns and the rows, both included, of the tiles that the raster touches."""
        size = 2 * _HALF / 2**zoom
        west, south, east, north = self.box
        last = 2**zoom - 1
        left, right = (min(last, max(0, int((x + _HALF) / size))) for x in (west, east))
        top, bottom = (min(last, max(0, int((_HALF - y) / size))) for y in (north, south))
        return left, right, top, bottom

    def _count(self, zoom: int) -> int:
        left, right, top, bottom = self._range(zoom)
        return (right - left + 1) * (bottom - top + 1)

    def _open(self, dataset: Any, source: dict[str, Any]) -> None:
        self.left, self.right, self.top, self.bottom = self._range(self.deepest)
        size = 2 * _HALF / 2**self.deepest
        self.alpha = dataset.nodata is None and ColorInterp.alpha not in dataset.colorinterp
        self.warped = WarpedVRT(
            dataset,
            **source,
            crs="EPSG:3857",
            resampling=Resampling.nearest if self.colours.exact else Resampling.bilinear,
            transform=from_origin(-_HALF + self.left * size, _HALF - self.top * size, size / SIDE, size / SIDE),
            width=(self.right - self.left + 1) * SIDE,
            height=(self.bottom - self.top + 1) * SIDE,
            add_alpha=self.alpha,
        )

    def run(self) -> None:
        """Make every tile. Raises Refused when there is nothing to see."""
        with self.warped:
            top = self._tile(0, 0, 0)
        if top is None:
            raise Refused("empty", "Cette image ne contient que des pixels sans donnée : il n’y a rien à dessiner.")

    def _tile(self, zoom: int, column: int, row: int) -> Picture | None:
        """Make a tile and those below it; None when nothing of it is seen."""
        left, right, top, bottom = self._range(zoom)
        if not (left <= column <= right and top <= row <= bottom):
            return None
        picture = self._read(column, row) if zoom == self.deepest else self._above(zoom, column, row)
        if picture is not None:
            self.writer.write_tile(zxy_to_tileid(zoom, column, row), self._encoded(picture))
            self.written += 1
        return picture

    def _above(self, zoom: int, column: int, row: int) -> Picture | None:
        canvas = np.zeros((2 * SIDE, 2 * SIDE, 4), dtype=np.uint8)
        seen = False
        for down in (0, 1):
            for across in (0, 1):
                part = self._tile(zoom + 1, 2 * column + across, 2 * row + down)
                if part is not None:
                    seen = True
                    canvas[down * SIDE : (down + 1) * SIDE, across * SIDE : (across + 1) * SIDE] = part
        if not seen:
            return None
        return canvas[::2, ::2].copy() if self.colours.exact else _halved(canvas)

    def _read(self, column: int, row: int) -> Picture | None:
        window = Window((column - self.left) * SIDE, (row - self.top) * SIDE, SIDE, SIDE)  # pyright: ignore[reportCallIssue]
        self.read += 1
        if self.read % 20 == 0:
            self.tell({"share": min(1.0, self.read / self._count(self.deepest))})
        mask = self._mask(window)
        if not mask.any():
            return None
        values = self.warped.read(list(self.colours.bands), window=window)
        mask = (
            np.where(np.isfinite(values.astype(np.float64)).all(axis=0), mask, 0) if values.dtype.kind == "f" else mask
        )
        if not mask.any():
            return None
        return np.dstack([self.colours.paint(values), mask.astype(np.uint8)])

    def _mask(self, window: Any) -> NDArray[np.uint8]:
        """Give 255 where the raster is, 0 elsewhere. GDAL only knows the band added for that in bytes and uint16."""
        if self.alpha:
            return np.where(self.warped.read(self.warped.count, window=window) > 0, 255, 0).astype(np.uint8)
        return self.warped.dataset_mask(window=window)

    def _encoded(self, picture: Picture) -> bytes:
        whole = bool((picture[..., 3] == 255).all())
        image = Image.fromarray(np.ascontiguousarray(picture[..., :3]) if whole else picture)
        if self.colours.lossless:
            data = _webp(image, lossless=True, quality=40, method=1)
            if len(data) <= MOST_BYTES:
                return data
        for quality in _QUALITIES:
            data = _webp(image, quality=quality, method=2)
            if len(data) <= MOST_BYTES:
                return data
        return _webp(image.resize((SIDE // 2, SIDE // 2)), quality=_QUALITIES[-1], method=2)


def _halved(canvas: Picture) -> Picture:
    """Give the mean of each four pixels, weighted by how much each is seen."""
    cells = canvas.reshape(SIDE, 2, SIDE, 2, 4).astype(np.float32)
    alpha = cells[..., 3:]
    total = alpha.sum(axis=(1, 3))
    colour = (cells[..., :3] * alpha).sum(axis=(1, 3)) / np.maximum(total, 1)
    return np.dstack([colour, total / 4]).round().astype(np.uint8)


def _webp(image: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", **options)
    return out.getvalue()
