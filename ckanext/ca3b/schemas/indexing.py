"""What the search index needs of a dataset's vocabularies: short codes that make facets."""

from __future__ import annotations

import json
from typing import Any

from ckanext.ca3b import vocabularies
from ckanext.scheming.helpers import scheming_get_dataset_schema

THEME = "vocab_theme"
HVD = "vocab_hvd"


def index_dataset(dataset: dict[str, Any]) -> dict[str, Any]:
    """Add the codes of themes and HVD categories to the document that goes to Solr; for ``before_dataset_index``.

    An HVD category counts for those above it too. Rows and lists leave the document: Solr's catch-all
    field takes one short text; the whole dataset stays in ``validated_data_dict``.
    """
    dataset[THEME] = _codes(vocabularies.themes(), dataset.get("theme"))
    dataset[HVD] = _with_broader(_codes(vocabularies.hvd_categories(), dataset.get("hvd_category")))
    for name in _not_for_solr():
        dataset.pop(name, None)
        dataset.pop(f"extras_{name}", None)
        dataset.pop(f"res_extras_{name}", None)
    return dataset


def values(stored: Any) -> list[str]:
    """Return the texts of a list as CKAN keeps it: a list, its JSON, or one text."""
    if isinstance(stored, str):
        try:
            stored = json.loads(stored)
        except ValueError:
            stored = [stored]
    if not isinstance(stored, list):
        stored = [] if stored is None else [stored]
    return [value for value in stored if isinstance(value, str) and value]


def _codes(table: vocabularies.Vocabulary[Any], stored: Any) -> list[str]:
    found = (table.find(value) for value in values(stored))
    return list(dict.fromkeys(entry.code for entry in found if entry))


def _with_broader(codes: list[str]) -> list[str]:
    table = vocabularies.hvd_categories()
    found: dict[str, None] = {}
    for code in codes:
        entry = table.get(code)
        while entry:
            found[entry.code] = None
            entry = table.get(entry.broader)
    return list(found)


def _not_for_solr() -> set[str]:
    schema = scheming_get_dataset_schema("dataset") or {}
    fields = [*schema.get("dataset_fields", ()), *schema.get("resource_fields", ())]
    listed = {f["field_name"] for f in fields if "repeating_subfields" in f or f.get("output_validators")}
    return listed - {"communes"}
