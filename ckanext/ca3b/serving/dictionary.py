"""The data dictionary of a table: from the schema in force, and from what people wrote since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.tables import schemas

if TYPE_CHECKING:
    from collections.abc import Callable

    from ckanext.ca3b.tables.schemas import TableSchema

    from .store.columns import Stored

OURS = "ca3b_tables"
HEADER = "ca3b_header"


def describer(resource_id: str, schema: str | None) -> Callable[[Stored], dict[str, Any]]:
    """Return what gives the comment of each column, as CKAN's DataStore keeps it.

    ``_info`` has ``label`` (title in the schema, else the header of the file) and ``notes`` (description); what a
    person changed on CKAN's page of the dictionary wins. What we wrote is kept aside, to tell the two apart.
    """
    written = schemas.load(schema) if schema and schema in known() else None
    before = previous(resource_id)

    def describe(column: Stored) -> dict[str, Any]:
        ours = _from_schema(column, written)
        info = {**ours, **_changed(before.get(column.name, {}))}
        return {"_info": info, OURS: ours, HEADER: column.source.header or column.source.name}

    return describe


def known() -> set[str]:
    """Return the names of the schemas."""
    return {one.name for one in schemas.all_schemas()}


def texts_of(schema: str | None) -> list[str]:
    """Return the columns that a schema declares as text: « 7.10 » is another subject than « 7.1 », not its equal."""
    if not schema or schema not in known():
        return []
    return [one.name for one in schemas.load(schema).fields if one.type == "string"]


def previous(resource_id: str) -> dict[str, dict[str, Any]]:
    """Return the comments of the columns of the table in place, by name; empty without table."""
    from ckanext.datastore.backend import DatastoreBackend  # noqa: PLC0415 - only once the DataStore is there

    return dict(DatastoreBackend.get_active_backend().resource_plugin_data(resource_id))


def kept_as_text(resource_id: str) -> list[str]:
    """Return the columns that a person asked to keep as text, on CKAN's page of the dictionary."""
    return [name for name, comment in previous(resource_id).items() if _info(comment).get("type_override") == "text"]


def _from_schema(column: Stored, schema: TableSchema | None) -> dict[str, str]:
    header = column.source.header or column.source.name
    field = next((one for one in schema.fields if one.name == header), None) if schema else None
    if field is None:
        return {"label": header}
    return {"label": field.title, "notes": f"{field.description} {field.expected}".strip()}


def _changed(comment: dict[str, Any]) -> dict[str, Any]:
    ours = comment.get(OURS) or {}
    return {key: value for key, value in _info(comment).items() if value != ours.get(key)}


def _info(comment: dict[str, Any]) -> dict[str, Any]:
    found = comment.get("_info")
    return found if isinstance(found, dict) else {}


def type_words() -> dict[str, str]:
    """Name the types of the DataStore for people."""
    return {
        "text": tk._("text"),
        "int8": tk._("whole number"),
        "int4": tk._("whole number"),
        "numeric": tk._("number"),
        "float8": tk._("number"),
        "bool": tk._("yes or no"),
        "date": tk._("date"),
        "timestamp": tk._("date and time"),
        "timestamptz": tk._("date and time"),
    }
