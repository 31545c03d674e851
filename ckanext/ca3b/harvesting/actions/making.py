"""Sources made of what people give, before they are written: of a form, of the API, of a line of a spreadsheet."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import ckan.plugins.toolkit as tk

from ckanext.ca3b.harvesting.model import DRAFT, now
from ckanext.ca3b.harvesting.store import sources
from ckanext.ca3b.schemas.slugs import free_slug, slugify

from . import given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_READ: dict[str, Callable[[Any], Any]] = {
    "address": given.address,
    "kind": given.kind,
    "owner_org": given.organization,
    "commune": given.commune,
    "schedule": given.schedule,
    "options": given.options,
    "settings": given.settings,
}
#: Fields that may be given empty.
_MAY_BE_EMPTY = frozenset({"kind", "commune", "options", "settings"})


def values(data_dict: Mapping[str, Any], *, but: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns that are given, and what is wrong by field; ``but`` is the id of the source that changes."""
    found: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name, read in _READ.items():
        said = data_dict.get(name)
        if said is None or (said == "" and name not in _MAY_BE_EMPTY):
            continue
        try:
            found[name] = read(said)
        except given.Wrong as wrong:
            errors[name] = [str(wrong)]
    try:
        if document := given.document(data_dict):
            found["document"], found["document_name"] = document
    except given.Wrong as wrong:
        errors["upload"] = [str(wrong)]
    if str(data_dict.get("title") or "").strip():
        found["title"] = str(data_dict["title"]).strip()[:300]
    others = [one.title for one in sources.at(found.get("address", "")) if one.id != but]
    if others:
        told = tk._("This address is already the one of the source “{title}”.").format(title=others[0])
        errors["address"] = [told]
    return found, errors


def new(data_dict: Mapping[str, Any], user: str, taken: set[str] | None = None) -> dict[str, Any]:
    """Return the columns of a new draft. Raises ValidationError.

    :param taken: names that are given to others at the same time.
    """
    found, errors = values(data_dict)
    if not found.get("address") and "document" not in found and not errors.keys() & {"address", "upload"}:
        errors["address"] = [tk._("Give the address of the catalogue, or a spreadsheet.")]
    if found.get("address") and "document" in found:
        errors["upload"] = [tk._("Give either an address or a spreadsheet, not both.")]
    _owned(found, errors)
    if errors:
        raise tk.ValidationError(errors)
    title = found.setdefault("title", _title(found))
    names = (taken or set()) | sources.names_like(slugify(str(data_dict.get("name") or title)))
    return {
        "address": "", "kind": "", "options": {}, "commune": "", "document": None, "document_name": "",
        "settings": {}, "validators": {}, "approved_by": "",
        "schedule": "daily" if found.get("address") else "manual",
        **found,
        "id": str(uuid.uuid4()),
        "name": free_slug(str(data_dict.get("name") or title), names.__contains__),
        "state": DRAFT,
        "report_key": key(),
        "created": now(),
        "created_by": user,
    }  # fmt: skip


def key() -> str:
    """Return a new key of a report."""
    return secrets.token_urlsafe(24)


def _owned(found: dict[str, Any], errors: dict[str, Any]) -> None:
    """Complete the organisation by the commune, and the commune by the organisation."""
    if "owner_org" not in found and found.get("commune"):
        found["owner_org"] = given.organization_of(found["commune"])
    if found.get("owner_org"):
        found["commune"] = found.get("commune") or given.commune_of(found["owner_org"])
    elif not errors.keys() & {"owner_org", "commune"}:
        errors["owner_org"] = [tk._("Choose the organisation that the datasets belong to.")]


def _title(found: Mapping[str, Any]) -> str:
    if found.get("document_name"):
        return found["document_name"].rsplit(".", 1)[0]
    return urlsplit(found["address"]).netloc.removeprefix("www.")
