"""What people call a field that changed: the label of its form."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

#: Keys of a dataset that its form calls otherwise.
_FORM = {"tags": "tag_string"}
_FILES = "Fichiers"


def of_change(field: str, name: str = "") -> str:
    """Return the label of a field as :class:`ckanext.ca3b.harvest.planning.Change` names it.

    ``resources`` is a whole file, ``resources.<field>`` a field of the file called ``name``. A field that no form has
    keeps its name.
    """
    schema = tk.h.scheming_get_dataset_schema("dataset") or {}
    whole, _, part = field.partition(".")
    if whole == "resources":
        label = _label(schema.get("resource_fields") or (), part) if part else _FILES
        return f"{label} (fichier « {name} »)" if name and part else label
    return _label(schema.get("dataset_fields") or (), _FORM.get(field, field))


def _label(fields: Any, name: str) -> str:
    found = next((one.get("label") for one in fields if one["field_name"] == name), None)
    # A label may be one text per language; a report is in French.
    return (found.get("fr") if isinstance(found, dict) else found) or name
