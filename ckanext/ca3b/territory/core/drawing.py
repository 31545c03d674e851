"""The communes as a small drawing: SVG paths that need neither script, nor tiles, nor the network."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely
from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from .territory import Territory

WIDTH = 1000
# One unit of the drawing: finer detail is not seen, and would weigh on the page.
TOLERANCE = 1.0


@frozen
class Outline:
    """The path of one commune, the ``d`` of an SVG path."""

    code: str
    path: str


@frozen
class Drawing:
    """Outlines in a box of ``width`` by ``height`` units."""

    width: int
    height: int
    outlines: tuple[Outline, ...]


def draw(territory: Territory, codes: Iterable[str] | None = None) -> Drawing | None:
    """Draw the communes ``codes`` of a territory, all of them without ``codes``.

    Longitudes are shrunk by the cosine of the middle latitude, which looks right at the scale of
    an agglomeration. Returns None when no outline is known.
    """
    wanted = list(territory.outlines) if codes is None else [code for code in codes if code in territory.outlines]
    box = territory.bbox(wanted) if wanted else None
    if box is None:
        return None
    west, south, east, north = box
    squeeze = math.cos(math.radians((south + north) / 2))
    # A margin keeps the strokes of the border inside the box.
    scale = (WIDTH - 8) / max((east - west) * squeeze, (north - south))

    shapes = [
        shapely.transform(
            territory.outlines[code],
            lambda points: (points - [west, north]) * [scale * squeeze, -scale] + 4,
        )
        for code in wanted
    ]
    return Drawing(
        width=math.ceil((east - west) * squeeze * scale) + 8,
        height=math.ceil((north - south) * scale) + 8,
        outlines=tuple(Outline(code, _path(shape)) for code, shape in zip(wanted, _simplified(shapes), strict=True)),
    )


def _simplified(shapes: Sequence[BaseGeometry]) -> Sequence[BaseGeometry]:
    """Drop unseen detail, keeping the common borders of neighbours common when the source allows it."""
    if shapely.coverage_is_valid(shapes):
        return list(shapely.coverage_simplify(shapes, TOLERANCE))
    return [shape.simplify(TOLERANCE) for shape in shapes]


def _path(shape: BaseGeometry) -> str:
    rings = [ring for polygon in shapely.get_parts(shape) for ring in (polygon.exterior, *polygon.interiors)]
    return "".join(_ring([(round(x), round(y)) for x, y in ring.coords]) for ring in rings)


def _ring(points: list[tuple[int, int]]) -> str:
    """Write a ring in relative moves, half the weight of absolute ones."""
    (x, y), *rest = points
    steps = []
    for next_x, next_y in rest[:-1]:
        if (next_x, next_y) != (x, y):
            steps.append(f"{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z" if steps else ""
