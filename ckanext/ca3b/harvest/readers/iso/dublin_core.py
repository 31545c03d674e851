"""One ``csw:Record`` to a draft: the Dublin Core that every CSW has, when it has nothing better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.harvest.model import Agent
from ckanext.ca3b.harvest.readers.common.draft import Draft, ResourceDraft
from ckanext.ca3b.harvest.readers.common.xml import inner, name

from .links import link_format

if TYPE_CHECKING:
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

_USED = frozenset(
    [
        "identifier",
        "title",
        "abstract",
        "description",
        "subject",
        "rights",
        "license",
        "modified",
        "date",
        "issued",
        "created",
        "format",
        "type",
        "language",
        "publisher",
        "creator",
        "contributor",
        "URI",
        "references",
        "relation",
        "BoundingBox",
        "WGS84BoundingBox",
        "spatial",
    ]
)


def draft(element: etree._Element, *, page: str = "") -> Draft:
    """Return the draft of a record; ``page`` is where people see it."""
    said: dict[str, list[str]] = {}
    for child in element:
        said.setdefault(name(child), []).append(inner(child))
    first = {key: next(filter(None, values), "") for key, values in said.items()}
    formats = tuple(filter(None, said.get("format", [])))
    return Draft(
        first.get("identifier", ""),
        title=first.get("title", ""), description=first.get("abstract") or first.get("description", ""),
        licences=tuple(filter(None, (*said.get("license", []), *said.get("rights", [])))),
        keywords=tuple(said.get("subject", [])),
        publisher=Agent(name=first.get("publisher") or first.get("creator", "")),
        issued=first.get("issued") or first.get("created") or first.get("date", ""),
        modified=first.get("modified", ""), languages=tuple(said.get("language", [])), landing_page=page,
        places=tuple(box for child in element if (box := _box(child))) or tuple(said.get("spatial", [])),
        resources=[_resource(child, formats) for child in element if name(child) in {"URI", "references"}],
        provenance={"url": page} if page else {},
        raw={key: values for key, values in said.items() if key not in _USED and any(values)},
    )  # fmt: skip


def _box(child: etree._Element) -> list[float] | None:
    """Return west, south, east, north: corners come longitude first in WGS84BoundingBox and for GeoNetwork."""
    if name(child) not in {"BoundingBox", "WGS84BoundingBox"}:
        return None
    corners = [inner(corner).split() for corner in child]
    try:
        numbers = [float(number) for corner in corners for number in corner]
    except ValueError:
        return None
    return numbers if len(numbers) == 4 else None


def _resource(child: etree._Element, formats: tuple[str, ...]) -> ResourceDraft:
    url, protocol = inner(child), child.get("protocol") or child.get("scheme") or ""
    title = child.get("name") or child.get("description") or ""
    return ResourceDraft(url=url, title=title, formats=link_format(protocol, title, url, formats))
