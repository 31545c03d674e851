"""A dataset in the words of its catalogue, and how it becomes a description in ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ckanext.ca3b.harvest.model import Agent, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping


@define
class ResourceDraft:
    """A file or service as its catalogue tells it; ``formats`` are what it says of the format, the surest first."""

    url: str = ""
    title: str = ""
    description: str = ""
    formats: tuple[str, ...] = ()
    media_type: str = ""
    licences: tuple[str, ...] = ()
    size: int | None = None
    issued: str = ""
    modified: str = ""
    identifier: str = ""
    checksum: str = ""
    conforms_to: tuple[str, ...] = ()
    access_url: str = ""
    raw: dict[str, Any] = field(factory=dict)


@define
class PlaceDraft:
    """One place told in several ways: its shape or box, its name, its URI."""

    value: Any = None
    label: str = ""
    uri: str = ""


@define
class Draft:
    """A dataset as its catalogue tells it.

    ``licences`` are what it says of its licence (identifier, address, title), the surest first. ``places`` are
    extents of any shape: GeoJSON, WKT, boxes, URIs, codes, names, or a :class:`PlaceDraft`. ``periods`` are pairs of
    a start and an end.
    ``names`` are those of the catalogue for our fields (``frequency``, ``license``…), ``line`` the line of a table:
    where its people will look.
    """

    identifier: str
    title: str = ""
    description: str = ""
    licences: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    publisher: Agent = field(factory=Agent)
    contact: Agent = field(factory=Agent)
    issued: str = ""
    modified: str = ""
    places: tuple[Any, ...] = ()
    periods: tuple[tuple[str, str], ...] = ()
    frequency: str = ""
    conforms_to: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    landing_page: str = ""
    resources: list[ResourceDraft] = field(factory=list)
    access_rights: str = ""
    version: str = ""
    uri: str = ""
    provenance: dict[str, str] = field(factory=dict)
    raw: dict[str, Any] = field(factory=dict)
    problems: list[Problem] = field(factory=list)
    names: Mapping[str, str] = field(factory=dict)
    line: str = ""
