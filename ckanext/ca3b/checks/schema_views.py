"""The table schemas for everybody: their list, the columns of each in plain words, models and examples to download."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response, request, send_file

from ckanext.ca3b import vocabularies
from ckanext.ca3b.tables import schemas

from . import schema_words

pages = Blueprint("ca3b_schemas", __name__)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DAY = 86400


@pages.route("/schemas", endpoint="index", strict_slashes=False)
def index() -> str:
    """List the schemas by theme."""
    return tk.render("ca3b/checks/schemas.html", {"themes": _by_theme(), "count": len(schemas.all_schemas())})


@pages.route("/schemas/<name>", endpoint="schema")
def schema(name: str) -> str:
    """Explain the columns of a schema."""
    one = _load(name)
    return tk.render(
        "ca3b/checks/schema.html",
        {"schema": one, "columns": schema_words.columns(one), "rules": schema_words.rules(one)},
    )


@pages.route("/schemas/<name>/modele.xlsx", endpoint="model")
def model(name: str) -> Response:
    """Give the empty workbook to fill in."""
    return _file(name, "modele", "xlsx")


@pages.route("/schemas/<name>/exemple.xlsx", endpoint="example")
def example(name: str) -> Response:
    """Give the workbook filled with rows that show how."""
    return _file(name, "exemple", "xlsx")


@pages.route("/schemas/<name>/exemple.csv", endpoint="example_csv")
def example_csv(name: str) -> Response:
    """Give the same rows as a CSV."""
    return _file(name, "exemple", "csv")


def _file(name: str, kind: str, extension: str) -> Response:
    content, etag = _content(_load(name).name, kind, extension)
    answer = send_file(
        io.BytesIO(content),
        mimetype=_XLSX if extension == "xlsx" else "text/csv; charset=utf-8",
        as_attachment=True,
        download_name=f"{name}-{kind}.{extension}",
        max_age=_DAY,
        etag=etag,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.make_conditional(request)
    return answer


@lru_cache(maxsize=64)
def _content(name: str, kind: str, extension: str) -> tuple[bytes, str]:
    """Return a model or an example and its ETag: a workbook holds the moment it was made, its ETag does not."""
    from ckanext.ca3b.tables import models  # noqa: PLC0415 - needed only here

    write = {
        ("modele", "xlsx"): models.write_model,
        ("exemple", "xlsx"): models.write_example,
        ("exemple", "csv"): models.write_example_csv,
    }[(kind, extension)]
    target = io.BytesIO()
    one = schemas.load(name)
    write(one, target)
    facts = f"{version('ckanext-ca3b')} {kind} {extension} {one!r}"
    return target.getvalue(), hashlib.sha256(facts.encode()).hexdigest()[:32]


def _load(name: str) -> schemas.TableSchema:
    try:
        return schemas.load(name)
    except schemas.SchemaError:
        return tk.abort(404, tk._("There is no table schema of this name."))


def _by_theme() -> list[dict[str, Any]]:
    """Return ``[{label, schemas}]``, themes and schemas in alphabetical order; a schema is under its first theme."""
    found: dict[str, list[schemas.TableSchema]] = {}
    for one in schemas.all_schemas():
        entry = vocabularies.themes().find(one.themes[0]) if one.themes else None
        found.setdefault(entry.label if entry else tk._("Other"), []).append(one)
    return [
        {"label": label, "schemas": sorted(found[label], key=lambda one: one.title.casefold())}
        for label in sorted(found, key=str.casefold)
    ]
