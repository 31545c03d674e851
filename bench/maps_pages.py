"""The two views on a bare page each, as CKAN would write it, and the loopback server that gives them.

Both get CKAN's own scripts of every page first, then their own; nothing else is on the page, and no base map.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import subprocess
import sys
import tempfile
import threading
import zipfile
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ckan
import yaml

import ckanext.ca3b

if TYPE_CHECKING:
    from collections.abc import Callable

GEOVIEW = "0.3.2"
PEER_NAME = f"ckanext-geoview-{GEOVIEW}"
OURS = Path(ckanext.ca3b.__file__).parent
CKAN = Path(ckan.__file__).parent / "public" / "base"
VENDOR = "/vendor/maplibre-gl/"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".html": "text/html",
          ".geojson": "application/geo+json", ".png": "image/png"}  # fmt: skip

Answer = tuple[int, str, bytes]


@cache
def geoview() -> Path:
    """The unpacked wheel of ckanext-geoview. Raises CalledProcessError when it cannot be had."""
    folder = Path(tempfile.mkdtemp(prefix="geoview-"))
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "-d",
        str(folder),
        f"ckanext-geoview=={GEOVIEW}",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder / "ckanext" / "geoview" / "public"


def _bundle(file: Path, name: str) -> list[str]:
    return yaml.safe_load(file.read_text("utf-8"))[name]["contents"]


def our_page(client: dict[str, Any]) -> bytes:
    """The page of our view; ``client`` is the option of ``createMap``."""
    scripts = [f"/ours/{one}" for one in _bundle(OURS / "assets" / "webassets.yml", "maps")]
    body = (
        f'<div class="ca3b-mapview" data-module="ca3b-map" data-module-src="/carte.json" data-module-title="Mesure" '
        f'data-module-client="{html.escape(json.dumps(client))}"></div>'
        f'<link rel="preload" as="script" href="{VENDOR}maplibre-gl-csp.js">'
    )
    return _page(["/ours/maps/maps.css"], body, scripts)


def their_page() -> bytes:
    """The page of geoview's view of GeoJSON, as its template writes it, without base map."""
    manifest = geoview() / "webassets.yml"
    scripts = [f"/theirs/{one}" for one in _bundle(manifest, "geojson_js")]
    styles = [f"/theirs/{one}" for one in _bundle(manifest, "geojson_css")]
    config = "{}"
    body = (
        '<div data-module="geojsonpreview" id="data-preview" data-module-site_url="/theirs/" '
        f'data-module-map_config="{config}" data-module-max_file_size="None"></div>'
        '<script>var preload_resource = {"url": "/data.geojson", "format": "geojson"};</script>'
    )
    return _page(styles, body, scripts)


def _page(styles: list[str], body: str, scripts: list[str]) -> bytes:
    common = [f"/ckan/{one}" for one in ckan_scripts()]
    links = "".join(f'<link rel="stylesheet" href="{one}">' for one in ["/ckan/css/main.css", *styles])
    tags = "".join(f'<script src="{one}"></script>' for one in [*common, *scripts])
    head = f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Mesure</title>{links}</head>'
    return f'{head}<body data-site-root="/" data-locale-root="/">{body}{tags}</body></html>'.encode()


@cache
def ckan_scripts() -> list[str]:
    """The scripts that CKAN puts on every page before those of an extension, in order."""
    found: list[str] = []
    _follow("vendor/jquery", found)
    _follow("base/main", found)
    return found


def _follow(bundle: str, found: list[str]) -> None:
    folder, name = bundle.split("/")
    place = {"base": "javascript", "vendor": "vendor"}[folder]
    declared = yaml.safe_load((CKAN / place / "webassets.yml").read_text("utf-8")).get(name)
    if declared is None:
        return
    for one in declared.get("extra", {}).get("preload", []):
        _follow(one, found)
    for one in declared["contents"]:
        path = f"{place}/{one}"
        if one.endswith(".js") and path not in found:
            found.append(path)


class Site:
    """A server of files in memory and of folders, gzipped as a portal does, that counts what it sends."""

    def __init__(
        self, documents: dict[str, bytes], tile: Callable[[int, int, int], bytes | None] | None = None
    ) -> None:
        self.documents, self.tile, self.sent = documents, tile, 0
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the library
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Send what is at the address."""
        status, kind, body = self._find(handler.path.split("?")[0])
        packed = body[:2] == b"\x1f\x8b"
        if not packed and len(body) > 500 and kind != "image/png":
            body, packed = _pack(body), True
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        if packed:
            handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        handler.wfile.write(body)
        self.sent += len(body)

    def _find(self, path: str) -> Answer:
        if path in self.documents:
            return 200, _TYPES.get(Path(path).suffix, "text/html"), self.documents[path]
        if self.tile and (found := re.fullmatch(r"/tuiles/(\d+)/(\d+)/(\d+)", path)):
            body = self.tile(*(int(one) for one in found.groups()))
            return (200, "application/vnd.mapbox-vector-tile", body) if body else (204, "text/plain", b"")
        roots = {"/ours/": OURS / "assets", "/vendor/": OURS / "public" / "vendor", "/ckan/": CKAN}
        if path.startswith("/theirs/"):
            roots["/theirs/"] = geoview()
        for prefix, folder in roots.items():
            file = folder / path.removeprefix(prefix)
            if path.startswith(prefix) and ".." not in path and file.is_file():
                return 200, _TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes()
        return 404, "text/plain", b""


@cache
def _pack(body: bytes) -> bytes:
    return gzip.compress(body, 6)


def versions() -> dict[str, str]:
    """What was compared."""
    return {"ckan": version("ckan"), "ckanext-geoview": GEOVIEW}
