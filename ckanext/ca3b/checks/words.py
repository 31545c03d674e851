"""What the pages say of a report: its state in the words of the portal, and its errors put together."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import formatting
from ckanext.ca3b.tables import schemas

#: The code of a file that is no table at all: a PDF, a picture. It is published as a document.
DOCUMENT = "not-a-table"
# Rows of a group shown on the page; all of them are in the CSV.
SHOWN_ROWS = 50
SHOWN_LINES = 8


def is_to_fix(report: dict[str, Any]) -> bool:
    """Tell whether the producer has something to do about a file, from the facts of ``store.counts``."""
    if report["state"] == "done":
        return bool(report["error_count"])
    return report["state"] == "failed" or (report["state"] == "unreadable" and report["code"] != DOCUMENT)


def state(report: dict[str, Any] | None, dataset: dict[str, Any]) -> dict[str, str]:
    """Return the state of a file: ``{name, words, icon}``.

    ``name`` is ``working``, ``fix``, ``ready`` or ``published``.
    """
    if report is None or report["state"] in {"waiting", "running"}:
        return {"name": "working", "words": tk._("Being read"), "icon": "fa-hourglass-half"}
    verdict, error = report["verdict"], report["error"]
    facts = {
        "state": report["state"],
        "error_count": verdict["error_count"] if verdict else 0,
        "code": error["code"] if error else None,
    }
    if is_to_fix(facts):
        return {"name": "fix", "words": tk._("To be corrected"), "icon": "fa-pen"}
    if dataset.get("state") == "active" and not dataset.get("private"):
        return {"name": "published", "words": tk._("Published"), "icon": "fa-check-circle"}
    return {"name": "ready", "words": tk._("Ready to publish"), "icon": "fa-check-circle"}


def is_document(report: dict[str, Any]) -> bool:
    """Tell whether the file is a document rather than a table."""
    return report["state"] == "unreadable" and (report["error"] or {}).get("code") == DOCUMENT


def groups(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the first errors of a verdict by kind and column, those of the header first, then the most numerous.

    Each ``{label, code, column, title, count, place, header, first, expected, example, errors, hidden}``: ``place``
    says the sheet (when the file has several) and the lines, in words; ``title`` is the French name of the column.
    """
    found: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    verdict = report["verdict"] or {"errors": [], "counts": []}
    for error in verdict["errors"]:
        found.setdefault((error["code"], error["column"]), []).append(error)
    labels = {one["code"]: one["label"] for one in verdict["counts"]}
    titles = _titles(report["schema"])
    sheets = len((report["reading"] or {}).get("sheets") or []) > 1
    made = []
    for (code, column), errors in found.items():
        made.append(
            {
                "code": code,
                "label": labels.get(code, code),
                "column": column,
                "title": titles.get(column or "", ""),
                "count": len(errors),
                "place": _place(errors, sheets=sheets),
                "header": all(one["row"] is None for one in errors),
                "first": errors[0]["message"],
                "expected": errors[0]["expected"],
                "example": errors[0]["example"],
                "errors": errors[:SHOWN_ROWS],
                "hidden": max(0, len(errors) - SHOWN_ROWS),
            }
        )
    return sorted(made, key=lambda one: (not one["header"], -one["count"]))


def _place(errors: list[dict[str, Any]], *, sheets: bool) -> str:
    """Return where some errors are: the sheet when the file has several, and the lines; records for JSON."""
    lines = list(dict.fromkeys(one["line"] for one in errors if one["row"] is not None and one["line"] is not None))
    rows = list(dict.fromkeys(one["row"] for one in errors if one["row"] is not None))
    if lines:
        said = _numbers(lines, tk._("line {numbers}"), tk._("lines {numbers}"))
    elif rows:
        said = _numbers(rows, tk._("record {numbers}"), tk._("records {numbers}"))
    else:
        said = tk._("line of the column names")
    sheet = errors[0]["sheet"]
    if sheets and sheet:
        said = tk._("sheet “{sheet}”, {place}").format(sheet=sheet, place=said)
    return said[0].upper() + said[1:]


def _numbers(found: list[int], one: str, many: str) -> str:
    if len(found) == 1:
        return one.format(numbers=formatting.number(found[0]))
    shown = [formatting.number(number) for number in found[:SHOWN_LINES]]
    if others := len(found) - len(shown):
        more = tk.ungettext("and {number} other", "and {number} others", others)
        return many.format(numbers=", ".join(shown)) + " " + more.format(number=formatting.number(others))
    return many.format(numbers=tk._("{several} and {last}").format(several=", ".join(shown[:-1]), last=shown[-1]))


def _titles(schema: str | None) -> dict[str, str]:
    if not schema:
        return {}
    try:
        return {field.name: field.title for field in schemas.load(schema).fields}
    except schemas.SchemaError:
        return {}
