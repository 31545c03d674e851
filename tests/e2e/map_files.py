"""Geographic files published for the tests of maps, made from nothing but the territory of the portal."""

from __future__ import annotations

import io
import json
import random
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from ckanapi import NotFound
from playwright.sync_api import Page
from pyproj import Transformer

from ckanext.ca3b.territory.core import Territory

from .conftest import Portal

KINDS = ("Verre", "Papier", "Textile", "Compost")
HOSTILE = "<script>window.hacked = 1</script><b>Quai de l'Est</b>"
LINK = "https://www.example.org/points/1"
DRAWN_WITHIN = 240


def points(territory: Territory, number: int) -> bytes:
    """GeoJSON of collection points, spread over the communes; the first has a script for a name."""
    chance = random.Random(7)
    west, south, east, north = territory.bbox() or (5.0, 46.0, 5.5, 46.5)
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [round(chance.uniform(west, east), 6), round(chance.uniform(south, north), 6)],
            },
            "properties": {
                "nom": HOSTILE if not rank else f"Point de collecte {rank + 1}",
                "type": KINDS[rank % len(KINDS)],
                "bacs": 1 + rank % 12,
                "lien": LINK if not rank else "javascript:window.hacked=2",
            },
        }
        for rank in range(number)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def lambert_shapefile(territory: Territory) -> bytes:
    """Zipped shapefile of the communes in Lambert-93, with their population."""
    codes = list(territory.outlines)
    change = Transformer.from_crs(4326, 2154, always_xy=True)
    shapes = [shapely.transform(territory.outlines[code], change.transform, interleaved=False) for code in codes]
    communes = [territory.communes[code] for code in codes]
    columns = {
        "nom": np.array([one.name for one in communes], object),
        "code_insee": np.array(codes, object),
        "population": np.array([one.municipal_population or 0 for one in communes], np.int64),
    }
    with tempfile.TemporaryDirectory() as folder:
        pyogrio.raw.write(
            Path(folder) / "communes.shp", shapely.to_wkb(np.array(shapes, object)), list(columns.values()),
            list(columns), driver="ESRI Shapefile", geometry_type="Polygon", crs="EPSG:2154", encoding="UTF-8",
        )  # fmt: skip
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(Path(folder).iterdir()):
                archive.write(path, path.name)
    return packed.getvalue()


def authorised(portal: Portal, resource: dict[str, Any]) -> None:
    """Have the DPO look at a picture, which nothing but a person can, and open it."""
    dpo = portal.api("dpo")
    limit = time.monotonic() + DRAWN_WITHIN
    while not (gate := dpo.action.ca3b_gate_show(resource_id=resource["id"]))["open"]:
        if gate["state"] == "held":
            dpo.action.ca3b_dpo_decide(
                resource_id=resource["id"], sha256=gate["sha256"], kind="authorise", ground="law",
                reason="Image du sol, sans personne ni texte.",
            )  # fmt: skip
        assert time.monotonic() < limit, gate
        time.sleep(1)


def published(
    portal: Portal,
    slug: str,
    title: str,
    file: tuple[str, str, bytes],
    *,
    picture: bool = False,
    within: int = DRAWN_WITHIN,
) -> dict[str, Any]:
    """Publish a file (name, format, bytes) as a dataset of the agglomeration once, and wait for its map.

    Gives its resource; fails when no map came ``within`` seconds. A ``picture`` waits for the DPO, who opens it.
    """
    api = portal.api("exploitant")
    try:
        dataset = api.action.package_show(id=slug)
    except NotFound:
        dataset = api.action.package_create(name=slug, title=title, notes=title, owner_org=portal.territory.epci.slug)
        name, form, content = file
        stream = io.BytesIO(content)
        stream.name = name
        api.action.resource_create(package_id=dataset["id"], name=title, format=form, upload=stream)
        dataset = api.action.package_show(id=slug)
    resource = dataset["resources"][0]
    if picture:
        authorised(portal, resource)
    limit = time.monotonic() + within
    while True:
        found = api.action.ca3b_map_show(resource_id=resource["id"])
        # The view of a table is made once its map is there.
        views = [one["view_type"] for one in api.action.resource_view_list(id=resource["id"])]
        if found["state"] == "done" and "ca3b_map" in views:
            return resource | {"path": f"/dataset/{slug}/resource/{resource['id']}"}
        assert found["state"] not in {"failed", "not_a_map"}, found["error"]
        assert time.monotonic() < limit, found
        time.sleep(1)


#: Script that counts the pixels of a colour on the picture that the reader can save.
PIXELS = """([red, green, blue]) => {
  const picture = document.querySelector('.ca3b-mapview').ca3bMap.picture();
  const { data } = picture.getContext('2d').getImageData(0, 0, picture.width, picture.height);
  let found = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) < 12) { found += 1; }
  }
  return found;
}"""

#: Script whose promise is kept when the map has drawn all it was told so far: tiles, new colours and their transition.
IDLE = """() => new Promise((done) => {
  const { map } = document.querySelector('.ca3b-mapview').ca3bMap;
  map.once('idle', () => done());
  map.triggerRepaint();
})"""


def pixels(page: Page, color: tuple[int, int, int]) -> int:
    """Count the pixels of a colour on the picture that the reader can save, once the map is painted."""
    page.evaluate(IDLE)
    return page.evaluate(PIXELS, color)
