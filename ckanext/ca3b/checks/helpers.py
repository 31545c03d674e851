"""Template helpers of the reports."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.tables import schemas

from . import store, words
from .resources import address


def ca3b_report_groups(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the errors of a report by kind and column; see :func:`ckanext.ca3b.checks.words.groups`."""
    return words.groups(report)


def ca3b_report_state(report: dict[str, Any] | None, dataset: dict[str, Any]) -> dict[str, str]:
    """Return the state of a file in words; see :func:`ckanext.ca3b.checks.words.state`."""
    return words.state(report, dataset)


def ca3b_schema_followed(resource: dict[str, Any]) -> dict[str, Any] | None:
    """Return the schema that the present bytes of a public file were proved to follow, None otherwise.

    ``{name, title, version, url, checked}``, ``checked`` the moment of the check. Nothing is said of a failed one.
    """
    if not resource.get("hash") or not resource.get("table_schema"):
        return None
    report = store.current(resource["id"], resource["hash"])
    if report is None or not report.verdict or not report.verdict["valid"]:
        return None
    try:
        schema = schemas.load(report.schema_name or "")
    except schemas.SchemaError:
        return None
    return {
        "name": schema.name,
        "title": schema.title,
        "version": report.verdict["version"],
        "url": address(schema),
        "checked": report.finished.isoformat() if report.finished else "",
    }


def ca3b_report_url(resource: dict[str, Any]) -> str:
    """Return the address of the report of a file."""
    return tk.url_for("ca3b_checks.page", resource_id=resource["id"])
