"""What the forms of the assistant post, read into plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from . import drafts, reports

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage

JSON = "application/json"


def wants_json() -> bool:
    """Tell whether our script asks, rather than a browser."""
    return tk.request.accept_mimetypes.best == JSON


def upload() -> FileStorage | None:
    """Return the file that is sent, None when there is none."""
    sent = tk.request.files.get("upload")
    return sent if sent and sent.filename else None


def producer(allowed: list[dict[str, Any]]) -> str | None:
    """Return the id of the chosen producer; the only one needs no choice."""
    if len(allowed) == 1:
        return allowed[0]["id"]
    chosen = tk.request.form.get("owner_org")
    return next((one["id"] for one in allowed if chosen and chosen in (one["id"], one["name"])), None)


def schema() -> str:
    """Return the table schema that the file is said to follow, « auto » when none of ours is named."""
    name = tk.request.values.get("schema", "")
    return name if reports.known_schema(name) else reports.AUTO


def missing(owner: str | None, sent: FileStorage | None) -> str:
    """Return what to say of what is missing, '' when all is there."""
    if sent is None:
        return tk._("Choose a file first.")
    if owner is None:
        return tk._("Say for which producer you publish, then choose the file again.")
    return ""


def essentials() -> dict[str, Any]:
    """Return the essential fields that are posted; the others are absent."""
    form = tk.request.form
    found: dict[str, Any] = {key: form[key].strip() for key in drafts.ESSENTIAL if key in form and key != "theme"}
    if "theme" in form:
        found["theme"] = [value for value in form.getlist("theme") if value]
    return found


def sentence(invalid: tk.ValidationError) -> str:
    """Return an error of CKAN's actions as one sentence."""
    return " ".join(_texts(invalid.error_dict))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, each in value.items() if not str(key).startswith("__") for text in _texts(each)]
    if isinstance(value, list | tuple):
        return [text for each in value for text in _texts(each)]
    return [str(value)] if value else []
