"""The addresses of the API. Those of a layer ask whether the visitor may see its file, each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
from flask import Blueprint

from ckanext.ca3b.cartography import answers, refusals
from ckanext.ca3b.cartography.access import Allowed, RefusedError

from . import collections, items, links, openapi

if TYPE_CHECKING:
    from flask import Response

api = Blueprint("ca3b_ogc", __name__, url_prefix="/ogc")


def landing() -> Response:
    """Give the landing page."""
    return answers.document(links.landing(), None)


def conformance() -> Response:
    """Give what the API conforms to."""
    return answers.document(links.conformance(), None)


def description() -> Response:
    """Give the OpenAPI document."""
    return answers.document(openapi.document(), None, mimetype=links.OPENAPI)


def all_collections() -> Response:
    """Give the collections that the visitor may see; not for caches, since others see others."""
    asked = tk.request.args.get("offset", "0")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise RefusedError(400, tk._("“{name}” is a whole number from {least}.").format(name="offset", least=0))
    return answers.document(collections.listed(int(asked)), Allowed({}, public=not tk.current_user.name))


def collection(collection_id: str) -> Response:
    """Describe a collection."""
    layer = collections.layer_of(collection_id)
    return answers.document(collections.described(layer), layer.allowed)


def page(collection_id: str) -> Response:
    """Give a page of features."""
    layer = collections.layer_of(collection_id)
    _refuse_repeated()
    answer = answers.document(items.page(layer, tk.request.args), layer.allowed, mimetype=links.GEOJSON)
    answer.headers.update(items.content_headers())
    return answer


def single(collection_id: str, fid: str) -> Response:
    """Give one feature."""
    layer = collections.layer_of(collection_id)
    answer = answers.document(items.single(layer, fid), layer.allowed, mimetype=links.GEOJSON)
    answer.headers.update(items.content_headers())
    return answer


def _refuse_repeated() -> None:
    for name, values in tk.request.args.lists():
        if len(values) > 1:
            raise RefusedError(400, tk._("“{name}” is given twice.").format(name=name))


# With and without the last « / »: clients build addresses from either.
api.add_url_rule("", "landing", landing)
api.add_url_rule("/", "landing_slash", landing)
api.add_url_rule("/conformance", "conformance", conformance)
api.add_url_rule("/api", "api", description)
api.add_url_rule("/collections", "collections", all_collections)
api.add_url_rule("/collections/<collection_id>", "collection", collection)
api.add_url_rule("/collections/<collection_id>/items", "items", page)
api.add_url_rule("/collections/<collection_id>/items/<fid>", "item", single)
refusals.told_by(api)
