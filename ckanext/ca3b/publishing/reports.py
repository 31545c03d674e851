"""The report of a file, asked from whoever makes reports, and what it allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.ca3b.tables import schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckanext.ca3b.tables.schemas import TableSchema

#: Names that announce a table: when such a file cannot be read, it is not a document to publish as it is.
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ".jsonl", ".ndjson")
_PACKED = (".gz", ".zip")

WORKING = {"waiting", "running"}
#: The schema of a file is found among all.
AUTO = "auto"


def fresh(context: types.Context | None) -> types.Context:
    """Return a new context of the same user; the one of the request when none is given."""
    user = (context or {}).get("user")
    return types.Context(user=user) if user else types.Context()


def current(resource_id: str, context: types.Context | None = None) -> dict[str, Any] | None:
    """Return the report of the file's bytes, None when there is none."""
    try:
        return tk.get_action("ca3b_report_show")(fresh(context), {"resource_id": resource_id})
    except tk.ObjectNotFound:
        return None


def make(
    resource_id: str,
    options: dict[str, Any] | None = None,
    schema: str = AUTO,
    context: types.Context | None = None,
) -> dict[str, Any]:
    """Read and check the file; small files are done when it returns, larger ones go on in a job."""
    asked = {"resource_id": resource_id, "options": options or {}, "schema": schema}
    return tk.get_action("ca3b_report_create")(fresh(context), asked)


def is_table_name(name: str) -> bool:
    """Tell whether a file's name announces a table: ``listes.csv``, ``listes.csv.gz``."""
    plain = name.casefold()
    for packed in _PACKED:
        plain = plain.removesuffix(packed)
    return plain.endswith(TABLES)


def state(report: Mapping[str, Any] | None, file_name: str) -> str:
    """Return what is known of a file: ``working``, ``table``, ``document``, ``unreadable`` or ``failed``.

    A PDF or a picture is a ``document``; a spreadsheet or a CSV file that cannot be read is not.
    """
    if report is None or report["state"] in WORKING:
        return "working"
    if report["state"] == "done":
        return "table"
    if report["state"] == "unreadable":
        return "unreadable" if is_table_name(file_name) else "document"
    return "failed"


def schema_of(report: Mapping[str, Any] | None) -> TableSchema | None:
    """Return the table schema in force in a report, None when the file follows none."""
    name = (report or {}).get("schema")
    return None if not name or name == "none" else known_schema(name)


def known_schema(name: str) -> TableSchema | None:
    """Return the table schema of this name, None when there is none."""
    if not name:
        return None
    try:
        return schemas.load(name)
    except schemas.SchemaError:  # a schema taken away since
        return None
