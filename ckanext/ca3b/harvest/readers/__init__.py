"""One file per kind of catalogue.

Each module of this package is one reader and has:

- ``KIND``: its name (``rdf``, ``ckan``…) and ``LABEL``: what people call it;
- ``recognises(answer)``: whether this content is one of its kind (never by the media type alone);
- ``places(address)``: the addresses where this product keeps its catalogue on the site of ``address``, the likeliest
  first; none when it has no such habit;
- ``read(client, source)``: yields a :class:`~ckanext.ca3b.harvest.model.Page` per page read, then one
  :class:`~ckanext.ca3b.harvest.model.Record` per entry. A failure of the first page is raised
  (:class:`~ckanext.ca3b.harvest.sources.SourceError`); a failure later is a record without description whose problem
  has the code ``truncated`` and the severity ``error``, then the end.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvest.model import Event
    from ckanext.ca3b.harvest.sources import Answer, Client, Source

#: Every kind, the surest to be recognised first.
KINDS = ("rdf", "datagouv", "ckan", "opendatasoft", "datafair", "csw", "datajson", "scdl", "folder", "webpage")


class Reader(Protocol):
    """What a module of this package is."""

    KIND: str
    LABEL: str

    def recognises(self, answer: Answer) -> bool:
        """Tell whether the content is of this kind."""
        ...

    def places(self, address: str) -> Iterator[str]:
        """Yield where such a product keeps its catalogue."""
        ...

    def read(self, client: Client, source: Source) -> Iterator[Event]:
        """Yield the pages and the records of the source."""
        ...


def reader(kind: str) -> Reader:
    """Return the reader of a kind.

    :raises KeyError: there is none of this name.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    return import_module(f".{kind}", __package__)  # pyright: ignore[reportReturnType]


def readers() -> Iterator[Reader]:
    """Yield every reader, in the order in which they are tried."""
    return (reader(kind) for kind in KINDS if find_spec(f"{__package__}.{kind}"))
