"""The API of one table described by OpenAPI 3.0.3: what a program reads before it asks for rows."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from .store.shape import reading, shape_of

if TYPE_CHECKING:
    from .store.shape import Field

_TYPES = {
    "int4": {"type": "integer"}, "int8": {"type": "integer"}, "float8": {"type": "number"},
    "numeric": {"type": "number"}, "bool": {"type": "boolean"}, "date": {"type": "string", "format": "date"},
    "timestamp": {"type": "string", "format": "date-time"},
}  # fmt: skip


def document(resource: dict[str, Any]) -> dict[str, Any]:
    """Return the OpenAPI document of the table of a resource. Raises NoTableError."""
    with reading() as cursor:
        fields = shape_of(cursor, resource["id"]).fields
    root = tk.url_for("api.action", logic_function="datastore_search", ver=3, _external=True, locale="default")
    name = resource.get("name") or resource["id"]
    return {
        "openapi": "3.0.3",
        "info": {
            "title": tk._("{file}: rows of the table").format(file=name),
            "description": tk._("The rows of this table, by page, with filters and a search."),
            "version": version("ckanext-ca3b"),
        },
        "externalDocs": {
            "description": tk._("Examples of questions, in several languages"),
            "url": tk.url_for("ca3b_tables.api", resource_id=resource["id"], _external=True, locale="default"),
        },
        "servers": [{"url": root.rsplit("/", 1)[0]}],
        "paths": {"/datastore_search": {"get": _search(resource["id"])}},
        "components": {"schemas": {"row": _row(fields), "page": _page(), "refusal": _refusal()}},
    }


def _search(resource_id: str) -> dict[str, Any]:
    most = int(tk.config.get("ckan.datastore.search.rows_max") or 32000)
    least = int(tk.config.get("ckan.datastore.search.rows_default") or 100)
    text: dict[str, Any] = {"type": "string"}
    given = [
        {**_asked("resource_id", tk._("Identifier of the file"), {**text, "enum": [resource_id]}), "required": True},
        _asked("limit", tk._("Rows of a page"), {"type": "integer", "minimum": 0, "maximum": most, "default": least}),
        _asked("offset", tk._("Rows passed over"), {"type": "integer", "minimum": 0, "default": 0}),
        _asked("filters", tk._("Values by column, as a JSON object: only the rows that have them"), text),
        _asked("q", tk._("Words to look for in all the columns"), text),
        _asked("fields", tk._("Columns wanted, separated by commas"), text),
        _asked("sort", tk._("Columns that give the order, each with “asc” or “desc”"), text),
    ]
    answers = {
        "200": ("page", tk._("A page of rows")),
        "403": ("refusal", tk._("This file is not public")),
        "404": ("refusal", tk._("This file has no table")),
        "409": ("refusal", tk._("The question cannot be read: the answer says why.")),
    }
    return {
        "operationId": "searchRows",
        "summary": tk._("The rows of the table"),
        "parameters": given,
        "responses": {
            status: {"description": words, "content": {"application/json": {"schema": _ref(schema)}}}
            for status, (schema, words) in answers.items()
        },
    }


def _row(fields: tuple[Field, ...]) -> dict[str, Any]:
    number = {"type": "integer", "description": tk._("Number of the row")}
    return {"type": "object", "properties": {"_id": number, **{one.id: _column(one) for one in fields}}}


def _column(field: Field) -> dict[str, Any]:
    kind = _TYPES.get(field.type, {"type": "string"})
    title, notes = field.label or field.header, field.notes
    return {**kind, "nullable": True} | ({"title": title} if title else {}) | ({"description": notes} if notes else {})


def _page() -> dict[str, Any]:
    rows = {"type": "array", "items": _ref("row")}
    result = {"type": "object", "required": ["records"],
              "properties": {"records": rows, "total": {"type": "integer"}, "limit": {"type": "integer"},
                             "fields": {"type": "array", "items": {"type": "object"}}}}  # fmt: skip
    return {"type": "object", "required": ["success", "result"],
            "properties": {"success": {"type": "boolean"}, "result": result}}  # fmt: skip


def _refusal() -> dict[str, Any]:
    return {"type": "object", "properties": {"success": {"type": "boolean"}, "error": {"type": "object"}}}


def _asked(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _ref(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}
