"""Titles of the files that the register names by their ids: it keeps no title, which people may change."""

from __future__ import annotations

from typing import Any

from ckan import model


class Names:
    """Titles by id of a file, read when asked for: « Dataset, file », '' for what is gone."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[str, str] = {}

    def __getitem__(self, resource_id: str) -> str:
        """Return the title of a file."""
        if resource_id not in self._known:
            self._known[resource_id] = _title(resource_id)
        return self._known[resource_id]


def _title(resource_id: str) -> str:
    resource: Any = model.Resource.get(resource_id) if resource_id else None
    if resource is None:
        return ""
    dataset = model.Package.get(resource.package_id)
    file = resource.name or resource.url.rsplit("/", 1)[-1]
    return ", ".join(one for one in ((dataset.title or dataset.name) if dataset else "", file) if one)
