"""The page that says how to read a table from a program: examples with its own address and columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk
from attrs import frozen

from . import dictionary, table_view
from .store.columns import quoted
from .store.shape import Field, reading, shape_of

if TYPE_CHECKING:
    from .store.shape import Shape

_TEXT_MAX = 60


@frozen
class Example:
    """Something to paste: ``title`` says what it does, ``code`` is the text, ``key`` names it in the page."""

    key: str
    title: str
    code: str


def variables(resource: dict[str, Any]) -> dict[str, Any]:
    """Return what the template needs. Raises NoTableError."""
    package = tk.get_action("package_show")({"user": tk.current_user.name}, {"id": resource["package_id"]})
    with reading() as cursor:
        shape = shape_of(cursor, resource["id"])
        sample = _sample(cursor, shape)
    words = dictionary.type_words()
    url = tk.url_for("api.action", logic_function="datastore_search", ver=3, qualified=True)
    csv = tk.url_for("ca3b_tables.export", resource_id=resource["id"], form="csv", qualified=True)
    xlsx = tk.url_for("ca3b_tables.export", resource_id=resource["id"], form="xlsx", qualified=True)
    return {
        "pkg_dict": package, "resource": resource, "api_url": url, "csv_url": csv, "xlsx_url": xlsx,
        "columns": [(field, words.get(field.type, field.type)) for field in shape.fields],
        "examples": _examples(resource["id"], url, csv, sample),
        "exports": table_view.exports(resource["id"]),
        "filter_example": json.dumps(sample, ensure_ascii=False, default=str),
        "rows_max": tk.config.get("ckan.datastore.search.rows_max"),
        "rows_default": tk.config.get("ckan.datastore.search.rows_default"),
    }  # fmt: skip


def _sample(cursor: Any, shape: Shape) -> dict[str, Any]:
    """Return a filter that finds something: a short value of the first column of texts, else of any column."""
    fields = sorted(shape.fields, key=lambda field: field.type != "text")
    for field in fields[:5]:
        name = quoted(field.id)
        cursor.execute(
            f"SELECT {name}::text FROM {quoted(shape.resource_id)}"  # noqa: S608 - both names are quoted
            f" WHERE {name} IS NOT NULL AND length({name}::text) BETWEEN 1 AND {_TEXT_MAX} LIMIT 1"
        )
        if (row := cursor.fetchone()) is not None:
            return {field.id: _json_value(field, row[0])}
    return {}


def _json_value(field: Field, text: str) -> Any:
    if field.type == "int8":
        return int(text)
    if field.type == "bool":
        return text == "true"
    return text


def _examples(resource_id: str, url: str, csv: str, sample: dict[str, Any]) -> list[Example]:
    filters = json.dumps(sample, ensure_ascii=False)
    rows = f"{url}?{urlencode({'resource_id': resource_id, 'limit': 100})}"
    found = f"{url}?{urlencode({'resource_id': resource_id, 'filters': filters})}"
    shell = found.replace("'", "%27")
    facts = {"url": url, "id": resource_id, "filters": json.dumps(filters, ensure_ascii=False), "csv": csv}
    return [
        Example("curl", "curl", f"curl '{rows}'\n\ncurl '{shell}'"),
        Example("python", "Python", _PYTHON.format(**facts)),
        Example("r", "R", _R.format(**facts)),
    ]  # fmt: skip


_PYTHON = """import requests

answer = requests.get("{url}", params={{
    "resource_id": "{id}",
    "filters": {filters},
    "limit": 100,
}}, timeout=30)
answer.raise_for_status()
for row in answer.json()["result"]["records"]:
    print(row)

# pandas
import pandas

table = pandas.read_csv("{csv}", dtype=str)"""

_R = """library(httr2)

answer <- request("{url}") |>
  req_url_query(
    resource_id = "{id}",
    filters = {filters},
    limit = 100
  ) |>
  req_perform() |>
  resp_body_json(simplifyVector = TRUE)
head(answer$result$records)

# readr
table <- readr::read_csv("{csv}", col_types = readr::cols(.default = "c"))"""
