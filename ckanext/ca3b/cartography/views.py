"""The addresses of a map: its description, features, sample, tiles, downloads, and the page to embed.

Each asks whether the visitor may see the file, each time: what is held or made private is gone at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response

from ckanext.ca3b.maps import MapError

from . import access, answers, carte, derived, exports, jobs, layers, refusals, served, tilejson, tiles, view, words
from .access import RefusedError

if TYPE_CHECKING:
    from .layers import Layer

maps = Blueprint("ca3b_maps", __name__, url_prefix="/cartes/fichiers/<resource_id>")


def description(resource_id: str) -> Response:
    """Give the description of a map, and where its making is."""
    allowed = access.allowed(resource_id)
    found = served.of(allowed.resource)
    if found is not None:
        jobs.revive(found)
    return answers.document(carte.document(allowed, found), allowed)


def all_features(resource_id: str, layer: str) -> Response:
    """Give the features of a layer that is small enough for one file."""
    found = layers.one(resource_id, layer)
    data = found.about.get("data") or {}
    if data.get("type") != "geojson":
        raise RefusedError(404, words.too_large())
    return _features(found, data["file"])


def sample(resource_id: str, layer: str) -> Response:
    """Give some features of a layer, those to be seen while its tiles are made."""
    found = layers.one(resource_id, layer)
    data = found.about.get("data") or {}
    name = found.about.get("sample") or (data.get("file") if data.get("type") == "geojson" else None)
    return _features(found, name)


def tile(resource_id: str, layer: str, z: int, x: int, y: int) -> Response:
    """Give a tile; 204 when nothing is there."""
    found = layers.one(resource_id, layer)
    data = found.about.get("data") or {}
    location = found.location(data.get("file")) if data.get("type") == "pmtiles" else None
    if location is None and not data.get("service"):
        raise RefusedError(404, words.no_layer())
    tag = f"{found.map.version}-{layer}-{z}-{x}-{y}"
    if same := answers.unchanged(found.allowed, tag):
        return same
    body = None
    if z <= 30 and x < 1 << z and y < 1 << z:
        body = tiles.read(location, z, x, y) if location else tiles.elsewhere(data, z, x, y)
    return answers.kept(answers.tile(body), found.allowed, tag)


def tilejson_document(resource_id: str, layer: str) -> Response:
    """Describe the tiles of a layer to programs."""
    found = layers.one(resource_id, layer)
    described = tilejson.document(found)
    if described is None:
        raise RefusedError(404, words.no_layer())
    return answers.document(described, found.allowed)


def export(resource_id: str, form: str) -> Any:  # noqa: PLR0911 - one case after another
    """Send a layer as a file of another format."""
    if form not in exports.FORMATS:
        return tk.abort(404, tk._("Downloads are: {formats}.").format(formats=", ".join(exports.FORMATS)))
    try:
        found = layers.one(resource_id, tk.request.args.get("couche", "0"))
        _ = found.store  # a picture, or a sample, has no features to convert
    except RefusedError as error:
        return tk.abort(error.status, error.message)
    tag = f"{found.map.version}-{found.about['id']}-{form}"
    if same := answers.unchanged(found.allowed, tag):
        return same
    try:
        body, size = exports.export(found, form) if tk.request.method != "HEAD" else (iter(()), None)
    except MapError as error:
        return tk.abort(404, error.message)
    except exports.BusyError:
        return tk.abort(503, tk._("Too many files are being converted. Ask for this one again in a minute."))
    except derived.MissingError:
        return tk.abort(404, words.no_map())
    answer = Response(body, content_type=exports.FORMATS[form].media_type)
    if size is not None:
        answer.content_length = size
    if close := getattr(body, "close", None):
        answer.call_on_close(close)
    answer.headers.set("Content-Disposition", "attachment", filename=exports.file_name(found, form))
    return answers.kept(answer, found.allowed, tag)


def embed(resource_id: str) -> Any:
    """Show the map alone, for a page of another site."""
    try:
        allowed = access.allowed(resource_id)
        found = view.described(allowed, embedded=True)
    except RefusedError as error:
        return tk.abort(error.status, error.message)
    if found is None:
        return tk.abort(404, words.no_map())
    answer = Response(tk.render("ca3b/maps/embed.html", {"map": found, "page_url": found["page"]}))
    # This page alone may be put in the pages of others.
    answer.headers["Content-Security-Policy"] = "frame-ancestors *"
    answer.headers.pop("X-Frame-Options", None)
    return answer


def _features(found: Layer, name: str | None) -> Response:
    location = found.location(name)
    if location is None:
        raise RefusedError(404, words.no_layer())
    tag = f"{found.map.version}-{name}"
    if same := answers.unchanged(found.allowed, tag):
        return same
    body = derived.content(location)
    packed = found.map.files[name or ""].get("gzip")
    answer = (answers.stored if packed else answers.packed)(body, answers.GEOJSON)
    return answers.kept(answer, found.allowed, tag)


maps.add_url_rule("/carte.json", "carte", description)
maps.add_url_rule("/couches/<layer>/entites.geojson", "features", all_features)
maps.add_url_rule("/couches/<layer>/echantillon.geojson", "sample", sample)
maps.add_url_rule("/couches/<layer>/tuiles/<int:z>/<int:x>/<int:y>", "tile", tile)
maps.add_url_rule("/couches/<layer>/tuiles.json", "tilejson", tilejson_document)
maps.add_url_rule("/telecharger.<form>", "export", export)
maps.add_url_rule("/integrer", "embed", embed)
refusals.told_by(maps)
