"""The technical metadata of a dataset or of a file as label and values, never an empty one.

Labels are those of the scheming schema. ckanext-scheming's own display prints every field and subfield, empty
or not, with one template per value; this is one pass in Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from markupsafe import Markup, escape

from ckanext.ca3b import dataset_page, formatting, freshness, labels

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

VOCABULARIES = {
    "frequency": "frequencies",
    "theme": "themes",
    "language": "languages",
    "access_rights": "access_rights",
    "hvd_category": "hvd_categories",
    "license_id": "licences",
    "license": "licences",
    "availability": "availabilities",
    "status": "statuses",
}

# Subfields that only programs read: the address of a concept, the class of an agent.
_FOR_MACHINES = {"uri", "type"}


def facts(fields: Iterable[dict[str, Any]], data: dict[str, Any], hidden: Container[str] = ()) -> list[dict[str, Any]]:
    """Return ``[{name, label, values}]`` for the fields that have a value, in the order of the schema.

    :param fields: ``dataset_fields`` or ``resource_fields`` of a scheming schema.
    :param data: the dataset or the resource.
    :param hidden: names of fields shown elsewhere on the page.
    """
    rows: list[dict[str, Any]] = []
    for field in fields:
        name = field["field_name"]
        if name in hidden or field.get("display_snippet", "") is None:
            continue
        values = _values(field, data.get(name))
        if values:
            rows.append(
                {"name": name, "label": tk.h.scheming_language_text(field.get("label") or name), "values": values}
            )
    return rows


def _values(field: dict[str, Any], value: Any) -> list[Markup]:
    if field.get("repeating_subfields"):
        entries = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        return [shown for one in entries if (shown := _entry(field["repeating_subfields"], one))]
    many = value if isinstance(value, list) else [value]
    return [shown for one in many if one not in (None, "", [], {}) and (shown := _one(field, one))]


def _entry(subfields: list[dict[str, Any]], entry: dict[str, Any]) -> Markup:
    parts = [
        Markup("{} : {}").format(row["label"], Markup(", ").join(row["values"]))
        for row in facts(subfields, entry, _FOR_MACHINES)
    ]
    return Markup(" · ").join(parts)


def _one(field: dict[str, Any], value: Any) -> Markup:
    """Write one value: the words of a vocabulary, or what the schema's display snippet would have made of it."""
    choices = tk.h.scheming_field_choices(field)
    words = labels.label(VOCABULARIES[field["field_name"]], value) if field["field_name"] in VOCABULARIES else ""
    if not words and choices:
        words = tk.h.scheming_choices_label(choices, value)
    if words or isinstance(value, dict):
        return escape(words or ", ".join(f"{key} : {item}" for key, item in value.items() if item not in (None, "")))
    write = _WRITERS.get((field.get("display_snippet") or "").rsplit("/", 1)[-1], _text)
    return write(value)


def _text(value: Any) -> Markup:
    if dataset_page.is_web(value):
        return Markup('<a href="{0}">{0}</a>').format(value.strip())
    return escape(value)


def _markdown(value: Any) -> Markup:
    return Markup(tk.h.render_markdown(str(value)))  # noqa: S704  CKAN's own cleaning of Markdown


def _email(value: Any) -> Markup:
    address = str(value).removeprefix("mailto:")
    return Markup('<a href="mailto:{0}">{0}</a>').format(address) if "@" in address else escape(address)


def _date(value: Any) -> Markup:
    # A year or a month alone stays as it was written.
    found = freshness.day(str(value)) if len(str(value)) >= len("2024-05-01") else None
    return escape(formatting.date(found) if found else value)


def _size(value: Any) -> Markup:
    return escape(formatting.filesize(value) or value)


_WRITERS = {
    "markdown.html": _markdown,
    "email.html": _email,
    "date.html": _date,
    "datetime.html": _date,
    "dcat_date.html": _date,
    "file_size.html": _size,
}
