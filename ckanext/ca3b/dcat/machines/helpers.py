"""Helpers of the templates: where what a page shows is given to programs."""

from __future__ import annotations

from typing import Any

from ckanext.ca3b import vocabularies
from ckanext.ca3b.dcat.scope import Scope

from . import links, structured


def ca3b_catalogue_links(kind: str = "whole", name: str = "") -> dict[str, Any]:
    """Return ``formats``, ``table`` (or None) and ``changes`` of a catalogue, each :class:`.links.Link`.

    :param kind: ``whole``, ``organization``, ``theme`` or ``hvd``.
    :param name: name of the organisation or slug of the theme.
    """
    scope = Scope(kind, name)  # pyright: ignore[reportArgumentType] - written in templates
    return {"formats": links.catalogue(scope), "table": links.table(scope), "changes": links.changes(scope)}


def ca3b_dataset_links(dataset_id: str) -> list[links.Link]:
    """Return the addresses of one dataset for programs."""
    return links.dataset(dataset_id)


def ca3b_is_theme(name: str) -> bool:
    """Tell whether a group is one of the themes, which have a catalogue each."""
    return name in {one.slug for one in vocabularies.themes()}


def get_helpers() -> dict[str, Any]:
    """Return the helpers, by name."""
    ours = (ca3b_catalogue_links, ca3b_dataset_links, ca3b_is_theme)
    return {**{one.__name__: one for one in ours}, **structured.get_helpers()}
