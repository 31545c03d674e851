"""Where a field of the forms is, for the advice that names it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from .reach import RESOURCE_ID


def dataset_field(dataset: dict[str, Any], field: str) -> str:
    """Return the address of a field of the form of a dataset, on the page of the form that has it."""
    kind = dataset.get("type") or "dataset"
    pages = tk.h.scheming_get_dataset_form_pages(kind) or []
    for number, page in enumerate(pages, 1):
        if any(one["field_name"] == field for one in page["fields"]):
            return _at(tk.url_for(f"{kind}.scheming_edit_page", id=dataset["name"], page=number), field)
    return _at(tk.url_for(f"{kind}.edit", id=dataset["name"]), field)


def file_field(dataset: dict[str, Any], field: str, lacking: list[str]) -> str:
    """Return the address of a field of the form of the first file that lacks it, else of the list of the files."""
    kind = dataset.get("type") or "dataset"
    known = {one["id"] for one in dataset.get("resources") or []}
    for uri in lacking:
        found = RESOURCE_ID.search(uri)
        if found and found[1] in known:
            address = tk.url_for(f"{kind}_resource.edit", id=dataset["name"], resource_id=found[1])
            return _at(address, "upload" if field == "url" else field)
    if known:
        return tk.url_for(f"{kind}.resources", id=dataset["name"])
    return tk.url_for(f"{kind}_resource.new", id=dataset["name"])


def _at(address: str, field: str) -> str:
    return f"{address}#field-{field}" if field else address
