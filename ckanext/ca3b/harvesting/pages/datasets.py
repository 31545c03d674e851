"""One harvested dataset: where it comes from, and which of its fields stay the portal's own."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from .frame import act, context, gesture, pages, sign_in_first

#: Fields that follow from where a dataset is kept: nobody can choose to keep them.
_NEVER = frozenset({"name", "owner_org", "private", "identifier", "spatial"})


@pages.route("/jeux/<dataset_id>", endpoint="dataset")
def show(dataset_id: str) -> Any:
    """Show the source of a dataset and the fields that can be kept here."""
    if refused := sign_in_first():
        return refused
    dataset = _dataset(dataset_id)
    record = act("ca3b_harvest_record_show", {"dataset_id": dataset["id"]})
    kept = record.get("kept_fields") or []
    return tk.render(
        "ca3b/harvesting/dataset.html", {"dataset": dataset, "record": record, "fields": _fields(dataset), "kept": kept}
    )


@pages.route("/jeux/<dataset_id>", endpoint="keep", methods=["POST"])
def keep(dataset_id: str) -> Any:
    """Keep the chosen fields as they are here; the others follow the source."""
    dataset = _dataset(dataset_id)
    known = {one["name"] for one in _fields(dataset)}
    chosen = [name for name in tk.request.form.getlist("fields") if name in known]
    done = tk._("Your choice is kept: the next run follows it.")
    gesture("ca3b_harvest_record_keep", {"dataset_id": dataset["id"], "fields": chosen}, done)
    return tk.redirect_to("ca3b_harvest.dataset", dataset_id=dataset["name"])


def _dataset(dataset_id: str) -> dict[str, Any]:
    dataset = act("package_show", {"id": dataset_id})
    try:
        tk.check_access("package_update", context(), {"id": dataset["id"]})
    except tk.NotAuthorized:
        tk.abort(403, tk._("You have no right to change this dataset."))
    return dataset


def _fields(dataset: dict[str, Any]) -> list[dict[str, str]]:
    schema = tk.h.scheming_get_dataset_schema(dataset["type"]) or {"dataset_fields": []}
    fields = [
        {
            "name": "tags" if one["field_name"] == "tag_string" else one["field_name"],
            "label": tk.h.scheming_language_text(one.get("label") or one["field_name"]),
        }
        for one in schema["dataset_fields"]
        if one["field_name"] not in _NEVER
    ]
    return [*fields, {"name": "resources", "label": tk._("The files")}]
