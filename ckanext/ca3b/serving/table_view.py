"""One page of a table, ready for the template: columns, rows, links that keep the question in the address."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from attrs import evolve, frozen

from . import config, dictionary, query, status
from .cells import Cell, cell
from .query import Query
from .selection import NUMBERS, Selection, select
from .store.columns import quoted
from .store.shape import NoTableError, Shape, SlowError, reading, shape_of

PREVIEW_ROWS = 5
PREVIEW_COLUMNS = 8
EXPORTS = (("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON"), ("parquet", "Parquet"))


@frozen
class Page:
    """Rows of a table; ``total`` counts those of the question, ``whole`` all of them."""

    shape: Shape
    selection: Selection
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    whole: int


def page_of(resource_id: str, asked: Query, rows: int) -> Page:
    """Read one page. Raises NoTableError, SlowError."""
    with reading() as cursor:
        shape = shape_of(cursor, resource_id)
        selection = select(shape, asked)
        table = quoted(resource_id)
        whole = shape.facts.get("rows")
        if whole is None:
            whole = _count(cursor, table, "", {})
        total = _count(cursor, table, selection.where, selection.parameters) if selection.where else whole
        limits = {"limit": rows, "offset": (asked.page - 1) * rows}
        wanted = f"SELECT {selection.columns()} FROM {table} {selection.where} {selection.order}"  # noqa: S608 - quoted
        cursor.execute(wanted + " LIMIT %(limit)s OFFSET %(offset)s", {**selection.parameters, **limits})
        found = tuple(tuple(cell(value) for value in row) for row in cursor.fetchall())
    return Page(shape, selection, found, total, whole)


def _count(cursor: Any, table: str, where: str, parameters: dict[str, Any]) -> int:
    cursor.execute(f"SELECT count(*) FROM {table} {where}", parameters)  # noqa: S608 - names are quoted
    return cursor.fetchone()[0]


def variables(resource: dict[str, Any], asked: Query | None = None) -> dict[str, Any]:
    """Return what the template of the table needs, ``table`` being None (and ``problem`` said) when there is none."""
    if asked is None:
        asked = query.parse(tk.request.args)
    common = {"resource": resource, "asked": asked, "state": status.read(resource["id"]), "problem": ""}
    size = config.page_rows()
    try:
        found = page_of(resource["id"], asked, size)
        last = max(1, -(-found.total // size))
        if asked.page > last:
            asked = evolve(asked, page=last)
            found = page_of(resource["id"], asked, size)
    except NoTableError:
        return {**common, "table": None}
    except SlowError:
        words = tk._("This question takes too long on so large a table. Ask for less, or download it.")
        return {**common, "table": None, "problem": words, "reset": address(resource, Query())}
    if len(found.selection.fields) == len(found.shape.fields):
        asked = evolve(asked, shown=())  # the address need not name them all
    return {**common, "asked": asked, "table": _described(resource, asked, found, last)}


def preview(resource: dict[str, Any]) -> dict[str, Any] | None:
    """Return the first rows of a table for the page of its dataset, None without table."""
    try:
        found = page_of(resource["id"], Query(), PREVIEW_ROWS)
    except (NoTableError, SlowError):
        return None
    fields = found.shape.fields[:PREVIEW_COLUMNS]
    return {
        "fields": fields,
        "rows": [row[: len(fields)] for row in found.rows],
        "total": found.total,
        "width": len(found.shape.fields),
        "url": address(resource, Query()),
    }


def address(resource: dict[str, Any], asked: Query) -> str:
    """Return the address of the page of the file that shows this question: the one to share."""
    return tk.url_for(
        "dataset_resource.read", id=resource["package_id"], resource_id=resource["id"], **asked.arguments()
    )


def fragment(resource: dict[str, Any], asked: Query) -> str:
    """Return the address of the table alone, for scripts."""
    return tk.url_for("ca3b_tables.table", resource_id=resource["id"], **asked.arguments())


def exports(resource_id: str, asked: Query | None = None) -> list[tuple[str, str]]:
    """Return the downloads of a table, or of the rows of a question, as (name of the format, address)."""
    arguments = evolve(asked, page=1).arguments() if asked else {}
    return [
        (name, tk.url_for("ca3b_tables.export", resource_id=resource_id, form=form, **arguments))
        for form, name in EXPORTS
    ]


def _described(resource: dict[str, Any], asked: Query, found: Page, last: int) -> dict[str, Any]:
    words = dictionary.type_words()
    columns = []
    for field in found.selection.fields:
        sorting = asked.sorted_by(field.id)
        state = ("descending" if asked.down else "ascending") if asked.sort == field.id else "none"
        columns.append(
            {
                "field": field,
                "type": words.get(field.type, field.type),
                "aria": state,
                "link": _link(resource, sorting),
                "number": field.type in NUMBERS,
            }
        )
    shape, stale = found.shape, _stale(resource, found.shape)
    return {
        "columns": columns,
        "fields": shape.fields,
        "rows": found.rows,
        "total": found.total,
        "whole": found.whole,
        "width": len(shape.fields),
        "problems": found.selection.problems,
        "filters": [
            {"words": _words(shape, one), "link": _link(resource, asked.without(one))} for one in asked.filters
        ],
        "tests": test_words(),
        "page": asked.page,
        "last": last,
        "before": _link(resource, evolve(asked, page=asked.page - 1)) if asked.page > 1 else None,
        "after": _link(resource, evolve(asked, page=asked.page + 1)) if asked.page < last else None,
        "reset": _link(resource, Query(shown=asked.shown)),
        "exports": exports(resource["id"], asked),
        "stale": stale,
    }


def _stale(resource: dict[str, Any], shape: Shape) -> bool:
    """Whether the table is still the one of the file before: the next is on its way, or failed."""
    loaded, present = shape.facts.get("sha256"), resource.get("hash")
    return bool(loaded and present and len(present) == len(loaded) and loaded != present)


def _link(resource: dict[str, Any], asked: Query) -> dict[str, str]:
    return {"href": address(resource, asked), "fragment": fragment(resource, asked)}


def test_words() -> list[tuple[str, str]]:
    """Return the tests of a filter as (value, words)."""
    return [
        (query.CONTAINS, tk._("contains")),
        (query.EQUALS, tk._("is")),
        (query.BEGINS, tk._("begins with")),
        (query.MIN, tk._("at least")),
        (query.MAX, tk._("at most")),
        (query.EMPTY, tk._("is empty")),
        (query.FILLED, tk._("is filled")),
    ]


def _words(shape: Shape, one: query.Filter) -> str:
    field = shape.field(one.column)
    said = f"{field.label if field else one.column} {dict(test_words())[one.test]}"
    return said if one.test in query.WITHOUT_VALUE else f"{said} {one.value}"
