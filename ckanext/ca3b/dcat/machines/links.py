"""The addresses of a catalogue, or of one dataset, in each format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
from attrs import frozen

from ckanext.ca3b.dcat.feeds.writing import FORMATS
from ckanext.dcat.utils import dataset_uri

if TYPE_CHECKING:
    from ckanext.ca3b.dcat.scope import Scope

#: In the order in which they are proposed; the other endings give the same formats.
ENDINGS = ("ttl", "rdf", "jsonld", "nt")
_CROISSANT = "http://mlcommons.org/croissant/1.0"


@frozen
class Link:
    """An address of the same content: its format in words and its media type; ``profile`` what it follows, if said."""

    label: str
    url: str
    type: str
    profile: str = ""


def catalogue(scope: Scope) -> list[Link]:
    """Return the addresses of a catalogue in RDF."""
    root = tk.url_for("ca3b.home", _external=True, locale="default").rstrip("/")
    return [Link(FORMATS[one].label, f"{root}{scope.path}.{one}", FORMATS[one].media_type) for one in ENDINGS]


def table(scope: Scope) -> Link | None:
    """Return the address of a catalogue as a table, None for those that have none."""
    url = _of(scope, "ca3b_listing", {})
    return Link("CSV", url, "text/csv") if url else None


def changes(scope: Scope) -> list[Link]:
    """Return the addresses of the changes of a catalogue; none for those that have none."""
    found = []
    for form, label in (("atom", "Atom"), ("rss", "RSS")):
        if url := _of(scope, "ca3b_changes", {"form": form}):
            found.append(Link(label, url, f"application/{form}+xml"))
    return found


def dataset(dataset_id: str) -> list[Link]:
    """Return the addresses of one dataset."""
    uri = dataset_uri({"id": dataset_id})
    found = [Link(FORMATS[one].label, f"{uri}.{one}", FORMATS[one].media_type) for one in ENDINGS]
    if "croissant" in tk.h:
        found.append(Link("Croissant", f"{uri}/croissant.jsonld", "application/ld+json", _CROISSANT))
    return found


def _of(scope: Scope, blueprint: str, parts: dict[str, str]) -> str:
    if scope.kind == "whole":
        return tk.url_for(f"{blueprint}.whole", _external=True, locale="default", **parts)
    if scope.kind == "organization":
        return tk.url_for(f"{blueprint}.organization", name=scope.name, _external=True, locale="default", **parts)
    return ""
