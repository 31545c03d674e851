"""The fields of the schema, read from its file: what a mapped dataset may hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

import ckanext.ca3b

#: Fields of CKAN that every dataset and file has besides the schema's.
CKAN_FIELDS = {"id", "private", "tags", "resources"}


@cache
def _schema() -> dict[str, Any]:
    path = Path(ckanext.ca3b.__file__).parent / "schemas" / "dataset.yaml"
    return yaml.safe_load(path.read_text("utf-8"))


def fields(group: str = "dataset_fields") -> dict[str, set[str]]:
    """Return each field with the names of its subfields."""
    return {
        one["field_name"]: {sub["field_name"] for sub in one.get("repeating_subfields", ())} for one in _schema()[group]
    }


def strangers(package: dict[str, Any]) -> list[str]:
    """Return the fields of a package dict that the schema has not."""
    found = _strangers(package, fields(), CKAN_FIELDS)
    for file in package["resources"]:
        found += _strangers(file, fields("resource_fields"), {"id"})
    return found


def _strangers(said: dict[str, Any], known: dict[str, set[str]], besides: set[str]) -> list[str]:
    found = [key for key in said if key not in known.keys() | besides]
    for key, value in said.items():
        if known.get(key):
            found += [f"{key}.{sub}" for row in value for sub in row if sub not in known[key]]
    return found
