"""A layer as large agglomerations have them: addresses or buildings, denser in towns, with six attributes.

``python -m bench.tiles_file FOLDER KIND COUNT`` writes it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

TOWNS, IN_TOWN = 74, 0.6


def paths(folder: Path, kind: str) -> tuple[Path, Path]:
    """Where a layer is written: as a store of ours and as FlatGeobuf."""
    return folder / f"{kind}.gpkg", folder / f"{kind}.fgb"


def write_layer(folder: Path, kind: str, count: int) -> None:
    """Write ``count`` points or polygons in both formats."""
    import numpy as np  # noqa: PLC0415 - an extra
    import pyarrow as pa  # noqa: PLC0415
    import pyogrio  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    rng = np.random.default_rng(7)
    towns = rng.uniform((4.9, 45.95), (5.6, 46.5), (TOWNS, 2))
    share = rng.pareto(1.2, TOWNS) + 0.2
    which = rng.choice(TOWNS, count, p=share / share.sum())
    spread = rng.normal(towns[which], (0.012, 0.009))
    xy = np.where((rng.random(count) < IN_TOWN)[:, None], spread, rng.uniform((4.8, 45.9), (5.7, 46.55), (count, 2)))
    shapes = shapely.points(xy) if kind == "points" else _buildings(xy, rng)
    streets = np.array([f"{way} {name}" for way in ("rue", "avenue", "place") for name in ("de la Gare", "Pasteur")])
    numbers = np.char.add(rng.integers(1, 200, count).astype(str), " ")
    columns: dict[str, Any] = {
        "code": [f"01{town:03d}_{number:07d}" for number, town in enumerate(which)],
        "adresse": np.char.add(numbers, streets[rng.integers(0, len(streets), count)]),
        "nature": np.array(["maison", "appartement", "commerce", "annexe"])[rng.integers(0, 4, count)],
        "surface": np.round(rng.lognormal(4.5, 0.7, count), 1),
        "niveaux": rng.integers(0, 8, count),
        "insee": [f"01{town:03d}" for town in which],
        "geom": pa.array(shapely.to_wkb(shapes), pa.binary()),
    }
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    for path, driver in zip(paths(folder, kind), ("GPKG", "FlatGeobuf"), strict=True):
        pyogrio.write_arrow(
            table,
            str(path),
            layer="features",
            driver=driver,
            geometry_name="geom",
            geometry_type="Point" if kind == "points" else "Polygon",
            crs="EPSG:4326",
        )


def _buildings(xy: Any, rng: Any) -> Any:
    """Outlines of 4 to 8 corners, some 8 m from their middle."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    corners, turn, radius = rng.integers(4, 9, len(xy)), rng.uniform(0, 6.28, len(xy)), rng.lognormal(2.1, 0.5, len(xy))
    shapes = np.empty(len(xy), object)
    for sides in range(4, 9):
        some = np.flatnonzero(corners == sides)
        angle = turn[some, None] + np.linspace(0, 2 * np.pi, sides + 1)[None, :]
        outline = radius[some, None, None] * np.stack([np.cos(angle) / 77_000, np.sin(angle) / 111_320], axis=2)
        outline[:, -1] = outline[:, 0]
        shapes[some] = shapely.polygons(xy[some, None, :] + outline)
    return shapes


if __name__ == "__main__":
    write_layer(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
