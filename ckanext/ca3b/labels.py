"""French words for the codes and URIs that datasets carry."""

from __future__ import annotations

from typing import Any

from ckanext.ca3b import vocabularies

DEFAULT_LICENCE = "lov2"

_TABLES = {
    "access_rights": vocabularies.access_rights,
    "availabilities": vocabularies.availabilities,
    "frequencies": vocabularies.frequencies,
    "hvd_categories": vocabularies.hvd_categories,
    "languages": vocabularies.languages,
    "licences": vocabularies.licences,
    "statuses": vocabularies.statuses,
    "themes": vocabularies.themes,
}


def find(table: str, value: Any) -> Any:
    """Return the entry of a vocabulary that a code, URI or name means, or None."""
    return _TABLES[table]().find(value)


def label(table: str, value: Any) -> str:
    """Return the French label of a code, URI or name; '' when the vocabulary does not know it."""
    entry = find(table, value)
    return entry.label if entry else ""


def licence_words(value: Any) -> dict[str, str]:
    """Return the ``label``, ``url`` and ``summary`` of a licence, each '' when unknown."""
    entry = find("licences", value)
    if entry is None:
        return {"label": "", "url": "", "summary": ""}
    return {"label": entry.label, "url": entry.url, "summary": entry.description}
