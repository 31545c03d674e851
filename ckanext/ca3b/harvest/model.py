"""What a reader tells of a catalogue: its datasets in one shape, and what is wrong with each.

Values are those of :mod:`ckanext.ca3b.vocabularies` where the catalogue's own could be understood (a licence, a theme
or a frequency is its official URI, a format its code, a language its ISO 639-1 code); where not, they stay as written
and a :class:`Problem` says so. Dates are ISO 8601 texts, as precise as the catalogue's. An absent text is ``""``, an
absent list is ``()``: readers never write ``None`` for a text.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

import attrs
from attrs import field, frozen

Severity = Literal["error", "warning", "info"]
#: Parts of a description that say where it was found, not what it says: they do not make it a changed one.
_NOT_CONTENT = frozenset({"provenance"})


@frozen
class Agent:
    """Who publishes or who answers: an organisation or a person, by whatever is known of them."""

    name: str = ""
    uri: str = ""
    identifier: str = ""
    email: str = ""
    url: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything is known of them."""
        return any(attrs.astuple(self))


@frozen
class Place:
    """A place: its name, its URI, its GeoJSON geometry, its box (west, south, east, north in degrees).

    ``codes`` are INSEE codes of communes that the place was understood to be.
    """

    label: str = ""
    uri: str = ""
    geometry: dict[str, Any] | None = None
    bbox: tuple[float, float, float, float] | None = None
    codes: tuple[str, ...] = ()


@frozen
class Period:
    """A period; a side that is ``""`` is open."""

    start: str = ""
    end: str = ""


@frozen
class Resource:
    """One file or service of a dataset.

    ``url`` is where it is downloaded, else where it is reached; ``access_url`` the page or service when the catalogue
    gives it besides. ``format`` is a code of the file types, or what the catalogue says when it is none of them;
    ``raw_format`` is always what the catalogue says. ``size`` in bytes. ``checksum`` is ``algorithm:hexadecimal``.
    """

    url: str = ""
    format: str = ""
    title: str = ""
    license: str = ""
    description: str = ""
    media_type: str = ""
    size: int | None = None
    issued: str = ""
    modified: str = ""
    identifier: str = ""
    checksum: str = ""
    conforms_to: tuple[str, ...] = ()
    raw_format: str = ""
    access_url: str = ""
    raw: dict[str, Any] = field(factory=dict)


@frozen
class Description:
    """One dataset as its catalogue describes it.

    ``identifier`` is its identity in its source: what the catalogue says, else its URI, else a stable hash that the
    reader makes of what does not change. ``raw`` keeps, by the catalogue's own names, what was not understood.
    ``license`` is the one of the dataset, or the one that all its resources share. ``license_raw`` is as written.
    ``communes`` are the INSEE codes recognised from the publisher, the place or the codes given.
    ``provenance`` says where it was read (``url`` of the page, ``uri`` of the record…).
    """

    identifier: str
    title: str = ""
    description: str = ""
    license: str = ""
    license_raw: str = ""
    keywords: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    publisher: Agent = Agent()
    contact: Agent = Agent()
    issued: str = ""
    modified: str = ""
    spatial: tuple[Place, ...] = ()
    temporal: tuple[Period, ...] = ()
    frequency: str = ""
    conforms_to: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    landing_page: str = ""
    resources: tuple[Resource, ...] = ()
    hvd_categories: tuple[str, ...] = ()
    access_rights: str = ""
    version: str = ""
    communes: tuple[str, ...] = ()
    uri: str = ""
    provenance: dict[str, str] = field(factory=dict)
    raw: dict[str, Any] = field(factory=dict)

    @property
    def content_hash(self) -> str:
        """SHA-256 (hexadecimal) of everything the dataset says: the same when nothing changed."""
        content = attrs.asdict(self, filter=lambda attribute, _: attribute.name not in _NOT_CONTENT)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@frozen
class Problem:
    """Something to mend: a French sentence that says what is wrong, where, and what to write instead.

    ``identifier`` is the dataset's, ``""`` for the whole catalogue; ``code`` is stable, for programs; ``where`` is the
    property, line or page in the catalogue. ``error``: something could not be read; ``warning``: read, but not as it
    should be written; ``info``: worth knowing.
    """

    identifier: str
    message: str
    code: str = ""
    where: str = ""
    severity: Severity = "warning"


@frozen
class Record:
    """What one entry of a catalogue gave: a description, or none, and its problems."""

    description: Description | None = None
    problems: tuple[Problem, ...] = ()


@frozen
class Page:
    """A page that was read, before its records."""

    url: str
    number: int = 1
    size: int = 0


Event = Record | Page


@frozen
class Reading:
    """A catalogue read to its end, or as far as could be: ``complete`` tells which.

    A dataset that an incomplete reading lacks may still exist: nothing may be concluded from its absence.
    """

    kind: str
    pages: int = 0
    datasets: tuple[Description, ...] = ()
    problems: tuple[Problem, ...] = ()
    complete: bool = True
    unchanged: bool = False
