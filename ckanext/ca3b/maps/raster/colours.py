"""From the values of bands to pictures, and the legend that says what the colours mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen
from rasterio.enums import ColorInterp

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Values = NDArray[Any]

# Viridis (Smith and van der Walt, CC0) at nine places: read by colour-blind people and in black and white.
_VIRIDIS = ("#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725")
# Okabe and Ito, then their lighter neighbours: classes are told apart.
_CLASSES = (
    "#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#f0e442", "#999999", "#7f3c8d", "#11a579",
    "#3969ac", "#f2b701", "#e73f74", "#80ba5a", "#e68310", "#008695", "#cf1c90", "#f97b72", "#4b4b8f", "#a5aa99",
)  # fmt: skip
#: Side of the picture on which values are looked at.
_GLANCE = 1024
#: Values kept from the extremes: a few stray pixels must not make the rest grey.
_LOW, _HIGH = 2, 98


@frozen
class Colours:
    """How to colour: ``bands`` to read, ``paint`` from values (bands, rows, columns) to RGB (rows, columns, 3).

    ``exact``: values are classes or codes, never mixed; ``lossless``: few colours, to be kept as they are.
    """

    bands: tuple[int, ...]
    paint: Callable[[Values], NDArray[np.uint8]]
    exact: bool
    lossless: bool
    legend: dict[str, Any] | None


def choose(dataset: Any) -> Colours:
    """Choose how to colour a raster: its own colours, its palette, classes, or a ramp from low to high."""
    kinds = list(dataset.colorinterp)
    plain = [band for band, kind in zip(dataset.indexes, kinds, strict=True) if kind != ColorInterp.alpha]
    if len(plain) >= 3:
        return _picture(dataset, _three(plain, kinds))
    band = plain[0]
    values = _glance(dataset, band)
    if palette := _palette(dataset, band):
        return _classes(band, palette, values, limit=256)
    distinct = np.unique(values)
    whole = np.issubdtype(np.dtype(dataset.dtypes[band - 1]), np.integer)
    if whole and len(distinct) <= len(_CLASSES):
        chosen = {int(value): _rgb(_CLASSES[place]) for place, value in enumerate(distinct)}
        return _classes(band, chosen, values, limit=len(_CLASSES))
    return _ramp(dataset, band, values)


def _three(plain: list[int], kinds: list[Any]) -> tuple[int, ...]:
    named = [
        next((band for band in plain if kinds[band - 1] == kind), None)
        for kind in (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
    ]
    found = [band for band in named if band is not None]
    return tuple(found) if len(found) == 3 else tuple(plain[:3])


def _picture(dataset: Any, bands: tuple[int, ...]) -> Colours:
    if all(dataset.dtypes[band - 1] == "uint8" for band in bands):
        return Colours(bands, lambda values: np.moveaxis(values, 0, -1).astype(np.uint8), False, False, None)
    ranges = [_stretch(_glance(dataset, band)) for band in bands]
    low = np.array([each[0] for each in ranges]).reshape(-1, 1, 1)
    wide = np.array([each[1] - each[0] for each in ranges]).reshape(-1, 1, 1)

    def paint(values: Values) -> NDArray[np.uint8]:
        scaled = np.clip((values.astype(np.float64) - low) / wide, 0, 1) * 255
        return np.moveaxis(np.nan_to_num(scaled), 0, -1).astype(np.uint8)

    return Colours(bands, paint, False, False, None)


def _ramp(dataset: Any, band: int, values: Values) -> Colours:
    low, high = _stretch(values)
    grey = dataset.dtypes[band - 1] == "uint8" and dataset.colorinterp[band - 1] == ColorInterp.gray
    anchors = np.array([_rgb(code) for code in (("#000000", "#ffffff") if grey else _VIRIDIS)], dtype=np.float64)
    places = np.linspace(0, 1, len(anchors))
    table = np.stack([np.interp(np.linspace(0, 1, 256), places, anchors[:, each]) for each in range(3)], axis=-1)
    table = table.round().astype(np.uint8)

    def paint(cells: Values) -> NDArray[np.uint8]:
        scaled = np.clip((cells[0].astype(np.float64) - low) / (high - low), 0, 1)
        return table[np.nan_to_num(scaled * 255).astype(np.uint8)]

    scale, offset = dataset.scales[band - 1] or 1.0, dataset.offsets[band - 1] or 0.0
    stops = [low + (high - low) * share for share in (0, 0.25, 0.5, 0.75, 1)]
    legend = {
        "kind": "ramp",
        "unit": dataset.units[band - 1] or None,
        "label": dataset.descriptions[band - 1] or None,
        "items": [
            {
                "value": float(f"{stop * scale + offset:.4g}"),
                "label": f"{stop * scale + offset:.4g}".replace(".", ","),
                "color": _hex(table[round(share * 255)]),
            }
            for stop, share in zip(stops, (0, 0.25, 0.5, 0.75, 1), strict=True)
        ],
    }
    return Colours((band,), paint, False, not grey, legend)


def _classes(band: int, palette: dict[int, tuple[int, int, int]], values: Values, limit: int) -> Colours:
    codes = np.array(sorted(palette))
    table = np.array([palette[int(code)] for code in codes], dtype=np.uint8)

    def paint(cells: Values) -> NDArray[np.uint8]:
        return table[np.clip(np.searchsorted(codes, cells[0]), 0, len(codes) - 1)]

    found, counts = np.unique(values, return_counts=True)
    shown = [int(code) for code in found[np.argsort(-counts)] if int(code) in palette][: min(limit, 20)]
    items = [{"value": code, "label": str(code), "color": _hex(palette[code])} for code in sorted(shown)]
    return Colours((band,), paint, True, True, {"kind": "classes", "items": items})


def _palette(dataset: Any, band: int) -> dict[int, tuple[int, int, int]]:
    if dataset.colorinterp[band - 1] != ColorInterp.palette:
        return {}
    return {code: (red, green, blue) for code, (red, green, blue, _) in dataset.colormap(band).items()}


def _glance(dataset: Any, band: int) -> Values:
    """Read a small picture of a band; only the values that mean something."""
    ratio = max(1.0, max(dataset.width, dataset.height) / _GLANCE)
    shape = (max(1, round(dataset.height / ratio)), max(1, round(dataset.width / ratio)))
    cells = dataset.read(band, out_shape=shape, masked=True).compressed()
    return cells[np.isfinite(cells)]


def _stretch(values: Values) -> tuple[float, float]:
    if not len(values):
        return 0.0, 1.0
    low, high = (float(each) for each in np.percentile(values, [_LOW, _HIGH]))
    if low >= high:
        low, high = float(values.min()), float(values.max())
    return (low, high) if low < high else (low, low + 1.0)


def _rgb(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def _hex(colour: Any) -> str:
    return "#" + "".join(f"{int(each):02x}" for each in colour[:3])
