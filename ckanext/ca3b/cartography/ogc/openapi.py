"""The description of the API by OpenAPI 3.0.3: what clients read before they ask."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import ckan.plugins.toolkit as tk

from . import parameters
from .links import CRS84, EPSG4326, GEOJSON, JSON, OPENAPI, address


def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    root = address("landing").rstrip("/")
    tags = [
        {"name": "Capabilities", "description": tk._("What this service offers")},
        {"name": "Data", "description": tk._("The objects of the maps")},
    ]
    return {
        "openapi": "3.0.3",
        "info": {
            "title": tk._("{site}: geographic features").format(site=tk.config["ckan.site_title"]),
            "description": tk._("The objects of the maps of this portal, by OGC API – Features."),
            "version": version("ckanext-ca3b"),
        },
        "servers": [{"url": root}],
        "tags": tags,
        "paths": _paths(),
        "components": {"parameters": _parameters(), "schemas": _schemas(), "responses": _refusals()},
    }


def _paths() -> dict[str, Any]:
    collection = [_ref("parameters", "collectionId")]
    asked = [*collection, *(_ref("parameters", name) for name in ("bbox", "bboxCrs", "datetime", "limit", "offset"))]
    asked.append(_ref("parameters", "columns"))
    one = [*collection, _ref("parameters", "featureId")]
    return {
        "/": _get("getLandingPage", "Capabilities", tk._("Landing page"), "landingPage"),
        "/conformance": _get("getConformance", "Capabilities", tk._("What the API conforms to"), "conformance"),
        "/api": _get("getApi", "Capabilities", tk._("This description"), None, mimetype=OPENAPI),
        "/collections": _get("getCollections", "Capabilities", tk._("Layers of the maps"), "collections",
                             [_ref("parameters", "offset")]),
        "/collections/{collectionId}": _get("describeCollection", "Capabilities", tk._("One layer"), "collection",
                                            collection),
        "/collections/{collectionId}/items": _get("getFeatures", "Data", tk._("The objects of a layer"),
                                                  "featureCollection", asked, GEOJSON),
        "/collections/{collectionId}/items/{featureId}": _get("getFeature", "Data", tk._("One object"), "feature",
                                                              one, GEOJSON),
    }  # fmt: skip


def _get(  # noqa: PLR0913, PLR0917 - what an operation of OpenAPI is made of
    name: str, tag: str, summary: str, schema: str | None, given: list[Any] | None = None, mimetype: str = JSON
) -> dict[str, Any]:
    content = {mimetype: {"schema": _ref("schemas", schema) if schema else {"type": "object"}}}
    refusals = {"400": _ref("responses", "wrong"), "403": _ref("responses", "reserved")} if given else {}
    refusals |= {"404": _ref("responses", "missing")} if given else {}
    operation = {"operationId": name, "tags": [tag], "summary": summary,
                 "responses": {"200": {"description": summary, "content": content}, **refusals}}  # fmt: skip
    return {"get": operation | ({"parameters": given} if given else {})}


def _parameters() -> dict[str, Any]:
    text, number = {"type": "string"}, {"type": "number"}
    box = {"type": "array", "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}], "items": number}
    systems = {"type": "string", "format": "uri", "enum": [CRS84, EPSG4326], "default": CRS84}
    limit = {"type": "integer", "minimum": 1, "maximum": parameters.MOST, "default": parameters.LIMIT}
    return {
        "collectionId": _in_path("collectionId", tk._("Identifier of the layer")),
        "featureId": _in_path("featureId", tk._("Number of the object: its row in the file")),
        "bbox": {**_in_query("bbox", tk._("West, south, east, north, in degrees"), box), "style": "form",
                 "explode": False},
        "bboxCrs": _in_query("bbox-crs", tk._("System of the numbers of “bbox”"), systems),
        "datetime": _in_query("datetime", tk._("A date, a moment or an interval"), text),
        "limit": _in_query("limit", tk._("Objects of a page"), limit),
        "offset": _in_query("offset", tk._("Objects passed over"), {"type": "integer", "minimum": 0, "default": 0}),
        "columns": {
            **_in_query("columns", tk._("Any column of the layer: only the objects that have this value"),
                        {"type": "object", "additionalProperties": text}),
            "style": "form", "explode": True,
        },
    }  # fmt: skip


def _in_path(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": description, "schema": {"type": "string"}}


def _in_query(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _schemas() -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    links = {"type": "array", "items": _ref("schemas", "link")}
    return {
        "link": _object({"href": text, "rel": text, "type": text, "title": text, "hreflang": text}, "href", "rel"),
        "exception": _object({"code": text, "description": text}, "code"),
        "landingPage": _object({"title": text, "description": text, "links": links}, "links"),
        "conformance": _object({"conformsTo": {"type": "array", "items": text}}, "conformsTo"),
        "collection": _object(
            {"id": text, "title": text, "description": text, "itemType": text, "extent": {"type": "object"},
             "crs": {"type": "array", "items": text}, "links": links}, "id", "links"),
        "collections": _object(
            {"links": links, "collections": {"type": "array", "items": _ref("schemas", "collection")}},
            "links", "collections"),
        "feature": _object(
            {"type": {"type": "string", "enum": ["Feature"]}, "id": {"type": "integer"},
             "geometry": {"type": "object", "nullable": True}, "properties": {"type": "object", "nullable": True},
             "links": links}, "type", "geometry", "properties"),
        "featureCollection": _object(
            {"type": {"type": "string", "enum": ["FeatureCollection"]}, "links": links,
             "timeStamp": {"type": "string", "format": "date-time"}, "numberMatched": {"type": "integer"},
             "numberReturned": {"type": "integer"},
             "features": {"type": "array", "items": _ref("schemas", "feature")}}, "type", "features"),
    }  # fmt: skip


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def _refusals() -> dict[str, Any]:
    content = {JSON: {"schema": _ref("schemas", "exception")}}
    return {
        "wrong": {"description": tk._("The question cannot be read: the answer says why."), "content": content},
        "reserved": {"description": tk._("This layer is not public."), "content": content},
        "missing": {"description": tk._("There is nothing of this name."), "content": content},
    }


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}
