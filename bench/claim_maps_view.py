"""The map in the browser: time to the first feature, bytes, long tasks, against ckanext-geoview's view of GeoJSON."""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError

from bench import maps_pages as pages
from bench.figures import Figure
from bench.maps_pages import PEER_NAME, Site
from ckanext.ca3b.maps.convert import convert
from ckanext.ca3b.maps.drivers.formats import DRIVERS
from ckanext.ca3b.maps.services.recognition import KINDS
from ckanext.ca3b.maps.tiling import read_tile

SIZES = {10: 5, 10_000: 3, 1_000_000: 1}
#: Seconds after which a view that shows nothing is stopped.
PATIENCE = int(os.environ.get("CA3B_BENCH_MAP_SECONDS", "180"))
#: Geoview refuses larger GeoJSON files by default (``ckanext.geoview.geojson.max_file_size``); measured without.
GEOVIEW_LIMIT = 25 * 1024 * 1024
#: What its plugins say they open (``GEOVIEW_FORMATS``, ``SHP``, ``WMTS`` of its plugin.py); « esri » names are one.
GEOVIEW_FORMATS = {"kml", "geojson", "gml", "shapefile", "wms", "wfs", "wmts", "arcgis"}
CHROMIUM = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

#: Runs before anything of the page: notes the first feature drawn, of either view, and the tasks over 50 ms.
WATCH = """
window.seen = { first: null, long: 0, tasks: 0 };
new PerformanceObserver((list) => list.getEntries().forEach((one) => {
  window.seen.long += one.duration;
  window.seen.tasks += 1;
})).observe({ type: 'longtask', buffered: true });
const drawn = '.ca3b-mapview[data-ready], .leaflet-overlay-pane path, .leaflet-marker-pane img';
const watch = new MutationObserver(() => {
  if (!document.querySelector(drawn)) { return; }
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.seen.first = performance.now(); }));
});
const all = { subtree: true, childList: true, attributes: true };
document.addEventListener('DOMContentLoaded', () => watch.observe(document, all));
"""


def measure() -> Iterator[Figure]:
    """Each size on both views, and the formats that each opens."""
    ours = {*DRIVERS.values(), *KINDS}
    details = {"unknown_to_geoview": sorted(ours - GEOVIEW_FORMATS), "unknown_to_us": sorted(GEOVIEW_FORMATS - ours)}
    yield Figure("maps_formats_shown", len(ours), len(GEOVIEW_FORMATS), "formats", PEER_NAME, None, details)
    with sync_playwright() as playwright, _browser(playwright) as browser:
        for size, rounds in SIZES.items():
            yield from _size(browser, size, rounds)


def _size(browser: Browser, size: int, rounds: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "points.geojson"
        source.write_bytes(_points(size))
        ours, theirs = _our_site(source, Path(folder) / "map"), _their_site(source)
        times: dict[str, list[dict[str, float]]] = {"ours": [], "peer": []}
        for _ in range(rounds):
            times["ours"].append(_visit(browser, ours))
            times["peer"].append(_visit(browser, theirs))
        refused = source.stat().st_size > GEOVIEW_LIMIT
    details: dict[str, Any] = {"features": size, "rounds": rounds, "runs": times, **pages.versions()}
    details["peer_refuses_by_default"] = refused
    details["peer_gave_up_after_s"] = (
        PATIENCE if any(one["first"] >= PATIENCE * 1000 for one in times["peer"]) else None
    )
    for name, key, unit in (
        ("first_feature", "first", "ms"),
        ("bytes", "bytes", "bytes"),
        ("long_tasks", "long", "ms"),
    ):
        ours_value, peer_value = (statistics.median(one[key] for one in times[who]) for who in ("ours", "peer"))
        yield Figure(f"maps_view_{size}_{name}", ours_value, max(peer_value, 1), unit, PEER_NAME, None, details)


@contextmanager
def _browser(playwright: Any) -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    arguments = CHROMIUM + (["--no-sandbox"] if os.geteuid() == 0 else [])
    browser = playwright.chromium.launch(args=arguments, **({"executable_path": found} if found else {}))
    yield browser
    browser.close()


def _visit(browser: Browser, site: Site) -> dict[str, float]:
    """A first visit, nothing in any cache: time to the first feature and of long tasks (ms), bytes sent."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.add_init_script(WATCH)
    site.sent = 0
    try:
        page.goto(f"{site.url}/", wait_until="commit")
        page.wait_for_function("window.seen && window.seen.first !== null", timeout=PATIENCE * 1000)
        page.wait_for_timeout(3000)
        seen = page.evaluate("window.seen")
    except BrowserError:
        seen = {"first": PATIENCE * 1000.0, "long": PATIENCE * 1000.0, "tasks": 0}
    sent = site.sent
    context.close()
    return {**seen, "bytes": float(sent)}


def _points(number: int) -> bytes:
    """GeoJSON of points with five properties, as an open data file has them."""
    chance = random.Random(number)
    kinds = ("Verre", "Papier", "Textile", "Compost", "Piles")
    return b'{"type":"FeatureCollection","features":[' + b",".join(
        json.dumps({
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [chance.randint(4900000, 5600000) / 1e6,
                                                          chance.randint(45900000, 46500000) / 1e6]},
            "properties": {"nom": f"Point {rank}", "type": chance.choice(kinds), "bacs": chance.randint(1, 12),
                           "commune": f"Commune {rank % 74}", "maj": "2026-03-01"},
        }, ensure_ascii=False, separators=(",", ":")).encode()
        for rank in range(number)
    ) + b"]}"  # fmt: skip


def _our_site(source: Path, folder: Path) -> Site:
    """Our page over what the conversion of the file gives."""
    convert(source, folder, name=source.name)
    carte = json.loads((folder / "carte.json").read_text("utf-8"))
    layer = carte["layers"][0]
    data = layer["data"]
    documents = {"/": pages.our_page(_client()), "/api/i18n/fr": b"{}"}
    layer["urls"] = {"data": "/data.geojson", "tiles": "/tuiles/{z}/{x}/{y}"}
    documents["/carte.json"] = json.dumps({**carte, "state": "done"}).encode()
    if data["type"] == "pmtiles":
        return Site(documents, lambda z, x, y: read_tile(folder / data["file"], z, x, y))
    documents["/data.geojson"] = (folder / data["file"]).read_bytes()
    return Site(documents)


def _their_site(source: Path) -> Site:
    """Geoview's page over the file itself, which it reads in the browser."""
    return Site({"/": pages.their_page(), "/data.geojson": source.read_bytes(), "/api/i18n/fr": b"{}"})


def _client() -> dict[str, Any]:
    return {"vendor": pages.VENDOR, "outlines": "", "bases": ["none"], "geocoder": "", "bbox": None, "words": {}}
