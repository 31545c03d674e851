"""Describes one layer from its store, read once, batch after batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from ckanext.ca3b.maps.limits import BATCH_FEATURES
from ckanext.ca3b.maps.model import STORE_FID, STORE_LAYER, LayerDescription

from .columns import LONG, Column, kind_of
from .icons import choose_icon, icons
from .style import choose_style, choose_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

#: Attributes that tiles carry besides the title and the one coloured by.
_IN_TILES = 30


def describe_layer(store: Path, *, name: str, geometry_types: Sequence[str], features: int) -> LayerDescription:
    """Describe the layer whose cleaned GeoPackage is ``store``; ``name`` and the values choose the icon.

    Quantiles and counts of different values are exact for small layers, and beyond are estimates that say so
    (``quantiles_exact``, ``distinct_exact``).
    """
    if not features:
        return LayerDescription()
    return describe_frames(_frames(store), name=name, geometry_types=geometry_types)


def describe_frames(frames: Iterable[pl.DataFrame], *, name: str, geometry_types: Sequence[str]) -> LayerDescription:
    """Describe a layer from the frames of its attributes, all of the same columns."""
    columns: list[Column] = []
    for frame in frames:
        if not columns:
            columns = [Column(each, kind_of(dtype)) for each, dtype in frame.schema.items() if each != STORE_FID]
        for column in columns:
            column.add(frame[column.name])
    kinds = {kind.removeprefix("Multi") for kind in geometry_types}
    title = choose_title(columns)
    style = choose_style(columns, polygons="Polygon" in kinds)
    style["color_attribute"] = next((column.name for column in columns if column.is_colour), None)
    if "Point" in kinds:
        _add_icon(style, choose_icon(name, columns))
    return LayerDescription([*_attributes(columns, title, style)], title, style)


def _add_icon(style: dict[str, Any], code: str | None) -> None:
    """Name the icon and bring its drawing, a filled SVG path in a square of 15 × 15 units."""
    if code:
        icon = icons()[code]
        style.update(icon=code, icon_label=icon.label, icon_path=icon.path)


def _attributes(columns: Sequence[Column], title: str | None, style: dict[str, Any]) -> Iterable[dict[str, Any]]:
    wanted = {title, style["attribute"]}
    for place, column in enumerate(columns):
        fits = place < _IN_TILES and column.longest <= LONG
        yield column.describe(in_tiles=fits or column.name in wanted)


def _frames(store: Path) -> Iterable[pl.DataFrame]:
    import pyogrio  # noqa: PLC0415 - of the extra « maps », and heavy

    with pyogrio.open_arrow(
        store, layer=STORE_LAYER, read_geometry=False, batch_size=BATCH_FEATURES, use_pyarrow=True
    ) as (_, reader):
        for batch in reader:
            frame = pl.from_arrow(batch)
            if isinstance(frame, pl.DataFrame):
                yield frame
