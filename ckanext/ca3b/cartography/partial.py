"""The description of a map of which only a sample is ready."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SAMPLE = ".sample.geojson"


def is_sample(name: str) -> bool:
    """Tell whether a file of the conversion is the sample of a layer."""
    return name.endswith(SAMPLE)


def describe(samples: Sequence[Path], described: dict[str, Any] | None) -> dict[str, Any]:
    """Return a description that shows samples (``<layer>.sample.geojson``) as the data of their layers.

    :param described: what the conversion already says of the whole, None when it says nothing yet.
    """
    known = {layer["id"]: layer for layer in (described or {}).get("layers", [])}
    layers = [_layer(path, known.get(path.name.removesuffix(SAMPLE), {})) for path in samples]
    boxes = [layer["bbox"] for layer in layers if layer["bbox"]]
    return {
        "version": 1, "driver": None, "crs": None, "crs_how": None, "features": None, "skipped": {},
        "skipped_rows": [], "warnings": [], **(described or {}), "bbox": _union(boxes), "layers": layers,
    }  # fmt: skip


def _layer(path: Path, known: dict[str, Any]) -> dict[str, Any]:
    found = json.loads(path.read_text("utf-8"))
    features = found.get("features") or []
    types = sorted({one["geometry"]["type"] for one in features if one.get("geometry")})
    return {
        "id": path.name.removesuffix(SAMPLE), "name": "", "kind": "vector", "features": None,
        "geometry_types": types, "bbox": found.get("bbox") or _box(features), "attributes": [], "title": None,
        "style": {"attribute": None, "kind": "single", "classes": 5, "icon": None}, **known,
        "data": {"type": "geojson", "file": path.name}, "sample": path.name, "store": None,
    }  # fmt: skip


def _box(features: list[dict[str, Any]]) -> list[float] | None:
    places = [place for one in features for place in _places(one.get("geometry") or {})]
    if not places:
        return None
    xs, ys = [place[0] for place in places], [place[1] for place in places]
    return [min(xs), min(ys), max(xs), max(ys)]


def _places(geometry: dict[str, Any]) -> list[list[float]]:
    if "geometries" in geometry:
        return [place for one in geometry["geometries"] for place in _places(one)]
    found: list[list[float]] = []
    todo = [geometry.get("coordinates") or []]
    while todo:
        one = todo.pop()
        if one and isinstance(one[0], int | float):
            found.append(one)
        else:
            todo.extend(one)
    return found


def _union(boxes: list[list[float]]) -> list[float] | None:
    if not boxes:
        return None
    return [min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)]
