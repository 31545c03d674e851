"""What the templates of the forms need: choices of the vocabularies, rows, errors with the way to their field."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import vocabularies
from ckanext.ca3b.territory.current import current_or_none
from ckanext.scheming.helpers import scheming_get_dataset_form_pages, scheming_get_dataset_schema

from . import rows

Field = dict[str, Any]


def choices(field: Field) -> list[dict[str, Any]]:
    """Return the entries of the field's vocabulary; ``proposed`` tells which ones a short list shows."""
    return [
        {
            "value": entry.uri,
            "label": entry.label,
            "description": entry.description,
            "proposed": getattr(entry, "proposed", True),
        }
        for entry in vocabularies.vocabulary(field["vocabulary"])
        if entry.uri
    ]


def licence_choices(field: Field) -> list[dict[str, Any]]:  # noqa: ARG001
    """Return all licences by code; those of article D323-2-1 of the CRPA are proposed."""
    return [
        {"value": licence.code, "label": licence.label, "description": licence.description, "proposed": licence.decree}
        for licence in vocabularies.licences()
    ]


def licence_uri_choices(field: Field) -> list[dict[str, Any]]:  # noqa: ARG001
    """Return all licences by URI, for one file."""
    return [
        {"value": licence.uri, "label": licence.label, "description": "", "proposed": licence.decree}
        for licence in vocabularies.licences()
        if licence.uri
    ]


def commune_choices(field: Field) -> list[dict[str, Any]]:  # noqa: ARG001
    """Return the communes of the agglomeration by name; none when the setting is wrong."""
    known = current_or_none()
    return [
        {"value": one.insee_code, "label": one.name, "description": ", ".join(one.postal_codes), "proposed": True}
        for one in (known.by_name if known else ())
    ]


def hvd_tree() -> list[dict[str, Any]]:
    """Return the six high-value categories, each with its ``children`` at any depth."""
    table = vocabularies.hvd_categories()
    tops = [entry for entry in table if not entry.broader]
    return [
        {"entry": top, "children": [entry for entry in table if _top(entry) is top and entry is not top]}
        for top in tops
    ]


def format_choices() -> list[dict[str, str]]:
    """Return the formats, by the code that is stored."""
    return [{"value": entry.code, "label": entry.label} for entry in vocabularies.file_types()]


def form_rows(field: Field, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a repeating field to show."""
    return rows.shown(data, field["field_name"])


def subfield(field: Field, index: int | str, sub: Field) -> Field:
    """Return the subfield ``sub`` named as it is posted in row ``index``."""
    return {**sub, "field_name": f"{field['field_name']}-{index}-{sub['field_name']}"}


def flat_errors(field: Field, errors: dict[str, Any]) -> dict[str, Any]:
    """Return the errors of a repeating field by posted name (``contact-0-email``)."""
    found = errors.get(field["field_name"])
    if not isinstance(found, list):
        return {}
    name = field["field_name"]
    return {
        f"{name}-{index}-{key}": messages
        for index, row in enumerate(found)
        if isinstance(row, dict)
        for key, messages in row.items()
    }


def form_errors(
    errors: dict[str, Any], fields: list[Field], data: dict[str, Any] | None = None, page: int | None = None
) -> list[dict[str, str]]:
    """Return the errors of a form in the order of its fields: ``label``, ``message``, ``href`` to the field.

    A field of another page of the dataset's form is reached through the address of that page. Each
    message comes once.
    """
    pages = _pages_of_fields() if page else {}
    found: list[dict[str, str]] = []
    seen: set[str] = set()
    for field in fields:
        for label, name, messages in _field_errors(field, errors):
            message = " ".join(str(text) for text in messages)
            if not message or message in seen:
                continue
            seen.add(message)
            found.append({"label": label, "message": message, "href": _href(name, field, pages, page, data)})
    known = {field["field_name"] for field in fields}
    for key, messages in errors.items():
        text = _plain(messages)
        if key not in known and text and text not in seen:
            seen.add(text)
            found.append({"label": "" if key.startswith("_") else key, "message": text, "href": ""})
    return found


def form_organizations(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the organisations in which the user may publish, the dataset's own among them, by title."""
    found = tk.h.organizations_available("create_dataset")
    owner = data.get("owner_org")
    if owner and all(one["id"] != owner for one in found):
        try:
            found = [*found, tk.get_action("organization_show")({}, {"id": owner, "include_users": False})]
        except (tk.ObjectNotFound, tk.NotAuthorized):
            return found
    return found


def theme_icon(value: Any) -> str:
    """Return the address of the icon of a theme given by code, URI, label or group; '' when unknown."""
    entry = vocabularies.themes().find(value)
    slug = entry.slug if entry else next((t.slug for t in vocabularies.themes() if t.slug == value), "")
    return f"/ca3b/themes/{slug}.svg" if slug else ""


def _top(entry: vocabularies.HvdCategory) -> vocabularies.HvdCategory:
    table = vocabularies.hvd_categories()
    while entry.broader:
        entry = table.by_code(entry.broader)
    return entry


def _field_errors(field: Field, errors: dict[str, Any]) -> list[tuple[str, str, list[Any]]]:
    found = errors.get(field["field_name"])
    if not found:
        return []
    if "repeating_subfields" not in field:
        return [(field["label"], field["field_name"], found if isinstance(found, list) else [found])]
    labels = {sub["field_name"]: sub["label"] for sub in field["repeating_subfields"]}
    one = field.get("repeating_label") or field["label"]
    return [
        (f"{one} {index + 1}, {labels.get(key, key)}", f"{field['field_name']}-{index}-{key}", messages)
        for index, row in enumerate(found)
        if isinstance(row, dict)
        for key, messages in row.items()
    ]


def _pages_of_fields() -> dict[str, int]:
    pages = scheming_get_dataset_form_pages("dataset")
    return {field["field_name"]: number for number, page in enumerate(pages or [], 1) for field in page["fields"]}


def _href(name: str, field: Field, pages: dict[str, int], page: int | None, data: dict[str, Any] | None) -> str:
    if field.get("form_snippet", "") is None:
        return ""
    there = pages.get(field["field_name"])
    if there and page and there != page and data and data.get("id"):
        return tk.url_for("dataset.scheming_edit_page", id=data["id"], page=there, _anchor=f"field-{name}")
    return f"#field-{name}"


def _plain(messages: Any) -> str:
    if isinstance(messages, list):
        return " ".join(filter(None, map(_plain, messages)))
    if isinstance(messages, dict):
        return " ".join(filter(None, map(_plain, messages.values())))
    return str(messages) if messages else ""


def dataset_fields() -> list[Field]:
    """Return the fields of a dataset, presets expanded."""
    return (scheming_get_dataset_schema("dataset") or {}).get("dataset_fields", [])


def resource_fields() -> list[Field]:
    """Return the fields of a file, presets expanded."""
    return (scheming_get_dataset_schema("dataset") or {}).get("resource_fields", [])
